"""`rag sources`: the files in the index."""

import argparse

from rag.cli.terminal import opened, print_json, say


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    with opened() as (_, knowledge):
        sources = knowledge.sources()
    if options.json:
        print_json(sources)
        return 0
    for one in sources.files:
        size = f"{one.passages} passages, {one.characters} characters"
        say(f"{one.path}  {one.language}  {one.date or 'undated'}  {size}  {one.title}")
    for skipped in sources.skipped:
        say(f"{skipped.file}  skipped: {skipped.reason}")
    if not sources.files and not sources.skipped:
        say("There are no documents.")
    return 0
