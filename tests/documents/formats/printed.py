"""PDF files made glyph by glyph, as no library makes them: in the wrong order, with ligatures."""

import unicodedata
from collections.abc import Sequence

Glyph = str
"""What a glyph stands for: a letter, or those of a ligature."""


def printed(
    pages: Sequence[Sequence[str | Sequence[Glyph]]],
    *,
    right: bool = True,
    title: str = "",
    images: Sequence[int] = (),
) -> bytes:
    """A PDF of pages of lines; a line is its glyphs from left to right.

    `right`: lines end at one margin on the right. `images`: the pages that hold an image too.
    """
    glyphs = sorted({glyph for page in pages for line in page for glyph in line})
    codes = {glyph: number for number, glyph in enumerate(glyphs, start=1)}
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content if isinstance(content, bytes) else content.encode("latin-1"))
        return len(objects)

    mapped = "\n".join(
        f"<{code:04x}> <{glyph.encode('utf-16-be').hex()}>" for glyph, code in codes.items()
    )
    unicode = add(
        _stream(f"1 beginbfrange\nendbfrange\n{len(codes)} beginbfchar\n{mapped}\nendbfchar")
    )
    described = add(
        "<< /Type /FontDescriptor /FontName /Made /Flags 4 /FontBBox [0 0 600 800] /ItalicAngle 0"
        " /Ascent 800 /Descent 0 /CapHeight 700 /StemV 80 >>"
    )
    cid = add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 600 /FontDescriptor"
        f" {described} 0 R /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    font = add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H"
        f" /DescendantFonts [{cid} 0 R] /ToUnicode {unicode} 0 R >>"
    )
    image = add(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
    )
    tree = len(objects) + 2 * len(pages) + 1
    kids = []
    for number, page in enumerate(pages):
        drawn = [_line(line, codes, 800 - 20 * place, right) for place, line in enumerate(page)]
        if number in images:
            drawn.append("q 500 0 0 700 50 50 cm /I Do Q")
        content = add(_stream("\n".join(drawn)))
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 600 850] /Contents {content} 0 R"
                f" /Resources << /Font << /F {font} 0 R >> /XObject << /I {image} 0 R >> >> >>"
            )
        )
    add(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{one} 0 R' for one in kids)}] >>")
    catalog = add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    named = f"\ufeff{title}".encode("utf-16-be").hex()
    info = add(f"<< /Title <{named}> >>")
    return _file(objects, catalog, info)


def visual(line: str) -> list[Glyph]:
    """A line of Arabic as it is drawn: its glyphs from left to right, brackets mirrored."""
    mirrored = {"(": ")", ")": "(", "«": "»", "»": "«"}
    glyphs = [mirrored.get(letter, letter) for letter in reversed(line)]
    placed: list[Glyph] = []
    run: list[Glyph] = []
    for place, glyph in enumerate([*glyphs, ""]):
        is_point = glyph == "." and run and place < len(glyphs) - 1 and glyphs[place + 1].isdigit()
        if glyph and (is_point or glyph.isdigit() or (glyph.isascii() and glyph.isalpha())):
            run.insert(0, glyph)
        else:
            placed += [*run, glyph]
            run = []
    return [glyph for glyph in placed if glyph]


def presented(letter: str, form: str) -> str:
    """A presentation form of a letter: `isolated`, `initial`, `medial`, `final`."""
    return unicodedata.lookup(f"{unicodedata.name(letter)} {form.upper()} FORM")


def _line(line: Sequence[Glyph], codes: dict[Glyph, int], y: int, right: bool) -> str:
    x = 560 - 6 * len(line) if right else 40
    shown = "".join(f"{codes[glyph]:04x}" for glyph in line)
    return f"BT /F 10 Tf {x} {y} Td <{shown}> Tj ET"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[bytes], catalog: int, info: int) -> bytes:
    made = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (
        len(objects) + 1,
        catalog,
        info,
    )
    return made + b"startxref\n%d\n%%%%EOF\n" % start
