"""Ways of writing: what the tests of the text layer make their texts of."""

import unicodedata

from hypothesis import settings
from hypothesis import strategies as st

thorough = settings(max_examples=80, deadline=None)

ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
PERSIAN_LETTERS = "پچژگ"
VARIANT_LETTERS = "أإآٱىیئةهۀؤءکڪ"
VOWEL_MARKS = "".join(map(chr, (*range(0x064B, 0x0656), 0x0670)))
TATWEEL = "ـ"
INVISIBLE = "\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
DIGIT_FAMILIES = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")

digit_families = st.sampled_from(DIGIT_FAMILIES)
arabic_words = st.text(ARABIC_LETTERS, min_size=1, max_size=9)
latin_words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)
letters_of_all_kinds = st.sampled_from(
    ARABIC_LETTERS + PERSIAN_LETTERS + VARIANT_LETTERS + VOWEL_MARKS + TATWEEL + "aBzÉş"
)
signs = st.sampled_from(" \n\t\u00a0\u200c\u200f.,،؛؟!«»“”()-_" + "".join(DIGIT_FAMILIES))
texts = st.text(st.one_of(letters_of_all_kinds, signs, st.characters(codec="utf-8")), max_size=60)
"""Texts in which anything may happen."""


def in_digits(text: str, family: str) -> str:
    """`text` with its European digits written in another family."""
    return text.translate(str.maketrans(DIGIT_FAMILIES[0], family))


def _presentation_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for codepoint in (*range(0xFB50, 0xFDD0), *range(0xFE70, 0xFEFD)):
        kind, *letters = unicodedata.decomposition(chr(codepoint)).split() or ("",)
        if kind in ("<initial>", "<medial>", "<final>", "<isolated>") and len(letters) == 1:
            letter = chr(int(letters[0], 16))
            forms[letter] = forms.get(letter, "") + chr(codepoint)
    return forms


PRESENTATION_FORMS = _presentation_forms()
"""The shapes that each letter has in old fonts and PDF files."""
