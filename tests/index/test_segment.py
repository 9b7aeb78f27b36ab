from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.segment import LARGEST, Row, Segment, build, load, release, save
from rag.text.stems import light_stem
from rag.text.terms import Family, TermVector, term_key
from tests.index.rows import living, merged, row, segment_of, texts

Postings = dict[int, dict[int, int]]


def postings(segment: Segment) -> Postings:
    """How often each key occurs in each passage."""
    found: Postings = {}
    for place, key in enumerate(segment.keys):
        own = slice(int(segment.offsets[place]), int(segment.offsets[place + 1]))
        pairs = zip(segment.slots[own], segment.counts[own], strict=True)
        found[int(key)] = {int(segment.passages[slot]): int(count) for slot, count in pairs}
    return found


def same(one: Segment, other: Segment) -> bool:
    return all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(Segment)
    )


def counted(parts: Iterable[tuple[int, str]]) -> Postings:
    """The postings of passages, counted one by one."""
    found: Postings = {}
    for passage, text in parts:
        terms = row(passage, passage, text).terms
        for key, count in zip(terms.keys, terms.counts, strict=True):
            found.setdefault(int(key), {})[passage] = int(count)
    return found


@given(st.lists(texts, min_size=1, max_size=6))
def test_a_segment_holds_every_term_of_every_passage(given_texts: list[str]) -> None:
    segment = segment_of(given_texts)
    assert postings(segment) == counted(enumerate(given_texts, start=1))
    assert list(segment.keys) == sorted(segment.keys)
    assert len(segment) == len(given_texts)


def test_a_passage_without_words_has_a_row_all_the_same() -> None:
    segment = segment_of(["…", "باقري"])
    assert len(segment) == 2
    assert segment.lengths[0].sum() == 0
    assert all(2 in passages for passages in postings(segment).values())


def test_a_word_repeated_without_end_is_counted_as_far_as_a_count_goes() -> None:
    segment = segment_of(["باقري " * 70_000])
    assert set(segment.counts) == {np.iinfo(np.uint8).max}


@given(
    st.lists(
        st.lists(st.tuples(texts, st.booleans()), min_size=1, max_size=5), min_size=1, max_size=4
    )
)
def test_merging_keeps_the_living_rows_in_their_order(parts: list[list[tuple[str, bool]]]) -> None:
    first, given_parts, kept = 1, [], []
    for part in parts:
        dead = [place for place, (_, lives) in enumerate(part) if not lives]
        given_parts.append(living(segment_of([text for text, _ in part], first), *dead))
        kept += [(first + place, text) for place, (text, lives) in enumerate(part) if lives]
        first += len(part)
    joined = merged(given_parts)
    assert [int(passage) for passage in joined.passages] == [passage for passage, _ in kept]
    if kept:
        assert same(joined, build([row(passage, passage, text) for passage, text in kept]))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    segment = segment_of(["باقري في موسكو", "Bagheri in Moscow"])
    save(segment, tmp_path / "one")
    assert same(load(tmp_path / "one"), segment)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_saving_again_replaces(tmp_path: Path) -> None:
    save(segment_of(["باقري", "موسكو"]), tmp_path / "one")
    save(segment_of(["طهران"]), tmp_path / "one")
    assert len(load(tmp_path / "one")) == 1


def test_what_was_given_back_is_read_again(tmp_path: Path) -> None:
    segment = segment_of(["باقري في موسكو", "Bagheri in Moscow"])
    save(segment, tmp_path / "one")
    loaded = load(tmp_path / "one")
    assert same(loaded, segment)
    release(loaded)
    release(segment)
    assert same(loaded, segment)


def test_loading_reads_no_more_than_is_asked_for(tmp_path: Path) -> None:
    save(segment_of(["باقري"]), tmp_path / "one")
    loaded = load(tmp_path / "one")
    assert not loaded.vectors.flags.owndata
    assert not loaded.vectors.flags.writeable


@pytest.mark.parametrize(
    "kept", [0, 20, -1], ids=["emptied", "cut in its header", "cut at its end"]
)
def test_a_truncated_array_is_noticed(tmp_path: Path, kept: int) -> None:
    for field in fields(Segment):
        folder = tmp_path / field.name
        save(segment_of(["باقري في موسكو"]), folder)
        array = folder / f"{field.name}.npy"
        array.write_bytes(array.read_bytes()[:kept])
        with pytest.raises((OSError, ValueError)):
            load(folder)


def test_a_lost_array_is_noticed(tmp_path: Path) -> None:
    save(segment_of(["باقري"]), tmp_path / "one")
    (tmp_path / "one" / "keys.npy").unlink()
    with pytest.raises(OSError, match=r"keys\.npy"):
        load(tmp_path / "one")


# Merging many keys and many rows

DISTINCT = 60_000
"""Keys of one segment: more than are merged at a time."""


def made_row(passage: int, keys: npt.NDArray[np.uint64], count: int = 1) -> Row:
    """A row of given keys, each `count` times."""
    terms = TermVector(keys, np.full(len(keys), count), (len(keys) * count, 0, 0, 0))
    return Row(passage, passage, terms, np.array([passage], np.float32))


def rows_of_many_keys(chance: np.random.Generator, first: int, number: int) -> list[Row]:
    """Rows that have thousands of keys, some of them in common, from all over their range."""
    shared = chance.integers(0, 2**63, 500, dtype=np.uint64)
    rows = []
    for passage in range(first, first + number):
        own = chance.integers(0, 2**63, DISTINCT // number, dtype=np.uint64)
        rows.append(made_row(passage, np.unique(np.concatenate([shared, own])), passage))
    return rows


def test_merging_more_keys_than_are_merged_at_a_time_gives_the_segment_of_all() -> None:
    chance = np.random.default_rng(7)
    parts = [rows_of_many_keys(chance, 1, 6), rows_of_many_keys(chance, 7, 9)]
    few = np.array([0, 1, 2**62, 2**63 - 1], np.uint64)
    parts.append([made_row(16, few), made_row(17, few)])
    dead = ([1, 5], [0], [1])
    joined = merged(living(build(rows), *gone) for rows, gone in zip(parts, dead, strict=True))
    kept = [
        row
        for rows, gone in zip(parts, dead, strict=True)
        for place, row in enumerate(rows)
        if place not in gone
    ]
    assert len(joined.keys) > DISTINCT
    whole = build(kept)
    assert same(joined, whole)
    for field in fields(Segment):
        assert getattr(joined, field.name).dtype == getattr(whole, field.name).dtype


def test_a_segment_holds_as_many_rows_as_it_may_and_merging_fills_one() -> None:
    everywhere = np.array([7], np.uint64)
    rows = [
        made_row(passage, np.array([7, 1000 + passage % 100], np.uint64))
        for passage in range(1, LARGEST + 10)
    ]
    rows[0] = made_row(1, everywhere)
    half = len(rows) // 2
    gone = [*range(1, 10)]
    joined = merged([living(build(rows[:half]), *gone), living(build(rows[half:]))])
    assert len(joined) == LARGEST
    assert same(joined, build([rows[0], *rows[10:]]))
    assert list(joined.slots[: int(joined.offsets[1])]) == list(range(LARGEST))
    assert int(joined.passages[-1]) == LARGEST + 9


def test_counts_that_were_cut_stay_so_when_they_are_merged() -> None:
    one, other = (
        segment_of(["باقري " * 300 + "موسكو " * 255 + "طهران " * 254], first) for first in (1, 2)
    )
    joined = merged([living(one), living(other)])
    for segment in (one, joined):
        found = postings(segment)
        for word, count in (("باقري", 255), ("موسكو", 255), ("طهران", 254)):
            assert set(found[term_key(Family.STEM, light_stem(word))].values()) == {count}
    assert joined.lengths.tolist() == one.lengths.tolist() * 2


def test_merging_nothing_but_the_dead_leaves_no_row_and_no_key() -> None:
    joined = merged([living(segment_of(["باقري", "موسكو"]), 0, 1), living(segment_of(["x"], 3), 0)])
    assert len(joined) == 0
    assert (len(joined.keys), list(joined.offsets), len(joined.slots)) == (0, [0], 0)


def test_a_merged_segment_is_stored_like_any_other(tmp_path: Path) -> None:
    joined = merged([living(segment_of(["باقري", "موسكو"]), 0), living(segment_of(["طهران"], 3))])
    save(joined, tmp_path / "one")
    assert same(load(tmp_path / "one"), joined)


def test_keys_that_differ_only_in_their_last_bits_are_told_apart() -> None:
    keys = [np.array([2**62 + 5], dtype=np.uint64), np.array([2**62 + 3], dtype=np.uint64)]
    count, vector = np.ones(1, dtype=np.uint16), np.zeros(3, dtype=np.float32)
    rows = [
        Row(passage, 1, TermVector(key, count, (0, 0, 1, 0)), vector)
        for passage, key in enumerate((*keys, *keys), start=1)
    ]
    assert postings(build(rows)) == {2**62 + 3: {2: 1, 4: 1}, 2**62 + 5: {1: 1, 3: 1}}
