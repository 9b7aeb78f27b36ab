"""Generations in real Chroma, built by real processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.errors import IndexUnavailable
from rag.index.building import build
from rag.index.chroma import Shelf
from rag.index.embedding import LocalEmbedder
from rag.index.generation import (
    Generation,
    Pointer,
    VectorIndex,
    build_in_child,
    current,
    folder_of,
    is_current,
    is_sound,
)
from rag.index.ledger import Ledger
from rag.index.serving import ServedGeneration
from tests.library import Library
from tests.waiting import wait_until

QUESTIONS = ("من هي كارولين روز؟", "كم يوما بقي باقري في روسيا؟", "Who invited Bagheri to China?")


def folders(library: Library) -> list[str]:
    return sorted(path.name for path in folder_of(library.data).iterdir() if path.is_dir())


def truncate(folder: Path) -> None:
    """Cuts every file of a folder to a half of it."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.truncate(path, path.stat().st_size // 2)


def exactly_nearest(library: Library, question: str, count: int) -> Sequence[int]:
    index = library.snapshot.lexical
    (vector,) = LocalEmbedder().embed([question])
    best = np.argsort(-index.similarities(vector), kind="stable")[:count]
    return [int(passage) for passage in index.passages[best]]


def test_a_generation_is_sealed_and_holds_what_the_ledger_holds(sealed: Library) -> None:
    generation = current(sealed.data, None)
    assert generation
    assert (generation.revision, generation.embedding) == (1, LocalEmbedder.name)
    key = sealed.snapshot.key
    assert is_current(sealed.data, None, key, LocalEmbedder.name)
    assert not is_current(sealed.data, None, key, "another")
    assert not is_current(sealed.data, None, "another", LocalEmbedder.name)
    assert folders(sealed) == [generation.name]
    with Ledger(sealed.data) as ledger:
        passages = {one.key: one for one in ledger.stored_passages()}
    assert generation.passages == len(passages)
    shelf = Shelf(folder_of(sealed.data) / generation.name)
    with shelf.client() as client:
        held: Any = shelf.get_collection(client).get(
            include=["embeddings", "metadatas", "documents"]
        )
    assert set(held["ids"]) == passages.keys()
    index = sealed.snapshot.lexical
    for id_, vector, metadata in zip(
        held["ids"], held["embeddings"], held["metadatas"], strict=True
    ):
        passage = passages[id_]
        assert metadata == {
            "passage": passage.id,
            "file": passage.path,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
        }
        text = (sealed.documents / passage.path).read_text(encoding="utf-8")
        assert text[metadata["start"] : metadata["end"]] == metadata["text"]
        (own,) = index.vectors(index.rows_of([passage.id]))
        assert np.asarray(vector) == pytest.approx(own, abs=1e-6)
    assert not any(held["documents"])


def test_its_nearest_are_those_of_exact_search(sealed: Library) -> None:
    generation = current(sealed.data, None)
    assert generation
    vectors = VectorIndex(sealed.data, generation, None)
    try:
        for question in QUESTIONS:
            (vector,) = LocalEmbedder().embed([question])
            assert vectors.nearest(vector, 8) == exactly_nearest(sealed, question, 8)
            assert len(vectors.nearest(vector, 1000)) == generation.passages
    finally:
        vectors.close()


def test_the_seal_says_how_many_of_the_nearest_are_found(sealed: Library) -> None:
    generation = current(sealed.data, None)
    assert generation
    assert generation.recall is not None
    assert 0.95 <= generation.recall <= 1


def test_one_that_is_there_is_not_built_again(sealed: Library) -> None:
    before = current(sealed.data, None)
    assert build_in_child(sealed.data)
    assert current(sealed.data, None) == before


def test_nothing_is_built_of_nothing(library: Library) -> None:
    library.sync()
    assert build_in_child(library.data)
    assert current(library.data, None) is None


def test_a_damaged_one_is_found_unsound(sealed: Library) -> None:
    generation = current(sealed.data, None)
    assert generation
    truncate(folder_of(sealed.data) / generation.name)
    assert not is_sound(sealed.data, generation)


def test_a_builder_that_is_killed_leaves_the_old_one_which_the_next_one_follows(
    sealed: Library,
) -> None:
    old = current(sealed.data, None)
    assert old
    served = ServedGeneration(sealed.data)
    served.refresh()
    former_key = sealed.snapshot.key
    sealed.write("new.txt", QUESTIONS[0])
    sealed.sync()
    key = sealed.snapshot.key
    (vector,) = LocalEmbedder().embed(QUESTIONS[:1])
    command = [sys.executable, "-m", "rag.index.building", "build", str(sealed.data)]
    with subprocess.Popen(command) as process:
        begun = partial(folder_of(sealed.data).glob, "*.unfinished/chroma.sqlite3")
        wait_until(lambda: list(begun()) or process.poll() is not None)
        assert process.poll() is None
        process.kill()
    assert current(sealed.data, None) == old
    served.refresh()
    assert served.nearest(former_key, vector, 5)
    assert served.nearest(key, vector, 5) is None
    assert build_in_child(sealed.data)
    new = current(sealed.data, None)
    assert new
    assert (new.revision, new.passages) == (2, old.passages + 1)
    assert folders(sealed) == sorted([old.name, new.name])
    served.refresh()
    assert served.nearest(former_key, vector, 5) is None
    assert served.nearest(key, vector, 5) == exactly_nearest(sealed, QUESTIONS[0], 5)
    served.close()


GONE = asdict(Pointer(Generation("gone", 1, "k", "e", 1, "i")))
OLDER = {"name": "gone", "revision": 1, "embedding": "e", "passages": 1}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"current": 1}', json.dumps(GONE), json.dumps(OLDER)]
)
def test_a_pointer_to_nothing_is_no_generation(tmp_path: Path, content: str) -> None:
    assert current(tmp_path, None) is None
    folder_of(tmp_path).mkdir()
    (folder_of(tmp_path) / "current.json").write_text(content)
    assert current(tmp_path, None) is None


def test_a_ledger_made_anew_has_another_generation_at_the_same_revision(sealed: Library) -> None:
    old = current(sealed.data, None)
    assert old
    for path in sealed.data.glob("ledger.sqlite3*"):
        path.unlink()
    sealed.write("new.txt", QUESTIONS[0])
    assert sealed.sync().revision == old.revision
    assert not is_current(sealed.data, None, sealed.snapshot.key, LocalEmbedder.name)
    served = ServedGeneration(sealed.data)
    served.refresh()
    (vector,) = LocalEmbedder().embed(QUESTIONS[:1])
    assert served.nearest(sealed.snapshot.key, vector, 5) is None
    served.close()


def test_going_back_puts_the_generation_before_in_place_again(sealed: Library) -> None:
    old = current(sealed.data, None)
    assert old
    sealed.write("new.txt", QUESTIONS[0])
    sealed.sync()
    build(sealed.data, None)  # here: a process of its own takes seconds to start
    new = current(sealed.data, None)
    sealed.indexer.roll_back()
    build(sealed.data, None)
    assert current(sealed.data, None) == old
    served = ServedGeneration(sealed.data)
    served.refresh()
    for question in QUESTIONS:
        (vector,) = LocalEmbedder().embed([question])
        found = served.nearest(sealed.snapshot.key, vector, 8)
        assert found == exactly_nearest(sealed, question, 8)
    served.close()
    sealed.indexer.roll_back()
    build(sealed.data, None)
    assert current(sealed.data, None) == new


@pytest.mark.parametrize("damage", ["cut", "half deleted", "emptied"])
def test_a_damaged_one_is_built_again(sealed: Library, damage: str) -> None:
    old = current(sealed.data, None)
    assert old
    folder = folder_of(sealed.data) / old.name
    if damage == "cut":
        truncate(folder)
    elif damage == "half deleted":
        (folder / "chroma.sqlite3").unlink()
    else:
        shutil.rmtree(folder)
    served = ServedGeneration(sealed.data)
    served.refresh()
    assert served.key is None
    build(sealed.data, None)  # here: a process of its own takes seconds to start
    served.refresh()
    assert served.key == sealed.snapshot.key
    served.close()
    assert len(folders(sealed)) == 1


def test_leftovers_of_builders_are_swept_away(sealed: Library) -> None:
    place = folder_of(sealed.data)
    for name in ("isnad-x-1-1.unfinished", "isnad-x-1-2"):
        (place / name).mkdir()
        (place / name / "chroma.sqlite3").write_bytes(b"half")
    (place / "isnad-x-1-2.unsound").touch()
    (place / "current.4711").write_text("{")
    build(sealed.data, None)  # here: a process of its own takes seconds to start
    generation = current(sealed.data, None)
    assert generation
    assert {path.name for path in place.iterdir()} == {
        generation.name,
        "current.json",
        "build.lock",
        "mark",
    }


def test_one_that_has_no_room_is_not_begun(sealed: Library) -> None:
    old = current(sealed.data, None)
    assert old
    sealed.write("new.txt", QUESTIONS[0])
    sealed.sync()
    with pytest.raises(IndexUnavailable, match="not enough room"):
        build(sealed.data, None, lambda _: 1000)
    assert current(sealed.data, None) == old
    assert folders(sealed) == [old.name]


def test_building_gives_way_to_others(sealed: Library) -> None:
    sealed.write("new.txt", QUESTIONS[0])
    sealed.sync()

    def unfinished() -> list[Path]:
        return list(folder_of(sealed.data).glob("*.unfinished"))

    builder = threading.Thread(target=build_in_child, args=[sealed.data])
    builder.start()
    wait_until(lambda: unfinished() or not builder.is_alive())
    (draft,) = unfinished()
    own = os.getpriority(os.PRIO_PROCESS, 0)
    builder_id = int(draft.stem.rpartition("-")[2])
    assert os.getpriority(os.PRIO_PROCESS, builder_id) == min(19, own + 10)
    os.kill(builder_id, signal.SIGKILL)
    builder.join()
