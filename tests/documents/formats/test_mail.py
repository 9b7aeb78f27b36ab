"""E-mails as programs send them: encodings, alternatives, forwarded and attached parts."""

from email.message import EmailMessage

import pytest

from rag.documents.extraction import Extractor
from rag.documents.formats.extracted import Extracted

BODY = "وصل رئيس الأركان إلى موسكو أمس، وقال إنه سيعود قريبا."


def read(extractor: Extractor, message: EmailMessage) -> Extracted:
    return extractor.extract(message.as_bytes(), "eml")


def mail(subject: str = "زيارة", date: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "a@example.org"
    if date:
        message["Date"] = date
    return message


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_every_charset_and_transfer_encoding_is_read(
    extractor: Extractor, charset: str, transfer: str
) -> None:
    message = mail()
    message.set_content(BODY, charset=charset, cte=transfer)
    found = read(extractor, message)
    assert BODY in found.text
    assert found.title == "زيارة"


def test_of_alternatives_the_plain_one_is_read_and_html_where_it_is_alone(
    extractor: Extractor,
) -> None:
    both, alone = mail(), mail()
    both.set_content(BODY)
    both.add_alternative("<p>other</p>", subtype="html")
    alone.set_content(
        f"<html><body><style>p {{}}</style><p>{BODY}</p></body></html>", subtype="html"
    )
    assert "other" not in read(extractor, both).text
    assert read(extractor, alone).text.endswith(f"\n\n{BODY}")


def test_a_forwarded_message_is_read_with_its_subject(extractor: Extractor) -> None:
    inner, outer = mail("الأصل"), mail("إعادة توجيه")
    inner.set_content(BODY)
    outer.set_content("للعلم.")
    outer.add_attachment(inner)
    text = read(extractor, outer).text
    assert text.index("للعلم.") < text.index("الأصل") < text.index(BODY)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Sun, 17 Oct 2021 23:30:00 +0300", "2021-10-17"),
        ("17 Oct 2021 10:00 GMT", "2021-10-17"),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_the_day_is_that_of_the_sender(extractor: Extractor, date: str, day: str) -> None:
    message = mail(date=date)
    message.set_content(BODY)
    assert read(extractor, message).date == day


def test_a_chain_of_forwards_has_an_end(extractor: Extractor) -> None:
    message = mail()
    message.set_content(BODY)
    for _ in range(20):
        outer = mail()
        outer.set_content("للعلم.")
        outer.add_attachment(message)
        message = outer
    with pytest.raises(Exception, match="nested more than 8 deep"):
        read(extractor, message)
