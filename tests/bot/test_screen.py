"""What a terminal shows."""

import io
import json

from bot.reply import Answered, Reindexed, Said
from bot.screen import PlainScreen, PrettyScreen, read_lines
from rag.answers.answer import Mode
from rag.knowledge_base import Progress
from tests.bot.doubles import REPORT, answered, cited


def plain(*, as_json: bool = False) -> tuple[PlainScreen, io.StringIO, io.StringIO]:
    output, errors = io.StringIO(), io.StringIO()
    return PlainScreen(output, errors, "en", as_json=as_json), output, errors


def test_lines_survive_bytes_that_are_not_text() -> None:
    source = io.BytesIO("\ufeffمن؟\r\n".encode() + b"\xff\xfe who?\n\nlast")
    assert list(read_lines(source)) == ["من؟", "\ufffd\ufffd who?", "", "last"]


def test_replies_are_separated_by_an_empty_line() -> None:
    screen, output, _ = plain()
    screen.show(Said("one", "en"))
    screen.show(Said("two", "en"))
    assert output.getvalue() == "one\n\ntwo\n"


def test_a_terminal_does_not_obey_a_document() -> None:
    screen, output, _ = plain()
    hostile = answered(text="\x1b[31mred\x07 [1]", citations=(cited(quote="\x9b2J"),))
    screen.show(Answered(hostile))
    assert not {"\x1b", "\x07", "\x9b"} & set(output.getvalue())


def test_progress_goes_to_standard_error_a_line_for_each_stage() -> None:
    screen, output, errors = plain()
    for progress in (Progress("read", 1, 2), Progress("read", 2, 2), Progress("write", 1, 1)):
        screen.progress(progress)
    assert output.getvalue() == ""
    assert len(errors.getvalue().splitlines()) == 2


def test_json_is_the_objects_of_the_commands() -> None:
    screen, output, _ = plain(as_json=True)
    screen.show(Answered(answered(mode=Mode.QUOTED)))
    screen.show(Reindexed(REPORT, "en"))
    screen.show(Said("نص", "ar"))
    answer, report, words = map(json.loads, output.getvalue().splitlines())
    assert answer["mode"] == "quoted"
    assert answer["citations"][0]["n"] == 1
    assert report["added"] == ["new.txt"]
    assert report["skipped"] == []
    assert words == {"text": "نص", "language": "ar"}


def test_a_growing_answer_is_completed_not_repeated() -> None:
    output = io.StringIO()
    screen = PrettyScreen(output, "ar")
    for text in ("كارولين روز", "كارولين روز محللة [1]."):
        screen.grow(text)
    assert output.getvalue() == "كارولين روز محللة [1]."
    screen.show(Answered(answered()))
    assert output.getvalue().count("محللة") == 1
    assert "[1].\n\nالمصادر\n" in output.getvalue()


def test_a_growing_line_runs_in_its_direction_from_its_beginning() -> None:
    output = io.StringIO()
    screen = PrettyScreen(output, "en")
    first = "OpenAI أعلنت ذلك بين 2019-2021 [1]."
    text = f"{first} وهذا أيضاً [1].\nNATO حلف [1]."
    for shown in (first, f"{first} وهذا أيضاً [1].", text):
        screen.grow(shown)
    grown = (
        "\u200fOpenAI أعلنت ذلك بين \u20682019-2021\u2069 [1]. وهذا أيضاً [1].\n\u200fNATO حلف [1]."
    )
    assert output.getvalue() == grown
    screen.show(Answered(answered(text=text)))
    assert output.getvalue().startswith(f"{grown}\n\n")
    assert output.getvalue().count("NATO") == 1


def test_an_answer_that_comes_out_otherwise_is_shown_whole() -> None:
    output = io.StringIO()
    screen = PrettyScreen(output, "ar")
    screen.grow("شيء آخر")
    screen.show(Answered(answered()))
    assert "شيء آخر\n\nبعد التحقق صار الجواب:\nكارولين روز محللة [1]." in output.getvalue()
