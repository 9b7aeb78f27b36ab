"""One question in many spellings, over the seeds among made-up reports.

Ways of writing a letter change nothing at all; a typing error costs little.
"""

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from benchmarks.synthetic import Recombination
from rag.index.lexical import LexicalIndex
from rag.index.snapshot import Snapshot
from rag.knowledge_base import KnowledgeBase
from rag.retrieval.finding import evidence_of, ranked
from rag.retrieval.question import analyse
from rag.retrieval.spelling import corrected
from tests.library import Library, settings_of
from tests.text.writing import ARABIC_LETTERS, PRESENTATION_FORMS, VOWEL_MARKS, in_digits

MADE_UP = 300
DEPTH = 10
QUESTIONS = Path(__file__).parents[1] / "questions" / "seeds.jsonl"
LEFT_TO_RIGHT, RIGHT_TO_LEFT, EMBEDDED, ISOLATED, ENDED = "\u200e\u200f\u202b\u2067\u2069"


def _asked() -> list[dict[str, Any]]:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [
        one
        for one in map(json.loads, lines)
        if one["language"] == "ar"
        and one["kind"] == "question"
        and one.get("files")
        and not one.get("after")
    ]


ASKED = _asked()


@pytest.fixture(scope="module")
def mixed(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The seeds among reports in their manner."""
    library = Library(tmp_path_factory.mktemp("mixed"))
    paths = sorted(seeds.iterdir())
    for path in paths:
        library.write(path.name, path.read_bytes())
    made_up = Recombination([path.read_text(encoding="utf-8") for path in paths])
    for number in range(MADE_UP):
        headline, first, *_ = made_up.report(number).split("\n")
        library.write(f"made-up/{number}.txt", f"{headline}\n{first}")
    library.sync()
    return library


def ranking(library: Library, text: str) -> list[str]:
    """The files of the passages for a question that is read as it was meant."""
    snapshot = library.snapshot
    question = corrected(analyse(text), snapshot.lexical)
    rows = ranked(snapshot, question, DEPTH, library.channel())
    return library.reader.read(
        lambda ledger, _: [one.source.path for one in evidence_of(ledger, rows)]
    )


# The ways of writing a letter


def vowelled(text: str) -> str:
    chance = random.Random(text)
    return "".join(
        letter + (chance.choice(VOWEL_MARKS) if letter in ARABIC_LETTERS else "") for letter in text
    )


def stretched(text: str) -> str:
    return "".join(f"{letter}ـ" if letter in "بتثسشصضطعغفقكلمنهي" else letter for letter in text)


def in_presentation_forms(text: str) -> str:
    chance = random.Random(text)
    return "".join(chance.choice(PRESENTATION_FORMS.get(letter, letter)) for letter in text)


def with_bidi_marks(text: str) -> str:
    words = text.split(" ")
    marked = [f"{RIGHT_TO_LEFT}{word}{LEFT_TO_RIGHT}" for word in words[::2]]
    words[::2] = marked
    return f"{EMBEDDED}{' '.join(words)} {ISOLATED}{ENDED}"


def exchanged(given: str, to: str) -> Callable[[str], str]:
    return lambda text: text.translate(str.maketrans(given, to))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "vowel marks": vowelled,
    "tatweel": stretched,
    "plain alef, ha and ya": exchanged("أإآٱةى", "ااااهي"),
    "Persian keys": exchanged("يىكة", "ییکه"),
    "Arabic-Indic digits": lambda text: in_digits(text, "٠١٢٣٤٥٦٧٨٩"),
    "Persian digits": lambda text: in_digits(text, "۰۱۲۳۴۵۶۷۸۹"),
    "presentation forms": in_presentation_forms,
    "bidi marks": with_bidi_marks,
    "all at once": lambda text: with_bidi_marks(
        in_presentation_forms(stretched(vowelled(in_digits(text, "٠١٢٣٤٥٦٧٨٩"))))
    ),
}


@pytest.fixture(scope="module")
def plainly(mixed: Library) -> dict[str, list[str]]:
    """The ranking of every question as it is written."""
    return {one["question"]: ranking(mixed, one["question"]) for one in ASKED}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_how_a_letter_is_written_changes_nothing_in_the_ranking(
    mixed: Library, plainly: dict[str, list[str]], spelling: str
) -> None:
    respelt = {text: SPELLINGS[spelling](text) for text in plainly}
    changed = {text: written for text, written in respelt.items() if written != text}
    assert changed
    assert [
        text for text, written in changed.items() if ranking(mixed, written) != plainly[text]
    ] == []


def test_what_a_search_shows_does_not_change_either(mixed: Library) -> None:
    settings = settings_of(documents_dir=mixed.documents, data_dir=mixed.data)
    with KnowledgeBase.open(settings) as knowledge:
        for place, respell in enumerate(SPELLINGS.values()):
            text = ASKED[5 * place]["question"]
            assert knowledge.search(respell(text)) == knowledge.search(text)


# Typing errors


def mistyped(text: str, seed: int) -> str:
    """A question with a typing error in every third long word."""
    chance = random.Random(f"{seed} {text}")
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if sum(map(str.isalpha, word)) >= 5]
    for place in long[::3]:
        words[place] = slip(words[place], chance)
    return " ".join(words)


def slip(word: str, chance: random.Random) -> str:
    """A letter left out, put in, exchanged, or two that changed places; not the first or last."""
    at, letter = chance.randrange(1, len(word) - 2), chance.choice(ARABIC_LETTERS)
    before, one, other, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    return (
        before + chance.choice([other, letter + one + other, letter + other, other + one]) + after
    )


def reciprocal_rank(found: Sequence[str], right: Sequence[str]) -> float:
    return max((1 / (place + 1) for place, file in enumerate(found) if file in right), default=0.0)


def test_an_error_in_every_third_long_word_costs_three_points_at_most(
    mixed: Library, plainly: dict[str, list[str]]
) -> None:
    lost = [
        reciprocal_rank(plainly[one["question"]], one["files"])
        - reciprocal_rank(ranking(mixed, mistyped(one["question"], seed)), one["files"])
        for one in ASKED
        for seed in range(2)
    ]
    assert mean(lost) <= 0.03


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("استمرت الزيارة", "استمرت الزيارة"),
        ("مناورات عكسرية", "مناورات عسكرية"),
        ("باكسستان", "باكستان"),
        ("أفغانتسان", "أفغانستان"),
        ("المناورات اعلسكرية", "المناورات العسكرية"),
    ],
)
def test_a_word_that_is_nowhere_is_read_as_one_that_is_a_slip_away(
    mixed: Library, written: str, meant: str
) -> None:
    index = mixed.snapshot.lexical
    assert corrected(analyse(written), index).folded == analyse(meant).folded


def test_the_rest_of_a_question_tells_which_word_was_meant(tmp_path: Path) -> None:
    often = {f"sea{number}": "أبحر زعفون من الميناء القديم." for number in range(6)}
    library = Library(tmp_path).fill(**often, night="ظهر زعبون في السماء ليلا.")
    index = library.snapshot.lexical
    assert corrected(analyse("زعقون"), index).folded == ("زعفون",)
    assert "زعفون" in corrected(analyse("متى أبحر زعقون؟"), index).folded
    assert "زعبون" in corrected(analyse("متى ظهر زعقون في السماء؟"), index).folded


@pytest.mark.parametrize(
    "text", ["قوقاز", "زقزقت العصافير", "Bagherri in Moskow", "١٢٣٤٥٦٧", "كب", "", "؟!"]
)
def test_a_word_with_nothing_near_it_stays(mixed: Library, text: str) -> None:
    index = mixed.snapshot.lexical
    assert corrected(analyse(text), index) == analyse(text)
    assert corrected(analyse(text), LexicalIndex([], [])) == analyse(text)


def test_reading_a_question_as_it_was_meant_settles(mixed: Library) -> None:
    def settled(snapshot: Snapshot, text: str) -> bool:
        once = corrected(analyse(text), snapshot.lexical)
        return corrected(once, snapshot.lexical) == once

    snapshot = mixed.snapshot
    assert all(settled(snapshot, mistyped(one["question"], 1)) for one in ASKED)


def test_a_wall_of_letters_is_no_slip_of_anything(mixed: Library) -> None:
    question = analyse("و" * 2_000)
    assert corrected(question, mixed.snapshot.lexical) == question
