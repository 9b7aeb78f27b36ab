"""Good answers stay readable: what an excellent model writes about the seeds passes whole, and what
remains where a statement was withheld still reads from its first word.

The answers were written by someone who had not seen the checks.
"""

import json
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rag.answers.answer import Mode
from rag.answers.citing import in_order
from rag.answers.model import Model
from rag.answers.responder import Responder, Response
from rag.answers.writer import Writer, WritingRequest, Written
from rag.documents.evidence import Evidence
from tests.answers.reports import SEEDS, seed
from tests.library import Library, settings_of
from tests.servers.openai_api import OpenAIServer, Reply

LANGUAGES = ("ar", "en", "fa")
WHOLE = 0.95
NUMBER = re.compile(r"\[(\d+)\]")
PASSAGES = {seed(number)[0].source.path: seed(number) for number in range(5)}

UNHEARD_OF = {"en": " on 8,317 occasions", "ar": " في 8317 مناسبة", "fa": " در ۸۳۱۷ مورد"}
"""A number that no report carries, as it stands at a statement's end."""
SPOILT = re.compile(r"8,317|8317|۸۳۱۷")

CONTRASTS = {
    "en": "however|but|yet|still|even so|nevertheless|by contrast|on the contrary",
    "ar": "و?لكنّ?|غير أن|إلا أن|بيد أن|و?مع ذلك|و?رغم ذلك|في المقابل|و?بالمقابل",
    "fa": "اما|ولی|لیکن|بااین‌حال|با این حال|با این همه|بااین‌همه|در مقابل",
}
"""Beginnings that set a statement against the one before it."""
ADDITIONS = {
    "en": "also|moreover|furthermore|in addition|besides|likewise|then|thus|therefore|meanwhile"
    "|and|he|she|they",
    "ar": "و?كما|و?كذلك|أيضا|ثم|أما|علاوة على ذلك|و?بالإضافة|و?لذلك|و?بالتالي|وفي الوقت نفسه"
    "|و?أضاف|و?تابع|و?هو|و?هي",
    "fa": "همچنین|نیز|علاوه بر این|افزون بر این|سپس|بنابراین|در همین حال|و|او|وی",
}
"""Beginnings that go on from something, so that no text begins with them."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of an answer; without `cited` it opens or leads over, and states nothing."""

    text: str
    cited: tuple[str, ...]
    files: tuple[str, ...]
    leans: tuple[int, ...]
    """The statements, by place, one of which names what its subject ("he", "one of them") is."""

    def shown_in(self, written: Written) -> str | None:
        """How it stands in an answer, which may have taken a word off its beginning."""
        found = (one.text for one in written.claims if one.text.endswith(self.text[-25:]))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class GoodAnswer:
    """An answer that every fact of is in what it cites, or in what that leans on."""

    id: str
    language: str
    kind: str
    question: str
    files: tuple[str, ...]
    statements: tuple[Stated, ...]

    @property
    def passages(self) -> tuple[Evidence, ...]:
        """The passages of its reports, those that hold what it cites first."""
        cited = {text for one in self.statements for text in one.cited}
        found = [passage for file in self.files for passage in PASSAGES[file]]
        return tuple(sorted(found, key=lambda one: not _holds(one, cited)))

    def scripted(self) -> str:
        """The answer as a model writes it, with marks."""
        return _laid_out([_marked(one, self) for one in self.statements])

    def spoilt(self, place: int) -> "GoodAnswer":
        """The answer with a number in one of its statements that no report carries."""
        one = self.statements[place]
        body, end = _ended(one.text)
        text = f"{body}{UNHEARD_OF[self.language]}{end}"
        before, after = self.statements[:place], self.statements[place + 1 :]
        return replace(self, statements=(*before, replace(one, text=text), *after))


def _read(line: str) -> GoodAnswer:
    entry = json.loads(line)
    files = tuple(entry.get("files") or [entry["file"]])
    statements = tuple(
        Stated(
            one["text"],
            tuple(one["cited"]),
            tuple(one.get("files", files)),
            tuple(one.get("leans", ())),
        )
        for one in entry["statements"]
    )
    return GoodAnswer(
        entry["id"], entry["language"], entry["kind"], entry["question"], files, statements
    )


def _holds(passage: Evidence, cited: set[str]) -> bool:
    return any(sentence.text in cited for sentence in passage.sentences)


def _ended(text: str) -> tuple[str, str]:
    """A statement without its last full stop or colon, and that."""
    body = text.rstrip(".:")
    return body, text[len(body) :]


def _laid_out(parts: Sequence[str]) -> str:
    """Items of a list on lines of their own, everything else one after the other."""
    text = ""
    for part in parts:
        text += ("\n" if part.startswith("- ") else " ") * bool(text) + part
    return text


def _marked(statement: Stated, answer: GoodAnswer) -> str:
    if not statement.cited:
        return statement.text
    body, end = _ended(statement.text)
    marks = ", ".join(_id_of(text, statement, answer) for text in statement.cited)
    return f"{body} [{marks}]{end}"


def _id_of(cited: str, statement: Stated, answer: GoodAnswer) -> str:
    """The id of a sentence; [n.0] is a title. A sentence that stands twice is the one of its list.

    That is: of two passages, the one that holds more of what the answer cites.
    """
    everything = {text for one in answer.statements for text in one.cited}
    found: list[tuple[int, str]] = []
    for number, passage in enumerate(answer.passages, start=1):
        if passage.source.path not in statement.files:
            continue
        texts = [sentence.text for sentence in passage.sentences]
        shared = len(everything.intersection(texts))
        if cited == passage.source.title:
            found.append((shared, f"{number}.0"))
        if cited in texts:
            found.append((shared, f"{number}.{texts.index(cited) + 1}"))
    assert found, f"{answer.id} cites what is not in {statement.files}: {cited}"
    return max(found, key=lambda one: one[0])[1]


ANSWERS = tuple(
    map(_read, (Path(__file__).parent / "good_answers.jsonl").read_text("utf-8").splitlines())
)


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


@pytest.fixture
async def model(server: OpenAIServer) -> AsyncIterator[Model]:
    made = Model.from_settings(
        settings_of(openai_api_key=server.key, openai_base_url=server.url, openai_model="large")
    )
    await made.prepare()
    yield made
    await made.aclose()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The seeds, indexed."""
    library = Library(tmp_path_factory.mktemp("reports"))
    for file in sorted(SEEDS.glob("*.txt")):
        library.write(file.name, file.read_bytes())
    library.sync()
    return library


def test_there_are_enough_answers() -> None:
    languages = Counter(answer.language for answer in ANSWERS)
    assert set(languages) == set(LANGUAGES)
    assert min(languages.values()) >= 22
    assert len({answer.id for answer in ANSWERS}) == len(ANSWERS)
    assert sum(len(answer.statements) for answer in ANSWERS) >= 2.4 * len(ANSWERS)


async def test_good_answers_pass_whole(
    model: Model, server: OpenAIServer, reports: Library
) -> None:
    failures: dict[str, str] = {}
    for answer in ANSWERS:
        response = await responded(answer, model, server, reports)
        if trouble := _trouble(answer, response):
            failures[answer.id] = trouble
    share = 1 - len(failures) / len(ANSWERS)
    assert share >= WHOLE, _account(failures, share)


async def responded(
    answer: GoodAnswer, model: Model, server: OpenAIServer, reports: Library
) -> Response:
    """What the reader gets where a model writes `answer` about its reports."""
    server.replies.append(Reply(answer.scripted(), chunk_size=40))
    findings = replace(reports.find(answer.question), evidence=answer.passages)
    response = await Responder(model).respond(findings, (), time.monotonic() + 60)
    assert not server.replies, f"{answer.id}: the model was not asked"
    return response


def _trouble(answer: GoodAnswer, response: Response) -> str:
    """Why an answer did not pass whole; empty where it did."""
    if response.withheld or response.mode is not Mode.GENERATED:
        lost = [f"{one.reason}: {one.text}" for one in response.withheld]
        return "; ".join(lost) or f"{response.mode}, {response.notice}"
    written = _plain(_laid_out([one.text for one in answer.statements]))
    shown = _plain(response.text)
    # Where its sources disagree, that is said after the answer.
    whole = shown.startswith(written) if response.disagreements else shown == written
    return "" if whole else f"re-worded: {response.text}"


def _plain(text: str) -> str:
    return " ".join(NUMBER.sub("", text).split())


def _account(failures: dict[str, str], share: float) -> str:
    """The share that passed whole, by kind and language, and what did not."""
    lines = [f"{share:.1%} of {len(ANSWERS)} answers passed whole"]
    for name, key in (("kind", "kind"), ("language", "language")):
        asked = Counter(getattr(answer, key) for answer in ANSWERS)
        failed = Counter(getattr(answer, key) for answer in ANSWERS if answer.id in failures)
        told = ", ".join(f"{one} {asked[one] - failed[one]}/{asked[one]}" for one in sorted(asked))
        lines.append(f"by {name}: {told}")
    return "\n".join([*lines, *(f"{id_}: {why}" for id_, why in failures.items())])


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.id)
async def test_what_remains_reads_from_its_first_word(
    answer: GoodAnswer, model: Model, server: OpenAIServer
) -> None:
    for place, statement in enumerate(answer.statements):
        if not statement.cited:
            continue
        spoilt = answer.spoilt(place)
        server.replies.append(Reply(spoilt.scripted(), chunk_size=40))
        written = await Writer(model).write(
            WritingRequest(
                answer.question,
                answer.language,
                "question",
                answer.passages,
                time.monotonic() + 60,
            )
        )
        assert any(SPOILT.search(one.text) for one in written.withheld), spoilt.scripted()
        assert not SPOILT.search(written.text)
        numbers = [int(number) for number in NUMBER.findall(written.text)]
        assert in_order(numbers)
        everyone = list(range(1, len(written.citations) + 1))
        assert [one.n for one in written.citations] == sorted(set(numbers)) == everyone
        dangling = _dangling(answer, written)
        assert not dangling, f"without “{statement.text}”:\n{written.text}"


def _dangling(answer: GoodAnswer, written: Written) -> list[str]:
    """What is shown that begins as if something stood before it that was withheld."""
    contrasts, additions = CONTRASTS[answer.language], ADDITIONS[answer.language]
    text = _plain(written.text).removeprefix("- ")
    found = [text] if _begins(text, f"{contrasts}|{additions}") else []
    shown = [one.shown_in(written) for one in answer.statements]
    for place, (statement, now) in enumerate(zip(answer.statements, shown, strict=True)):
        if now is None:
            continue
        is_after_a_gap = place > 0 and answer.statements[place - 1].cited and not shown[place - 1]
        if is_after_a_gap and _begins(now, contrasts):
            found.append(now)
        if statement.leans and not any(shown[other] for other in statement.leans):
            found.append(now)
    return found


def _begins(text: str, beginnings: str) -> bool:
    return re.match(rf"(?:{beginnings})(?!\w)", text, re.IGNORECASE) is not None
