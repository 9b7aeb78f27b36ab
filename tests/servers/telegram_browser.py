"""A page drawn by headless Chromium, offline."""

import re
import shutil
import subprocess
import tempfile
from html import unescape
from pathlib import Path
from typing import Final, NamedTuple

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS: Final = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars
    --disable-background-networking --disable-component-update --disable-sync
""".split()
WIDTH: Final = 560
# Says of each paragraph at which side of its box it begins, and how high the page is.
MEASURE: Final = """<script>
for (const p of document.querySelectorAll('p')) {
  const range = document.createRange();
  range.selectNodeContents(p);
  const [box, text] = [p.getBoundingClientRect(), range.getClientRects()];
  const last = text[text.length - 1];
  if (last) p.dataset.side = box.right - last.right < last.left - box.left ? 'right' : 'left';
}
const bottom = document.querySelector('main').getBoundingClientRect().bottom;
document.body.dataset.height = Math.ceil(bottom);
</script>"""


class Paragraph(NamedTuple):
    """A paragraph as it stands on the page: its text, and the side at which it begins."""

    text: str
    side: str


def laid_out(html: str) -> tuple[list[Paragraph], int]:
    """The paragraphs that do not fill their line, and the height of the page in pixels."""
    done = _chromium(html + MEASURE, "--dump-dom")
    paragraphs = re.findall(r'<p[^>]* data-side="(\w+)"[^>]*>(.*?)</p>', done, re.DOTALL)
    height = re.search(r'data-height="(\d+)"', done)
    if height is None:
        raise RuntimeError(f"Chromium did not lay the page out: {done[:500]}")
    texts = [(side, unescape(re.sub(r"<[^>]+>", "", inner))) for side, inner in paragraphs]
    return [Paragraph(text, side) for side, text in texts], int(height[1])


def draw(html: str, picture: Path, height: int) -> None:
    """Writes the page as a PNG of this height, twice as fine as it is large."""
    _chromium(html, f"--screenshot={picture}", "--force-device-scale-factor=2", height=height)


def _chromium(html: str, *options: str, height: int = 800) -> str:
    """What Chromium prints about a page."""
    if CHROMIUM is None:
        raise RuntimeError("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        page.write_text(html, encoding="utf-8")
        profile = f"--user-data-dir={place}/profile"
        size = f"--window-size={WIDTH},{height}"
        command = [CHROMIUM, *FLAGS, profile, size, *options, page.as_uri()]
        done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    return done.stdout.decode()
