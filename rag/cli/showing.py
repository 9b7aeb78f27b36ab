"""`rag show`: what a citation points at."""

import argparse
import sys

from rag.cli.terminal import opened, print_json, say
from rag.text.hidden import visible, visible_line


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status."""
    with opened() as (_, knowledge):
        place = knowledge.show(options.file, options.start, options.end)
    if options.json:
        print_json(place)
        return 0
    strong, plain = ("\x1b[1;7m", "\x1b[0m") if sys.stdout.isatty() else ("⟦", "⟧")
    before, text, after = map(visible, (place.before, place.text, place.after))
    page = f", page {place.page}" if place.page else ""
    say(f"{visible_line(place.file)}{page}, line {place.line}")
    say(f"{before}{strong}{text}{plain}{after}")
    return 0
