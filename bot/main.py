"""The command `bot`: in Telegram with a token, else in the terminal."""

import argparse
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.heap import share_arenas
from rag.errors import IsnadError

if TYPE_CHECKING:
    from bot.access import Access
    from rag.answers.answer import Answer
    from rag.settings import Settings

_A_MOMENT: Final = 1.0
"""Seconds."""
_DESCRIPTION = """\
Answers questions from your documents, with citations that are checked.

With TELEGRAM_BOT_TOKEN it answers in Telegram. Without, the same conversation is held here: one
message a line from standard input, until the end of input; plain text where the output is not a
terminal. The very first start reads the documents; later ones answer at once.
"""
_EPILOG = """\
messages   a question in Arabic, Persian or English; or
           /help  /sources (then /sources word, /sources #2)  /new (forget the conversation)
           /reindex  /status (in Telegram: admins, who there also have /users and /remove, and add
           a document by sending it)
           /show 1 (the words around source 1; then /show 1 +1)  /good  /bad  /bad 2 (source 2)
           /language (ar, fa, en)  /forget (delete everything that is kept of you)
feedback   bot export-feedback prints what readers found good as a question file for `rag eval`,
           with --complaints what they found bad, each answer whole; both as JSON lines
settings   environment variables, or .env in this directory; .env.example explains each:
           DOCUMENTS_DIR (seeds), DATA_DIR (.isnad), TELEGRAM_BOT_TOKEN, TELEGRAM_ADMIN_IDS,
           TELEGRAM_ALLOWED_IDS, OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL, ...
status     0 done; 1 it could not be done; 2 wrong usage or settings; 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the bot; the exit status."""
    parser = argparse.ArgumentParser(
        prog="bot",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--json", action="store_true", help="in the terminal: one JSON object a reply, a line each"
    )
    parser.add_argument("command", nargs="?", choices=["export-feedback"], help="see below")
    parser.add_argument(
        "--complaints", action="store_true", help="export what readers found bad instead"
    )
    options = parser.parse_args(arguments)
    if options.complaints and not options.command:
        parser.error("--complaints belongs to export-feedback")
    strike: Callable[[str], str] = str
    try:
        # Several askers at once: BLAS threads would only fight for the cores.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        share_arenas()
        from rag.settings import load_settings

        settings = load_settings()
        if options.command:
            return _export(settings, complaints=options.complaints)
        from bot.logs import set_up_logging

        in_terminal = not settings.telegram_bot_token
        strike = set_up_logging(settings, sys.stderr, quiet=in_terminal).strike
        return _serve(settings, strike, as_json=options.json)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the answers has had enough; Python must not fail again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except IsnadError as error:
        _say(strike(f"bot: {error}"))
        return error.exit_status
    except Exception as error:
        import logging

        logging.getLogger(__name__).debug("Stopped.", exc_info=True)
        _say(strike(f"bot: {type(error).__name__}: {error} (LOG_LEVEL=DEBUG shows where.)"))
        return 1


def _serve(settings: "Settings", strike: Callable[[str], str], *, as_json: bool) -> int:
    from bot.access import Access
    from bot.admin.counting import Counting
    from bot.admin.office import Office
    from bot.conversation import Conversation
    from bot.evidence import CitedFiles
    from bot.health import Pulse, health_server, readiness_of, watch_knowledge
    from bot.metrics import Metrics
    from bot.rendering import WORDS
    from bot.store import Database, Store
    from rag.knowledge_base import KnowledgeBase

    token = settings.telegram_bot_token
    access = Access.for_telegram(settings) if token else Access.for_terminal(settings)
    language = terminal_language(os.environ)
    for notice in _notices(settings, access, language or "en"):
        _say(notice)
    knowledge = KnowledgeBase.open(settings)
    _look_at_servers(settings, language or "en")
    try:
        path = settings.data_dir / "conversations.sqlite3"
        database = Database.open(path, settings.database_url)
        store = Store(database)
        try:
            metrics, counting = Metrics(), Counting()
            office = Office.open(settings, knowledge, store, access, counting)
            documents = CitedFiles(settings.documents_dir, knowledge.search)

            def count(answer: "Answer") -> None:
                metrics.count(answer)
                counting.count(answer)

            conversation = Conversation(
                knowledge,
                store,
                access,
                office,
                documents,
                WORDS,
                count,
            )
            pulse = Pulse()
            readiness = readiness_of(knowledge, pulse)
            watch_knowledge(metrics, knowledge, settings.data_dir / "ledger.sqlite3")
            metrics.watch("ready", "Whether all of /readyz is well.", readiness)
            with (
                health_server(settings.http_port, readiness, metrics),
                counting.errors(),
                metrics.troubles(),
            ):
                if token:
                    from bot.telegram.admin import register_admin
                    from bot.telegram.application import Front, run_telegram

                    def say(line: str) -> None:
                        _say(strike(line))

                    run_telegram(
                        Front(
                            settings=settings,
                            conversation=conversation,
                            upkeep=office.upkeep,
                            database=database,
                            say=say,
                            language=language or "en",
                            register=[partial(register_admin, office=office)],
                            pulse=pulse,
                            metrics=metrics,
                        )
                    )
                else:
                    from bot.console import run_console

                    run_console(conversation, office.upkeep, language, as_json=as_json)
            return 0
        finally:
            store.close()
    finally:
        knowledge.close()


def _export(settings: "Settings", *, complaints: bool) -> int:
    """Prints what readers think, a line of JSON for each answer."""
    import json

    from bot import export
    from bot.store import Database
    from bot.store.feedback import Feedback

    database = Database.open(settings.data_dir / "conversations.sqlite3", settings.database_url)
    try:
        judged = Feedback(database).judged()
    finally:
        database.close()
    lines = export.complaints(judged) if complaints else export.questions(judged)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in lines:
        sys.stdout.write(f"{json.dumps(line, ensure_ascii=False)}\n")
    sys.stdout.flush()
    return 0


def _notices(settings: "Settings", access: "Access", language: str) -> list[str]:
    """What the operator is told at the start."""
    from bot.rendering import WORDS

    notices = []
    if settings.model_enabled:
        notices.append(WORDS("text-goes-to", language, host=settings.model_host))
    if not settings.telegram_bot_token:
        notices += _what_can_be_set(settings, language)
    elif access.open_to_everyone:
        notices.append(WORDS("open-to-everyone", language))
    return notices


def _what_can_be_set(settings: "Settings", language: str) -> list[str]:
    """What makes the bot somebody's own, in the order in which one comes to it; less what is set.

    Without a token, that is.
    """
    from bot.rendering import WORDS

    left = []
    if "documents_dir" not in settings.model_fields_set:
        left.append(WORDS("set-documents", language, folder=str(settings.documents_dir)))
    left.append(WORDS("set-telegram", language))
    if not settings.model_enabled:
        left.append(WORDS("set-model", language))
    return [
        WORDS("set-up", language),
        *(f"  {number}. {line}" for number, line in enumerate(left, start=1)),
    ]


def _look_at_servers(settings: "Settings", language: str) -> None:
    """Tells in a line each what is wrong with the model's key, name or address, and with Chroma's.

    That is known in a moment, or else told when it is known; the start does not wait for it.
    """

    def look() -> None:
        from bot.rendering import WORDS
        from rag.doctor.examination import Examination
        from rag.doctor.services import model_trouble
        from rag.doctor.stores import chroma_answers

        examination = Examination(settings)
        if settings.model_enabled and (trouble := model_trouble(examination)):
            host, name = settings.model_host, settings.openai_model
            _say(WORDS(f"model-{trouble}", language, host=host, name=name))
        if settings.chroma_url and not chroma_answers(examination):
            host = urlsplit(str(settings.chroma_url)).netloc.rpartition("@")[2]
            _say(WORDS("chroma-unreachable", language, host=host))

    if settings.model_enabled or settings.chroma_url:
        looking = threading.Thread(target=look, name="servers", daemon=True)
        looking.start()
        looking.join(_A_MOMENT)


def terminal_language(environment: Mapping[str, str]) -> str | None:
    """`ar`, `fa` or `en` where the locale is one of these; the first variable set decides."""
    from rag.text.language import LANGUAGES

    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    tag = next((name for name in names if name), "")
    language = re.split(r"[-_.@]", tag)[0].lower()
    return language if language in LANGUAGES else None


def _say(line: str) -> None:
    """A line for the operator."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
