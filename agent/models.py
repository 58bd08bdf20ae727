"""The data contract: what goes in, what flows, what comes out. Frozen, no I/O.

Offsets are Unicode code points, end exclusive, into the text they belong to, exactly as it was given.
"""

from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

# The id of the article under check among documents and origins.
ARTICLE = "article"
# What the id of an origin begins with when it is a news agency: "agency:afp", or "agency:afp+reuters" where a report
# credits both, or "agency:any" where it credits agencies without a name.
AGENCY = "agency:"
ANY_AGENCY = "any"


class Label(StrEnum):
    CORROBORATED = "corroborated"
    CONTESTED = "contested"
    UNSOURCED = "unsourced"


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    UNRELATED = "unrelated"


class Kind(StrEnum):
    FACT = "fact"
    FORECAST = "forecast"
    OPINION = "opinion"


class SourceType(StrEnum):
    NAMED = "named"
    ANONYMOUS = "anonymous"
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


class Gap(StrEnum):
    """Why a claim is `unsourced`."""

    NOT_FOUND = "not_found"
    BELOW_THRESHOLD = "below_threshold"
    ONLY_COPIES = "only_copies"
    ONLY_QUALIFIED = "only_qualified"


class RestsOn(StrEnum):
    """What the corroboration is of: that it was said, or that it is so."""

    STATEMENT = "statement"
    CONTENT = "content"


class Bond(StrEnum):
    """Why a document stands with an origin. `CITES_ARTICLE`: it says that the article's own outlet told it so."""

    FIRST = "first"
    COPY = "copy"
    SHORTENED = "shortened"
    LENGTHENED = "lengthened"
    SAME_PAGE = "same_page"
    CREDITS_AGENCY = "credits_agency"
    SAME_OUTLET = "same_outlet"
    SAME_FAMILY = "same_family"
    CITES_ARTICLE = "cites_article"


class When(StrEnum):
    BEFORE = "before"
    SAME_DAY = "same_day"
    AFTER = "after"
    UNKNOWN = "unknown"


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)


class Span(Frozen):
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class Article(Frozen):
    """The text under check, as given, with what is known about it. `language` is a BCP 47 code or "und"."""

    text: str
    title: str | None = None
    author: str | None = None
    url: str | None = None
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"

    sha256: str = Field(default_factory=lambda known: digest(known["text"]))


class Document(Frozen):
    """One piece of coverage. `id` is derived from its content: the same content is the same document.

    `canonical_url` is what the page itself calls its address, where that is another one than `url`.
    """

    id: str
    text: str
    title: str | None = None
    author: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"

    @classmethod
    def of(
        cls,
        text: str,
        *,
        title: str | None = None,
        author: str | None = None,
        url: str | None = None,
        canonical_url: str | None = None,
        outlet: str | None = None,
        published_at: datetime | None = None,
        language: str = "und",
    ) -> Self:
        identity = "\x1f".join((url or "", outlet or "", title or "", text))
        return cls(
            id="d" + digest(identity)[:20],
            text=text,
            title=title,
            author=author,
            url=url,
            canonical_url=canonical_url,
            outlet=outlet,
            published_at=published_at,
            language=language,
        )


class Attribution(Frozen):
    """Who says it, by the article. `speaker` and `verb` are words of the article; None when the outlet speaks."""

    speaker: str | None = None
    role: str | None = None
    source: SourceType = SourceType.OUTLET
    verb: str | None = None


class Draft(Frozen):
    """A claim as an analyst proposes it: not yet anchored, not yet numbered."""

    text: str
    quote: str
    attribution: Attribution = Attribution()
    kind: Kind = Kind.FACT
    event_date: date | None = None


class Claim(Frozen):
    """A claim that stands in the article. `quote == article.text[start:end]` of the first span."""

    id: str
    text: str
    spans: tuple[Span, ...] = Field(min_length=1)
    quote: str
    attribution: Attribution = Attribution()
    kind: Kind = Kind.FACT
    event_date: date | None = None


class Passage(Frozen):
    """A stretch of a stored document: `text == document.text[start:end]`."""

    document_id: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"
    text: str
    start: int
    end: int

    @classmethod
    def of(cls, source: Document | Article, span: Span) -> Self:
        """The stretch of a document, or of the article itself, under the id `article`."""
        return cls(
            document_id=source.id if isinstance(source, Document) else ARTICLE,
            url=source.url,
            outlet=source.outlet,
            title=source.title,
            published_at=source.published_at,
            language=source.language,
            text=source.text[span.start : span.end],
            start=span.start,
            end=span.end,
        )


class Judgement(Frozen):
    """What an analyst answers for one claim about one witness; the quote is not yet checked."""

    claim_id: str
    stance: Stance
    quote: str = ""
    same_speaker: bool = False


class Evidence(Frozen):
    """One witness's word on one claim. `quote` stands in `passage.text` (checked in code, to the character).

    `origin` is the id of a card in `Report.origins`: who it goes back to, and what is counted.
    """

    stance: Literal[Stance.SUPPORTS, Stance.CONTRADICTS, Stance.QUALIFIES]
    quote: str
    source: Literal["coverage", "article"] = Field(alias="from")
    passage: Passage
    origin: str
    independent: bool
    same_speaker: bool
    when: When


class Failure(Frozen):
    step: Step
    reason: FailureReason
    message: str


class OriginShare(Frozen):
    """How many of the articles behind a finding go back to one origin."""

    origin: str
    articles: int


class OriginCounts(Frozen):
    """`articles`: documents heard or copied; the others count independent origins, never articles."""

    articles: int = 0
    supporting: int = 0
    contradicting: int = 0
    by_origin: tuple[OriginShare, ...] = ()


class Finding(Claim):
    """A claim with its evidence and the label that the evidence earns; without a label there is a `failure`."""

    label: Label | None
    rests_on: RestsOn | None = None
    unsourced_because: Gap | None = None
    failure: Failure | None = None
    explanation: str = ""
    evidence: tuple[Evidence, ...] = ()
    origins: OriginCounts = OriginCounts()


class CopyLink(Frozen):
    """One document as a copy of another. `shared` is the part of the shorter text that stands in the other;
    `changed` are numbers, dates and names that the copy has otherwise than the witness: "17 → 71"."""

    document_id: str
    of: str
    why: Bond
    shared: float
    changed: tuple[str, ...] = ()


class Origin(Frozen):
    """One report with its copies: heard once. `copy_of_article`: it is the article's own.

    Of many copies some are loaded; `more` counts the others.
    """

    id: str
    documents: tuple[Document, ...] = Field(min_length=1)
    copy_of_article: bool = False
    links: tuple[CopyLink, ...] = ()
    more: int = 0

    @property
    def witness(self) -> Document:
        """The document that is heard for all: the one that stood there first. No copy that comes later, whatever
        its date or its outlet, takes its place."""
        return self.documents[0]

    @property
    def articles(self) -> int:
        return len(self.documents) + self.more


class Telling(Frozen):
    """One document of an origin: why it is taken to go back to it, and of which document it is a copy."""

    document_id: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"
    why: Bond
    of: str | None = None
    changed: tuple[str, ...] = ()


class OriginCard(Frozen):
    """Who some evidence goes back to: an agency, an outlet, or one report. Counted once, however often it is told.

    `articles` may be more than there are `tellings`. `name` is None where nobody signs.
    """

    id: str
    name: str | None = None
    independent: bool
    articles: int
    tellings: tuple[Telling, ...] = ()


class UnreadPart(Frozen):
    """A stretch of the article whose claims could not be extracted. Silence about it would read as "no claims"."""

    span: Span
    failure: Failure


class Usage(Frozen):
    """Model use. `cost` is in the currency of the configured prices, None where none are configured."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None

    def __add__(self, other: "Usage") -> "Usage":
        known = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=sum(known) if known else None,
        )

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


class TotalUsage(Usage):
    by_step: dict[Step, Usage] = Field(default_factory=dict)


class Timings(Frozen):
    """Wall time in seconds; steps of one kind run side by side, so they do not add up to the total."""

    total_s: float = 0.0
    by_step: dict[str, float] = Field(default_factory=dict)


class AnalystCard(Frozen):
    """Which analyst and embedder spoke. `measured` holds published scores (macro-F1 per set), where there are any."""

    kind: Literal["model", "lexical"]
    model: str | None = None
    embedder: str
    prompts: dict[str, str] = Field(default_factory=dict)
    measured: dict[str, float] = Field(default_factory=dict)


class Counts(Frozen):
    corroborated: int = 0
    contested: int = 0
    unsourced: int = 0
    failed: int = 0


class Searched(Frozen):
    """`documents` stand in the store, `in_window` of them around the event, `passages` were found for the claims.

    `other_languages` of those in the window could not be compared: the embedder knows no translations.
    """

    documents: int = 0
    in_window: int = 0
    passages: int = 0
    other_languages: int = 0


class Dropped(Frozen):
    """What analysts said and code refused, counted."""

    claims_without_quote: int = 0
    claims_over_limit: int = 0
    evidence_without_quote: int = 0
    judgements_of_unknown_claims: int = 0


class Report(Frozen):
    """Everything a reader needs to judge the labels. `notices` warn the reader, e.g. of orders found in a text."""

    schema_version: Literal["1"] = "1"
    run_id: str
    article: Article
    analyst: AnalystCard
    claims: tuple[Finding, ...]
    origins: tuple[OriginCard, ...] = ()
    unread: tuple[UnreadPart, ...] = ()
    counts: Counts
    searched: Searched
    dropped: Dropped
    notices: tuple[str, ...] = ()
    usage: TotalUsage
    timings: Timings

    @property
    def complete(self) -> bool:
        """Whether every part was read and every claim was checked."""
        return not self.unread and not self.counts.failed


def digest(text: str) -> str:
    """SHA-256 of a text in hex; lone surrogates, which hostile JSON can carry, are kept apart from "?"."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
