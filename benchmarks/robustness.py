"""What retrieval loses to spelling and typing, and whether it knows what it does not know.

plain        MRR@10 of the questions as they are
respelt      the loss when they have vowel marks, tatweel and Arabic-Indic digits (points)
mistyped     the loss when every third long word has one slip of the keyboard (points)
reply        an answer lies in the first two sentences that are chosen (percent)
answered     of the questions, told as an answer (percent)
AUROC        how well the evidence score tells them from the same questions with their article
             left out of the search (Mann and Whitney, 1947)
let through  of the latter, those that reach what 95 in 100 of the former reach (percent)
passed       of the latter, those that the index's own calibration takes for answered (percent)

With several sets, the last line asks every set's questions of all their documents together.
"""

import argparse
import asyncio
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.fresh_process import in_fresh_process
from benchmarks.keyless import keyless
from benchmarks.question_set import QuestionSet, read_question_set
from rag.documents.evidence import Evidence
from rag.evaluation import Example, reciprocal_rank
from rag.index.embedding import LocalEmbedder
from rag.index.ledger import Ledger
from rag.index.reader import IndexReader
from rag.index.snapshot import Snapshot
from rag.knowledge_base import KnowledgeBase
from rag.retrieval.certainty import Certainty, calibration_of, evidence_score
from rag.retrieval.choice import choose
from rag.retrieval.coverage import sought
from rag.retrieval.finding import VectorChannel, evidence_of, find, ranked
from rag.retrieval.question import Question, analyse
from rag.retrieval.reading import Reading, read, reread
from rag.retrieval.retriever import LOCAL_VECTOR_WEIGHT
from rag.retrieval.spelling import corrected
from rag.text.folding import fold

SEED: Final = 20211017
DEPTH: Final = 20
REPLY: Final = 2
KEPT: Final = 0.95
LETTERS: Final = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "fa": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
VOWEL_MARKS: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
TATWEEL: Final = "\u0640"
JOINING: Final = "بتثسشصضطظعغفقكلمنهي"
DIGITS: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LONG: Final = 5
"""Letters of a word that is long enough to be mistyped."""
COLUMNS: Final = (
    "plain",
    "respelt",
    "mistyped",
    "reply",
    "answered",
    "AUROC",
    "let through",
    "passed",
)


@dataclass(frozen=True)
class Measured:
    """The figures of one set, in the order of `COLUMNS`."""

    questions: int
    figures: tuple[float, ...]


def respelt(text: str) -> str:
    """`text` with a vowel mark after most Arabic letters, stretched, in other digits."""
    chance = random.Random(text)
    marked = (
        letter
        + (chance.choice(VOWEL_MARKS) if letter in LETTERS["ar"] else "")
        + (TATWEEL if letter in JOINING else "")
        for letter in text.translate(DIGITS)
    )
    return "".join(marked)


def mistyped(text: str, language: str) -> str:
    """`text` with one slip in every third of its long words: left out, added, wrong, swapped."""
    chance = random.Random(f"{SEED} {text}")
    words = text.split()
    places = [place for place, word in enumerate(words) if len(word) >= LONG]
    chance.shuffle(places)
    letters = LETTERS.get(language, LETTERS["ar"])
    for place in places[: max(1, len(places) // 3)]:
        word, at = words[place], chance.randrange(1, len(words[place]) - 1)
        words[place] = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + chance.choice(letters) + word[at:],
                word[:at] + chance.choice(letters) + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
    return " ".join(words)


class Asker:
    """Asks the questions of one revision of an index."""

    def __init__(self, ledger: Ledger, snapshot: Snapshot) -> None:
        self._ledger, self._snapshot = ledger, snapshot
        embed = LocalEmbedder().embed_question
        self._vectors = VectorChannel(
            embed, LOCAL_VECTOR_WEIGHT, lambda _vector, _count: None, proposes=False
        )
        self._ids = {one.path: one.id for one in ledger.files()}
        self._titles = {one.path: one.title or one.path for one in ledger.files()}

    def readings(self, question: Question, without: Sequence[str] = ()) -> list[Reading]:
        """What is found, best first, in the files that are not left out."""
        within = None
        if without:
            within = frozenset(self._ids.values()) - {self._ids[path] for path in without}
        words = sought(question, self._snapshot.lexical)
        rows = ranked(self._snapshot, question, DEPTH, self._vectors, within)
        return reread([read(question, words, one) for one in evidence_of(self._ledger, rows)])

    def question(self, text: str) -> Question:
        """A question as it is read."""
        return corrected(analyse(text), self._snapshot.lexical)

    def rank(self, example: Example, text: str) -> float:
        """The reciprocal rank for the question in this spelling."""
        found = (one.passage.source.path for one in self.readings(self.question(text)))
        return reciprocal_rank(example, list(dict.fromkeys(found)))

    def replies(self, example: Example) -> bool:
        """Whether an answer lies in the first sentences."""
        question = self.question(example.question)
        words = sought(question, self._snapshot.lexical)
        chosen = choose(words, self.readings(question))[:REPLY]
        return any(
            fold(answer) in fold(one.sentence.text)
            for one in chosen
            if one.sentence.source.path in example.files
            for answer in example.answers
        )

    def is_answered(self, example: Example) -> bool:
        """Whether the documents are said to answer the question."""
        found = find(self._ledger, self._snapshot, example.question, (), self._vectors)
        return found.certainty is Certainty.ANSWER

    def _articles_of(self, example: Example) -> list[str]:
        """The question's files and those of the same title: an article may be in several."""
        titles = {self._titles[path] for path in example.files}
        return [path for path, title in self._titles.items() if title in titles]

    def evidence(self, example: Example, *, held_out: bool) -> float:
        """The evidence score, with the question's files or without them."""
        left_out = self._articles_of(example) if held_out else ()
        found: list[Evidence] = [
            one.passage for one in self.readings(self.question(example.question), left_out)
        ]
        return evidence_score(found)


def area(kept: Sequence[float], others: Sequence[float]) -> float:
    """The area under the curve: how often one of `kept` is above one of `others`."""
    above = sum((np.array(others) < score).mean() for score in kept)
    level = sum((np.array(others) == score).mean() for score in kept)
    return float((above + level / 2) / len(kept))


def measure(questions: QuestionSet) -> Measured:
    """One set, indexed and asked."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder)
        with KnowledgeBase.open(keyless(questions.documents, store)) as knowledge:
            asyncio.run(knowledge.sync())
        with closing(IndexReader(store)) as reader:
            return reader.read(lambda ledger, snapshot: _asked(questions, ledger, snapshot))


def _asked(questions: QuestionSet, ledger: Ledger, snapshot: Snapshot) -> Measured:
    asker, examples = Asker(ledger, snapshot), questions.examples
    plain = np.array([asker.rank(one, one.question) for one in examples])
    spelt = np.array([asker.rank(one, respelt(one.question)) for one in examples])
    typed = np.array([asker.rank(one, mistyped(one.question, one.language)) for one in examples])
    with_answers = [one for one in examples if one.answers]
    kept = [asker.evidence(one, held_out=False) for one in examples]
    others = [asker.evidence(one, held_out=True) for one in examples]
    least = float(np.quantile(kept, 1 - KEPT))
    calibration = calibration_of(ledger, len(snapshot.lexical.file_ids), snapshot.embedding)
    figures = (
        plain.mean(),
        (plain - spelt).mean(),
        (plain - typed).mean(),
        np.mean([asker.replies(one) for one in with_answers]) if with_answers else np.nan,
        np.mean([asker.is_answered(one) for one in examples]),
        area(kept, others),
        np.mean(np.array(others) >= least),
        np.mean(np.array(others) >= calibration.least) if calibration else np.nan,
    )
    return Measured(len(examples), tuple(100 * float(one) for one in figures))


def together(sets: Sequence[QuestionSet], folder: Path) -> QuestionSet:
    """All the sets as one, each set's documents in a folder of its own."""
    examples: list[Example] = []
    for one in sets:
        shutil.copytree(one.documents, folder / one.name)
        examples.extend(_moved(example, one.name) for example in one.examples)
    return QuestionSet("together", folder, tuple(examples))


def _moved(example: Example, name: str) -> Example:
    return replace(example, files=tuple(f"{name}/{path}" for path in example.files))


def thinned(questions: QuestionSet, most: int) -> QuestionSet:
    """At most so many of its questions, evenly spread."""
    step = max(1, -(-len(questions.examples) // most))
    return QuestionSet(questions.name, questions.documents, questions.examples[::step])


def lines(sets: Sequence[QuestionSet]) -> Iterator[str]:
    """The table's lines."""
    yield f"{'':16}{'questions':>10}" + "".join(f"{title:>12}" for title in COLUMNS)
    for one in sets:
        yield _line(one)
    if len(sets) > 1:
        with tempfile.TemporaryDirectory() as folder:
            yield _line(together(sets, Path(folder)))


def _line(questions: QuestionSet) -> str:
    found = in_fresh_process(measure, questions)
    cells = "".join(f"{value:12.1f}" for value in found.figures)
    return f"{questions.name:16}{found.questions:10}{cells}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        help="question sets: folders with docs/ and questions.jsonl (default: the seeds)",
    )
    parser.add_argument("--most", type=int, default=300, help="questions of a set (300)")
    options = parser.parse_args()
    folders: list[Path | None] = options.folders or [None]
    for line in lines([thinned(read_question_set(one), options.most) for one in folders]):
        print(line, flush=True)


if __name__ == "__main__":
    main()
