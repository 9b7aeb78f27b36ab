"""`rag search`: retrieval alone."""

import argparse
import asyncio
from dataclasses import asdict

from rag.cli.terminal import brought_up_to_date, opened, print_json, questions, say
from rag.text.hidden import visible_line


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
                place = f"{visible_line(one.file)}:{one.start}-{one.end}"
                say(f"{one.rank:2}  {one.score:.3f}  {place}")
                say("    " + visible_line(one.text)[:160])
            if not results:
                say("Nothing was found.")
    return 0
