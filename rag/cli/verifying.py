"""`rag verify`: saved answers against the files as they are now."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rag.answers.reverification import Recheck, State, Texts, recheck
from rag.cli.terminal import given, print_json, say
from rag.documents.extraction import Extractor
from rag.documents.reading import read, scan
from rag.errors import UnreadableFile, UsageError
from rag.settings import load_settings
from rag.text.hidden import visible


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    folder = load_settings().documents_dir
    with Extractor() as extractor:
        return _verify(options, folder, extractor)


def _verify(options: argparse.Namespace, folder: Path, extractor: Extractor) -> int:
    states, _ = scan(folder)

    def text_of(path: str) -> str | None:
        try:
            return read(folder, path, extractor).text
        except UnreadableFile:
            return None

    texts = Texts([state.path for state in states], text_of)
    for number, answer in _answers(options.answers):
        try:
            checked = [recheck(citation, texts) for citation in answer["citations"]]
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                f"Line {number} of {options.answers} is not an answer ({error}).",
                "Give it JSON lines of `rag ask --json`.",
            ) from None
        question = str(answer.get("question", ""))
        if options.json:
            print_json({"question": question, "citations": [_as_json(one) for one in checked]})
        else:
            say(visible(question))
            for one in checked:
                say(_described(one))
    return 0


def _answers(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        content = given() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name} cannot be read ({error.strerror}).") from None
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise UsageError(f"Line {number} of {name} is not JSON ({error.msg}).") from None


def _as_json(one: Recheck) -> dict[str, Any]:
    now = asdict(one.now) if one.now else None
    return {"n": one.n, "file": one.file, "state": one.state, "now": now}


def _described(one: Recheck) -> str:
    where = f" → {one.now.file}:{one.now.start}-{one.now.end}" if one.now else ""
    told = f"  [{one.n}] {one.state}  {one.file}{where if one.state is State.MOVED else ''}"
    return visible(told)
