"""What admins do, with the real command: a document sent in Telegram is answered from."""

from tests.end_to_end.telegram_bot import ADMIN, Start
from tests.servers.bot_api import BotApiServer, Upload
from tests.waiting import PATIENCE

NEWS = "افتتاح مكتبة الحدباء\n\nافتتح الوزير مكتبة الحدباء في الموصل يوم الخميس.\n"


def test_an_admin_adds_a_document_invites_a_guest_and_the_guest_is_answered_from_it(
    server: BotApiServer, start: Start
) -> None:
    bot = start(TELEGRAM_ALLOWED_IDS="7")
    admin, guest = server.user(ADMIN, "en"), server.user(99, "en", "Ali")
    office, chat = admin.chat(), guest.chat()

    office.send_document(admin, Upload("new.txt", NEWS.encode()))
    offer = office.wait_for(lambda message: "to the documents?" in message.text, PATIENCE)
    admin.presses(offer, "Add")
    report = office.wait_for(lambda message: "Added" in message.text, PATIENCE)
    assert report.id == offer.id

    office.say(admin, "/users")
    people = office.wait_for(lambda message: "Allowed:" in message.text, PATIENCE)
    admin.presses(people, "New invitation")
    invitation = office.wait_for(lambda message: "?start=" in message.text, PATIENCE)
    parameter = invitation.text.partition("?start=")[2]
    guest.starts(parameter)
    assert "let you in" in chat.wait_for(timeout=PATIENCE).text
    chat.say(guest, "أين افتتح الوزير مكتبة الحدباء؟")
    answer = chat.wait_for(lambda message: "new.txt" in message.text, PATIENCE)
    assert "[1]" in answer.text

    office.say(admin, "/status")
    status = office.wait_for(lambda message: "How I am doing" in message.text, PATIENCE)
    assert "Questions: \u20681\u2069 today" in status.text
    assert "new.txt" in status.text
    assert parameter not in bot.output
