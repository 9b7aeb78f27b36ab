"""`rag ask`, as a terminal sees it."""

import io
import os
import pty
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cli import main
from tests.library import Library
from tests.servers.openai_api import ChatRequest, OpenAIServer, Reply, text_of

VISIT = """زيارة باقري إلى موسكو

وصل محمد باقري إلى موسكو في 17 أكتوبر 2021 بدعوة من وزير الدفاع الروسي.
واستمرت زيارة باقري إلى موسكو أربعة أيام.
"""
QUESTION = "كم دامت زيارة باقري إلى موسكو؟"
CORRECTED = "بعد التحقق صار الجواب:"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
def _settings(
    library: Library, server: OpenAIServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.fill(visit=VISIT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOCUMENTS_DIR", str(library.documents))
    monkeypatch.setenv("DATA_DIR", str(library.data))
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", server.key)


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What the command shows on a terminal."""
    ours, theirs = pty.openpty()
    with io.TextIOWrapper(io.FileIO(theirs, "w"), "utf-8", write_through=True) as screen:
        monkeypatch.setattr(sys, "stdout", screen)
        assert main(arguments) == 0
        shown = os.read(ours, 65_536).decode()
    os.close(ours)
    return shown.replace("\r\n", "\n")


def both_sentences(asked: ChatRequest) -> str:
    """Each of the two sentences of the only source, with its own mark."""
    shown = "\n".join(map(text_of, asked.messages))
    told = re.findall(r"^\[(1\.[12])\] (.*)$", shown, re.MULTILINE)
    return "\n".join(f"{text} [{label}]" for label, text in told)


@pytest.mark.usefixtures("_settings")
def test_what_the_judge_takes_back_is_corrected(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = '{"verdicts": {"1": "supports", "2": "contradicts"}}'
    server.replies += [both_sentences, Reply(verdicts)]
    before, after = on_a_terminal(monkeypatch, "ask", QUESTION).split(CORRECTED)
    assert "[1]" in before
    assert "أربعة أيام" in before
    assert "17 أكتوبر" in after
    assert "أربعة أيام" not in after
    assert "[2]" not in after


@pytest.mark.usefixtures("_settings")
def test_what_the_judge_lets_stand_is_shown_once(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = '{"verdicts": {"1": "supports", "2": "supports"}}'
    server.replies += [both_sentences, Reply(verdicts)]
    shown = on_a_terminal(monkeypatch, "ask", QUESTION)
    assert CORRECTED not in shown
    assert shown.index("[1]") < shown.index("[2]")
    assert shown.split("\n[1]")[0].count("أربعة أيام") == 1
