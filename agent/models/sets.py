"""Closed sets of values."""

from enum import StrEnum


class Label(StrEnum):
    """What coverage says of a claim, never whether it is true."""

    CORROBORATED = "corroborated"
    CONTESTED = "contested"
    UNSOURCED = "unsourced"


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    UNRELATED = "unrelated"


# A docstring of these two would be sent to a model with every call.
class Kind(StrEnum):
    FACT = "fact"
    # Whatever is still to come: what is predicted, promised, warned of, planned, scheduled or aimed at.
    FORECAST = "forecast"
    OPINION = "opinion"


class SourceType(StrEnum):
    NAMED = "named"
    ANONYMOUS = "anonymous"
    # An unnamed many: residents, workers, the strikers.
    GROUP = "group"
    INSTITUTION = "institution"
    OUTLET = "outlet"


class Step(StrEnum):
    EXTRACT = "extract"
    RETRIEVE = "retrieve"
    JUDGE = "judge"


class FailureReason(StrEnum):
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    REJECTED = "rejected"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    MALFORMED = "malformed"
    CONTEXT_OVERFLOW = "context_overflow"
    BUDGET = "budget"
    STORE = "store"


class DateSource(StrEnum):
    """Where a document's date of publication was read. `given`: by whoever added it."""

    GIVEN = "given"
    STRUCTURED_DATA = "structured_data"
    METADATA = "metadata"
    VISIBLE_LINE = "visible_line"
    ADDRESS = "address"
    FEED = "feed"
    FEED_UPDATED = "feed_updated"
    AGENCY = "agency"
    FILE = "file"


class Gap(StrEnum):
    """Why a claim is `unsourced`. `NOT_FOUND`: the store holds nothing from around these days but the article itself
    and copies of it. `BELOW_THRESHOLD`: nothing of what it holds is near enough to the claim to be judged.
    `ONLY_SET_ASIDE`: what is near enough gives orders to whoever reads it, and is not judged. `OTHER_LANGUAGE`: what
    may bear on it is in other languages, with which the built-in analyst compares nothing. `NOT_MENTIONED`: what was
    judged says nothing of the claim."""

    NOT_FOUND = "not_found"
    BELOW_THRESHOLD = "below_threshold"
    ONLY_SET_ASIDE = "only_set_aside"
    OTHER_LANGUAGE = "other_language"
    NOT_MENTIONED = "not_mentioned"
    ONLY_COPIES = "only_copies"
    ONLY_QUALIFIED = "only_qualified"
    ONLY_REPEATED = "only_repeated"


class Dependence(StrEnum):
    """Why the evidence of a witness is not independent. `ARTICLE`: it is a copy of the article, or of the same
    outlet, house or agency. `TAKEN_FROM_ARTICLE`: it says itself that it has the matter from there.
    `UNNAMED_SPEAKER`: it repeats an unnamed speaker and does not say that it spoke with them itself."""

    ARTICLE = "article"
    TAKEN_FROM_ARTICLE = "taken_from_article"
    UNNAMED_SPEAKER = "unnamed_speaker"


class RestsOn(StrEnum):
    """What a corroboration confirms: that something was said, or that it is so."""

    STATEMENT = "statement"
    CONTENT = "content"


class Bond(StrEnum):
    """Why a document belongs to an origin. `CITES_ARTICLE`: it says that it has its news from the article's own
    outlet."""

    FIRST = "first"
    COPY = "copy"
    SHORTENED = "shortened"
    LENGTHENED = "lengthened"
    SAME_PAGE = "same_page"
    CREDITS_AGENCY = "credits_agency"
    SAME_OUTLET = "same_outlet"
    SAME_FAMILY = "same_family"
    CITES_ARTICLE = "cites_article"


class ReviewOf(StrEnum):
    """What a published fact-check reviewed: the claim itself, or what denies it. `UNCOMPARED`: something near to it
    in another language, which nobody has compared with it: for a person to read."""

    SAME = "same"
    OPPOSITE = "opposite"
    UNCOMPARED = "uncompared"


class EditKind(StrEnum):
    """How a person changed the claims of a report."""

    ADD = "add"
    REWORD = "reword"
    SPLIT = "split"
    MERGE = "merge"
    SET_ASIDE = "set_aside"
    RESTORE = "restore"


class When(StrEnum):
    BEFORE = "before"
    SAME_DAY = "same_day"
    AFTER = "after"
    UNKNOWN = "unknown"
