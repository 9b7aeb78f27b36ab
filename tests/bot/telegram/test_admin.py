"""What admins do in Telegram, from message to message, against the test bench."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.store.journal import Action
from rag.answers.answer import Mode
from rag.errors import IndexBusy
from rag.knowledge_base import KnowledgeBase, Progress, Skipped, Sources, SourceSummary
from tests.bot.doubles import ScriptedKnowledge, answered
from tests.bot.telegram.admin_bot import ADMIN, LISTED, AdminBot, running
from tests.library import settings_of
from tests.servers.bot_api import BotApiServer, Chat, Message, Upload
from tests.waiting import PATIENCE, wait_until

NEWS = "افتتاح مكتبة الحدباء\n\nافتتح الوزير مكتبة الحدباء في الموصل يوم الخميس.\n".encode()
STRANGER = 99


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def scripted() -> ScriptedKnowledge:
    return ScriptedKnowledge()


@pytest.fixture
def office(server: BotApiServer, tmp_path: Path, scripted: ScriptedKnowledge) -> Iterator[AdminBot]:
    """A bot whose documents are scripted."""
    (tmp_path / "documents").mkdir()
    with running(AdminBot(tmp_path, scripted), server) as bot:
        yield bot


@pytest.fixture
def library(server: BotApiServer, tmp_path: Path) -> Iterator[AdminBot]:
    """A bot with an index of its own."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "old.txt").write_text("وصل الوفد إلى بغداد صباح السبت.\n", "utf-8")
    settings = settings_of(documents_dir=documents, data_dir=tmp_path / "data")
    with KnowledgeBase.open(settings) as knowledge:
        asyncio.run(knowledge.sync())
        with running(AdminBot(tmp_path, knowledge), server) as bot:
            yield bot


def tell(chat: Chat, text: str, words: str) -> Message:
    """The bot's next message with these words after a person has said something."""
    assert chat.owner
    chat.say(chat.owner, text)
    return chat.wait_for(lambda message: words in message.text, timeout=PATIENCE)


def press(chat: Chat, message: Message, button: str, words: str) -> Message:
    """The message with these words that a press has led to."""
    assert chat.owner
    chat.owner.presses(message, button)
    return chat.wait_for(lambda message: words in message.text, timeout=PATIENCE)


def admin_chat(server: BotApiServer, language: str = "en") -> Chat:
    return server.user(ADMIN, language).chat()


def labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]


# Reading the documents again


def test_reading_again_shows_its_progress_in_one_message_and_ends_with_the_report(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.progresses = [Progress("read", 1, 2), Progress("write", 2, 2)]
    chat = admin_chat(server)
    report = tell(chat, "/reindex", "revision \u20684\u2069")
    assert "Added (\u20681\u2069):\n\u200e• \u2068new.txt\u2069" in report.text
    assert len([message for message in chat.messages if message.by_bot]) == 1
    assert "Reading the documents" in report.history[0]["text"]
    assert report.buttons == []
    assert office.actions == [Action.REINDEX]
    assert scripted.lifted == [True]


def test_whoever_reads_again_can_cancel_it(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.progresses = Endlessly(lambda number: Progress("read", number + 1, 1_000_000))
    chat = admin_chat(server)
    shown = tell(chat, "/reindex", "Reading")
    stopped = press(chat, shown, "Cancel", "Stopped.")
    assert stopped.id == shown.id
    assert stopped.buttons == []
    assert office.actions == [Action.CANCEL]


def test_the_report_arrives_though_its_message_was_deleted(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    going_on = threading.Event()
    going_on.set()
    scripted.progresses = Endlessly(lambda number: Progress("read", number, 10), going_on)
    chat = admin_chat(server)
    chat.delete(tell(chat, "/reindex", "Reading"))
    going_on.clear()
    assert "new.txt" in chat.wait_for(lambda message: "Added" in message.text, PATIENCE).text


def test_the_report_arrives_after_a_flood_wait(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.progresses = [Progress("read", 1, 2)]
    server.fail("editMessageText", 429, retry_after=1)
    chat = admin_chat(server)
    tell(chat, "/reindex", "Added")
    assert len([message for message in chat.messages if message.by_bot]) == 1


def test_a_reading_that_another_process_does_is_told(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.sync_failure = IndexBusy("busy")
    assert "try again in a minute" in tell(admin_chat(server), "/reindex", "being read").text


def test_long_lists_of_a_report_are_cut_and_counted(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    names = tuple(f"{number:03}.txt" for number in range(300))
    scripted.report = replace(scripted.report, added=names, skipped=(Skipped("x.txt", "empty"),))
    report = tell(admin_chat(server), "/reindex", "Added")
    assert "(\u2068300\u2069)" in report.text
    assert "and \u2068285\u2069 more" in report.text
    assert "\u2068x.txt\u2069: \u2068empty\u2069" in report.text


# Documents that are sent


def send(chat: Chat, name: str, content: bytes, words: str) -> Message:
    """The bot's next message with these words after a document was sent."""
    assert chat.owner
    chat.send_document(chat.owner, Upload(name, content))
    return chat.wait_for(lambda message: words in message.text, timeout=PATIENCE)


def test_a_document_that_is_sent_is_added_after_a_confirmation(
    server: BotApiServer, library: AdminBot
) -> None:
    chat = admin_chat(server)
    question = send(chat, "../../خبر\u202e.TXT", NEWS, "to the documents?")
    assert "خبر.txt" in question.text
    assert labels(question) == ["Add", "Cancel"]
    assert not (library.documents / "خبر.txt").exists()
    report = press(chat, question, "Add", "was added")
    assert report.id == question.id
    assert "Added (\u20681\u2069)" in report.text
    assert report.buttons == []
    assert (library.documents / "خبر.txt").read_bytes() == NEWS
    assert sorted(one.name for one in library.documents.iterdir()) == ["old.txt", "خبر.txt"]
    assert library.actions == [Action.ADD, Action.REINDEX]


def test_a_document_is_fetched_again_where_telegram_asks_for_patience(
    server: BotApiServer, library: AdminBot
) -> None:
    chat = admin_chat(server)
    question = send(chat, "news.txt", NEWS, "to the documents?")
    server.fail("getFile", 429, retry_after=0)
    server.reset("getFile")
    press(chat, question, "Add", "was added")
    assert (library.documents / "news.txt").exists()


def test_each_of_several_documents_sent_at_once_is_offered(
    server: BotApiServer, office: AdminBot
) -> None:
    chat = admin_chat(server)
    assert chat.owner
    with server.changed:
        for number in range(3):
            sent = chat.found(chat.send_document(chat.owner, Upload(f"{number}.txt", NEWS)))
            sent.object["media_group_id"] = "1"
    offers = chat.wait_for(3, timeout=PATIENCE)
    assert [re.findall(r"\d\.txt", offer.text) for offer in offers] == [
        ["0.txt"],
        ["1.txt"],
        ["2.txt"],
    ]


def test_a_question_about_a_document_is_answered_after_a_restart(
    server: BotApiServer, tmp_path: Path, scripted: ScriptedKnowledge
) -> None:
    (tmp_path / "documents").mkdir()
    chat = admin_chat(server)
    with running(AdminBot(tmp_path, scripted), server):
        question = send(chat, "a.txt", NEWS, "to the documents?")
    with running(AdminBot(tmp_path, scripted), server, restarted=True):
        press(chat, question, "Add", "was added")
    assert (tmp_path / "documents" / "a.txt").read_bytes() == NEWS


@pytest.mark.parametrize("wish", ["Add", "Keep both"])
def test_a_document_whose_adding_a_stop_has_ended_is_added_after_it(
    server: BotApiServer, tmp_path: Path, scripted: ScriptedKnowledge, wish: str
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    if wish == "Keep both":
        (documents / "a.txt").write_text("خبر آخر.\n", "utf-8")
    scripted.sync_gate = asyncio.Event()
    chat = admin_chat(server)
    with running(AdminBot(tmp_path, scripted), server):
        question = send(chat, "a.txt", NEWS, "a.txt")
        assert chat.owner
        chat.owner.presses(question, wish).wait_for_answer(PATIENCE)
        wait_until(scripted.sync_waits.is_set)
    scripted.sync_gate = None
    with running(AdminBot(tmp_path, scripted), server, restarted=True):
        report = chat.wait_for(lambda message: "was added" in message.text, timeout=PATIENCE)
    assert report.id == question.id
    name = "a.txt" if wish == "Add" else "a (2).txt"
    assert (documents / name).read_bytes() == NEWS
    assert len(list(documents.iterdir())) == 1 + (wish == "Keep both")


def test_a_document_that_was_not_fetched_before_a_stop_is_fetched_after_it(
    server: BotApiServer, tmp_path: Path, scripted: ScriptedKnowledge
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    chat = admin_chat(server)
    with running(AdminBot(tmp_path, scripted), server):
        question = send(chat, "a.txt", NEWS, "to the documents?")
        server.fail("getFile", 429, retry_after=600)
        assert chat.owner
        chat.owner.presses(question, "Add")
        chat.wait_for(lambda message: "being added" in message.text, timeout=PATIENCE)
    assert list(documents.iterdir()) == []
    with running(AdminBot(tmp_path, scripted), server, restarted=True):
        chat.wait_for(lambda message: "was added" in message.text, timeout=PATIENCE)
    assert (documents / "a.txt").read_bytes() == NEWS


def test_what_a_stop_has_ended_of_a_removal_or_a_reading_is_done_after_it(
    server: BotApiServer, tmp_path: Path, scripted: ScriptedKnowledge
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "old.txt").write_bytes(NEWS)
    scripted.listing, scripted.sync_gate = sources("old.txt"), asyncio.Event()
    chat = admin_chat(server)

    def texts() -> list[str]:
        return [message.text for message in chat.messages if message.by_bot]

    def is_noted(bot: AdminBot) -> bool:
        with bot.database.transaction() as cursor:
            found = cursor.execute("SELECT 1 FROM inbox WHERE message IS NOT NULL").fetchone()
        return found is not None

    with running(AdminBot(tmp_path, scripted), server) as bot:
        question = tell(chat, "/remove old", "Delete")
        assert chat.owner
        chat.owner.presses(question, "Delete").wait_for_answer(PATIENCE)
        wait_until(scripted.sync_waits.is_set)
        tell(chat, "/reindex", "Reading")
        wait_until(lambda: is_noted(bot))
    scripted.sync_gate = None
    with running(AdminBot(tmp_path, scripted), server, restarted=True):
        wait_until(lambda: sum("evision" in text for text in texts()) == 2)
        wait_until(lambda: not any("Reading" in text for text in texts()))
    assert len(texts()) == 2
    assert list(documents.iterdir()) == []


def test_a_page_that_was_asked_for_comes_after_a_flood_wait(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.listing = sources(*(f"{number:03}.txt" for number in range(25)))
    chat = admin_chat(server)
    first = tell(chat, "/sources", "000.txt")
    server.fail("editMessageText", 429, retry_after=1)
    press(chat, first, "▶", "012.txt")
    gone = tell(chat, "/sources", "000.txt")
    server.fail("editMessageText", 400, times=2)  # also without its styles
    assert press(chat, gone, "▶", "012.txt").id != gone.id


def test_a_document_that_is_not_wished_is_not_added(
    server: BotApiServer, library: AdminBot
) -> None:
    chat = admin_chat(server)
    question = send(chat, "a.txt", NEWS, "to the documents?")
    assert press(chat, question, "Cancel", "Nothing was added").buttons == []
    assert not (library.documents / "a.txt").exists()


def test_a_document_is_replaced_only_when_told_to(server: BotApiServer, library: AdminBot) -> None:
    chat = admin_chat(server)
    question = send(chat, "OLD.txt", NEWS, "already")
    assert labels(question) == ["Replace", "Keep both", "Cancel"]
    assert "\u2068old (2).txt\u2069" in press(
        chat, question, "Keep both", "was added"
    ).text.replace("OLD", "old")
    assert (
        "Changed (\u20681\u2069)"
        in press(
            chat, send(chat, "old.txt", NEWS + NEWS, "already"), "Replace", "was replaced"
        ).text
    )
    assert (library.documents / "old.txt").read_bytes() == NEWS + NEWS
    assert library.actions == [Action.ADD, Action.REINDEX, Action.REPLACE, Action.REINDEX]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.exe", b"MZ", "I cannot read \u2068virus"),
        ("empty.txt", b"", "is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(
    server: BotApiServer, office: AdminBot, name: str, content: bytes, words: str
) -> None:
    refusal = send(admin_chat(server), name, content, words)
    assert refusal.buttons == []
    assert office.actions == []


def test_what_turns_out_unreadable_is_not_kept(server: BotApiServer, office: AdminBot) -> None:
    chat = admin_chat(server)
    question = send(chat, "a.txt", b"\x00\x01\x02\xff" * 50, "to the documents?")
    assert "was not added" in press(chat, question, "Add", "not added").text
    assert list(office.documents.iterdir()) == []


def test_a_document_that_was_deleted_in_the_chat_cannot_be_added(
    server: BotApiServer, office: AdminBot
) -> None:
    chat = admin_chat(server)
    assert chat.owner
    question = send(chat, "a.txt", NEWS, "to the documents?")
    del question.object["reply_to_message"]
    query = chat.owner.presses(question, "Add")
    assert "send it to me again" in str(answer_to(server, query.id))
    assert list(office.documents.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(server: BotApiServer, office: AdminBot) -> None:
    office.documents.rmdir()
    send(admin_chat(server), "a.txt", NEWS, "cannot be written")


def test_a_document_of_a_reader_is_not_taken(server: BotApiServer, office: AdminBot) -> None:
    chat = server.user(LISTED, "en").chat()
    assert send(chat, "a.txt", NEWS, "I can only read").buttons == []
    assert list(office.documents.iterdir()) == []


# Deleting


def test_a_document_is_deleted_after_a_confirmation(
    server: BotApiServer, library: AdminBot
) -> None:
    chat = admin_chat(server)
    kept = press(chat, tell(chat, "/remove old", "Delete"), "Cancel", "Nothing was deleted")
    assert kept.buttons == []
    assert (library.documents / "old.txt").exists()
    report = press(chat, tell(chat, "/remove old", "Delete"), "Delete", "was deleted")
    assert "Removed (\u20681\u2069)" in report.text
    assert not (library.documents / "old.txt").exists()
    assert library.actions == [Action.REMOVE, Action.REINDEX]


def test_of_several_documents_one_is_chosen(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.listing = sources("a/خبر.txt", "b/خبر.txt", *(f"{n}.md" for n in range(20)))
    chat = admin_chat(server)
    which = tell(chat, "/remove خبر", "Which")
    assert labels(which) == ["\u2068a/خبر.txt\u2069", "\u2068b/خبر.txt\u2069", "Cancel"]
    asked = press(chat, which, "\u2068b/خبر.txt\u2069", "cannot be undone")
    assert "b/خبر.txt" in asked.text
    assert "was not there any more" in press(chat, asked, "Delete", "revision").text
    tell(chat, "/remove md", "\u206820\u2069 documents have a name like")
    tell(chat, "/remove nothing", "know of no document")
    tell(chat, "/remove", "Which document")


# The list of documents


def sources(*paths: str) -> Sources:
    files = [SourceSummary(path, f"عنوان {path}", None, "ar", 1, 10) for path in paths]
    return Sources(3, tuple(files), ())


def test_the_documents_are_listed_in_pages_and_searched(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.listing = sources(*(f"{number:03}.txt" for number in range(25)))
    chat = server.user(LISTED, "en").chat()
    first = tell(chat, "/sources", "Page \u20681\u2069 of \u20683\u2069")
    assert labels(first) == ["▶"]
    assert "009.txt" in first.text
    assert "010.txt" not in first.text
    second = press(chat, first, "▶", "Page \u20682\u2069")
    assert labels(second) == ["◀", "▶"]
    assert labels(press(chat, second, "▶", "024.txt")) == ["◀"]
    found = tell(chat, "/sources عنوان 01", "have “\u2068عنوان 01\u2069”")
    assert labels(found) == ["▶"]
    assert "012.txt" in found.text
    assert (
        "001.txt"
        in press(chat, tell(chat, "/sources عنوان", "003.txt"), "▶", "012").history[0]["text"]
    )
    tell(chat, "/sources لا شيء", "No document")


def test_for_those_who_read_from_the_right_the_next_page_is_on_the_left(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.listing = sources(*(f"{number:03}.txt" for number in range(25)))
    chat = server.user(LISTED, "ar").chat()
    first = tell(chat, "/sources", "الصفحة")
    assert labels(first) == ["◀"]
    assert labels(press(chat, first, "◀", "010.txt")) == ["◀", "▶"]


# Figures


def test_the_figures_come_with_a_chart(
    server: BotApiServer, office: AdminBot, scripted: ScriptedKnowledge
) -> None:
    scripted.answer = answered(mode=Mode.ABSTAINED, milliseconds={"total": 900})
    scripted.listing = sources("a.txt", "b.txt")
    chat = admin_chat(server)
    for _ in range(2):
        tell(chat, "؟ من", "كارولين")
    tell(chat, "/reindex", "revision")
    status = tell(chat, "/status", "How I am doing")
    assert "photo" in status.object
    assert "Revision \u20683\u2069. Documents: \u20682\u2069" in status.text
    assert "Without an answer: \u20682\u2069 today" in status.text
    assert re.search(r"within \u2068(0\.9|1\.0|1\.1)\u2069 s", status.text)
    assert "the documents were read again" in status.text
    assert "🟦" in status.text


def test_the_figures_are_told_without_a_picture_where_that_is_refused(
    server: BotApiServer, office: AdminBot
) -> None:
    server.fail("sendPhoto", 400, times=5)
    status = tell(admin_chat(server), "/status", "How I am doing")
    assert "photo" not in status.object


# People


def test_somebody_is_allowed_and_blocked_again(server: BotApiServer, office: AdminBot) -> None:
    admin, guest = admin_chat(server), server.user(STRANGER, "en", "Ali").chat()
    tell(guest, "who is she?", "not open to everyone")
    person = tell(admin, "/users ٩٩", "May not ask now")
    assert labels(person) == ["Allow", "Block", "Back"]
    allowed = press(admin, person, "Allow", "May ask now")
    assert "Ali" in allowed.text
    tell(guest, "who is she?", "كارولين")
    listed = press(admin, allowed, "Back", "Allowed: \u20681\u2069")
    assert "✅ \u2068Ali\u2069" in labels(listed)
    person = press(admin, listed, "✅ \u2068Ali\u2069", "One question is kept")
    press(admin, person, "Block", "May not ask now")
    tell(guest, "who is she?", "not open to everyone")
    undecided = press(admin, person, "Take back", "Nothing was decided")
    assert labels(undecided) == ["Allow", "Block", "Back"]
    assert office.actions == [Action.ALLOW, Action.BLOCK, Action.DROP]


def test_admins_are_not_decided_about(server: BotApiServer, office: AdminBot) -> None:
    chat = admin_chat(server)
    assert labels(tell(chat, f"/users {ADMIN}", "TELEGRAM_ADMIN_IDS")) == ["Back"]
    tell(chat, "/users everyone", "I expect the number")


def invited(server: BotApiServer, chat: Chat) -> str:
    """The parameter of a new invitation's link."""
    message = press(chat, tell(chat, "/users", "Allowed:"), "New invitation", "Whoever follows")
    link = re.search(r"https://t\.me/isnad_test_bot\?start=(\S+)", message.text)
    assert link
    return link[1]


def test_an_invitation_lets_one_person_in(server: BotApiServer, office: AdminBot) -> None:
    admin = admin_chat(server, "fa")
    message = press(admin, tell(admin, "/users", "مجاز"), "دعوت‌نامهٔ تازه", "پیوند")
    parameter = message.text.partition("start=")[2]
    guest, other = server.user(STRANGER, "en", "Ali"), server.user(98, "en")
    guest.starts(parameter)
    welcome = guest.chat().wait_for(timeout=PATIENCE)
    assert "The invitation has let you in" in welcome.text
    assert "/help" in welcome.text
    told = admin.wait_for(lambda message: "\u2068Ali\u2069" in message.text, timeout=PATIENCE)
    assert "با دعوت‌نامهٔ شما آمد" in told.text  # in the language of the admin's app
    tell(guest.chat(), "من؟", "كارولين")
    other.starts(parameter)
    assert "used already" in other.chat().wait_for(timeout=PATIENCE).text
    tell(other.chat(), "who is she?", "not open to everyone")
    assert office.actions == [Action.INVITE, Action.JOIN]


def test_what_is_no_invitation_opens_nothing(server: BotApiServer, office: AdminBot) -> None:
    guest = server.user(STRANGER, "en")
    guest.starts("join_" + "A" * 22)
    assert "do not know this invitation" in guest.chat().wait_for(timeout=PATIENCE).text
    tell(guest.chat(), "who is she?", "not open to everyone")


def test_open_invitations_can_be_withdrawn(server: BotApiServer, office: AdminBot) -> None:
    chat = admin_chat(server)
    parameter = invited(server, chat)
    people = tell(chat, "/users", "open invitations: \u20681\u2069")
    press(chat, people, "Withdraw the open invitations", "open invitations: \u20680\u2069")
    guest = server.user(STRANGER, "en")
    guest.starts(parameter)
    assert "do not know" in guest.chat().wait_for(timeout=PATIENCE).text


def test_whoever_is_blocked_is_not_let_in_by_an_invitation(
    server: BotApiServer, office: AdminBot
) -> None:
    chat = admin_chat(server)
    press(chat, tell(chat, f"/users {STRANGER}", "May not"), "Block", "Blocked on")
    guest = server.user(STRANGER, "en")
    guest.starts(invited(server, chat))
    assert "not open to everyone" in guest.chat().wait_for(timeout=PATIENCE).text


# Who may, and where


@pytest.mark.parametrize("command", ["/reindex", "/status", "/users", "/remove a.txt"])
@pytest.mark.parametrize(
    ("language", "words"), [("ar", "للمشرفين"), ("fa", "ویژهٔ مدیران"), ("en", "for admins only")]
)
def test_others_are_refused_in_a_sentence_of_their_language(
    server: BotApiServer, office: AdminBot, command: str, language: str, words: str
) -> None:
    assert "\n" not in tell(server.user(LISTED, language).chat(), command, words).text
    assert office.actions == []


def test_the_buttons_of_admins_do_nothing_for_others(
    server: BotApiServer, office: AdminBot
) -> None:
    group = server.group(-1001234567890, "غرفة الأخبار")
    reader, admin = server.user(LISTED, "en"), server.user(ADMIN, "en")
    group.say(admin, "/reindex")
    # No edit comes after that.
    report = group.wait_for(lambda message: "Added" in message.text, timeout=PATIENCE)
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "users:allowed:99:1"}]]}
    report.object["reply_markup"] = keyboard
    query = reader.presses(report, "x")
    assert "for admins only" in str(answer_to(server, query.id))
    assert Action.ALLOW not in office.actions


@pytest.mark.parametrize("command", ["/status", "/users", "/remove a.txt"])
def test_what_is_not_for_all_eyes_is_said_in_private_only(
    server: BotApiServer, office: AdminBot, command: str
) -> None:
    group = server.group(-1001234567890, "غرفة الأخبار")
    group.say(server.user(ADMIN, "en"), command)
    assert "in private" in group.wait_for(timeout=PATIENCE).text


def answer_to(server: BotApiServer, query: str) -> Any:
    """How the bot has answered a press."""
    with server.changed:
        assert server.changed.wait_for(lambda: server.answers.get(query), PATIENCE)
        return server.answers[query]


class Endlessly:
    """Steps of an indexer that never ends by itself, or only where it does not go on."""

    def __init__(
        self, step: Callable[[int], Progress], going_on: threading.Event | None = None
    ) -> None:
        self._step, self._going_on = step, going_on

    def __iter__(self) -> Iterator[Progress]:
        number = 0
        while self._going_on is None or self._going_on.is_set():
            yield self._step(number)
            number += 1
