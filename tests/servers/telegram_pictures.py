"""Pictures, as far as Telegram looks into them before it takes one."""

import struct
from itertools import pairwise

from .telegram_refusals import bad_request

JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The segments of a JPEG that say how large it is."""


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; refused where it is neither PNG nor JPEG."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8"):
        for position, following in pairwise(_segments(content)):
            if content[position + 1] in JPEG_SIZES and following - position >= 9:
                height, width = struct.unpack(">HH", content[position + 5 : position + 9])
                return int(width), int(height)
    raise bad_request("IMAGE_PROCESS_FAILED")


def _segments(content: bytes) -> list[int]:
    """Where the segments of a JPEG begin, up to the one with the picture itself."""
    starts = [2]
    while (at := starts[-1]) + 4 <= len(content) and content[at] == 0xFF:
        if content[at + 1] == 0xDA:
            break
        starts.append(at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0])
    return starts
