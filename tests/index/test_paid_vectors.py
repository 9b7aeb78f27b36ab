from pathlib import Path

import numpy as np

from rag.index.paid_vectors import KEPT_DAYS, PaidVectors, text_hash


def test_vectors_are_kept_by_model_width_and_text(tmp_path: Path) -> None:
    vectors = {f"{n:04}": np.full(3, n, np.float32) for n in range(1100)}
    with PaidVectors(tmp_path) as kept:
        assert kept.width("one") is None
        kept.keep("one", vectors)
        kept.keep("two", {"0001": np.zeros(3, np.float32)})
        kept.keep("one", {"0001": np.ones(5, np.float32)})
    with PaidVectors(tmp_path) as kept:
        found = kept.known("one", 3, [*vectors, "unknown"])
        assert found.keys() == vectors.keys()
        assert found["0777"].tolist() == [777.0, 777.0, 777.0]
        assert kept.known("one", 5, ["0001", "0002"])["0001"].tolist() == [1.0] * 5
        assert kept.known("two", 3, ["0001", "0002"])["0001"].tolist() == [0.0, 0.0, 0.0]
        assert kept.known("three", 3, ["0001"]) == {}
        assert kept.missing("one", 3, [*vectors, "unknown"]) == {"unknown"}
        assert kept.missing("one", None, ["0001"]) == {"0001"}
        assert (kept.width("one"), kept.width("two")) == (5, 3)


def test_those_that_no_text_needs_are_forgotten_after_a_while(tmp_path: Path) -> None:
    texts = ["one", "two"]
    with PaidVectors(tmp_path) as kept:
        kept.keep("model", {text_hash(text): np.ones(3, np.float32) for text in texts})
        assert not kept.is_due
        today = int(np.datetime64("today").astype(int))
        assert kept.forget_unused(["one"], today=today + KEPT_DAYS) == 0
        assert kept.missing("model", 3, [text_hash(text) for text in texts]) == set()
        assert kept.forget_unused(["one"], today=today + KEPT_DAYS + 1) == 1
        assert kept.missing("model", 3, [text_hash(text) for text in texts]) == {text_hash("two")}
