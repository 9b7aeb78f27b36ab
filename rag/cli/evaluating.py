"""`rag eval`: scores a question file."""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rag.answers.answer import Citation
from rag.cli.terminal import brought_up_to_date, opened, print_json, say
from rag.errors import UsageError
from rag.evaluation import Example, Outcome, read_examples, scores
from rag.knowledge_base import KnowledgeBase, Turn


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    examples = read_examples(Path(options.questions))
    with opened() as (_, knowledge):
        outcomes = asyncio.run(_outcomes(knowledge, examples))
    if options.details:
        _write_details(Path(options.details), outcomes)
    found = scores(outcomes)
    if options.json:
        print_json(found)
    else:
        for line in _table(found):
            say(line)
    return 0


async def _outcomes(knowledge: KnowledgeBase, examples: list[Example]) -> list[Outcome]:
    await brought_up_to_date(knowledge)
    outcomes = []
    for example in _shown(examples):
        history = [Turn(question, "", ()) for question in example.after]
        started = time.perf_counter()
        answer = await knowledge.ask(example.question, history)
        spent = 1000 * (time.perf_counter() - started)
        found = await asyncio.to_thread(knowledge.search, answer.understood or example.question)
        ranked = tuple(one.file for one in found)
        valid = tuple(_is_intact(knowledge, citation) for citation in answer.citations)
        outcomes.append(Outcome(example, answer, ranked, valid, spent))
    return outcomes


def _is_intact(knowledge: KnowledgeBase, citation: Citation) -> bool:
    return knowledge.show(citation.file, citation.start, citation.end).text == citation.quote


def _shown(examples: list[Example]) -> Iterator[Example]:
    if not sys.stderr.isatty():
        yield from examples
        return
    from rich.console import Console
    from rich.progress import track

    tracked: Iterable[Example] = track(examples, "Asking", console=Console(stderr=True))
    yield from tracked


def _write_details(path: Path, outcomes: list[Outcome]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            for one in outcomes:
                file.write(json.dumps(one.answer.as_json(), ensure_ascii=False) + "\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).") from None


def _flat(figures: dict[str, Any]) -> dict[str, float | None]:
    """The figures of a group, those of a group within it under both names."""
    flat: dict[str, float | None] = {}
    for name, figure in figures.items():
        inner = figure.items() if isinstance(figure, dict) else ()
        flat |= {f"{name} {each}": value for each, value in inner} or {name: figure}
    return flat


def _table(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['questions']} questions"
    columns = [("all", found), *found["by_language"].items()]
    yield f"{'':24}" + "".join(f"{name:>10}" for name, _ in columns)
    for group in ("retrieval", "evidence", "citations", "abstention"):
        for name in _flat(found[group]):
            cells = [_flat(column[group])[name] for _, column in columns]
            shown = "".join("         –" if cell is None else f"{cell:10.3f}" for cell in cells)
            yield f"{group + ' ' + name:24}{shown}"
    yield "95 % intervals"
    for name in found["confidence"]:
        intervals = (column["confidence"].get(name) for _, column in columns)
        ranges = ("{:.2f}-{:.2f}".format(*one) if one else "–" for one in intervals)
        yield f"{name:24}" + "".join(f"{each:>10}" for each in ranges)
    milliseconds = found["milliseconds"]
    yield f"{'milliseconds':24}{milliseconds['p50']:10.1f} (p50) {milliseconds['p99']:.1f} (p99)"
