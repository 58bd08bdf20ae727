"""Which documents are copies of which, and which of them are counted as one origin."""

from pydantic import AwareDatetime, Field

from agent.models.sets import Bond
from agent.models.texts import Document, Frozen

# What the id of an origin begins with when it is a news agency: "agency:afp", or "agency:afp+reuters" where a report
# credits both, or "agency:any" where it credits agencies without a name.
AGENCY = "agency:"


ANY_AGENCY = "any"


class OriginShare(Frozen):
    """How many of the articles behind a claim go back to one origin."""

    origin: str
    articles: int


class OriginCounts(Frozen):
    """How much coverage stands behind a claim. `articles` are documents that were judged or are copies of one that
    was; the other two count independent origins."""

    articles: int = 0
    supporting: int = 0
    contradicting: int = 0
    by_origin: tuple[OriginShare, ...] = ()


class CopyLink(Frozen):
    """One document as a copy of another. `shared` is the part of the shorter text, from 0 to 1, that stands in the
    other. `changed` are numbers, dates, names and denials that the copy has otherwise than the witness, as
    "17 → 71"."""

    document_id: str
    of: str
    why: Bond
    shared: float
    changed: tuple[str, ...] = ()


class Origin(Frozen):
    """A report with its copies, which is judged once. `copy_of_article`: it is a copy of the article itself. Of many
    copies some are loaded; `more` counts the others."""

    id: str
    documents: tuple[Document, ...] = Field(min_length=1)
    copy_of_article: bool = False
    links: tuple[CopyLink, ...] = ()
    more: int = 0

    @property
    def witness(self) -> Document:
        """The document that is judged for all of them: the one that was in the store first. No copy that comes later
        takes its place, whatever its date or its outlet."""
        return self.documents[0]

    @property
    def articles(self) -> int:
        return len(self.documents) + self.more


class Telling(Frozen):
    """One document of an origin: `why` it is taken to go back to it, and `of` which document it is a copy. `quote`
    are its own words for that, where an analyst found them and they stand in its text."""

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
    """An origin of some evidence, as the report shows it: an agency, an outlet, or one report. It counts once,
    however many articles repeat it. `articles` may be more than there are `tellings`. `name` is None where nobody
    signs."""

    id: str
    name: str | None = None
    independent: bool
    articles: int
    tellings: tuple[Telling, ...] = ()
