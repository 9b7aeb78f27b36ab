"""The command `bot` in a terminal and in a pipe, from outside."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sysconfig
import time
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock

from tests.end_to_end.warm import WARM
from tests.library import SECRET
from tests.servers.bot_api import BotApiServer
from tests.servers.openai_api import OpenAIServer
from tests.waiting import PATIENCE, wait_until

BOT = Path(sysconfig.get_path("scripts")) / "bot"
SEEDS = Path(__file__).parents[2] / "seeds"
WHO = "من هي كارولين روز؟"
FILE = "003_bc0966837ce6fdc6.txt"


def environment(**variables: str) -> dict[str, str]:
    """Nothing is inherited: no token and no key."""
    return {"PATH": os.environ["PATH"], "LANG": "ar_EG.UTF-8", **variables}


def run(
    place: Path, typed: str | bytes, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    given = typed.encode() if isinstance(typed, str) else typed
    done = WARM.run([BOT, *arguments], given, place, **environment(**variables))
    assert not SECRET.search((done.stdout + done.stderr).decode(errors="replace"))
    return done


def test_the_first_start_reads_the_documents_and_answers(unread: Path) -> None:
    first = run(unread, WHO)
    assert first.returncode == 0, first.stderr.decode()
    text = first.stdout.decode()
    assert f"[1] \u2068{FILE}\u2069" in text
    assert "كارولين روز" in text
    errors = first.stderr.decode()
    assert "BotFather" in errors
    assert "قراءة الوثائق" in errors
    # A pipe gets the answers alone, and always the same.
    assert "\x1b" not in text
    assert text.count("\n\n") == 1
    assert text.startswith("«")
    second = run(unread, f"{WHO}\n")
    assert second.stdout == first.stdout
    assert "قراءة الوثائق" not in second.stderr.decode()


def test_it_answers_from_the_last_revision_while_somebody_else_is_indexing(place: Path) -> None:
    (place / "seeds" / "later.txt").write_text(f"{WHO}\nكارولين روز مديرة متحف في بابل.")
    with FileLock(place / ".isnad" / "index.lock"):
        answered = run(place, WHO)
    assert answered.returncode == 0, answered.stderr.decode()
    text = answered.stdout.decode()
    assert f"[1] \u2068{FILE}\u2069" in text
    assert "later.txt" not in text


def test_every_quotation_stands_in_its_file(indexed: Path) -> None:
    done = run(indexed, f"{WHO}\nمتى زار باقري روسيا؟\nWho is Caroline Rose?\n", "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 3
    assert all(answer["citations"] for answer in answers)
    for citation in (one for answer in answers for one in answer["citations"]):
        text = (SEEDS / citation["file"]).read_bytes().decode().removeprefix("\ufeff")
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_all_commands_work(place: Path) -> None:
    (place / "seeds" / "new.txt").write_text(
        "افتتاح مكتبة الحدباء\n\nافتتح الوزير مكتبة الحدباء في الموصل يوم الخميس.\n"
    )
    lines = ["/help", "/reindex", "/sources", "أين تقع مكتبة الحدباء؟", "/new", "/fly"]
    done = run(place, "\n".join(lines), "--json")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    help_, report, sources, answer, forgotten, unknown = replies
    assert "/reindex" in help_["text"]
    assert "new.txt" in [*report["added"], *(file["path"] for file in sources["files"])]
    assert [citation["file"] for citation in answer["citations"]] == ["new.txt"]
    assert "نسيت" in forgotten["text"]
    assert "/help" in unknown["text"]


def test_a_reindexing_in_the_same_conversation_is_reported(place: Path) -> None:
    with subprocess.Popen(
        [BOT],
        cwd=place,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"/new\n")
        process.stdin.flush()
        assert "نسيت" in process.stdout.readline().decode()
        (place / "seeds" / "new.txt").write_text("افتتح الوزير مكتبة الحدباء في الموصل.\n")
        said, _ = process.communicate(b"/reindex\n", timeout=PATIENCE)
    assert "أُضيف" in said.decode()
    assert "new.txt" in said.decode()


@pytest.mark.parametrize(
    ("locale", "word"), [("ar", "اكتب"), ("fa", "بنویسید"), ("en_US", "Write")]
)
def test_it_speaks_three_languages(indexed: Path, locale: str, word: str) -> None:
    assert word in run(indexed, "/help", LANG=f"{locale}.UTF-8").stdout.decode()


def test_bytes_that_are_not_text_do_no_harm(indexed: Path) -> None:
    done = run(indexed, b"\xff\xfe\x00\n\n" + f"{WHO}\r\n".encode() + b"\xd9")
    assert done.returncode == 0
    assert FILE in done.stdout.decode()


def test_the_end_of_input_is_the_end(indexed: Path) -> None:
    done = run(indexed, "")
    assert (done.returncode, done.stdout) == (0, b"")


def test_a_reader_who_has_had_enough_is_no_error(indexed: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"yes '{WHO}' | head -50 | '{BOT}' | head -1"],
        capture_output=True,
        cwd=indexed,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"RETENTION_DAYS": "soon"}, "RETENTION_DAYS"),
        ({"TELEGRAM_ADMIN_IDS": "me"}, "TELEGRAM_ADMIN_IDS"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        ({"DATABASE_URL": "mysql://u:hidden-word@host/db"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://u:hidden-word@[host/db"}, "DATABASE_URL"),
    ],
)
def test_bad_settings_are_one_line_and_status_2(
    place: Path, variables: dict[str, str], name: str
) -> None:
    done = run(place, WHO, **variables)
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert name in line
    assert "hidden-word" not in line
    assert done.stdout == b""


def test_wrong_usage_is_status_2_and_help_is_a_screen(place: Path) -> None:
    assert run(place, "", "--fly").returncode == 2
    shown = run(place, "", "--help").stdout.decode()
    assert "/reindex" in shown
    assert "TELEGRAM_BOT_TOKEN" in shown
    assert len(shown.splitlines()) < 30


def test_the_start_names_the_host_that_receives_text_and_no_secret(indexed: Path) -> None:
    key = "sk-this-key-is-nobodys-0123456789"
    model = {"OPENAI_BASE_URL": "http://user:pass@127.0.0.1:9/v1", "OPENAI_API_KEY": key}
    done = run(indexed, "/help", **model, LOG_LEVEL="DEBUG")
    errors = done.stderr.decode()
    assert "127.0.0.1:9" in errors
    assert key not in errors
    assert "pass@" not in errors


def test_the_start_says_what_can_be_set_in_order_of_use(indexed: Path) -> None:
    done = run(indexed, "/help", LANG="en_US.UTF-8")
    assert re.findall(r"^  (\d\. \w+)", done.stderr.decode(), re.MULTILINE) == [
        "1. DOCUMENTS_DIR",
        "2. TELEGRAM_BOT_TOKEN",
        "3. OPENAI_API_KEY",
    ]


def test_a_wrong_key_or_address_is_told_at_the_start_in_one_line(indexed: Path) -> None:
    with OpenAIServer() as server:
        wrong = {
            "OPENAI_BASE_URL": server.url,
            "OPENAI_API_KEY": "sk-of-nobody-0123456789",
            "CHROMA_URL": "http://127.0.0.1:1",
        }
        errors = run(indexed, "/help", LANG="en_US.UTF-8", **wrong).stderr.decode()
    for told in ("refused OPENAI_API_KEY", "127.0.0.1:1\u2069 cannot be reached"):
        assert len([line for line in errors.splitlines() if told in line]) == 1


def test_where_there_is_no_folder_that_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, WHO, LANG="en_US.UTF-8")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "bot: DOCUMENTS_DIR: there is no folder seeds. Create it, or set DOCUMENTS_DIR to the "
        "folder of your documents."
    )


class Terminal:
    """A person's terminal with the bot in it."""

    def __init__(self, place: Path, **variables: str) -> None:
        self._side, other = pty.openpty()
        self._process = subprocess.Popen(
            [BOT],
            cwd=place,
            env=environment(TERM="xterm", COLUMNS="100", **variables),
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
        )
        os.close(other)
        self.shown, self._seen = "", 0

    def type(self, text: str) -> None:
        os.write(self._side, text.encode())

    def wait_for(self, text: str, seconds: float = PATIENCE) -> None:
        """Waits until a text is shown after the one that was waited for before."""
        until = time.monotonic() + seconds
        while text not in self.shown[self._seen :]:
            ready, _, _ = select.select([self._side], [], [], until - time.monotonic())
            assert ready, f"no {text!r} in {self.shown!r}"
            self.shown += os.read(self._side, 65_536).decode("utf-8", "replace")
        self._seen = self.shown.index(text, self._seen) + len(text)

    def interrupt(self) -> None:
        # Readline misses a signal in the moment in which it shows the prompt.
        wait_until(lambda: all(map(self._sleeps, range(20))))
        self._process.send_signal(signal.SIGINT)

    def _sleeps(self, _: int) -> bool:
        """Whether the process waits for something."""
        time.sleep(0.01)
        stat = Path(f"/proc/{self._process.pid}/stat")
        if not stat.exists():  # another system
            time.sleep(0.05)
            return True
        return stat.read_text().rpartition(")")[2].split()[0] == "S"

    def end(self) -> int:
        until = time.monotonic() + PATIENCE
        try:
            # A terminal goes on reading; what is written waits for that.
            while self._process.poll() is None and time.monotonic() < until:
                if select.select([self._side], [], [], 0.05)[0]:
                    with suppress(OSError):  # the other side is closed
                        self.shown += os.read(self._side, 65_536).decode("utf-8", "replace")
            return self._process.wait(0.1)
        finally:
            self._process.kill()
            os.close(self._side)


@pytest.fixture
def terminal(indexed: Path) -> Terminal:
    return Terminal(indexed)


def test_a_terminal_is_greeted_prompted_and_answered_prettily(terminal: Terminal) -> None:
    terminal.wait_for("> ")
    assert "إسناد" in terminal.shown
    terminal.type(f"{WHO}\n")
    terminal.wait_for("\x1b[1mالمصادر")
    terminal.wait_for(FILE)
    terminal.wait_for("> ")
    terminal.type("/new\n")
    terminal.wait_for("نسيت")
    terminal.wait_for("> ")
    terminal.type("\x04")
    assert terminal.end() == 0
    assert not re.search("Traceback|Error", terminal.shown)


def test_a_person_goes_on_where_they_left_it_and_a_pipe_begins_anew(place: Path) -> None:
    def type_in(*lines: tuple[str, str]) -> str:
        terminal = Terminal(place)
        for line, reply in lines:
            terminal.wait_for("> ")
            terminal.type(f"{line}\n")
            terminal.wait_for(reply)
        terminal.wait_for("> ")
        terminal.type("\x04")
        assert terminal.end() == 0
        return terminal.shown

    again = "من حيث توقّفنا"
    assert again not in type_in((WHO, FILE))
    assert "ليس في الجواب" in run(place, "/show 1").stdout.decode()
    assert again in type_in(("/show 1", "⟦"), ("/forget", "سؤالاً واحداً"))
    assert again not in type_in(("/show 1", "ليس في الجواب"))


def test_what_a_model_writes_appears_as_it_is_written_and_once(indexed: Path) -> None:
    key = "sk-key-of-nobody-0123456789"
    with OpenAIServer(key=key) as model:
        terminal = Terminal(
            indexed, OPENAI_BASE_URL=model.url, OPENAI_API_KEY=key, VERIFY_WITH_MODEL="false"
        )
        terminal.wait_for("> ")
        terminal.type(f"{WHO}\n")
        terminal.wait_for("[1]")
        terminal.wait_for("المصادر")
        terminal.wait_for("> ")
        terminal.type("\x04")
        assert terminal.end() == 0
    answer = terminal.shown.split(WHO)[-1].split("المصادر")[0]
    assert answer.count("[1]") == 1


def test_ctrl_c_ends_it_with_130_and_no_traceback(terminal: Terminal) -> None:
    terminal.wait_for("> ")
    terminal.interrupt()
    assert terminal.end() == 130
    assert "Traceback" not in terminal.shown


def test_a_token_puts_it_into_telegram(indexed: Path) -> None:
    with BotApiServer() as server:
        done = run(
            indexed,
            WHO,
            TELEGRAM_BOT_TOKEN="123456789:AA" + "x" * 33,
            TELEGRAM_API_URL=server.url,
        )
    assert done.returncode == 1
    assert done.stdout == b""


def test_sources_are_shown_and_opinions_exported(indexed: Path) -> None:
    done = run(indexed, f"{WHO}\n/show 1\n/show 1 +1\n/good\n", "--json")
    answer, shown, further, thanks = map(json.loads, done.stdout.splitlines())
    cited = answer["citations"][0]
    assert (shown["quote"], shown["state"], shown["is_changed"]) == (
        cited["quote"],
        "intact",
        False,
    )
    text = (SEEDS / FILE).read_bytes().decode().removeprefix("\ufeff")
    assert shown["before"] + shown["quote"] + shown["after"] + further["before"] in text
    assert "شكر" in thanks["text"]
    exported = run(indexed, "", "export-feedback")
    (line,) = map(json.loads, exported.stdout.splitlines())
    assert line["question"] == WHO and line["files"] == [FILE]
    assert cited["quote"] in line["answers"]
    (indexed / "liked.jsonl").write_bytes(exported.stdout)
    evaluated = subprocess.run(
        [BOT.with_name("rag"), "eval", "liked.jsonl", "--json"],
        capture_output=True,
        cwd=indexed,
        env={"PATH": os.environ["PATH"]},
        timeout=PATIENCE,
        check=True,
    )
    scores = json.loads(evaluated.stdout)
    assert scores["questions"] == 1
    assert scores["evidence"]["hit@1"] == 1
