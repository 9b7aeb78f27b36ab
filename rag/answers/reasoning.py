"""Reasoning: what some models think aloud before their answer, and nobody is shown."""

import re
from typing import Final

_NAMES: Final = "think|thinking|thought|reasoning|reflection"
_TAG: Final = re.compile(rf"[<\[](?P<close>/)?(?:{_NAMES})[>\]]", re.IGNORECASE)
_OPEN_END: Final = re.compile(r"[<\[][/a-z]{0,12}\Z", re.IGNORECASE)


class ReasoningFilter:
    """Takes `<think>…</think>` and `[THINK]…[/THINK]` out of text that arrives in pieces."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self.restarted = False
        """Whether the answer began anew: a closing tag came without an opening one, so that all
        before it was reasoning."""

    def feed(self, chunk: str) -> str:
        """What of the text is the answer's, now that `chunk` has arrived."""
        shown = ""
        self._held += chunk
        while tag := _TAG.search(self._held):
            if not self._inside and not tag["close"]:
                shown += self._held[: tag.start()]
            elif not self._inside:
                shown, self.restarted = "", True
            self._inside = not tag["close"]
            self._held = self._held[tag.end() :]
        unfinished = _OPEN_END.search(self._held)
        keep = unfinished.start() if unfinished else len(self._held)
        if not self._inside:
            shown += self._held[:keep]
        self._held = self._held[keep:]
        return shown

    def finish(self) -> str:
        """What was held back, when the text has ended."""
        rest, self._held = self._held, ""
        return "" if self._inside else rest


def without_reasoning(reply: str) -> str:
    """What of a whole reply is no reasoning; nothing where the reasoning never ended."""
    thoughts = ReasoningFilter()
    return thoughts.feed(reply) + thoughts.finish()
