"""What a collection finds out about itself, and how far it trusts a model's vectors."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import log
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.synthetic import Recombination
from rag.answers.answer import Mode
from rag.index.ledger import Ledger
from rag.index.snapshot import Snapshot
from rag.knowledge_base import KnowledgeBase
from rag.retrieval.certainty import FEWEST_FILES, Calibration
from rag.retrieval.finding import VectorChannel, ranked
from rag.retrieval.question import analyse
from rag.retrieval.self_test import SelfQuestion, calibrated, copies_of, self_questions
from rag.text.folding import folded_words
from rag.text.function_words import is_function_word
from rag.text.stems import light_stem
from tests.library import Library, settings_of
from tests.retrieval.made_up import OFF_TOPIC, questions, report
from tests.servers.openai_api import Fail, OpenAIServer, hash_vector, unit

FILES = 60
MODEL = "text-embedding-3-small"


def calibration(library: Library) -> Calibration | None:
    with Ledger(library.data) as ledger:
        return Calibration.from_json(ledger.calibration)


def knowledge_of(library: Library, **settings: object) -> KnowledgeBase:
    return KnowledgeBase.open(
        settings_of(documents_dir=library.documents, data_dir=library.data, **settings)
    )


def write_reports(library: Library, first: int, end: int) -> None:
    for number in range(first, end):
        library.write(f"{number}.txt", report(number))


# Questions that a collection asks itself


def asked_of(library: Library) -> list[SelfQuestion]:
    return library.reader.read(lambda ledger, _: self_questions(ledger))


def test_a_collection_asks_itself_about_its_own_sentences(library: Library) -> None:
    write_reports(library, 0, 100)
    library.sync()
    asked = asked_of(library)
    assert len(asked) == len({one.file for one in asked}) == 80
    for one in asked:
        words = one.text.split()
        lines = report(int(one.file.removesuffix(".txt"))).split("\n")
        assert len(words) == 6
        assert not any(map(is_function_word, words))
        assert max(len(set(words) & set(folded_words(line))) for line in lines) >= 3
        assert one.language == "ar"


def test_the_same_collection_asks_the_same(library: Library, tmp_path: Path) -> None:
    write_reports(library, 0, 20)
    library.sync()
    asked = asked_of(library)
    other = Library(tmp_path / "other")
    for number in reversed(range(20)):
        other.write(f"{number}.txt", report(number))
        if number % 7 == 0:
            other.sync()
    assert asked_of(other) == asked


def test_files_without_a_sentence_of_some_length_are_not_asked_about(library: Library) -> None:
    library.fill(a="نعم.", b="وصل الوزير أمس إلى المدينة القديمة.", c="لا.")
    assert [one.file for one in asked_of(library)] == ["b.txt"]
    library.write("b.txt", "نعم.")
    library.sync()
    assert asked_of(library) == []
    found = library.reader.read(lambda ledger, snapshot: calibrated(ledger, snapshot, [], None))
    assert (found.files, found.vector_weight) == (3, 0)


def test_a_report_is_left_out_with_all_its_copies(library: Library) -> None:
    told = report(0)
    library.fill(one=told, two=told, three=f"شارك الخبر\n{told}\nأخبار أخرى", four=report(1))
    library.sync()

    def copies(ledger: Ledger, snapshot: Snapshot) -> dict[str, frozenset[str]]:
        return {one.path: copies_of(ledger, snapshot, one.id) for one in ledger.files()}

    found = library.reader.read(copies)
    assert found.pop("four.txt") == {"four.txt"}
    assert set(found.values()) == {frozenset(("one.txt", "two.txt", "three.txt"))}


# When a collection is asked


async def test_what_a_collection_finds_is_stored_with_it(library: Library) -> None:
    write_reports(library, 0, FILES)
    with knowledge_of(library) as knowledge:
        await knowledge.sync()
    found = calibration(library)
    assert found
    assert (found.files, found.vector_weight) == (FILES, 0)
    assert found.embedding == library.embedder.name
    assert 0 < found.least < 1


async def test_a_small_collection_keeps_what_is_shipped(library: Library) -> None:
    write_reports(library, 0, 10)
    with knowledge_of(library) as knowledge:
        await knowledge.sync()
        assert calibration(library) is None
        assert (await knowledge.ask(questions(3)[0])).mode is Mode.QUOTED
        assert (await knowledge.ask(OFF_TOPIC[0])).mode is Mode.ABSTAINED
        write_reports(library, 10, FEWEST_FILES - 1)
        await knowledge.sync()
        assert calibration(library) is None
        write_reports(library, FEWEST_FILES - 1, FEWEST_FILES)
        await knowledge.sync()
        assert calibration(library)


async def test_it_is_asked_again_once_more_than_a_fifth_has_changed(library: Library) -> None:
    write_reports(library, 0, FILES)
    with knowledge_of(library) as knowledge:
        await knowledge.sync()
        first = calibration(library)
        assert first
        write_reports(library, FILES, 72)
        await knowledge.sync()
        assert calibration(library) == first
        write_reports(library, 72, 73)
        await knowledge.sync()
        second = calibration(library)
        assert second
        assert second.files == 73


async def test_one_that_cannot_be_read_is_made_again(library: Library) -> None:
    write_reports(library, 0, FEWEST_FILES)
    with knowledge_of(library) as knowledge:
        await knowledge.sync()
        first = calibration(library)
        with Ledger(library.data) as ledger, ledger.writing():
            ledger.set_state(calibration='{"files": 60}')
        assert (await knowledge.ask(questions(3)[0])).mode is Mode.QUOTED
        await knowledge.sync()
        assert calibration(library) == first


async def test_a_calibrated_collection_knows_what_it_is_about(library: Library) -> None:
    write_reports(library, 0, FILES)
    with knowledge_of(library) as knowledge:
        await knowledge.sync()
        assert calibration(library)
        about = [(number, text) for number in range(0, FILES, 6) for text in questions(number)]
        modes = Counter([(await knowledge.ask(text)).mode for _, text in about])
        assert modes[Mode.QUOTED] >= 0.95 * len(about)
        for text in OFF_TOPIC:
            assert (await knowledge.ask(text)).mode in (Mode.ABSTAINED, Mode.NEAREST)


# Vectors of known quality, over HTTP

DIMENSIONS = 256
Embed = Callable[[str], list[float]]


@cache
def direction(stem: str) -> npt.NDArray[np.float64]:
    return np.array(hash_vector(stem, DIMENSIONS))


class Collection:
    """Reports that have little in common, in the manner of the seeds, and questions of them."""

    def __init__(self, seeds: Path) -> None:
        texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.iterdir())]
        made_up = Recombination(texts)
        self.reports = [
            "\n".join(made_up.report(number).split("\n")[:2]) for number in range(FILES)
        ]
        self._holders = Counter(stem for text in self.reports for stem in stems_of(text))
        self._meanings = np.array([self.meant(text) for text in self.reports])

    def questions(self) -> Iterator[tuple[int, str]]:
        """Two or three words of one sentence each, which the self-test has not seen."""
        chance = Random(17)
        for number, text in enumerate(self.reports):
            sentence = chance.choice(text.split("\n")[1].split(". "))
            words = [word for word in sentence.split() if not is_function_word(*folded_words(word))]
            count = min(2 + number % 2, len(words))
            yield number, f"ما {' '.join(chance.sample(words, count))}؟"

    def meant(self, text: str) -> list[float]:
        """What a good model makes of a text: its stems, the rare ones first."""
        total = np.zeros(DIMENSIONS)
        for stem in sorted(stems_of(text)):
            total += log(1 + FILES / (1 + self._holders[stem])) * direction(stem)
        return unit(total.tolist())

    def with_noise(self, text: str) -> list[float]:
        noise = hash_vector(f"noise {text}", DIMENSIONS)
        return unit([one + 1.5 * other for one, other in zip(self.meant(text), noise, strict=True)])

    def wrong(self, text: str) -> list[float]:
        """As a good model's for a report; a question is sent to the report after the right one."""
        if len(text) > 200:
            return self.meant(text)
        right = int((self._meanings @ np.array(self.meant(text))).argmax())
        return list(self._meanings[(right + 1) % FILES])


def stems_of(text: str) -> frozenset[str]:
    return frozenset(map(light_stem, analyse(text, "ar").folded))


def by_chance(text: str) -> list[float]:
    return hash_vector(text, DIMENSIONS)


def constant(_: str) -> list[float]:
    return unit([1.0] * DIMENSIONS)


@pytest.fixture(scope="module")
def collection(seeds: Path) -> Collection:
    return Collection(seeds)


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(dimensions=DIMENSIONS) as running:
        yield running


def write_collection(library: Library, collection: Collection) -> None:
    for number, text in enumerate(collection.reports):
        library.write(f"{number}.txt", text)


def with_model(library: Library, server: OpenAIServer) -> KnowledgeBase:
    return knowledge_of(
        library,
        openai_api_key=server.key,
        openai_base_url=server.url,
        openai_embedding_model=MODEL,
        openai_timeout=5,
    )


def reciprocal_ranks(
    library: Library, asked: Sequence[tuple[int, str]], embed: Embed, weight: float
) -> npt.NDArray[np.float64]:
    paths = library.reader.read(lambda ledger, _: {one.id: one.path for one in ledger.files()})
    snapshot, found = library.snapshot, []
    for number, text in asked:
        channel = VectorChannel(
            lambda question: np.array(embed(question), np.float32), weight, lambda _v, _k: None
        )
        rows = ranked(snapshot, analyse(text), 10, channel)
        files = [paths[row.file] for row in rows]
        right = f"{number}.txt"
        found.append(1 / (1 + files.index(right)) if right in files else 0.0)
    return np.array(found)


@pytest.mark.parametrize("quality", ["good", "mediocre", "useless", "constant", "harmful"])
async def test_vectors_are_trusted_as_far_as_they_do_no_harm(
    library: Library, server: OpenAIServer, collection: Collection, quality: str
) -> None:
    embeds: dict[str, Embed] = {
        "good": collection.meant,
        "mediocre": collection.with_noise,
        "useless": by_chance,
        "constant": constant,
        "harmful": collection.wrong,
    }
    embed = embeds[quality]
    server.embed = lambda texts: list(map(embed, texts))
    write_collection(library, collection)
    with with_model(library, server) as knowledge:
        await knowledge.sync()
    found = calibration(library)
    assert found
    assert found.embedding == MODEL
    assert 0 <= found.vector_weight <= 0.4
    asked = list(collection.questions())
    alone = reciprocal_ranks(library, asked, embed, 0.0)
    gains = reciprocal_ranks(library, asked, embed, found.vector_weight) - alone
    assert gains.mean() >= -2 * gains.std() / np.sqrt(len(gains))
    if quality == "good":
        assert found.vector_weight > 0
    if quality == "harmful":
        assert found.vector_weight == 0
        # Trusted, they would have cost a lot.
        assert (reciprocal_ranks(library, asked, embed, 0.4) - alone).mean() < -0.2


async def test_a_server_that_is_down_puts_the_self_test_off_and_changes_nothing(
    library: Library,
    server: OpenAIServer,
    collection: Collection,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.embed = lambda texts: list(map(collection.meant, texts))
    write_collection(library, collection)
    with with_model(library, server) as knowledge:
        # The documents are embedded; the questions of the self-test are not.
        server.embedding_faults.extend([None, Fail(500), Fail(500)])
        report_ = await knowledge.sync()
        assert (report_.revision, report_.embedded) == (1, FILES)
        assert calibration(library) is None
        assert "the self-test is put off" in caplog.text
        number, text = next(collection.questions())
        assert knowledge.search(text)[0].file == f"{number}.txt"
        await knowledge.sync()
        assert calibration(library)
        assert library.revision == 1
        assert knowledge.search(text)[0].file == f"{number}.txt"
        assert server.embedded[collection.reports[0]] <= 1
