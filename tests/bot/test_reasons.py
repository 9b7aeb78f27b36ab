"""Why a file was skipped is told in the reader's language, whatever the reason."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.reasons import in_words, reason_of
from bot.rendering import WORDS, Renderer
from rag.documents.document import understand
from rag.documents.reading import read, scan
from rag.errors import UnreadableFile
from rag.index.plan import HELD
from rag.knowledge_base import Skipped, SyncReport, Warned
from rag.text.hidden import Kind
from tests.syntax import parsed

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "rag" / "documents").rglob("*.py"), ROOT / "bot" / "admin" / "folder.py"]
BEGINNINGS = ("it ", "its ", "reading it", "pages ", "chapters ", "files attached", "cannot be")
BLANK = "a 7 file"


def sentences_in(source: Path) -> Iterator[str]:
    """What a module may say of a file; a 7 stands for what is not known before it is read."""
    tree = parsed(source)
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if id(node) in documented | inner:
            continue
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else BLANK for part in node.values
            )
        if text.startswith(BEGINNINGS):
            yield text
        elif source.name == "signature.py" and text.startswith(("a ", "an ")):
            yield f"it is {text}"  # what a signature shows


# What is completed by a list: `f"{what}: {…}"`.
WITH_A_LIST = (
    "pages are images",
    "pages have fonts",
    "pages cannot",
    "its name holds",
    "it holds hidden",
    "cannot be opened",
)


def test_every_sentence_that_a_reader_of_files_says_has_words() -> None:
    said = {one for source in SOURCES for one in sentences_in(source)}
    assert len(said) > 40
    whole = {f"{one}: 7" if one.startswith(WITH_A_LIST) else one for one in said}
    unknown = {one for one in whole if reason_of(one) is None}
    assert not unknown


@pytest.mark.parametrize(
    ("sentence", "arabic", "persian", "english"),
    [
        ("it is empty", "الملف فارغ", "فایل خالی است", "it is empty"),
        (
            "it is larger than 32 MB",
            "حجمه أكبر من 32 م.ب",
            "از 32 مگابایت بزرگ‌تر است",
            "it is larger than 32 MB",
        ),
        (
            "it cannot be opened: Permission denied",
            "لا يمكن فتحه لنقص في صلاحية القراءة",
            "باز نمی‌شود، چون اجازهٔ خواندنش نیست",
            "it cannot be opened, because the rights to read it are missing",
        ),
        (
            "it is a zip archive of 3 files; unpack it",
            "هو أرشيف مضغوط (zip)؛ فُكّ ضغطه أولاً",
            "بایگانی فشرده (zip) است؛ نخست آن را باز کنید",
            "it is a zip archive; unpack it",
        ),
        (
            HELD,
            "سُحب من الفهرس؛ الأمر \u200e/reindex يعيده إليه",
            "پس گرفته شده است؛ \u200e/reindex آن را دوباره می‌گیرد",
            "it was taken back; /reindex takes it in again",
        ),
        (
            "pages cannot be read: 1, 2 and 7 more; it holds hidden text: tag characters (2, from"
            " line 3), control characters (1, from line 9)",
            "صفحات لا يمكن قراءتها: 1, 2 وغيرها (7)؛ فيه نص خفيّ: محارف وسوم (2، من السطر 3)،"
            " محارف تحكّم (1، من السطر 9)",
            "صفحه‌هایی که خوانده نمی‌شوند: 1, 2 و 7 دیگر؛ متن پنهان دارد: نویسه‌های برچسب (2، از"
            " سطر 3)، نویسه‌های کنترلی (1، از سطر 9)",
            "pages cannot be read: 1, 2 and 7 more; it holds hidden text: tag characters (2, from"
            " line 3), control characters (1, from line 9)",
        ),
    ],
)
def test_a_reason_is_told_in_three_languages(
    sentence: str, arabic: str, persian: str, english: str
) -> None:
    for language, wanted in (("ar", arabic), ("fa", persian), ("en", english)):
        said = in_words(sentence, language, WORDS)
        assert said.replace("\u2068", "").replace("\u2069", "") == wanted


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_hidden_text_has_words_of_its_own(kind: Kind) -> None:
    said = in_words(f"it holds hidden text: {kind} (2, from line 3)", "en", WORDS)
    assert str(kind) in said
    said = in_words(f"its name holds hidden text: {kind} (2)", "ar", WORDS)
    assert not any(letter in string.ascii_letters for letter in said)


def test_what_nobody_has_words_for_is_told_as_it_is() -> None:
    assert in_words("it sings; it is empty", "fa", WORDS) == "\u2068it sings\u2069؛ فایل خالی است"


def test_files_that_cannot_be_read_are_reported_in_the_readers_language(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "wide.docx").write_bytes(b"text")
    (tmp_path / "notes.xyz").write_text("x")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "signs.txt").write_text("رسالة \u202eخفية\u202c هنا.\n" * 3, encoding="utf-8")
    found, skipped = scan(tmp_path)
    reasons = [Skipped(path, reason) for path, reason in skipped.items()]
    warned = []
    for state in found:
        try:
            document = understand(read(tmp_path, state.path))
        except UnreadableFile as problem:
            reasons.append(Skipped(state.path, problem.message))
        else:
            warned.append(Warned(state.path, document.warning))
    assert len(reasons) == 5
    report = SyncReport(
        1, (), (), (), 1, tuple(reasons), passages=1, embedded=0, seconds=0.1,
        warnings=tuple(warned),
    )  # fmt: skip
    for language in ("ar", "fa"):
        lines = Renderer(quotes=False).report(report, language).text.splitlines()
        told = [line.partition(": ")[2] for line in lines if line[1:].startswith("•")]
        assert len(told) == 6
        for one in told:
            latin = [word for word in one.split() if word.isascii() and word.isalpha()]
            assert not [word for word in latin if word.islower()], one
