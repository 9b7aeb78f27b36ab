"""`rag sources`: the files in the index."""

import argparse

from rag.answers.markup import inert
from rag.cli.terminal import opened, print_json, say
from rag.text.hidden import visible_line


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    with opened() as (_, knowledge):
        sources = knowledge.sources()
    if options.json:
        print_json(sources)
        return 0
    for one in sources.files:
        size = f"{one.passages} passages, {one.characters} characters"
        title = inert(visible_line(one.title))
        say(f"{visible_line(one.path)}  {one.language}  {one.date or 'undated'}  {size}  {title}")
    for warned in sources.warnings:
        say(f"{visible_line(warned.file)}  warning: {warned.reason}")
    for skipped in sources.skipped:
        say(f"{visible_line(skipped.file)}  skipped: {skipped.reason}")
    if not sources.files and not sources.skipped:
        say("There are no documents.")
    return 0
