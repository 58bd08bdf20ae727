"""What can go wrong, one type per thing a user would do differently."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.models import FailureReason, Usage


class IsnadError(Exception):
    """Base of every error this project raises on purpose; its text is fit to show to a user."""


class InputFault(StrEnum):
    """What is wrong with an article or a file that was given, in a word: the doors have a sentence for each. The
    second group is about files and links of coverage."""

    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    DAMAGED = "damaged"
    CUT_FILE = "cut_file"

    UNKNOWN_KIND = "unknown_kind"
    NOT_THERE = "not_there"
    FILE_TOO_LARGE = "file_too_large"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NOT_XML = "not_xml"
    NO_ARTICLE = "no_article"
    NO_FEED = "no_feed"
    LOCKED = "locked"
    SCANNED = "scanned"
    BROKEN = "broken"
    PACKED = "packed"
    NO_RATING = "no_rating"
    NO_FACT_CHECK = "no_fact_check"
    NOT_FOR_READERS = "not_for_readers"
    NO_LINK = "no_link"
    GONE = "gone"
    UNREADABLE = "unreadable"


class BadInput(IsnadError):
    """The article or the coverage given cannot be read as text; says what was found instead. `fault` says it in a
    word, where there is one."""

    def __init__(self, message: str, fault: InputFault | None = None) -> None:
        super().__init__(message)
        self.fault = fault


class EditFault(StrEnum):
    """Why a claim cannot be edited so, in a word."""

    NOT_IN_ARTICLE = "not_in_article"
    SEVERAL_PLACES = "several_places"
    NO_SUCH_PLACE = "no_such_place"
    NO_SPEAKER = "no_speaker"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    NOTHING_NEW = "nothing_new"
    KNOWN_ALREADY = "known_already"
    TOO_FEW = "too_few"
    NOT_SET_ASIDE = "not_set_aside"
    TOO_MANY = "too_many"


class EditRefused(BadInput):
    """A report cannot be edited so. `places` are texts around those at which a quote stands, where it is not said
    which is meant; `words` are those that this is about."""

    def __init__(self, edit_fault: EditFault, message: str, *, words: str = "", places: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.edit_fault = edit_fault
        self.words = words
        self.places = places


class ConfigurationError(IsnadError):
    """A setting, key, model name or prompt is missing or wrong; nothing was sent."""


class StoreError(IsnadError):
    """The coverage store or the run store cannot be opened, read or written."""


class StoreBusy(StoreError):
    """Another process holds the embedded store."""


class LeaseLost(StoreError):
    """This worker was taken for dead: what it had begun is another's now, and nothing may be written of it."""


class EmbedderMismatch(StoreError):
    """The store was filled by another embedder; its vectors mean something else."""


class NotFound(IsnadError):
    """There is nothing of that name, or it is somebody else's: the two look the same from outside."""


class UnknownRun(NotFound):
    """There is no run of that name."""


class UnknownJob(NotFound):
    """There is no verification of that name."""


class UnknownClaim(NotFound):
    """A report has no claim of that name."""


class StaleVersion(IsnadError):
    """A report was edited as it stood before, and has another version by now: nothing was changed."""


class NoReport(IsnadError):
    """A verification has no report: not yet, or it ended without one."""


class KeyReused(IsnadError):
    """An idempotency key came again with another request."""


class QueueFull(IsnadError):
    """More is waiting than will be kept waiting, of all or of one owner. `retry_after`: seconds until it is worth
    another try."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TooManyFollow(IsnadError):
    """More progress is followed than will be told, of all or by one owner. `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotAllowed(IsnadError):
    """The key of the caller does not reach so far."""


class RunFailed(IsnadError):
    """A verification ended without a report. `code` is one word for a program."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class AnalystError(IsnadError):
    """One call of an analyst or embedder did not produce a usable answer. Never a verdict.

    `usage` is what was paid for all the same.
    """

    usage: "Usage | None" = None

    def __init__(self, reason: "FailureReason", message: str) -> None:
        super().__init__(message)
        self.reason = reason


class TokensSpent(AnalystError):
    """The caller has no model tokens left for today. `retry_after`: seconds until there are some again."""

    def __init__(self, reason: "FailureReason", message: str, retry_after: int) -> None:
        super().__init__(reason, message)
        self.retry_after = retry_after


class EditUnchecked(AnalystError):
    """An edited claim could not be checked again: the report stands as it did before."""


class EndpointUnreachable(AnalystError):
    """The endpoint could not be reached at all, after every retry."""


class EndpointRejected(AnalystError):
    """The endpoint refused the key, the model or the address: no call can ever succeed."""


class NoSource(IsnadError):
    """No source of coverage is switched on, or one that was named is not: nobody was asked."""


class EvaluationFailed(IsnadError):
    """An evaluation came to no result. One that came to a worse result than before has not failed."""


class FetchReason(StrEnum):
    """Why there is no page. The first group is refused by us, the second failed on the way or over there."""

    SCHEME = "scheme"
    ADDRESS = "address"
    PORT = "port"
    PRIVATE = "private"
    ROBOTS = "robots"
    CONTENT_TYPE = "content_type"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    DOWNGRADE = "downgrade"

    NAME = "name"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    TIMEOUT = "timeout"
    STATUS = "status"
    RATE_LIMITED = "rate_limited"
    REDIRECTS = "redirects"
    MALFORMED = "malformed"


class FetchError(IsnadError):
    """There is no page to read from this address; `reason` says why, in a word."""

    def __init__(self, reason: FetchReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class FetchRefused(FetchError):
    """We do not fetch this, or not all of it: trying again as it is changes nothing."""


class FetchFailed(FetchError):
    """It could not be had this time. `retry_after`: seconds for which the host asked to be left alone."""

    def __init__(
        self, reason: FetchReason, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(reason, message)
        self.status = status
        self.retry_after = retry_after
