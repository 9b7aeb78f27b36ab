"""The command `rag` from outside, with the network cut."""

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from tests.end_to_end.warm import WARM
from tests.library import SECRET
from tests.servers.openai_api import OpenAIServer
from tests.waiting import PATIENCE, wait_until

RAG = Path(sysconfig.get_path("scripts")) / "rag"
ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
OFFLINE = ROOT / "tests" / "offline"
WHO = "من هي كارولين روز؟"
FILE = "003_bc0966837ce6fdc6.txt"
NAMES = sorted(path.name for path in SEEDS.iterdir())
COMMANDS = ("index", "ask", "search", "sources", "show", "verify", "eval", "doctor")


@dataclass(frozen=True)
class Done:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output, which is JSON and nothing else."""
        return [json.loads(line) for line in self.out.rstrip("\n").split("\n")]

    @property
    def object(self) -> dict[str, Any]:
        (one,) = self.objects
        return one

    @property
    def complaint(self) -> str:
        """The one line on standard error."""
        (line,) = self.err.splitlines()
        assert line.startswith("rag: ")
        return line


def environment(**variables: str) -> dict[str, str]:
    """Nothing is inherited; every process of Python is cut off."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(OFFLINE), **variables}


def run(place: Path, *arguments: str | bytes, typed: str | bytes = b"", **variables: str) -> Done:
    given = typed.encode() if isinstance(typed, str) else typed
    done = WARM.run([RAG, *arguments], given, place, **environment(**variables))
    return checked(done)


def shell(place: Path, line: str, **variables: str) -> Done:
    """Runs a line of shell, with `rag` as `$RAG`."""
    done = subprocess.run(
        ["sh", "-c", line],
        capture_output=True,
        cwd=place,
        env=environment(RAG=str(RAG), **variables),
        timeout=PATIENCE,
        check=False,
    )
    return checked(done)


def checked(done: subprocess.CompletedProcess[bytes]) -> Done:
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    assert "Exception ignored" not in err, err
    assert "offline: refused" not in err, err
    assert not SECRET.search(out + err)
    return Done(done.returncode, out, err)


def text_of(place: Path, file: str) -> str:
    return (place / "seeds" / file).read_bytes().decode().removeprefix("\ufeff")


# Help, and what is imported for it


def imported(errors: str) -> set[str]:
    """The packages in the output of `python -X importtime`."""
    return {
        line.rsplit("|", 1)[1].strip().split(".")[0]
        for line in errors.splitlines()
        if line.startswith("import time:")
    }


def test_help_is_a_screen_and_imports_nothing_heavy(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert (done.status, done.err) == (0, "")
    assert all(command in done.out for command in COMMANDS)
    assert len(done.out.splitlines()) < 40
    timed = shell(tmp_path, f"'{sys.executable}' -X importtime $RAG --help")
    assert not imported(timed.err) & {"numpy", "pydantic", "chromadb", "llama_index", "openai"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    done = run(tmp_path, command, "--help")
    assert (done.status, done.err) == (0, "")
    assert "--json" in done.out
    assert len(done.out.splitlines()) < 40
    assert not list(tmp_path.iterdir())


def test_an_answer_without_a_model_imports_no_framework(indexed: Path) -> None:
    timed = shell(indexed, f"'{sys.executable}' -X importtime $RAG ask 'من هي كارولين روز؟'")
    assert FILE in timed.out
    heavy = {"chromadb", "llama_index", "openai", "httpx", "telegram"}
    assert not imported(timed.err) & heavy


def test_a_command_that_answers_nothing_does_not_wait_for_the_lexicon(tmp_path: Path) -> None:
    code = (
        "import rag.cli.listing, rag.cli.indexing, rag.cli.showing\n"
        "from rag.text.lexicon import lexicon\n"
        "print(lexicon.cache_info().currsize)"
    )
    done = shell(tmp_path, f"'{sys.executable}' -c '{code}'")
    assert done.out == "0\n"


# The commands


def test_index_reports_what_it_did(unread: Path) -> None:
    (unread / "seeds" / "bad.txt").write_bytes(b"\xff\xfe\xff")
    planned = run(unread, "index", "--dry-run", "--json").object
    assert len(planned["added"]) == 5
    assert planned["revision"] == 0
    first = run(unread, "index", "--json").object
    assert first.keys() == {
        "revision", "added", "changed", "removed", "unchanged", "skipped", "passages", "embedded",
        "seconds", "warnings",
    }  # fmt: skip
    assert (first["revision"], first["added"]) == (1, NAMES)
    assert first["skipped"] == [{"file": "bad.txt", "reason": "it is not UTF-8 text (byte 0)"}]
    assert first["passages"] == first["embedded"] > 10
    (unread / "seeds" / "new.txt").write_text("افتتح الوزير مكتبة الحدباء في الموصل.\n")
    (unread / "seeds" / FILE).unlink()
    second = run(unread, "index", "--dry-run")
    assert second.status == 0
    assert "1 added, 0 changed, 1 removed, 4 unchanged, 1 skipped" in second.out
    assert "new.txt" in second.out
    answer = run(unread, "ask", "--json", "أين مكتبة الحدباء؟").object
    assert [citation["file"] for citation in answer["citations"]] == ["new.txt"]


def test_ask_answers_with_sources(indexed: Path) -> None:
    done = run(indexed, "ask", *WHO.split())
    assert done.status == 0
    assert "كارولين روز" in done.out
    assert re.search(rf"^\[1\] {FILE}:\d+-\d+ — ", done.out, re.MULTILINE)
    assert "\x1b" not in done.out


def test_ask_answers_every_line_by_itself_as_json(indexed: Path) -> None:
    typed = f"{WHO}\n\n\ufeffWho is Asim Munir?\r\nشكرا\nكيف أخبز الخبز؟"
    done = run(indexed, "ask", "--json", typed=typed)
    assert (done.status, done.err) == (0, "")
    answers = done.objects
    assert [answer["question"] for answer in answers] == [
        WHO,
        "Who is Asim Munir?",
        "شكرا",
        "كيف أخبز الخبز؟",
    ]
    assert [answer["mode"] for answer in answers] == ["quoted", "quoted", "quoted", "abstained"]
    assert [answer["language"] for answer in answers] == ["ar", "en", "ar", "ar"]
    for answer in answers:
        assert answer.keys() >= {
            "question", "language", "mode", "understood", "text", "notice", "missing", "claims",
            "citations", "withheld", "disagreements", "passages", "id", "revision", "model",
            "judged", "usage", "milliseconds",
        }  # fmt: skip
        shown = list(dict.fromkeys(re.findall(r"\[(\d+)\]", answer["text"])))
        assert shown == [str(citation["n"]) for citation in answer["citations"]]
        for citation in answer["citations"]:
            text = text_of(indexed, citation["file"])
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert answers[3]["passages"]


def test_search_gives_the_best_passages(indexed: Path) -> None:
    done = run(indexed, "search", "-k", "3", "--json", typed=f"{WHO}\nباقري\n")
    for found, question in zip(done.objects, (WHO, "باقري"), strict=True):
        assert found.keys() == {"question", "results"}
        assert found["question"] == question
        assert [one["rank"] for one in found["results"]] == [1, 2, 3]
        for one in found["results"]:
            assert one.keys() == {"rank", "file", "start", "end", "score", "text"}
            assert text_of(indexed, one["file"])[one["start"] : one["end"]] == one["text"]
    assert done.objects[0]["results"][0]["file"] == FILE
    plain = run(indexed, "search", "-k", "1", WHO)
    assert plain.out.startswith(" 1  ")
    assert FILE in plain.out


def test_sources_lists_the_files(indexed: Path) -> None:
    listed = run(indexed, "sources", "--json").object
    assert [one["path"] for one in listed["files"]] == NAMES
    assert listed["files"][0].keys() >= {
        "path", "title", "date", "language", "passages", "characters",
    }  # fmt: skip
    assert listed["files"][0]["date"] == "2021-10-22"
    assert (listed["skipped"], listed["warnings"]) == ([], [])
    assert FILE in run(indexed, "sources").out


def test_documents_with_hidden_text_are_warned_of(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    text = f"وصل الوزير إلى بلدة الكرمة\u202e.\n\x1b]8;;http://evil.example\x1b\\وعاد{hidden}.\n"
    (seeds / "bad.txt").write_text(text, encoding="utf-8")
    (seeds / "good.txt").write_text("می‌رود به \u200f150\u200e شهر.\n", encoding="utf-8")
    reason = (
        "it holds hidden text: direction overrides (1, from line 1), "
        "control characters (2, from line 2), tag characters (4, from line 2)"
    )
    for arguments in (("index", "--dry-run"), ("index",), ("sources",)):
        found = run(tmp_path, *arguments, "--json").object
        assert found["warnings"] == [{"file": "bad.txt", "reason": reason}]
    for arguments in (("index",), ("sources",)):
        told = run(tmp_path, *arguments).out
        assert re.search(rf"bad\.txt:? .*{re.escape(reason)}", told)
        assert not {"\x1b", "\u202e", *hidden} & set(told)
    for shown in (("ask", "من وصل إلى الكرمة؟"), ("show", "bad.txt", "0", "30")):
        assert not {"\x1b", "\u202e", *hidden} & set(run(tmp_path, *shown).out)
    answer = run(tmp_path, "ask", "--json", "من وصل إلى الكرمة؟").object
    quotes = [citation["quote"] for citation in answer["citations"]]
    assert quotes == [text[c["start"] : c["end"]] for c in answer["citations"]]
    assert any("\u202e" in quote for quote in quotes)
    assert "\u202e" not in answer["text"]
    (seeds / "bad.txt").unlink()
    assert run(tmp_path, "index", "--dry-run", "--json").object["warnings"] == []


def test_show_shows_what_a_citation_points_at(indexed: Path) -> None:
    shown = run(indexed, "show", FILE, "10", "40", "--json").object
    text = text_of(indexed, FILE)
    assert shown["text"] == text[10:40]
    assert shown["before"] + shown["text"] + shown["after"] == text[: 40 + len(shown["after"])]
    assert f"⟦{text[10:40]}⟧" in run(indexed, "show", FILE, "10", "40").out


def test_verify_tells_what_is_intact_moved_and_gone(place: Path) -> None:
    saved = run(
        place, "ask", "--json", typed=f"{WHO}\nWho is Asim Munir?\nمن السفير الروسي في طهران؟\n"
    )
    (place / "answers.jsonl").write_text(saved.out, encoding="utf-8")
    intact = run(place, "verify", "--json", "answers.jsonl").objects
    for one, answer in zip(intact, saved.objects, strict=True):
        assert one.keys() == {"question", "citations"}
        assert one["question"] == answer["question"]
        for checked_, citation in zip(one["citations"], answer["citations"], strict=True):
            assert checked_ == {
                "n": citation["n"],
                "file": citation["file"],
                "state": "intact",
                "now": {name: citation[name] for name in ("file", "start", "end")},
            }
    moved, gone = (answer["citations"][0] for answer in saved.objects[:2])
    path = place / "seeds" / moved["file"]
    path.write_text("سطر جديد.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (place / "seeds" / gone["file"]).unlink()
    done = run(place, "verify", "--json", typed=saved.out)
    assert done.status == 0
    one, two, _ = done.objects
    assert one["citations"][0]["state"] == "moved"
    assert one["citations"][0]["now"]["start"] == moved["start"] + 10
    assert (two["citations"][0]["state"], two["citations"][0]["now"]) == ("gone", None)
    plain = run(place, "verify", "answers.jsonl").out
    assert "moved" in plain
    assert "gone" in plain


def test_a_saved_answer_may_hold_any_character(indexed: Path) -> None:
    question = "من هي\u2028كارولين\u0085روز؟"
    saved = run(indexed, "ask", "--json", question)
    assert run(indexed, "verify", "--json", typed=saved.out).object["question"] == question


def test_eval_scores_a_question_file(indexed: Path, tmp_path: Path) -> None:
    examples: list[dict[str, Any]] = [
        {"question": WHO, "files": [FILE], "answers": ["كبيرة المحللين"], "language": "ar"},
        {"question": "Chess rules?", "expect": "abstain", "language": "en"},
        {"question": "وماذا قالت؟", "after": [WHO], "files": [FILE], "language": "ar"},
    ]
    questions, details = tmp_path / "q.jsonl", tmp_path / "d.jsonl"
    questions.write_text("\n".join(json.dumps(one) for one in examples))
    done = run(indexed, "eval", str(questions), "--json", "--details", str(details))
    assert done.status == 0
    found = done.object
    assert found.keys() >= {
        "questions", "retrieval", "evidence", "citations", "abstention", "by_language",
        "milliseconds",
    }  # fmt: skip
    assert found["questions"] == 3
    assert found["retrieval"].keys() == {"mrr@10", "recall@1", "recall@5", "recall@10", "ndcg@10"}
    assert (found["retrieval"]["mrr@10"], found["evidence"]["hit"]) == (1, 1)
    assert found["citations"]["valid"] == 1
    assert found["abstention"]["f1"] == 1
    assert found["by_language"].keys() == {"ar", "en"}
    saved = [json.loads(line) for line in details.read_text().splitlines()]
    assert [one["question"] for one in saved] == [one["question"] for one in examples]
    assert "mrr@10" in run(indexed, "eval", str(questions)).out


def test_doctor_checks_part_by_part(indexed: Path) -> None:
    done = run(indexed, "doctor", "--json")
    assert done.status == 0
    checks = {one["part"]: one for one in done.object["checks"]}
    assert checks.keys() == {
        "documents", "storage", "rights", "limits", "index", "chroma", "database", "embeddings",
        "model", "telegram", "clock",
    }  # fmt: skip
    assert checks["documents"]["ok"] is True
    assert checks["index"]["ok"] is True
    assert checks["model"]["ok"] is None


def test_doctor_says_which_server_is_away_without_its_password(indexed: Path) -> None:
    done = run(
        indexed,
        "doctor",
        "--json",
        CHROMA_URL="http://127.0.0.1:1",
        DATABASE_URL="postgresql://isnad:hidden-word@127.0.0.1:1/isnad",
    )
    assert done.status == 1
    checks = {one["part"]: one for one in done.object["checks"]}
    assert "127.0.0.1:1 does not answer" in checks["chroma"]["says"]
    assert "127.0.0.1:1/isnad cannot be used" in checks["database"]["says"]
    assert "hidden-word" not in done.out + done.err


def test_doctor_says_what_to_do_and_shows_no_secret(indexed: Path) -> None:
    done = run(
        indexed,
        "doctor",
        DOCUMENTS_DIR="nowhere",
        OPENAI_BASE_URL="http://someone:hidden-word@127.0.0.1:9/v1",
        OPENAI_API_KEY="sk-hidden-word",
        TELEGRAM_BOT_TOKEN="123:hidden-word",
        TELEGRAM_API_URL="http://127.0.0.1:9",
    )
    assert done.status == 1
    assert re.search(r"^documents +FAILS.*DOCUMENTS_DIR", done.out, re.MULTILINE)
    assert re.search(r"^model +FAILS.*OPENAI_BASE_URL", done.out, re.MULTILINE)
    assert re.search(r"^telegram +FAILS.*TELEGRAM_API_URL", done.out, re.MULTILINE)
    assert "hidden-word" not in done.out + done.err


# A model over HTTP


def test_a_model_writes_where_one_is_set(indexed: Path) -> None:
    with OpenAIServer() as server:
        settings = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": server.key}
        answer = run(indexed, "ask", "--json", WHO, **settings, VERIFY_WITH_MODEL="false").object
    assert (answer["mode"], answer["model"]) == ("generated", "gpt-4.1-mini")
    for citation in answer["citations"]:
        text = text_of(indexed, citation["file"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


# What goes wrong


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("fly",),
        ("ask", "--fly"),
        ("search", "-k", "0", "x"),
        ("search", "-k", "many", "x"),
        ("show", FILE),
        ("show", FILE, "a", "b"),
        ("eval",),
    ],
)
def test_wrong_usage_is_status_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert (done.status, done.out) == (2, "")
    assert "usage: rag" in done.err


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"DOCUMENTS_DIR": "nowhere"}, "DOCUMENTS_DIR"),
        ({"DATA_DIR": "/dev/null/x"}, "DATA_DIR"),
        ({"OPENAI_TIMEOUT": "soon"}, "OPENAI_TIMEOUT"),
    ],
)
def test_wrong_configuration_is_one_line_and_status_2(
    place: Path, variables: dict[str, str], name: str
) -> None:
    done = run(place, "ask", "--json", WHO, **variables)
    assert (done.status, done.out) == (2, "")
    assert name in done.complaint


def test_a_file_of_settings_is_read_and_an_unknown_name_in_it_refused(unread: Path) -> None:
    (unread / "seeds").rename(unread / "elsewhere")
    (unread / ".env").write_text("DOCUMENTS_DIR=elsewhere\nDATA_DIR=data\n")
    assert run(unread, "index", "--dry-run", "--json").object["added"]
    assert not (unread / ".isnad").exists()
    (unread / ".env").write_text("DOCUMENT_DIR=elsewhere\n")
    done = run(unread, "sources")
    assert done.status == 2
    assert "DOCUMENT_DIR" in done.complaint


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "nowhere.txt", "0", "1"), "nowhere.txt"),
        (("show", FILE, "0", "99999999"), FILE),
        (("eval", "nowhere.jsonl"), "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_done_so_is_said_in_one_line(
    indexed: Path, arguments: tuple[str, ...], word: str
) -> None:
    done = run(indexed, *arguments)
    assert (done.status, done.out) == (2, "")
    assert word in done.complaint


@pytest.mark.parametrize("line", ["{", "[]", '{"citations": [{"n": 1e999}]}'])
def test_what_is_no_saved_answer_is_refused(indexed: Path, line: str) -> None:
    done = run(indexed, "verify", typed=line)
    assert done.status == 2
    assert "Line 1" in done.complaint


def test_where_there_are_no_documents_that_is_said(tmp_path: Path) -> None:
    done = run(tmp_path, "ask", WHO, DOCUMENTS_DIR=".")
    assert done.status == 0
    assert done.complaint == ("rag: There are no documents to answer from; `rag doctor` says more.")


def test_without_an_index_there_is_nothing_to_show(unread: Path) -> None:
    for arguments in (("sources",), ("ask", "--no-sync", WHO)):
        done = run(unread, *arguments)
        assert (done.status, done.out) == (1, "")
        assert "rag index" in done.complaint


def test_a_damaged_index_is_said_in_one_line_and_can_be_made_again(place: Path) -> None:
    (place / ".isnad" / "ledger.sqlite3").write_bytes(b"no database " * 1000)
    for path in (place / ".isnad").glob("ledger.sqlite3-*"):
        path.unlink()
    done = run(place, "ask", WHO)
    assert (done.status, done.out) == (1, "")
    assert "rag index --rebuild" in done.complaint
    assert run(place, "index", "--rebuild").status == 0
    assert FILE in run(place, "ask", "--no-sync", WHO).out


def test_a_question_without_end_is_refused(indexed: Path) -> None:
    done = run(indexed, "ask", typed="و" * 3_000_000)
    assert (done.status, done.out) == (2, "")
    assert "longer than" in done.complaint


def test_bytes_that_are_not_text_do_no_harm(indexed: Path) -> None:
    typed = b"\xff\xfe\x00\n" + WHO.encode() + b"\n\xd9"
    answers = run(indexed, "ask", "--json", typed=typed).objects
    assert len(answers) == 3
    assert answers[1]["citations"][0]["file"] == FILE
    assert run(indexed, "ask", "--json", b"\xff\xfe \xd9", WHO.encode()).status == 0


def test_a_document_that_cannot_be_read_stops_nothing(unread: Path) -> None:
    seeds = unread / "seeds"
    (seeds / "binary.txt").write_bytes(b"\0" * 100)
    (seeds / "empty.txt").write_bytes(b"")
    (seeds / "dangling.txt").symlink_to("nowhere")
    (seeds / os.fsdecode(b"\xff.txt")).write_text("x")
    (seeds / "folder.txt").mkdir()
    assert FILE in run(unread, "ask", WHO).out
    skipped = run(unread, "sources", "--json").object["skipped"]
    assert all(one["reason"] for one in skipped)
    assert {one["file"] for one in skipped} >= {"binary.txt", "empty.txt", "dangling.txt"}
    assert len(skipped) == 4


@pytest.mark.parametrize(
    "line",
    [
        "$RAG sources >&-",
        "$RAG ask 'من هي كارولين روز؟' >&- 2>&-",
        "$RAG ask <&-",
        "$RAG verify <&-",
        "$RAG sources >/dev/full",
        "yes 'باقري' | head -20 | $RAG ask | head -1",
    ],
)
def test_an_output_or_input_that_is_closed_is_no_accident(indexed: Path, line: str) -> None:
    assert shell(indexed, line).status in (0, 1, 2)


# Two at once, and Ctrl-C


def test_while_another_indexes_the_answer_is_from_what_there_is(place: Path) -> None:
    with FileLock(place / ".isnad" / "index.lock"):
        began = time.monotonic()
        answer = run(place, "ask", "--json", WHO).object
        assert time.monotonic() - began >= 2
        assert run(place, "index").status == 1
    assert answer["citations"][0]["file"] == FILE
    assert "تحديث الفهرس" in answer["notice"]


def interrupted(place: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and standard error of a command that is interrupted once it is at work."""
    with subprocess.Popen(
        [RAG, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=place,
        env=environment(),
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(f"{WHO}\n".encode())
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        try:
            status = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            status = -1
        return status, process.stderr.read().decode()


@pytest.mark.parametrize("command", ["ask", "search"])
def test_ctrl_c_while_it_waits_for_a_question_is_130(indexed: Path, command: str) -> None:
    assert interrupted(indexed, command) == (130, "")


def is_locked(path: Path) -> bool:
    try:
        FileLock(path, timeout=0).acquire().lock.release()
    except Timeout:
        return True
    return False


def test_ctrl_c_while_it_indexes_is_130_and_loses_nothing(place: Path) -> None:
    for number in range(2000):
        (place / "seeds" / f"{number}.txt").write_text(f"خبر رقم {number} عن زيارة الوفد.\n")
    with subprocess.Popen(
        [RAG, "index"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=place, env=environment()
    ) as process:
        wait_until(lambda: process.poll() is not None or is_locked(place / ".isnad" / "index.lock"))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors.decode()) == (130, "")
    assert FILE in run(place, "ask", "--no-sync", WHO).out


def test_the_fence_of_these_tests_holds(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, check=False
    )
    assert b"offline: refused 192.0.2.1" in done.stderr
