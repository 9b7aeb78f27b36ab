"""EML: subject, sender, receivers and date, then the message."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Final

from rag.documents.formats.encoding import decoded
from rag.documents.formats.extracted import Extracted
from rag.documents.formats.markup import text_of
from rag.documents.formats.tidying import tidy, tidy_line
from rag.errors import UnreadableFile

_SHOWN: Final = ("From", "To", "Cc", "Date")
DEEPEST: Final = 8
_MOST_PARTS: Final = 1_000


def extract(content: bytes) -> Extracted:
    """The text of an e-mail; files attached to it are named in the warnings, not read."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableFile("it is not an e-mail (it has no header)")
    attached: list[str] = []
    encodings: list[str] = []
    subject = _header(message, "Subject")
    head = [f"{name}: {value}" for name in _SHOWN if (value := _header(message, name))]
    body = "\n\n".join(_bodies(message, attached, encodings, 0))
    text = tidy("\n\n".join(filter(None, (subject, "\n".join(head), body))))
    warnings = (f"files attached to it are not read: {', '.join(attached)}",) if attached else ()
    return Extracted(text, (encodings or ["utf-8"])[0], (), subject, _day(message), warnings)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return tidy_line(str(message.get(name, "")))
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        # The standard library's parser of damaged headers raises each of these.
        return ""


def _day(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _bodies(
    part: EmailMessage, attached: list[str], encodings: list[str], depth: int
) -> Iterator[str]:
    """The texts of a message and of those that it forwards."""
    if depth > DEEPEST:
        raise UnreadableFile(f"its parts are nested more than {DEEPEST} deep")
    kind = part.get_content_type()
    if part.is_multipart():
        inner = [one for one in part.get_payload() if isinstance(one, EmailMessage)]
        if len(inner) > _MOST_PARTS:
            raise UnreadableFile(f"it has more than {_MOST_PARTS} parts")
        if kind == "multipart/alternative":
            plain = [one for one in inner if one.get_content_type() == "text/plain"]
            inner = plain[:1] or inner[-1:]
        for one in inner:
            if kind == "message/rfc822" and (subject := _header(one, "Subject")):
                yield subject
            yield from _bodies(one, attached, encodings, depth + 1)
    elif part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
        attached.append(_file_name(part))
    else:
        yield _text(part, encodings)


def _file_name(part: EmailMessage) -> str:
    try:
        return tidy_line(part.get_filename() or part.get_content_type())
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        return part.get_content_type()


def _text(part: EmailMessage, encodings: list[str]) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return ""
    try:
        declared = part.get_content_charset() or ""
    except (ValueError, LookupError, AttributeError, TypeError, IndexError):
        declared = ""
    text, encoding = decoded(content, declared)
    encodings.append(encoding)
    return text_of(text) if part.get_content_type() == "text/html" else text
