"""The chart of `/status`: a bar for each day, drawn as a small PNG. Pure.

It holds figures and no words, so that it needs no fonts for Arabic and reads in every language;
what the colours mean stands in the caption.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.admin.figures import Bar
from bot.store import DAY

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH: Final = 1_120
HEIGHT: Final = 480
COLOURS: Final = {
    "answered": "#3b82f6",
    "nearest": "#eab308",
    "abstained": "#1f2937",
    "errors": "#ef4444",
}
"""Blue, yellow, black and red, as the squares of the caption."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 30, 30, 60
_PAPER, _INK, _GRID = "#ffffff", "#374151", "#e5e7eb"
_TEXT_SIZE: Final = 26
_LINES: Final = 4


def chart(bars: Sequence[Bar]) -> bytes:
    """The bars as a PNG, the first on the left. ValueError where there are none."""
    from PIL import Image, ImageDraw

    if not bars:
        raise ValueError("a chart needs a bar")
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    top = _round_above(max(_height(bar) for bar in bars))
    _draw_grid(draw, top)
    step = (WIDTH - _LEFT - _RIGHT) / len(bars)
    for number, bar in enumerate(bars):
        left = _LEFT + number * step
        _draw_bar(draw, bar, left + step * 0.15, left + step * 0.85, top)
        day = datetime.fromtimestamp(bar.day * DAY, UTC).day
        _write(draw, left + step / 2, HEIGHT - _BOTTOM / 2, str(day), "mm")
    written = BytesIO()
    image.quantize(16).save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_grid(draw: "ImageDraw", top: int) -> None:
    for number in range(_LINES + 1):
        value = top * number // _LINES
        y = _y(value, top)
        draw.line((_LEFT, y, WIDTH - _RIGHT, y), _GRID, 2)
        _write(draw, _LEFT - 12, y, f"{value:,}", "rm")


def _draw_bar(draw: "ImageDraw", bar: Bar, left: float, right: float, top: int) -> None:
    below = 0
    for colour, count in _pieces(bar):
        if count:
            draw.rectangle((left, _y(below + count, top), right, _y(below, top)), colour)
        below += count


def _pieces(bar: Bar) -> Iterator[tuple[str, int]]:
    """What a bar is made of, from the ground up."""
    yield COLOURS["answered"], bar.answered
    yield COLOURS["nearest"], bar.nearest
    yield COLOURS["abstained"], bar.abstained
    yield COLOURS["errors"], bar.errors


def _height(bar: Bar) -> int:
    return sum(count for _, count in _pieces(bar))


def _y(value: int, top: int) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / top


def _round_above(value: int) -> int:
    """The next number from `value` on that divides well into the lines of the grid."""
    size = _LINES
    while True:
        for factor in (1, 2, 5):
            if size * factor >= value:
                return size * factor
        size *= 10


def _write(draw: "ImageDraw", x: float, y: float, text: str, anchor: str) -> None:
    from PIL import ImageFont

    draw.text((x, y), text, _INK, ImageFont.load_default(_TEXT_SIZE), anchor)
