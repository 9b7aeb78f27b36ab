from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.documents.formats.encoding import decoded
from rag.errors import UnreadableFile

ARABIC = "وصل رئيس الأركان إلى موسكو في 17 أكتوبر 2021، وقال: «سنوقع الاتفاق قريبا»."
PERSIAN = "وزير دفاع ايران روز يکشنبه به پکن رفت و گفتگوها درباره گاز و چاه ژرف ادامه دارد."
FRENCH = "L'été dernier, la délégation était à Genève ; « c'est réglé », a-t-elle déclaré."
GERMAN = "Der Außenminister erklärte, die Gespräche würden nächste Woche in Österreich geführt."
ENGLISH = "The minister said the “talks” would resume — and that’s all."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "windows-1256"),
        (ARABIC.replace("«", "").replace("»", ""), "iso-8859-6"),
        (PERSIAN, "windows-1256"),
        ("باقري", "windows-1256"),
        ("باقري في موسكو", "iso-8859-6"),
        (FRENCH, "windows-1252"),
        (GERMAN, "windows-1252"),
        (ENGLISH, "windows-1252"),
        (ARABIC, "utf-8"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-32"),
        (f"{ARABIC}\n{ENGLISH}\n{PERSIAN}", "windows-1256"),
        ("plain", "utf-8"),
    ],
)
def test_the_letters_tell_the_encoding(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be"])
def test_the_seeds_are_read_in_every_encoding(seeds: Path, encoding: str) -> None:
    for path in sorted(seeds.glob("*.txt")):
        content = path.read_text("utf-8").encode(encoding, "ignore")
        for size in (60, 400, len(content)):
            assert decoded(content[: size // 2 * 2])[1] == encoding


def test_what_a_file_says_of_itself_is_believed_where_its_bytes_show_nothing_else() -> None:
    russian = "Министр прибыл в Москву".encode("windows-1251")
    assert decoded(russian, "windows-1251") == ("Министр прибыл в Москву", "cp1251")
    assert decoded(ARABIC.encode(), "windows-1256") == (ARABIC, "utf-8")
    assert decoded(ARABIC.encode("windows-1256"), "utf-8")[0] == ARABIC
    assert decoded(ARABIC.encode("windows-1256"), "no such thing")[0] == ARABIC


def test_damaged_utf_8_is_not_taken_for_another_encoding() -> None:
    for content in (ARABIC.encode()[:-3] + b"\xff", ARABIC.encode()[3:], b"\xd8" + ARABIC.encode()):
        with pytest.raises(UnreadableFile, match="not UTF-8"):
            decoded(content)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnreadableFile):
        text, encoding = decoded(content)
        assert content.decode(encoding).removeprefix("\ufeff") == text
