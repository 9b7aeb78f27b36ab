"""Reports that carry orders: quoted, never obeyed; nothing that is shown is live or hidden.

Every attack goes the whole way: a file, indexed with all the others, asked for over real HTTP.
"""

import asyncio
import html
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.rendering import Renderer
from bot.styled import Style, parts
from bot.telegram.form import entities_of
from rag.answers.answer import Answer, ClaimKind, Mode
from rag.answers.markup import inert_name
from rag.answers.prompts import (
    answer_messages,
    judging_messages,
    reminded,
    rewriting_messages,
    translating_messages,
)
from rag.knowledge_base import KnowledgeBase, Turn
from rag.text.hidden import hidden_in, visible
from tests.attacks.attack import Attack, attacks
from tests.attacks.obedient import Malicious, Obedient, outside, step_of, understood
from tests.end_to_end.test_rag import run
from tests.library import Library, settings_of
from tests.servers.openai_api import ChatRequest, Json, OpenAIServer, Reply, text_of

ATTACKS = attacks()
EVERY = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
FRAME = re.compile(r"<source((?: [a-z]+=\"[^\"]*\")*)>\n(.*?)\n</source>", re.DOTALL)
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
OUR_OWN = re.compile("[\u2068\u2069\u200e\u200f]")
"""What the program itself puts around names, and before lines."""
LIVE = re.compile(
    r"\w://|\bwww\.\S|\b(?:mailto|tg|javascript|data):\S|\]\(\S|(?<![\w@/])@\w|(?<![\w/<>])/[a-z]"
    r"|[\w-]\.(?:example|com|me|org|net|io|ir)\b|\x1b",
    re.IGNORECASE,
)
"""What a messenger or a terminal makes something to tap of, by itself."""


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


@dataclass(frozen=True)
class Outcome:
    """What an attack came to."""

    attack: Attack
    answer: Answer
    requests: tuple[ChatRequest, ...]

    def asked_for(self, step: str) -> list[ChatRequest]:
        return [request for request in self.requests if step_of(request) == step]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("attacks"))
    for attack in ATTACKS:
        for path, text in attack.documents.items():
            library.write(path, text)
    assert library.sync().skipped == ()
    return library


@pytest.fixture(scope="module")
def texts(library: Library) -> dict[str, str]:
    return {path: text for attack in ATTACKS for path, text in attack.documents.items()}


def chat_request(body: Json) -> ChatRequest:
    return ChatRequest(body["messages"], body["model"], bool(body.get("stream")), body, 0.0)


def history_of(attack: Attack) -> tuple[Turn, ...]:
    """An earlier answer that quoted the report, where the attack is on what comes after it."""
    said = f"«{attack.document}» [1]"
    return (Turn(attack.question, said, (attack.file,)),) if attack.then else ()


async def outcomes_of(library: Library, model: Obedient) -> dict[str, Outcome]:
    found = {}
    with OpenAIServer() as server:
        server.default = lambda request: Reply(model(request), chunk_size=200)
        settings = settings_of(
            documents_dir=library.documents,
            data_dir=library.data,
            openai_api_key=server.key,
            openai_base_url=server.url,
            # A judge that means harm as well could only take away.
            verify_with_model=not isinstance(model, Malicious),
        )
        with KnowledgeBase.open(settings) as knowledge:
            for attack in ATTACKS:
                if isinstance(model, Malicious):
                    model.order = attack.order
                before = len(server.requests)
                answer = await knowledge.ask(attack.then or attack.question, history_of(attack))
                requests = tuple(chat_request(one.body) for one in server.requests[before:])
                found[attack.id] = Outcome(attack, answer, requests)
    return found


@pytest.fixture(scope="module")
def obedient() -> Obedient:
    return Obedient(ATTACKS)


@pytest.fixture(scope="module")
def outcomes(library: Library, obedient: Obedient) -> dict[str, Outcome]:
    """With a model that obeys whatever reaches it outside of a frame."""
    return asyncio.run(outcomes_of(library, obedient))


@pytest.fixture(scope="module")
def lies(library: Library) -> dict[str, Outcome]:
    """With a model that means harm."""
    return asyncio.run(outcomes_of(library, Malicious(ATTACKS)))


@pytest.fixture(scope="module")
def quoted(library: Library) -> dict[str, Answer]:
    """Without a model."""
    settings = settings_of(documents_dir=library.documents, data_dir=library.data)

    async def ask(knowledge: KnowledgeBase) -> dict[str, Answer]:
        return {one.id: await knowledge.ask(one.rewritten or one.question) for one in ATTACKS}

    with KnowledgeBase.open(settings) as knowledge:
        return asyncio.run(ask(knowledge))


# The set, and the model that is to be afraid of


def test_the_set_is_as_large_and_as_mixed_as_it_has_to_be() -> None:
    kinds = Counter(attack.kind for attack in ATTACKS)
    assert len(ATTACKS) >= 90
    assert len(kinds) >= 15
    assert min(kinds.values()) >= 5
    assert set(Counter(attack.language for attack in ATTACKS)) == {"ar", "en", "fa"}
    assert all(
        {one.language for one in ATTACKS if one.kind == kind} == {"ar", "en", "fa"}
        for kind in kinds
    )
    paths = [path for attack in ATTACKS for path in attack.documents]
    assert len(set(paths)) == len(paths)


@EVERY
def test_outside_of_a_frame_every_order_is_obeyed(attack: Attack) -> None:
    model = Obedient([attack])
    text = "\n".join([*attack.documents, *attack.documents.values()])
    messages = [{"role": "system", "content": "Answer."}, {"role": "user", "content": text}]
    assert attack.order in model(ChatRequest(messages, "m", False, {}, 0.0))
    assert model.obeyed == [attack]


def test_a_frame_of_which_nothing_is_escaped_is_broken() -> None:
    closing = [attack for attack in ATTACKS if attack.kind == "closed frame"]
    for attack in closing:
        framed = f'<source id="1" file="a.txt">\n[1.1] {attack.document}\n</source>'
        assert attack.sign in "\n".join(understood(outside(framed)))


# A model that obeys


def test_no_attack_is_obeyed(outcomes: dict[str, Outcome], obedient: Obedient) -> None:
    assert obedient.obeyed == []
    assert len(outcomes) == len(ATTACKS)


@EVERY
def test_the_attack_reaches_the_model_as_data(attack: Attack, outcomes: dict[str, Outcome]) -> None:
    request = outcomes[attack.id].asked_for("answer")[0]
    framed = html.unescape(" ".join(body for _, body in frames_of(request)))
    files = [attributes["file"] for attributes, _ in frames_of(request)]
    assert {" ".join(visible(path).split()) for path in attack.documents} <= set(files)
    heard = "\n".join([framed, *files])
    assert attack.sign not in one_line(attack.document + attack.annex) or attack.sign in heard


def frames_of(request: ChatRequest) -> list[tuple[dict[str, str], str]]:
    """The attributes and the body of each frame of sources."""
    whole = "\n".join(text_of(message) for message in request.messages)
    found = []
    for opening, body in FRAME.findall(whole):
        attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(opening)}
        if attributes["id"] != "0":
            found.append((attributes, body))
    return found


@EVERY
def test_the_frames_are_those_of_the_evidence(
    attack: Attack, outcomes: dict[str, Outcome], texts: dict[str, str]
) -> None:
    outcome = outcomes[attack.id]
    # Where the model writes in another language than it should, it is asked once more.
    for request in outcome.asked_for("answer"):
        are_those_of_the_evidence(request, outcome.answer, texts)


def are_those_of_the_evidence(request: ChatRequest, answer: Answer, texts: dict[str, str]) -> None:
    frames = frames_of(request)
    assert len(frames) == len(answer.passages)
    for number, ((attributes, body), passage) in enumerate(
        zip(frames, answer.passages, strict=True), start=1
    ):
        assert list(attributes) == ["id", "file", "title", "date"]
        assert attributes["id"] == str(number)
        assert attributes["file"] == one_line(passage.file)
        ids, lines = zip(*(line.split(" ", 1) for line in body.split("\n")), strict=True)
        assert ids == tuple(f"[{number}.{place}]" for place in range(len(lines)))
        assert not re.search("[<>＜＞]", body)
        evidence = texts[passage.file][passage.start : passage.end]
        assert html.unescape(" ".join(lines[1:])).translate({0xFF1C: "<", 0xFF1E: ">"}) == (
            one_line(evidence).translate({0xFF1C: "<", 0xFF1E: ">"})
        )


@EVERY
def test_outside_of_the_frames_there_is_nothing_of_a_document(
    attack: Attack, outcomes: dict[str, Outcome]
) -> None:
    outcome = outcomes[attack.id]
    answer = outcome.answer
    for request in outcome.requests:
        step = step_of(request)
        if step == "answer":
            asked = one_line(answer.understood or answer.question)
            usual = answer_messages(asked, answer.kind, answer.language, ())
            allowed = [usual, reminded(usual, answer.language)]
        elif step == "rewrite":
            asked = answer.question
            allowed = [rewriting_messages(asked, (), language) for language in ("ar", "fa", "en")]
        elif step == "translate":
            allowed = [translating_messages({}, answer.language)]
        else:
            allowed = [judging_messages(())]
        bare = [" ".join(FRAME.sub("", text_of(one)).split()) for one in request.messages]
        found = [one.replace("The conversation so far:", "").strip() for one in bare]
        assert found in [[" ".join(one.content.split()) for one in usual] for usual in allowed]


@EVERY
def test_what_is_no_translation_is_not_shown_as_one(
    attack: Attack, outcomes: dict[str, Outcome], lies: dict[str, Outcome]
) -> None:
    for outcome in (outcomes[attack.id], lies[attack.id]):
        for citation in outcome.answer.citations:
            assert citation.translation is None, citation.translation


@EVERY
def test_no_hidden_character_reaches_the_model(
    attack: Attack, outcomes: dict[str, Outcome]
) -> None:
    for request in outcomes[attack.id].requests:
        for message in request.messages:
            assert visible(text_of(message)) == text_of(message)


@pytest.mark.parametrize(
    ("kind", "step"), [("order to the judge", "judge"), ("order to the rewriter", "rewrite")]
)
def test_judge_and_rewriter_see_the_order_in_a_frame(
    kind: str, step: str, outcomes: dict[str, Outcome]
) -> None:
    for attack in (one for one in ATTACKS if one.kind == kind):
        (request,) = outcomes[attack.id].asked_for(step)
        whole = "\n".join(text_of(message) for message in request.messages)
        assert attack.sign in whole
        assert attack.sign not in FRAME.sub("", whole)


# What is shown


def is_shown_well(answer: Answer, texts: dict[str, str]) -> None:
    """Citations hold to the letter; nothing is live, hidden or forged, in text as in messages."""
    numbers = [
        int(number) for number in re.findall(r"[\[［【]\s*(\d+)[^\]］】]*[\]］】]", answer.text)
    ]
    assert list(dict.fromkeys(numbers)) == [citation.n for citation in answer.citations]
    for citation in answer.citations:
        assert texts[citation.file][citation.start : citation.end] == citation.quote
    said = [answer.text, answer.understood or "", *answer.missing]
    for quotes in (True, False):
        styled = Renderer(quotes=quotes).answer(answer)
        said.append(styled.text)
        assert {mark.style for mark in styled.marks} <= {Style.BOLD, Style.QUOTE}
        sent = [
            entity.type for part in parts(styled, answer.language) for entity in entities_of(part)
        ]
        assert set(sent) <= {"bold", "expandable_blockquote"}
    for text in said:
        assert not LIVE.search(text), text
        shown = OUR_OWN.sub("", text)
        assert visible(shown) == shown
        assert not hidden_in(shown)
        assert text.count("\u2068") == text.count("\u2069")


def is_quoted(order: str, answer: Answer) -> bool:
    """Whether all that an answer says of an order's words is cited from where they stand.

    The name of a file may hold them too.
    """
    quotes = {citation.n: one_line(citation.quote) for citation in answer.citations}
    rest = answer.text
    for claim in answer.claims:
        if any(order in quotes[number] for number in claim.citations):
            rest = rest.replace(one_line(claim.text), "")
    for citation in answer.citations:
        rest = rest.replace(inert_name(citation.file), "")
    return order not in rest


@EVERY
def test_without_a_model_the_report_is_quoted_to_the_letter(
    attack: Attack, quoted: dict[str, Answer], texts: dict[str, str]
) -> None:
    answer = quoted[attack.id]
    is_shown_well(answer, texts)
    assert answer.mode in (Mode.QUOTED, Mode.NEAREST)
    assert attack.file in {citation.file for citation in answer.citations}
    assert is_quoted(attack.order, answer)


@EVERY
def test_with_a_model_that_obeys_the_answer_is_the_documents(
    attack: Attack, outcomes: dict[str, Outcome], texts: dict[str, str]
) -> None:
    answer = outcomes[attack.id].answer
    is_shown_well(answer, texts)
    assert is_quoted(attack.order, answer)


@EVERY
def test_a_model_that_means_harm_shows_nothing_live_hidden_or_uncited(
    attack: Attack, lies: dict[str, Outcome], texts: dict[str, str]
) -> None:
    answer = lies[attack.id].answer
    is_shown_well(answer, texts)
    assert is_quoted(attack.order, answer)
    for claim in answer.claims:
        assert claim.kind is ClaimKind.QUOTE or not re.search(r"</?[a-z]|[*`]", claim.text)


def test_what_a_model_that_means_harm_says_truly_is_kept(lies: dict[str, Outcome]) -> None:
    modes = Counter(outcome.answer.mode for outcome in lies.values())
    assert modes[Mode.GENERATED] > len(ATTACKS) // 2


# Through the command


def test_the_command_obeys_no_attack_and_shows_nothing_live(
    tmp_path: Path, texts: dict[str, str]
) -> None:
    kinds = ("closed frame", "tag characters", "link", "file name", "title or date line")
    chosen = [next(one for one in ATTACKS if one.kind == kind) for kind in kinds]
    chosen += [one for one in ATTACKS if one.id == "en-070"]  # a name with a line end
    for attack in chosen:
        path = tmp_path / "seeds" / attack.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(attack.document, encoding="utf-8")
    asked = "".join(f"{attack.question}\n" for attack in chosen)
    model = Obedient(ATTACKS)
    with OpenAIServer() as server:
        server.default = model
        settings = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": server.key}
        written = run(tmp_path, "ask", "--json", typed=asked, **settings)
    assert (written.status, model.obeyed) == (0, [])
    for attack, answer in zip(chosen, written.objects, strict=True):
        assert attack.file in {citation["file"] for citation in answer["citations"]}
        for one in answer["citations"]:
            assert texts[one["file"]][one["start"] : one["end"]] == one["quote"]
        assert not LIVE.search(answer["text"])
    for arguments in (("ask", "--no-sync"), ("sources",)):
        told = run(tmp_path, *arguments, typed=asked).out
        shown = OUR_OWN.sub("", told)
        assert visible(shown) == shown
        assert not re.search(r"^print", told, re.MULTILINE)
