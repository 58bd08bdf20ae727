"""The errors that are raised on purpose: one type for each thing that a user would do about it."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.models import FailureReason, Usage


class IsnadError(Exception):
    """The base of every error that is raised on purpose. Its text may be shown to a user."""


class InputFault(StrEnum):
    """What is wrong with an article or a file that was given. The doors have a sentence for each value. Those of the
    second group are about files and links of coverage."""

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
    """An article or coverage that was given cannot be read. The message says what was found instead, and `fault`
    names it where there is a value for it."""

    def __init__(self, message: str, fault: InputFault | None = None) -> None:
        super().__init__(message)
        self.fault = fault


class EditFault(StrEnum):
    """Why a claim cannot be edited in that way."""

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
    """A report cannot be edited in that way. `places` are texts around the places where a quote stands, where it
    stands at several. `words` are the words that this is about."""

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
    """This worker was taken for dead: another one does its jobs now, and this one may write nothing of them."""


class EmbedderMismatch(StoreError):
    """The store was filled by another embedder. Its vectors cannot be compared with those of this one."""


class NotFound(IsnadError):
    """Nothing of that name exists, or it belongs to somebody else: a caller cannot tell one from the other."""


class UnknownRun(NotFound):
    """There is no run of that name."""


class UnknownJob(NotFound):
    """There is no verification of that name."""


class UnknownClaim(NotFound):
    """A report has no claim of that name."""


class StaleVersion(IsnadError):
    """The report has a newer version than the one that was to be edited. Nothing was changed."""


class NoReport(IsnadError):
    """A verification has no report: not yet, or it ended without one."""


class KeyReused(IsnadError):
    """An idempotency key came again with another request."""


class QueueFull(IsnadError):
    """As much is waiting already as may wait, of all owners or of one. `retry_after` is after how many seconds
    another try is worth it."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TooManyFollow(IsnadError):
    """As many follow the progress of runs already as may, of all owners or of one. `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotAllowed(IsnadError):
    """The scopes of the caller's key do not allow this."""


class RunFailed(IsnadError):
    """A verification ended without a report. `code` names why, for a program."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class AnalystError(IsnadError):
    """One call of an analyst or embedder gave no usable answer. It is never a verdict. `usage` is what was paid all
    the same."""

    usage: "Usage | None" = None

    def __init__(self, reason: "FailureReason", message: str) -> None:
        super().__init__(message)
        self.reason = reason


class TokensSpent(AnalystError):
    """The caller has spent its model tokens of today. `retry_after` is after how many seconds there are new ones."""

    def __init__(self, reason: "FailureReason", message: str, retry_after: int) -> None:
        super().__init__(reason, message)
        self.retry_after = retry_after


class EditUnchecked(AnalystError):
    """An edited claim could not be checked. The report is as it was before."""


class EndpointUnreachable(AnalystError):
    """The endpoint could not be reached at all, after every retry."""


class EndpointRejected(AnalystError):
    """The endpoint refused the key, the model or the address: no call can ever succeed."""


class NoSource(IsnadError):
    """No source of coverage is switched on, or one that was named is not: nobody was asked."""


class EvaluationFailed(IsnadError):
    """An evaluation came to no result. A result that is worse than the one before is no failure."""


class FetchReason(StrEnum):
    """Why a page could not be fetched. The first group is refused by us; the second failed on the way or at its
    host."""

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
    """This address is not fetched, or not all of it. Another try changes nothing."""


class FetchFailed(FetchError):
    """The page could not be fetched this time. `retry_after` is for how many seconds the host asked to be left
    alone."""

    def __init__(
        self, reason: FetchReason, message: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(reason, message)
        self.status = status
        self.retry_after = retry_after
