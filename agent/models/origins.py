"""Who copied whom, and who is counted as one."""

from pydantic import AwareDatetime, Field

from agent.models.sets import Bond
from agent.models.texts import Document, Frozen

# What the id of an origin begins with when it is a news agency: "agency:afp", or "agency:afp+reuters" where a report
# credits both, or "agency:any" where it credits agencies without a name.
AGENCY = "agency:"


ANY_AGENCY = "any"


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
    """One document of an origin: why it is taken to go back to it, and of which document it is a copy.

    `quote`: its own words for that, where an analyst found them and they stand in it."""

    document_id: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"
    why: Bond
    of: str | None = None
    changed: tuple[str, ...] = ()
    quote: str | None = None


class OriginSummary(Frozen):
    """Who some evidence goes back to: an agency, an outlet, or one report. Counted once, however often it is told.

    `articles` may be more than there are `tellings`. `name` is None where nobody signs.
    """

    id: str
    name: str | None = None
    independent: bool
    articles: int
    tellings: tuple[Telling, ...] = ()
