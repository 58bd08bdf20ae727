"""What a search of the coverage gives: a run its leads, a person what was found."""

from pydantic import Field

from agent.coverage.embedding.embed import Floors
from agent.models import Document, Frozen, Gap, Origin, Passage, PublishedReview, Searched, Usage


class CrossingPassage(Frozen):
    """What a witness in another language has nearest to a claim; `similarity` is the cosine between the languages."""

    claim_id: str
    passage: Passage
    similarity: float


class OriginLead(Frozen):
    """One origin to be heard: passages of its witness in order, and the claims that they may bear on. `crossing` are
    those nearest to some of these claims, where it is in another language than they."""

    origin: Origin
    passages: tuple[Passage, ...]
    claim_ids: tuple[str, ...]
    crossing: tuple[CrossingPassage, ...] = ()


class ReviewLead(Frozen):
    """A published fact-check whose claim is near to a claim of the article: the `number`th of its document.
    `crossing`: the two claims are in two languages. `height` is how far it is from the floor of the cosine to that of
    the same words, from 0 to 1."""

    claim_id: str
    document_id: str
    number: int
    review: PublishedReview
    similarity: float
    height: float = 0.0
    crossing: bool = False


class Retrieved(Frozen):
    """What the coverage has for some claims. `gaps` tells why a claim has no lead.

    `set_aside` were near enough and are not heard, for they give orders to whoever reads them. `reviews` are
    published fact-checks of claims that are near to these. `across` is the cosine between two languages under which a
    passage bears on nothing.
    """

    leads: tuple[OriginLead, ...] = ()
    set_aside: tuple[Document, ...] = ()
    reviews: tuple[ReviewLead, ...] = ()
    across: float = 0.0
    gaps: dict[str, Gap] = Field(default_factory=dict)
    searched: Searched = Searched()
    usage: Usage = Usage()


class SearchHit(Frozen):
    """One passage that a search found. Documents with one `origin` are copies of one report.

    `similarity` is the cosine and `bm25` what its words score, each with its place in that ranking, copies not
    counted; None where that leg did not find it among the first. `share` is the part of the rarity of the asked
    words that it holds. `heard`: a claim of these words would be told of it.
    """

    passage: Passage
    origin: str
    similarity: float | None = None
    similarity_place: int | None = None
    bm25: float | None = None
    bm25_place: int | None = None
    share: float | None = None
    heard: bool


class Stats(Frozen):
    """`pending` documents were added and are not indexed yet: the next use of the store does that.

    `languages` and `floors` are those of the embedder that is configured now, whichever filled the store.
    """

    documents: int
    pending: int
    passages: int
    embedder: str
    languages: str
    floors: Floors
    index: str
