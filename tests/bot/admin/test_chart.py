"""The chart of the last days."""

from io import BytesIO

import pytest
from PIL import Image

from bot.admin.chart import COLOURS, HEIGHT, WIDTH, chart
from bot.admin.figures import Bar

DAYS = [Bar(20_000 + day, answered=3 * day, nearest=2, abstained=1, errors=0) for day in range(14)]


def areas(content: bytes) -> dict[str, int]:
    """How many pixels have each of the chart's colours."""
    image = Image.open(BytesIO(content)).convert("RGB")
    found = image.getcolors(WIDTH * HEIGHT) or []
    by_colour = {"#{:02x}{:02x}{:02x}".format(*colour): count for count, colour in found}  # type: ignore[misc]
    return {name: by_colour.get(colour, 0) for name, colour in COLOURS.items()}


def test_the_chart_is_a_small_picture_of_the_counts() -> None:
    content = chart(DAYS)
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(content) < 20_000
    seen = areas(content)
    assert seen["answered"] > 5 * seen["nearest"] > 5 * seen["abstained"] > 0
    assert seen["errors"] == 0


def test_errors_are_red_and_days_without_anything_are_empty() -> None:
    bars = [Bar(20_000, 0, 0, 0, 0), Bar(20_001, 1, 0, 0, 1)]
    seen = areas(chart(bars))
    assert seen["errors"] == pytest.approx(seen["answered"], rel=0.1)
    assert not any(areas(chart(bars[:1])).values())


def test_many_questions_fit() -> None:
    seen = areas(chart([Bar(20_000, 1_234_567, 0, 0, 0)]))
    assert 0.3 < seen["answered"] / (WIDTH * HEIGHT) < 0.7


def test_no_days_make_no_chart() -> None:
    with pytest.raises(ValueError, match="bar"):
        chart([])
