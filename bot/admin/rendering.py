"""What admins see, and the pages of documents, as styled text. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.access import TERMINAL, Standing
from bot.admin.catalogue import Page
from bot.admin.people import Everybody, Person
from bot.admin.status import Status
from bot.reasons import in_words
from bot.rendering import WORDS, lead, names_of
from bot.store.journal import Entry
from bot.store.members import Asker, Member
from bot.styled import Style, Styled, isolated, joined, styled
from rag.answers.markup import inert, inert_name
from rag.errors import UnreadableFile
from rag.text.hidden import visible_line
from rag.wording import Wording

_SIGNS: Final = {Standing.ALLOWED: "✅", Standing.BLOCKED: "⛔"}
_KILOBYTE: Final = 1024


@dataclass(frozen=True, slots=True)
class AdminRenderer:
    """The admins' half of `bot.rendering`, in one language."""

    language: str
    words: Wording = WORDS

    def __call__(self, key: str, **values: str | float) -> str:
        """A message of the words."""
        return self.words(key, self.language, **values)

    # Documents

    def page(self, page: Page, *, buttons: bool) -> Styled:
        """A page of the documents, with what was searched for.

        Without `buttons`, how to see the next page.
        """
        if not page.found:
            key = "sources-not-found" if page.query else "sources-none"
            return Styled(self(key, query=page.query) if page.query else self(key))
        heading = self("sources-heading", count=page.found)
        if page.query:
            heading = self("sources-found", count=page.found, query=page.query)
        lines = []
        for file in page.files:
            size = self("passages", count=file.passages)
            names = names_of(file.path, file.title, file.date)
            lines.append(f"{lead(self.language)}• {names} ({size})")
        where = ""
        if page.pages > 1:
            where = self("sources-page", page=page.number, pages=page.pages)
        hint = "" if page.query else self("sources-hint")
        if not buttons and page.number < page.pages:
            following = f"/sources {page.query} #{page.number + 1}"
            hint = self("sources-next", command=" ".join(following.split()))
        documents = joined([styled(heading, Style.BOLD), *lines], "\n")
        return joined([documents, joined([where, hint], "\n")], "\n\n")

    def size(self, count: int) -> str:
        """A number of bytes as people say it."""
        if count < _KILOBYTE**2:
            return self("size-kilobytes", size=max(1, round(count / _KILOBYTE)))
        return self("size-megabytes", size=round(count / _KILOBYTE**2, 1))

    def name(self, path: str) -> str:
        """A document's name as a message shows it."""
        return inert_name(path)

    def reason(self, problem: UnreadableFile) -> str:
        """Why a document cannot be taken, or cannot be deleted."""
        return in_words(problem.message, self.language, self.words)

    # Figures

    def status(self, status: Status) -> Styled:
        """The state of the index, what was counted, and what admins did last."""
        today, total, days = status.today, status.total, status.days
        index = self(
            "status-index",
            revision=str(status.revision),
            files=status.files,
            passages=status.passages,
            skipped=status.skipped,
        )
        lines = [
            self(f"status-{name}", today=now, total=in_all, days=days)
            for name, now, in_all in (
                ("questions", today.questions, total.questions),
                ("nearest", today.nearest, total.nearest),
                ("abstained", today.abstained, total.abstained),
                ("withheld", today.withheld, total.withheld),
                ("tokens", today.tokens, total.tokens),
                ("errors", today.errors, total.errors),
            )
        ]
        if total.median is not None and total.slowest is not None:
            median, slowest = f"{total.median:.1f}", f"{total.slowest:.1f}"
            lines.append(self("status-time", median=median, slowest=slowest))
        heading = styled(self("status-heading"), Style.BOLD)
        blocks = [joined([heading, index], "\n"), joined(lines, "\n")]
        if status.journal:
            acts = [self._act(entry) for entry in status.journal]
            blocks.append(joined([self("status-journal"), *acts], "\n"))
        return joined(blocks, "\n\n")

    def _act(self, entry: Entry) -> str:
        values = {name: inert_name(str(value)) for name, value in entry.details.items()}
        act = self(f"action-{entry.action}", **values)
        when = isolated(f"{_moment(entry.at)}")
        who = self("terminal") if entry.admin == TERMINAL else isolated(str(entry.admin))
        return f"{lead(self.language)}• {when} {who}: {act}"

    # People

    def everybody(self, everybody: Everybody, shown: Sequence[Member | Asker]) -> Styled:
        """Those of the people that are on this page, and how many there are."""
        standings = [member.standing for member in everybody.members]
        heading = self(
            "users-heading",
            allowed=standings.count(Standing.ALLOWED),
            blocked=standings.count(Standing.BLOCKED),
            invitations=everybody.invitations,
        )
        rule = self("users-open" if everybody.open_to_everyone else "users-closed")
        members = [self._line(one) for one in shown if isinstance(one, Member)]
        askers = [self._line(one) for one in shown if isinstance(one, Asker)]
        blocks: list[Styled | str] = [joined([styled(heading, Style.BOLD), rule], "\n")]
        if members:
            blocks.append(joined([self("users-members"), *members], "\n"))
        if askers:
            blocks.append(joined([self("users-askers"), *askers], "\n"))
        return joined([*blocks, self("users-hint")], "\n\n")

    def _line(self, one: Member | Asker) -> str:
        if isinstance(one, Asker):
            return f"{lead(self.language)}• {isolated(str(one.id))} — {isolated(_day(one.last))}"
        return f"{lead(self.language)}{sign_of(one)} {shown_member(one)}"

    def person(self, person: Person) -> Styled:
        """What is known of one person or group."""
        heading = styled(isolated(str(person.id)), Style.BOLD)
        if person.member:
            heading = styled(shown_member(person.member), Style.BOLD)
        decided = self("person-undecided")
        if person.is_admin:
            decided = self("person-admin")
        elif member := person.member:
            key = f"person-{member.standing}"
            decided = self(key, date=_day(member.at), admin=str(member.admin))
        asked = ""
        if person.asker:
            asked = self("person-asked", count=person.asker.exchanges, date=_day(person.asker.last))
        now = self("person-may" if person.may_ask else "person-may-not")
        return joined([heading, decided, now, asked], "\n")

    def invitation(self, link: str, expires: float) -> Styled:
        """An invitation's link, to be passed on."""
        return Styled(f"{self('invitation', date=_moment(expires))}\n{link}")


def shown_member(member: Member) -> str:
    """A member's name, as far as it is known, and number, in isolates."""
    name = inert(visible_line(member.name))
    return f"{isolated(name)} {isolated(str(member.id))}" if name else isolated(str(member.id))


def sign_of(one: Member | Asker) -> str:
    """A sign for what was decided about somebody."""
    return _SIGNS[one.standing] if isinstance(one, Member) else "❔"


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
