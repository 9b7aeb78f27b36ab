"""The command `rag`: the index, questions, citations and checks from the shell."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module

from rag.errors import IsnadError

_DESCRIPTION = """\
Answers questions from a folder of documents, and proves each citation.

Settings are environment variables, or .env in this directory; .env.example explains each one.
Every command takes --json: one object (one a line where there are several) and nothing else on
standard output. Exit status: 0 done; 1 it could not be done; 2 wrong usage or configuration.
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rag",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)

    def add(name: str, module: str, help_: str, *, lines: str = "") -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_, description=lines or help_)
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(module=module)
        return command

    index = add(
        "index",
        "indexing",
        "bring the index up to date with the documents folder",
        lines="Brings the index up to date: only what changed is read, split and embedded again. "
        "With --rollback the revision before the last one serves again; what the folder has now is "
        "held back, file by file, until it changes again or until rag index runs without it. Only "
        "the last revision is kept: going back twice leads to where one was.",
    )
    index.add_argument(
        "--rebuild",
        action="store_true",
        help="do all of it again, from the files; a damaged index is put aside",
    )
    index.add_argument("--rollback", action="store_true", help="take the last revision back")
    index.add_argument("--dry-run", action="store_true", help="say what would be done")

    ask = add(
        "ask",
        "asking",
        "ask a question, or one a line from standard input",
        lines="Answers the question of the arguments, or one a line from standard input; the lines "
        "are independent of each other. Brings the index up to date first.",
    )
    ask.add_argument("question", nargs="*", help="the question; none: standard input")
    ask.add_argument("--no-sync", action="store_true", help="answer from the index as it is")

    search = add("search", "searching", "the best passages for a question; no model")
    search.add_argument("question", nargs="*", help="the question; none: standard input")
    search.add_argument("-k", type=_positive, default=10, metavar="N", help="how many (10)")
    search.add_argument("--no-sync", action="store_true", help="search the index as it is")

    add("sources", "listing", "the files in the index, and what was skipped and why")

    show = add("show", "showing", "a span of a file with its surroundings")
    show.add_argument("file", help="its path below the documents folder")
    show.add_argument("start", type=int, help="first character, from 0")
    show.add_argument("end", type=int, help="end, exclusive")

    verify = add(
        "verify",
        "verifying",
        "check saved answers against the files as they are now",
        lines="Reads JSON lines of `rag ask --json`; each citation is intact, moved or gone.",
    )
    verify.add_argument("answers", nargs="?", default="-", help="a file; none: standard input")

    evaluate = add("eval", "evaluating", "score retrieval, evidence and abstention on questions")
    evaluate.add_argument("questions", help="a file of JSON lines")
    evaluate.add_argument("--details", metavar="FILE", help="write each question's answer there")

    add("doctor", "examining", "check the configuration part by part, and say what to do")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be at least 1")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; gives its exit status."""
    began = time.monotonic()
    options = _parser().parse_args(arguments, argparse.Namespace(began=began))
    try:
        # Imported here, so that --help and a misspelt option answer at once.
        run: Callable[[argparse.Namespace], int] = import_module(f"rag.cli.{options.module}").run
        return run(options)
    except IsnadError as error:
        print(f"rag: {' '.join(str(error).split())}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stdout = None
        return 0
    except OSError as error:
        sys.stdout = None
        print(f"rag: {error.strerror or error}.", file=sys.stderr)
        return 1
