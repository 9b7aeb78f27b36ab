import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.embedding import LOCAL_DIMENSIONS, LocalEmbedder, Vector, unit


def vector_of(text: str) -> Vector:
    (vector,) = LocalEmbedder().embed([text])
    return vector


@given(st.text())
def test_a_vector_has_length_one_or_nothing_in_it(text: str) -> None:
    vector = vector_of(text)
    assert vector.shape == (LOCAL_DIMENSIONS,)
    assert vector.dtype == np.float32
    length = float(np.linalg.norm(vector))
    assert length == pytest.approx(1, abs=1e-5) or not vector.any()


@pytest.mark.parametrize("text", ["", "   ", "…!؟", "\u200f"])
def test_a_text_without_words_has_no_direction(text: str) -> None:
    assert not vector_of(text).any()


def test_a_text_has_the_same_vector_in_every_company_and_process() -> None:
    text = "زيارة باقري إلى موسكو Bagheri 2021"
    alone = vector_of(text)
    assert np.array_equal(LocalEmbedder().embed(["طهران", text])[1], alone)
    code = (
        "import sys; from rag.index.embedding import LocalEmbedder;"
        "sys.stdout.buffer.write(LocalEmbedder().embed([sys.argv[1]])[0].tobytes())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", code, text],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    ).stdout
    assert np.array_equal(np.frombuffer(elsewhere, np.float32), alone)


@pytest.mark.parametrize(
    "variant",
    ["مَسْؤُولٌ في إيرانَ", "مسـؤول في إيـران", "مسؤول فی ایران", "ﻣﺴﺆﻭﻝ ﰲ ﺇﻳﺮﺍﻥ", "مسؤول في ايران"],
)
def test_spelling_makes_no_difference(variant: str) -> None:
    assert np.array_equal(vector_of(variant), vector_of("مسؤول في إيران"))


def test_what_is_alike_is_near() -> None:
    asked = vector_of("متى زار باقري روسيا؟")
    near, far = vector_of("زيارة باقري إلى روسيا"), vector_of("طريقة عمل الكعك بالشوكولاتة")
    assert asked @ near > 0.3 > asked @ far
    assert vector_of("Bagheri") @ vector_of("باقري") > vector_of("Bagheri") @ vector_of("طالبان")


def test_it_costs_nothing() -> None:
    assert not LocalEmbedder().is_paid
    assert str(LOCAL_DIMENSIONS) in LocalEmbedder().name


def test_a_vector_is_scaled_to_length_one_and_nothing_stays_nothing() -> None:
    assert unit(np.array([3, 4], np.float32)) == pytest.approx([0.6, 0.8])
    assert unit(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
