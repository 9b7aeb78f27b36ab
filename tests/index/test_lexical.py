"""BM25 against a reference of a dozen lines, and against itself after changes."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.embedding import LocalEmbedder
from rag.index.lexical import SATURATION, LexicalIndex, WeightedTerm
from rag.index.segment import Row, build, load, save
from rag.retrieval.channels import own_language_scores, own_terms
from rag.retrieval.question import analyse
from rag.text.folding import folded_words
from rag.text.names import skeletons
from rag.text.stems import light_stem, root
from rag.text.terms import Family, grams, term_key, term_vector
from tests.index.rows import WORDS, living, merged, row, segment_of, texts

Collection = list[tuple[int, str]]
"""Passages with their ids."""


def features(text: str) -> dict[Family, Counter[str]]:
    words = folded_words(text)
    return {
        Family.GRAM: Counter(gram for word in words for gram in grams(word)),
        Family.ROOT: Counter(map(root, words)),
        Family.STEM: Counter(map(light_stem, words)),
        Family.NAME: Counter(skeleton for word in words for skeleton in skeletons(word)),
    }


def reference(
    collection: Sequence[str], family: Family, feature: str, weight: float
) -> list[float]:
    """BM25 of every text for one term, by the book."""
    counts = [features(text)[family] for text in collection]
    lengths = [sum(count.values()) for count in counts]
    mean = max(1.0, sum(lengths) / max(1, len(lengths)))
    holders = sum(feature in count for count in counts)
    idf = log(1 + (len(collection) - holders + 0.5) / (holders + 0.5))
    k1, b = SATURATION[family].k1, SATURATION[family].b
    return [
        weight
        * idf
        * count[feature]
        * (k1 + 1)
        / (count[feature] + k1 * (1 - b + b * min(length / mean, 3)))
        for count, length in zip(counts, lengths, strict=True)
    ]


def single(family: Family, feature: str, weight: float = 1.0) -> WeightedTerm:
    return WeightedTerm(family, ((term_key(family, feature),),), weight)


def question_terms(words: Sequence[str]) -> list[WeightedTerm]:
    found = []
    for word in folded_words(" ".join(words)):
        found += [single(Family.GRAM, gram) for gram in grams(word)]
        found += [single(Family.ROOT, root(word), 0.5), single(Family.STEM, light_stem(word), 2.0)]
        found += [single(Family.NAME, skeleton) for skeleton in skeletons(word)]
    return found


def by_passage(
    index: LexicalIndex, scores: np.ndarray[tuple[int], np.dtype[np.float32]]
) -> dict[int, str]:
    """The exact score of every living passage."""
    return {
        int(index.passages[place]): float(scores[place]).hex()
        for place in range(index.rows)
        if index.alive[place]
    }


questions = st.lists(st.sampled_from([*WORDS, "مجهول"]), min_size=1, max_size=4)
many_texts = st.lists(texts, min_size=1, max_size=8)


@given(many_texts, st.sampled_from(list(Family)), st.sampled_from(WORDS))
def test_scores_are_those_of_the_book(collection: list[str], family: Family, word: str) -> None:
    index = LexicalIndex([segment_of(collection)], [()])
    for feature in features(word)[family]:
        expected = reference(collection, family, feature, 0.7)
        assert index.scores([single(family, feature, 0.7)]) == pytest.approx(expected, rel=1e-5)


@given(many_texts, questions)
def test_the_terms_of_a_question_add_up(collection: list[str], question: list[str]) -> None:
    index, terms = LexicalIndex([segment_of(collection)], [()]), question_terms(question)
    expected = sum(index.scores([term]).astype(float) for term in terms)
    assert index.scores(terms) == pytest.approx(expected, rel=1e-4)
    assert (index.shares([(1.0, terms)]) <= 1 + 1e-4).all()


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[tuple[Collection, list[int]]], Collection]:
    """Segments, each with its passages and which of them are gone; and all passages that live."""
    passage, parts, alive = 0, [], []
    for _ in range(draw(st.integers(1, 4))):
        own: Collection = []
        gone: list[int] = []
        for text in draw(st.lists(texts, min_size=1, max_size=4)):
            passage += 1
            if draw(st.booleans()):
                gone.append(len(own))
            else:
                alive.append((passage, text))
            own.append((passage, text))
        parts.append((own, gone))
    return parts, alive


def index_of(collection: Collection) -> LexicalIndex:
    return LexicalIndex([build([row(id_, id_, text) for id_, text in collection])], [()])


@given(histories(), questions)
def test_changes_leave_no_trace_in_any_score(
    history: tuple[list[tuple[Collection, list[int]]], Collection], question: list[str]
) -> None:
    parts, alive = history
    terms = question_terms(question)
    segments = [build([row(id_, id_, text) for id_, text in own]) for own, _ in parts]
    changed = LexicalIndex(segments, [gone for _, gone in parts])
    scores = by_passage(changed, changed.scores(terms))
    assert changed.size == len(alive)
    if alive:
        fresh = index_of(alive)
        assert scores == by_passage(fresh, fresh.scores(terms))
    joined = merged(
        living(segment, *gone) for segment, (_, gone) in zip(segments, parts, strict=True)
    )
    whole = LexicalIndex([joined], [()])
    assert scores == by_passage(whole, whole.scores(terms))


def test_what_is_gone_has_no_score_and_no_likeness() -> None:
    index = LexicalIndex([segment_of(["باقري موسكو", "باقري طهران"])], [[0]])
    assert index.scores([single(Family.STEM, light_stem("باقري"))])[0] == 0
    (vector,) = LocalEmbedder().embed(["باقري موسكو"])
    assert index.similarities(vector)[0] == -1
    assert index.similarities(vector)[1] > 0


def test_the_weight_of_a_term_falls_with_its_holders() -> None:
    index = LexicalIndex([segment_of(["باقري موسكو", "باقري طهران", "وزير"])], [()])
    assert index.idf(1) == pytest.approx(log(1 + 2.5 / 1.5))
    assert index.holders(single(Family.STEM, light_stem("باقري"))) == 2
    assert index.idf(0) > index.idf(1) > index.idf(2) > index.idf(3) > 0


def test_synonyms_count_as_one_term_and_a_phrase_needs_all_its_words() -> None:
    texts_ = ["وزير الدفاع", "وزير وزير", "سفير", "سفير وزير الدفاع وزير"]
    index = LexicalIndex([segment_of(texts_)], [()])
    minister, defence, envoy = (
        term_key(Family.STEM, light_stem(word)) for word in ("وزير", "الدفاع", "سفير")
    )
    phrase = WeightedTerm(Family.STEM, ((minister, defence),))
    assert index.holders(phrase) == 2
    assert list(index.scores([phrase]) > 0) == [True, False, False, True]
    either = WeightedTerm(Family.STEM, ((minister, defence), (envoy,)))
    assert index.holders(either) == 3


def test_a_unknown_term_and_an_empty_question_find_nothing() -> None:
    index = LexicalIndex([segment_of(["باقري"])], [()])
    assert not index.scores([single(Family.STEM, "zzz")]).any()
    assert not index.scores([]).any()


def test_an_empty_index_is_searched_without_harm() -> None:
    index = LexicalIndex([], [])
    assert (index.rows, index.size) == (0, 0)
    assert len(index.scores([single(Family.STEM, "x")])) == 0
    assert len(index.similarities(np.zeros(512, np.float32))) == 0


def test_rows_are_found_by_passage_wherever_they_are() -> None:
    index = LexicalIndex([segment_of(["a", "b"], 5), segment_of(["c", "d"], 1)], [[1], []])
    assert list(index.rows_of([2, 5, 1])) == [3, 0, 2]
    assert list(index.rows_of([6, 99, 0, 2])) == [3]
    assert list(index.passages[index.rows_of([1, 2, 5])]) == [1, 2, 5]


def test_in_an_empty_index_no_passage_has_a_row() -> None:
    assert list(LexicalIndex([], []).rows_of([1])) == []


def test_of_no_rows_there_are_no_vectors_and_no_likeness() -> None:
    index = LexicalIndex([segment_of(["باقري"])], [()])
    (asked,) = LocalEmbedder().embed(["باقري"])
    assert len(index.vectors(np.array([], np.int64)) @ asked) == 0


def test_likeness_is_the_cosine_over_all_segments() -> None:
    given_texts = ["باقري موسكو", "وزير الدفاع", "Bagheri visit"]
    index = LexicalIndex([segment_of(given_texts[:1]), segment_of(given_texts[1:], 2)], [[], []])
    vectors = np.array(LocalEmbedder().embed(given_texts))
    (asked,) = LocalEmbedder().embed(["زار باقري موسكو"])
    assert index.similarities(asked) == pytest.approx(vectors @ asked, abs=1e-6)
    assert np.array_equal(index.vectors(np.array([2, 0])), vectors[[2, 0]])


# More passages than common terms are counted for

MANY = 6000
LETTERS = "ابتجحدرسشصطعفقكلمنهوي"


@dataclass(frozen=True)
class Notes:
    """Made-up notes whose words follow Zipf's law, so that some are in most of them."""

    words: list[str]
    weights: list[float]
    rows: list[Row]

    def questions(self, number: int) -> list[list[WeightedTerm]]:
        chance = random.Random(11)
        asked = [
            chance.choices(self.words, self.weights, k=chance.randint(1, 7)) for _ in range(number)
        ]
        return [terms_of(words) for words in asked]


def terms_of(words: Sequence[str]) -> list[WeightedTerm]:
    return [term for terms in own_terms(words).values() for term in terms]


@pytest.fixture(scope="module")
def book(notes: Notes) -> "Book":
    return Book(notes.rows)


@pytest.fixture(scope="module")
def notes() -> Notes:
    chance = random.Random(5)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(3, 7))) for _ in range(3000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    vector = np.zeros(1, np.float32)
    rows = [
        Row(n, n, term_vector(chance.choices(words, weights, k=chance.randint(8, 30))), vector)
        for n in range(MANY)
    ]
    return Notes(words, weights, rows)


class Book:
    """BM25 of rows, every term counted everywhere."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._holders: dict[int, list[tuple[int, int]]] = {}
        for place, row_ in enumerate(rows):
            for key, count in zip(row_.terms.keys.tolist(), row_.terms.counts, strict=True):
                self._holders.setdefault(key, []).append((place, int(count)))
        self._lengths = np.array([row_.terms.lengths for row_ in rows], dtype=float)

    def scores(self, terms: Sequence[WeightedTerm]) -> npt.NDArray[np.float64]:
        size = len(self._lengths)
        total = np.zeros(size)
        for term in terms:
            ((key,),) = term.alternatives
            holders = self._holders.get(key, [])
            idf = log(1 + (size - len(holders) + 0.5) / (len(holders) + 0.5))
            lengths = self._lengths[:, term.family]
            k1, b = SATURATION[term.family].k1, SATURATION[term.family].b
            if holders:
                places, counts = np.array(holders).T
                long = np.minimum(lengths[places] / lengths.mean(), 3)
                penalties = k1 * (1 - b + b * long)
                total[places] += term.weight * idf * counts * (k1 + 1) / (counts + penalties)
        return total


def best_ten(scores: npt.NDArray[Any]) -> list[int]:
    """The places of the ten best scores; those that differ by rounding alone go by place."""
    order = np.lexsort((np.arange(len(scores)), -np.round(scores.astype(float), 3)))
    return [int(place) for place in order[:10]]


def test_where_common_terms_are_counted_for_the_first_alone_the_best_are_the_same(
    notes: Notes, book: Book
) -> None:
    index = LexicalIndex([build(notes.rows[:2500]), build(notes.rows[2500:])], [(), ()])
    saved = 0
    for terms in notes.questions(40):
        expected, scores = book.scores(terms), index.scores(terms)
        best = best_ten(expected)
        assert best_ten(scores) == best
        assert scores[best] == pytest.approx(expected[best], rel=1e-5)
        assert (scores <= expected + 1e-3).all()
        saved += int((scores < expected - 1e-3).any())
    assert saved  # Else nothing has been compared.


def test_a_question_of_nothing_but_common_terms_is_counted_everywhere(
    notes: Notes, book: Book
) -> None:
    index = LexicalIndex([build(notes.rows)], [()])
    common = [
        term
        for term in terms_of(notes.words[:6])
        if index.holders(term) > MANY / 8  # What common means.
    ]
    assert len(common) > 5
    assert index.scores(common) == pytest.approx(book.scores(common), rel=1e-4)
    assert 0 < index.shares([(1.0, common)]).max() <= 1


def test_in_a_large_collection_changes_leave_no_trace_either(notes: Notes) -> None:
    gone = list(range(0, 900, 2))
    parts = [build(notes.rows[:2000]), build(notes.rows[2000:4500]), build(notes.rows[4500:])]
    changed = LexicalIndex(parts, [gone, [], [7]])
    kept = [row_ for row_ in notes.rows if row_.passage not in gone and row_.passage != 4507]
    fresh = LexicalIndex([build(kept)], [()])
    for terms in notes.questions(12):
        assert by_passage(changed, changed.scores(terms)) == by_passage(fresh, fresh.scores(terms))


# Passages of very different lengths


def test_a_report_among_short_notes_is_found_with_a_score_that_counts() -> None:
    chance = random.Random(3)
    words = ["".join(chance.choices(LETTERS, k=5)) for _ in range(400)]
    short = [" ".join(chance.choices(words, k=6)) for _ in range(300)]
    asked = ["باقري", "موسكو", "زيارة"]
    rest = chance.choices(words, k=600)
    report = " ".join([*rest[:200], asked[0], *rest[200:400], asked[1], *rest[400:], asked[2]])
    index = LexicalIndex([segment_of([*short, report])], [()])
    question = analyse(" ".join(asked), "ar")
    scores = own_language_scores(index, question)
    assert scores.argmax() == len(short)
    alone = own_language_scores(
        LexicalIndex([segment_of([*short, " ".join(asked)])], [()]), question
    )
    # A note of nothing else is better, but a report is not as good as nothing beside it.
    assert 0.4 * alone.max() < scores.max() < alone.max()


def test_from_three_mean_lengths_on_more_length_makes_no_difference() -> None:
    word = "باقري"
    notes_ = ["موسكو طهران بكين"] * 200
    scores = []
    for length in (60, 600):
        index = LexicalIndex([segment_of([*notes_, " ".join([word, *["كلام"] * length])])], [()])
        scores.append(index.scores([single(Family.STEM, light_stem(word))])[-1])
    assert scores[0] == scores[1] > 0


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells")
def test_vectors_that_were_looked_at_one_by_one_do_not_stay_in_memory(tmp_path: Path) -> None:
    width, number = 1024, 512
    rows = [
        Row(one, one, term_vector([]), np.full(width, one, np.float32)) for one in range(number)
    ]
    save(build(rows), tmp_path / "one")
    index = LexicalIndex([load(tmp_path / "one")], [()])

    def resident() -> int:
        """Bytes of the vectors' file that are in this process's memory."""
        maps = Path("/proc/self/smaps").read_text().partition(f"{tmp_path}/one/vectors.npy")[2]
        return 1024 * int(maps.partition("Rss:")[2].split()[0])

    index.similarities(np.ones(width, np.float32))
    assert resident() >= number * width * 4
    least = resident()
    for begin in range(0, 2_200, 100):
        some = np.arange(begin, begin + 100) % number
        assert index.vectors(some)[:, 0].tolist() == some.tolist()
        least = min(least, resident())
    assert least < number * width
    assert index.similarities(np.ones(width, np.float32))[5] == 5 * width
