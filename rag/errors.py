"""Everything Isnad raises on purpose.

IsnadError                  one line that says what is wrong, and one that says what to do
├── UsageError              wrong usage or configuration: exit status 2
├── UnreadableFile          a document that is skipped, with the reason
├── IndexUnavailable        the index cannot be opened or brought up to date
│   └── IndexBusy           another process is at work on it; trying again helps
├── DatabaseUnavailable     the database cannot be opened, or was lost; trying again later helps
└── ModelUnavailable        the model server failed or did not answer in time
"""


class IsnadError(Exception):
    """A failure with a message for a person. `advice` says what to do about it."""

    exit_status = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class UsageError(IsnadError):
    """The command or the configuration is wrong."""

    exit_status = 2


class UnreadableFile(IsnadError):
    """A file of the documents folder that cannot be indexed; the others are not touched by it.

    `may_pass` says whether the same bytes may be readable another time.
    """

    def __init__(self, message: str, *, may_pass: bool = False) -> None:
        super().__init__(message)
        self.may_pass = may_pass


class IndexUnavailable(IsnadError):
    """The index cannot be opened or brought up to date."""


class IndexBusy(IndexUnavailable):
    """Another process is bringing the index up to date."""


class DatabaseUnavailable(IsnadError):
    """The database cannot be opened, or was lost. It is tried anew the next time.

    Where it is lost within a transaction, nothing of that transaction may be relied upon.
    """


class ModelUnavailable(IsnadError):
    """The model server failed, refused or did not answer in time.

    `retry_after` is the wait in seconds that the server asked for, None where it did not;
    `retryable` says whether trying again can help.
    """

    def __init__(
        self,
        message: str,
        advice: str = "",
        *,
        retryable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, advice)
        self.retryable = retryable
        self.retry_after = retry_after
