"""What is read: the article under check, the coverage, and stretches of both.

Offsets are Unicode code points, end exclusive, into the text they belong to, exactly as it was given.
"""

from datetime import date, datetime
from hashlib import sha256
from typing import Literal, Self, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from agent.models.sets import DateSource

# The id of the article under check among documents and origins.
ARTICLE = "article"


class Frozen(BaseModel):
    """A model that nobody can change, and that takes no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    @classmethod
    def checked(cls, **fields: object) -> Self:
        """Of fields that were checked before, every one of them, in their order: `model_construct` takes five times
        as long."""
        made = cls.__new__(cls)
        put = object.__setattr__
        put(made, "__dict__", fields)
        put(made, "__pydantic_fields_set__", set(fields))
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made


class Span(Frozen):
    """A stretch of a text, in code points, the end exclusive."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)


FieldRead = Literal["title", "outlet", "author", "published_at", "url"]
FIELDS_READ: tuple[FieldRead, ...] = get_args(FieldRead)


class Article(Frozen):
    """The text under check, as given, with what is known about it. `language` is a BCP 47 code or "und";
    `read_from_text` are the fields that nobody told, and that the text tells in front of its words."""

    text: str
    title: str | None = None
    author: str | None = None
    url: str | None = None
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"
    read_from_text: tuple[FieldRead, ...] = ()

    sha256: str = Field(default_factory=lambda known: digest(known["text"]))


class LeftOut(Frozen):
    """Something that the source holds and the document does not: what, and why."""

    what: str
    why: str


class PublishedReview(Frozen):
    """What somebody published of a claim that somebody else made, in the words of its own markup or feed.

    `rating` is what it calls the claim ("False", «مضلل»), never a number. `claimed_on` is the day of the claim,
    `published_at` that of the review; `appearances` are addresses where the claim was made, `site` is the
    publisher's host.
    """

    claim: str
    rating: str
    claimant: str | None = None
    claimed_on: date | None = None
    appearances: tuple[str, ...] = ()
    publisher: str | None = None
    site: str | None = None
    published_at: AwareDatetime | None = None
    url: str | None = None
    title: str | None = None
    language: str = "und"


class Provenance(Frozen):
    """How a document was made from its source. `mended` names repairs of a damaged text; `credits` are whom the
    source credits in fields of its own, apart from text and by-line: "Reuters". `reviews` are the claims that it
    checks, by its own markup; `is_record`: it is nothing but a line of a list of reviews, and no text to be heard."""

    is_record: bool = False
    reviews: tuple[PublishedReview, ...] = ()
    date_from: DateSource | None = None
    credits: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    mended: tuple[str, ...] = ()


_UNTOLD = Provenance()


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
    provenance: Provenance = _UNTOLD

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
        provenance: Provenance = _UNTOLD,
    ) -> Self:
        """A document whose id follows from address, outlet, title, text and the reviews in it."""
        # A page that rates a claim otherwise than before is another version of it, whatever its text says.
        rated = [one.model_dump_json() for one in provenance.reviews]
        identity = "\x1f".join((url or "", outlet or "", title or "", text, *rated))
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
            provenance=provenance,
        )


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


def digest(text: str) -> str:
    """SHA-256 of a text in hex; lone surrogates, which hostile JSON can carry, are kept apart from "?"."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
