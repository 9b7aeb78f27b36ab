"""`rag search`: retrieval alone."""

import argparse
import asyncio
from dataclasses import asdict

from rag.cli.terminal import brought_up_to_date, opened, print_json, questions, say


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    with opened() as (_, knowledge):
        if not options.no_sync:
            asyncio.run(brought_up_to_date(knowledge))
        for question in questions(options.question):
            results = knowledge.search(question, options.k)
            if options.json:
                print_json({"question": question, "results": [asdict(one) for one in results]})
                continue
            for one in results:
                say(f"{one.rank:2}  {one.score:.3f}  {one.file}:{one.start}-{one.end}")
                say("    " + " ".join(one.text.split())[:160])
            if not results:
                say("Nothing was found.")
    return 0
