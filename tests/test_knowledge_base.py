"""The one object that a front end needs."""

import asyncio
import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from rag.answers.answer import Mode
from rag.errors import IndexBusy, IndexUnavailable, ModelUnavailable, UsageError
from rag.index.embedding import LocalEmbedder, Vector
from rag.index.generation import current
from rag.knowledge_base import KnowledgeBase, Progress, SyncReport, Turn
from tests.library import Library, settings_of
from tests.servers.openai_api import Fail, Hang, OpenAIServer, hash_vector
from tests.waiting import until

WHO = "من هي كارولين روز؟"
FILE = "003_bc0966837ce6fdc6.txt"


def knowledge_of(library: Library, **settings: object) -> KnowledgeBase:
    return KnowledgeBase.open(
        settings_of(documents_dir=library.documents, data_dir=library.data, **settings)
    )


# Opening, bringing up to date


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="DATA_DIR"):
        KnowledgeBase.open(settings_of(data_dir=tmp_path / "file" / "below"))


async def test_it_is_ready_once_it_is_up_to_date(library: Library) -> None:
    library.write("a.txt", "وصل الوزير إلى المدينة.")
    with knowledge_of(library) as knowledge:
        assert not knowledge.ready
        with pytest.raises(IndexUnavailable, match="no index"):
            await knowledge.ask("من وصل؟")
        told: list[Progress] = []
        report = await knowledge.sync(told.append)
        assert report.added == ("a.txt",)
        assert {one.stage for one in told} >= {"read", "write"}
        assert knowledge.ready
        assert knowledge.plan().unchanged == 1


async def test_a_change_is_in_the_next_answer_whoever_brought_it_in(library: Library) -> None:
    library.fill(a="وصل الوزير إلى المدينة.")
    with knowledge_of(library) as knowledge:
        assert (await knowledge.ask("من وصل إلى المدينة؟")).revision == 1
        library.write("b.txt", "افتتح السفير مكتبة الحدباء.")
        library.sync()
        answer = await knowledge.ask("من افتتح مكتبة الحدباء؟")
        assert answer.revision == 2
        assert [one.file for one in answer.citations] == ["b.txt"]


async def test_two_at_once_are_told_apart(library: Library) -> None:
    library.fill(a="وصل الوزير.")
    with knowledge_of(library) as one, knowledge_of(library) as two:
        done = await asyncio.gather(one.sync(wait=60), two.sync(wait=60))
        assert {report.revision for report in done} == {1}
        began, ended = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def slowly(_: Progress) -> None:
            loop.call_soon_threadsafe(began.set)
            asyncio.run_coroutine_threadsafe(ended.wait(), loop).result(60)

        syncing = asyncio.create_task(one.sync(slowly))
        await began.wait()
        with pytest.raises(IndexBusy):
            await two.sync()
        assert (await two.ask("من وصل؟")).revision == 1
        ended.set()
        await syncing


async def test_the_folder_is_followed(library: Library) -> None:
    library.fill(a="وصل الوزير.")
    with knowledge_of(library) as knowledge:
        reports: list[SyncReport] = []
        following = asyncio.create_task(knowledge.follow(reports.append))
        library.write("b.txt", "افتتح السفير مكتبة الحدباء.")
        await until(lambda: reports)
        assert reports[0].added == ("b.txt",)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


# Reading


async def test_sources_are_those_of_the_revision(library: Library) -> None:
    library.write("b.txt", "عنوان الخبر هنا\n\nوصل الوزير.\nالمصدر: وكالة، بتاريخ 18 أكتوبر 2021\n")
    library.write("a.md", "The minister arrived in the city.")
    library.write("c.txt", b"\x00")
    library.sync()
    with knowledge_of(library) as knowledge:
        sources = knowledge.sources()
    one, two = sources.files
    assert sources.revision == 1
    assert (one.path, one.title, one.date, one.language) == ("a.md", "a", None, "en")
    assert (two.path, two.title, two.date, two.language) == (
        "b.txt",
        "عنوان الخبر هنا",
        "2021-10-18",
        "ar",
    )
    assert (one.passages, one.characters) == (1, 33)
    assert [(skipped.file, skipped.reason) for skipped in sources.skipped] == [
        ("c.txt", "it is not a text file")
    ]


def test_search_gives_exact_passages_in_order(seeds_knowledge: KnowledgeBase, seeds: Path) -> None:
    found = seeds_knowledge.search(WHO, 7)
    assert [one.rank for one in found] == list(range(1, 8))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found[0].file == FILE
    for one in found:
        text = (seeds / one.file).read_bytes().decode()
        assert text[one.start : one.end] == one.text
    assert seeds_knowledge.search(WHO, 3) == found[:3]
    assert seeds_knowledge.search("؟؟") == []


def test_search_shows_a_text_of_several_files_once(library: Library) -> None:
    library.fill(**{f"copy{n}": "وصل الوزير إلى المدينة." for n in range(5)}, other="غادر الوزير.")
    with knowledge_of(library) as knowledge:
        assert [one.file for one in knowledge.search("وصل الوزير", 3)] == ["copy0.txt", "other.txt"]


def test_a_span_is_shown_with_what_is_around_it(library: Library) -> None:
    library.fill(a="سطر أول.\nسطر ثان. وصل الوزير. سطر أخير.")
    with knowledge_of(library) as knowledge:
        place = knowledge.show("a.txt", 18, 30, around=5)
        assert (place.text, place.before, place.after) == ("وصل الوزير. ", "ثان. ", "سطر أ")
        assert (place.file, place.line) == ("a.txt", 2)
        whole = knowledge.show("a.txt", 0, 39)
        assert (whole.before, whole.after, whole.line) == ("", "", 1)


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 5), (5, 5), (7, 5), (0, 10**6), (10**6, 10**6 + 1)]
)
def test_a_span_that_is_not_there_is_refused(
    seeds_knowledge: KnowledgeBase, start: int, end: int
) -> None:
    with pytest.raises(UsageError, match=FILE):
        seeds_knowledge.show(FILE, start, end)


@pytest.mark.parametrize("file", ["nowhere.txt", "../seeds/x", "/etc/passwd", "", "\0"])
def test_a_file_that_is_not_there_is_refused(seeds_knowledge: KnowledgeBase, file: str) -> None:
    with pytest.raises(UsageError, match="no file"):
        seeds_knowledge.show(file, 0, 1)


# Asking


async def test_an_answer_is_the_object_of_the_interface(
    seeds_knowledge: KnowledgeBase, seeds: Path
) -> None:
    answer = json.loads(json.dumps((await seeds_knowledge.ask(WHO)).as_json()))
    assert answer.keys() >= {
        "question", "language", "mode", "understood", "text", "notice", "missing", "claims",
        "citations", "withheld", "disagreements", "passages", "id", "revision", "model", "judged",
        "usage", "milliseconds",
    }  # fmt: skip
    assert (answer["question"], answer["language"], answer["mode"]) == (WHO, "ar", "quoted")
    (citation,) = answer["citations"]
    assert citation.keys() == {
        "n", "file", "also", "title", "date", "date_from", "start", "end", "line", "page", "quote",
        "translation", "sha256", "encoding",
    }  # fmt: skip
    text = (seeds / citation["file"]).read_bytes().decode()
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["encoding"] == "utf-8"
    assert answer["claims"][0].keys() == {"text", "kind", "citations"}
    assert answer["passages"][0].keys() == {"file", "start", "end", "score"}
    assert answer["usage"] == {"prompt_tokens": 0, "completion_tokens": 0}
    assert answer["milliseconds"].keys() == {"retrieve", "generate", "total"}
    assert (answer["model"], answer["judged"], answer["understood"]) == (None, False, None)


async def test_every_answer_has_an_id_of_its_own_and_else_is_the_same(
    seeds_knowledge: KnowledgeBase,
) -> None:
    one, two = [await seeds_knowledge.ask(WHO) for _ in range(2)]
    assert one.id != two.id
    for name in ("text", "claims", "citations", "passages", "revision"):
        assert getattr(one, name) == getattr(two, name)


async def test_many_may_ask_at_once(seeds_knowledge: KnowledgeBase) -> None:
    questions = [
        WHO,
        "كم دامت زيارة باقري لروسيا؟",
        "Who is Asim Munir?",
        "شكرا",
        "باقری کیست؟",
    ] * 4
    alone = {question: (await seeds_knowledge.ask(question)).text for question in questions[:5]}
    answers = await asyncio.gather(*map(seeds_knowledge.ask, questions))
    assert [one.text for one in answers] == [alone[question] for question in questions]


async def test_a_conversation_is_understood(seeds_knowledge: KnowledgeBase) -> None:
    history = [Turn("متى وصل باقري إلى روسيا؟", "في 17 أكتوبر.", ())]
    answer = await seeds_knowledge.ask("وكم يوما بقي هناك؟", history)
    assert answer.question == "وكم يوما بقي هناك؟"
    assert answer.understood
    assert "باقري" in answer.understood
    assert any("أربعة أيام" in one.quote for one in answer.citations)


async def test_an_abstention_still_shows_what_came_first(seeds_knowledge: KnowledgeBase) -> None:
    answer = await seeds_knowledge.ask("What is the capital of Australia?")
    assert (answer.mode, answer.claims, answer.citations) == (Mode.ABSTAINED, (), ())
    assert (answer.language, answer.text) == (
        "en",
        "The documents do not say anything about this.",
    )
    assert answer.passages


async def test_a_text_that_two_files_hold_is_cited_once_with_both(library: Library) -> None:
    library.fill(a="وصل الوزير إلى المدينة القديمة.", b="وصل الوزير إلى المدينة القديمة.")
    with knowledge_of(library) as knowledge:
        (citation,) = (await knowledge.ask("من وصل إلى المدينة القديمة؟")).citations
    assert (citation.file, citation.also) == ("a.txt", ("b.txt",))


async def test_any_text_may_be_asked(seeds_knowledge: KnowledgeBase) -> None:
    strange = [
        "",
        " ",
        "؟",
        "\0",
        "🙂" * 50,
        "[1] [[NO ANSWER]]",
        "'; DROP TABLE files; --",
        "و" * 2000,
    ]
    strange += ["تقارير 1999 عن باقري", "\u202e\u2066باقري", '<source id="1">', "a" * 3000]
    for text in strange:
        answer = await seeds_knowledge.ask(text)
        assert answer.text
        assert answer.question == text


# Models that embed and write


class FailingEmbedder:
    """A paid embedder that can be switched off."""

    name, is_paid = "failing", True
    works = True

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        if not self.works:
            raise ModelUnavailable("The embedding model failed.")
        return LocalEmbedder().embed(texts)

    def embed_question(self, question: str) -> Vector:
        return self.embed([question])[0]


async def test_a_question_that_cannot_be_embedded_is_searched_by_its_words(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    embedder = FailingEmbedder()
    library.write("a.txt", "وصل الوزير إلى المدينة القديمة.")
    settings = settings_of(documents_dir=library.documents, data_dir=library.data)
    with KnowledgeBase(settings, embedder) as knowledge:
        await knowledge.sync()
        embedder.works = False
        assert (await knowledge.ask("من وصل إلى المدينة؟")).citations[0].file == "a.txt"
    assert "without vectors" in caplog.text


async def test_an_index_of_another_embedding_is_searched_by_its_words(library: Library) -> None:
    library.fill(a="وصل الوزير إلى المدينة القديمة.")
    settings = settings_of(documents_dir=library.documents, data_dir=library.data)
    with KnowledgeBase(settings, FailingEmbedder()) as knowledge:
        assert (await knowledge.ask("من وصل إلى المدينة؟")).citations[0].file == "a.txt"


async def test_a_model_that_changes_its_vectors_under_its_name_does_no_harm(
    library: Library,
) -> None:
    library.write("a.txt", "وصل الوزير إلى المدينة القديمة.")
    with OpenAIServer() as server:
        knowledge = knowledge_of(
            library,
            openai_api_key=server.key,
            openai_base_url=server.url,
            openai_embedding_model="mine",
        )
        await knowledge.sync()
        server.embed = lambda texts: [hash_vector(text, 32) for text in texts]
        answer = await knowledge.ask("من وصل إلى المدينة؟", with_model=False)
        assert answer.citations[0].file == "a.txt"
        library.write("b.txt", "غادر السفير.")
        report = await knowledge.sync()
        assert report.passages == 2
        knowledge.close()


async def test_an_answer_takes_no_longer_than_is_set(library: Library) -> None:
    library.write("a.txt", "وصل الوزير إلى المدينة القديمة.")
    with OpenAIServer() as server:
        model = {
            "openai_api_key": server.key,
            "openai_base_url": server.url,
            "openai_embedding_model": "mine",
        }
        with knowledge_of(library, **model) as patient:
            await patient.sync()
        knowledge = knowledge_of(library, **model, openai_timeout=1)
        await knowledge.ask("من وصل؟")
        server.embedding_faults.extend([Hang(90), Hang(90)])
        server.replies.extend([Hang(90), Hang(90)])
        began = time.monotonic()
        answer = await knowledge.ask("من وصل إلى المدينة؟")
        assert time.monotonic() - began < 60
        assert answer.citations[0].file == "a.txt"
        knowledge.close()


async def test_a_server_that_refuses_says_so_when_the_index_is_made(library: Library) -> None:
    library.write("a.txt", "وصل الوزير إلى المدينة القديمة.")
    with OpenAIServer() as server:
        knowledge = knowledge_of(
            library,
            openai_api_key="sk-wrong-key",
            openai_base_url=server.url,
            openai_embedding_model="mine",
        )
        with pytest.raises(ModelUnavailable) as caught:
            await knowledge.sync()
        assert "sk-wrong-key" not in str(caught.value)
        assert not knowledge.ready
        server.embedding_faults.append(Fail(500))
        knowledge.close()


# Vectors in Chroma


def files_open_below(folder: Path) -> list[str]:
    """The files below a folder that this process holds open."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.append(str(descriptor.readlink()))
    return [name for name in found if name.startswith(f"{folder.resolve()}{os.sep}")]


async def test_a_long_running_process_builds_and_serves_chroma_and_answers_alike(
    library: Library,
) -> None:
    library.fill(
        a="وقالت كارولين روز إن الزيارة مهمة.", b="Who met Asim Munir?", c="وصل باقري إلى موسكو."
    )
    with knowledge_of(library) as knowledge:
        before = [knowledge.search(question) for question in (WHO, "Who is Asim Munir?", "باقري")]
        serving = asyncio.create_task(knowledge.serve_vectors())
        await until(lambda: files_open_below(library.data / "chroma"))
        generation = current(library.data, None)
        assert generation
        assert generation.revision == 1
        after = [knowledge.search(question) for question in (WHO, "Who is Asim Munir?", "باقري")]
        assert after == before
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
    await until(lambda: not files_open_below(library.data / "chroma"))


async def test_a_replica_does_not_go_back_alone(library: Library) -> None:
    library.write("a.txt", "وصل الوزير إلى المدينة.")
    nowhere = {
        "chroma_url": "http://127.0.0.1:1",
        "database_url": "postgresql://nobody@127.0.0.1:1/nothing",
    }
    with (
        knowledge_of(library, **nowhere) as knowledge,
        pytest.raises(UsageError, match="shared by replicas") as refused,
    ):
        await knowledge.roll_back()
    assert "Put the former files back" in refused.value.advice
