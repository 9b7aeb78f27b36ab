"""What readers think of answers, as JSON lines: a question file for `rag eval`, or complaints."""

from collections.abc import Iterable
from typing import Any

from bot.store.feedback import Judged
from rag.answers.answer import Mode


def questions(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """The answers that readers found good, as questions with what is known of their answers.

    A citation that somebody found bad is no evidence of anything. The lines are those of a
    question file (`rag eval`); `id` says which answer it was.
    """
    found = (_question(one) for one in judged if one.good > one.bad)
    return [one for one in found if one]


def complaints(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """The answers that readers found bad, or of which a citation, whole, for a person to read."""
    return [
        {
            "question": one.answer["question"],
            "after": list(one.earlier),
            "good": one.good,
            "bad": one.bad,
            "bad_citations": sorted(one.bad_citations),
            "answer": one.answer,
        }
        for one in judged
        if one.bad_citations or one.bad >= max(one.good, 1)
    ]


def _question(judged: Judged) -> dict[str, Any] | None:
    answer = judged.answer
    line: dict[str, Any] = {"id": judged.id, "question": answer["question"]}
    line["language"] = answer["language"]
    if judged.earlier:
        line["after"] = list(judged.earlier)
    if answer["mode"] == Mode.ABSTAINED:
        return line | {"expect": "abstain"}
    if answer["mode"] == Mode.NEAREST:
        return line | {"expect": "nearest"}
    good = [one for one in answer["citations"] if one["n"] not in judged.bad_citations]
    if not good:
        return None
    files = dict.fromkeys(one["file"] for one in good)
    quotes = dict.fromkeys(one["quote"] for one in good)
    return line | {"files": list(files), "answers": list(quotes)}
