"""Ranking: spelling, languages, limits, ties, and where the candidates come from."""

import json
import random
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.index.embedding import LocalEmbedder, Vector
from rag.retrieval.question import analyse
from rag.retrieval.retriever import Ranked, rank
from tests.library import Library
from tests.servers.openai_api import hash_vector

QUESTIONS = Path(__file__).parents[1] / "questions" / "seeds.jsonl"
EXAMPLES = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
ARABIC = [one["question"] for one in EXAMPLES if one["language"] == "ar"]


def ranking(
    library: Library, question: str, k: int = 50, vectors: bool = True
) -> list[tuple[str, int, str]]:
    """The passages for a question with their scores, to the last bit."""
    return [
        (one.source.path, one.span.start, one.score.hex())
        for one in library.search(question, k, vectors=vectors)
    ]


# One question, many spellings

_PRESENTATION: dict[str, str] = {}
for _form in map(chr, range(0xFE80, 0xFEF5)):
    _PRESENTATION.setdefault(unicodedata.normalize("NFKC", _form), _form)


def with_vowels(text: str) -> str:
    marks = "\u064e\u064f\u0650\u0652\u0651"
    return "".join(
        letter + marks[place % len(marks)] if letter.isalpha() and letter > "\u0620" else letter
        for place, letter in enumerate(text)
    )


def with_tatweel(text: str) -> str:
    return "".join(f"{letter}ـ" if letter in "بتثسشصضطعغفقكلمنهي" else letter for letter in text)


def translated(given: str, to: str) -> Callable[[str], str]:
    return lambda text: text.translate(str.maketrans(given, to))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "vowel marks": with_vowels,
    "tatweel": with_tatweel,
    "no hamza": translated("أإآ", "ااا"),
    "Persian keyboard": translated("يىك", "ییک"),
    "Egyptian": translated("ية", "ىه"),
    "Arabic digits": translated("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "Persian digits": translated("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "presentation forms": lambda text: "".join(_PRESENTATION.get(one, one) for one in text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spelling_does_not_change_the_ranking_at_all(seeds_library: Library, spelling: str) -> None:
    respell = SPELLINGS[spelling]
    for question in ARABIC[::3]:
        assert ranking(seeds_library, respell(question)) == ranking(seeds_library, question)


def test_spelling_in_the_documents_does_not_change_it_either(library: Library) -> None:
    text = "أكد مسؤول إيراني في مؤتمر القاهرة عام 2018 أن اتفاقية الدفاع قائمة."
    for place, respell in enumerate(SPELLINGS.values()):
        library.write(f"{place}.txt", respell(text))
    library.sync()
    scores = {one.score.hex() for one in library.search("اتفاقية الدفاع في مؤتمر القاهرة 2018", 20)}
    assert len(scores) == 1


# Three languages


@pytest.mark.parametrize(
    ("question", "file", "needle"),
    [
        ("من هي كارولين روز؟", "003", "كارولين روز"),
        ("مين هي كارولين روز", "003", "كارولين روز"),
        ("Who is Caroline Rose?", "003", "كارولين روز"),
        ("who is caroline rose", "003", "كارولين روز"),
        ("کارولین رز کیست؟", "003", "كارولين روز"),
        ("How many days did Bagheri spend in Russia?", "000", "أربعة أيام"),
        ("اقامت باقری در روسیه چند روز طول کشید؟", "000", "أربعة أيام"),
        ("Who was China's defence minister in 2016?", "004", "2016"),
        ("مرز مشترک ایران و پاکستان چند کیلومتر است؟", "003", "1000 كيلومتر"),
        ("Who is Asim Munir?", "002", "Asim Munir"),
        ("شحال من عام عندو التعاون العسكري بين الروس وإيران؟", "001", "50 عاما"),
    ],
)
def test_the_passage_is_found_from_every_language(
    seeds_library: Library, question: str, file: str, needle: str
) -> None:
    found = seeds_library.search(question, 3)
    assert any(one.source.path.startswith(file) and needle in one.text for one in found)


def test_a_passage_in_the_language_of_the_question_and_one_in_another_are_both_found(
    library: Library,
) -> None:
    library.fill(
        ar="وصل الجنرال باقري إلى موسكو لبحث الاتفاق العسكري.",
        en="General Bagheri arrived in Moscow to discuss the military agreement.",
        fa="ژنرال باقری برای گفت‌وگو دربارهٔ توافق نظامی به مسکو رسید.",
        other="The library of Mosul was opened by the minister on Thursday.",
    )
    for question in (
        "متى وصل باقري إلى موسكو؟",
        "When did Bagheri reach Moscow?",
        "باقری کی به مسکو رسید؟",
    ):
        assert set(library.files(question)[:3]) == {"ar.txt", "en.txt", "fa.txt"}


# Limits, ties, lengths


def rows(library: Library, question: str, k: int = 50, **options: object) -> list[Ranked]:
    return rank(library.snapshot, analyse(question), None, k, **options)  # type: ignore[arg-type]


def test_a_search_can_be_limited_to_files(library: Library) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="وصل باقري إلى بكين.", c="وصل باقري إلى طهران.")
    files = {
        entry.path: entry.id for entry in library.reader.read(lambda ledger, _: ledger.files())
    }
    everything = {one.file: one.score for one in rows(library, "باقري موسكو")}
    within = rows(library, "باقري موسكو", within=frozenset({files["b.txt"], files["c.txt"]}))
    assert {one.file for one in within} == {files["b.txt"], files["c.txt"]}
    assert all(one.score == everything[one.file] for one in within)
    assert rows(library, "باقري موسكو", within=frozenset()) == []
    assert rows(library, "باقري موسكو", within=frozenset({999})) == []


def test_a_limited_search_keeps_to_it_with_vectors_too(library: Library) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="افتتح الوزير مكتبة.")
    files = {
        entry.path: entry.id for entry in library.reader.read(lambda ledger, _: ledger.files())
    }
    (vector,) = LocalEmbedder().embed(["باقري موسكو"])
    found = rank(
        library.snapshot,
        analyse("باقري موسكو مكتبة"),
        vector,
        10,
        vector_weight=0.5,
        within=frozenset({files["b.txt"]}),
    )
    assert [one.file for one in found] == [files["b.txt"]]


def test_passages_of_one_score_come_in_the_order_of_their_paths(library: Library) -> None:
    names = ["b.txt", "z/a.txt", "a.txt", "ب.txt", "c.md", "B.txt"]
    for name in names:
        library.write(name, "وصل باقري إلى موسكو.")
        library.sync()
    library.write("z/a.txt", "نص آخر.")
    library.sync()
    library.write("z/a.txt", "وصل باقري إلى موسكو.")
    library.sync()
    paths = {
        entry.id: entry.path for entry in library.reader.read(lambda ledger, _: ledger.files())
    }
    for question in ("باقري", "Bagheri in Moscow"):
        found = rows(library, question)
        assert [paths[one.file] for one in found] == sorted(names)
        assert len({one.score for one in found}) == 1
        assert [one.file for one in rows(library, question, 2)] == [one.file for one in found[:2]]


def test_passages_of_one_file_and_score_come_in_their_order(library: Library) -> None:
    paragraph = "وصل باقري إلى موسكو. " + "كلام لا صلة له بالسؤال أبدا. " * 45
    library.fill(a="\n\n".join([paragraph] * 4))
    found = library.search("باقري موسكو")
    assert len(found) >= 3
    assert [one.span for one in found] == sorted(one.span for one in found)


class ModelLike:
    """Vectors like a model's: many dimensions, nothing to do with the text's words."""

    name, is_paid = "model-like", True

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        return [np.array(hash_vector(text, 1536), np.float32) for text in texts]

    def embed_question(self, question: str) -> Vector:
        return self.embed([question])[0]


def test_equal_passages_have_equal_scores_wherever_they_are_stored(tmp_path: Path) -> None:
    library = Library(tmp_path, ModelLike())
    for number in range(13):
        library.write(f"{number:02}.txt", "وصل باقري إلى موسكو.")
    library.sync()
    for number in range(40):
        question = f"متى وصل باقري في المرة {number}؟"
        (vector,) = ModelLike().embed([question])
        if vector @ ModelLike().embed(["وصل باقري إلى موسكو."])[0] < 0:
            vector = -vector
        found = rank(library.snapshot, analyse(question), vector, 50, vector_weight=0.4)
        assert len({one.score for one in found}) == 1


def test_ties_go_by_path_even_where_there_are_more_than_candidates(library: Library) -> None:
    names = [f"{number:03}.txt" for number in range(300)]
    random.Random(7).shuffle(names)
    for name in names:
        library.write(name, "وصل باقري إلى موسكو.")
    library.sync()
    paths = library.reader.read(lambda ledger, _: {one.id: one.path for one in ledger.files()})
    (vector,) = LocalEmbedder().embed(["باقري موسكو"])
    found = rank(library.snapshot, analyse("باقري موسكو"), vector, 10, vector_weight=0.03)
    assert [paths[one.file] for one in found] == sorted(names)[:10]


def test_only_what_has_something_of_the_question_is_found(library: Library) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="The weather was fine on Thursday.")
    assert [one.source.path for one in library.search("باقري", vectors=False)] == ["a.txt"]
    assert library.search("قققق ططططط", vectors=False) == []


def test_a_score_lies_between_nothing_and_all(seeds_library: Library) -> None:
    for question in ARABIC[::9]:
        found = seeds_library.search(question, 50)
        assert all(0 < one.score <= 1 and 0 <= one.lexical <= 1 for one in found)
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_of_an_empty_index_nothing_is_found(library: Library) -> None:
    library.sync()
    assert rows(library, "باقري") == []


def test_a_question_without_words_finds_nothing(seeds_library: Library) -> None:
    for question in ("؟!", "…", "🙂"):
        assert seeds_library.search(question) == []


# The vector channel


def test_whichever_index_proposes_the_rows_their_scores_are_the_same(
    seeds_library: Library,
) -> None:
    snapshot = seeds_library.snapshot
    for question in ARABIC[::9]:
        (vector,) = LocalEmbedder().embed([question])
        order = np.argsort(-snapshot.lexical.similarities(vector))
        exact, proposed = (
            rank(snapshot, analyse(question), vector, 10, vector_weight=0.3, nearest=nearest)
            for nearest in (lambda _v, _k: None, lambda _v, k, order=order: order[:k])
        )
        assert exact == proposed


def test_a_passage_without_a_common_word_is_found_by_its_vector(tmp_path: Path) -> None:
    class Meaning:
        """Knows that a physician is a doctor."""

        name, is_paid = "meaning", True

        def embed(self, texts: Sequence[str]) -> list[Vector]:
            near = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
            return [near["xylem" not in text and "qqq" not in text] for text in texts]

        def embed_question(self, question: str) -> Vector:
            return self.embed([question])[0]

    library = Library(tmp_path, Meaning()).fill(a="xylem brook", b="Thursday weather")
    found = library.search("qqq")
    assert [one.source.path for one in found] == ["a.txt"]
    assert found[0].lexical == 0


def test_what_a_vector_index_does_not_know_is_still_found_by_its_words(library: Library) -> None:
    library.fill(a="وصل باقري إلى موسكو.", b="افتتح الوزير مكتبة.")
    (vector,) = LocalEmbedder().embed(["باقري"])
    found = rank(
        library.snapshot,
        analyse("باقري"),
        vector,
        10,
        vector_weight=0.3,
        nearest=lambda _v, _k: np.array([], np.int64),
    )
    assert found[0].passage == 1


def test_a_question_without_a_direction_is_ranked_by_words(seeds_library: Library) -> None:
    snapshot, question = seeds_library.snapshot, analyse("باقري")
    zero = np.zeros(512, np.float32)
    by_words = rank(snapshot, question, None, 10)
    assert rank(snapshot, question, zero, 10, vector_weight=0.3) == by_words
