from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.segment import Segment, build, load, merge, save
from tests.index.rows import living, row, segment_of, texts

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
    merged = merge(given_parts)
    assert [int(passage) for passage in merged.passages] == [passage for passage, _ in kept]
    if kept:
        assert same(merged, build([row(passage, passage, text) for passage, text in kept]))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    segment = segment_of(["باقري في موسكو", "Bagheri in Moscow"])
    save(segment, tmp_path / "one")
    assert same(load(tmp_path / "one"), segment)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_saving_again_replaces(tmp_path: Path) -> None:
    save(segment_of(["باقري", "موسكو"]), tmp_path / "one")
    save(segment_of(["طهران"]), tmp_path / "one")
    assert len(load(tmp_path / "one")) == 1


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
