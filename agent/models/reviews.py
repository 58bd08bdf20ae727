"""Published fact-checks beside a claim of the article."""

from pydantic import Field

from agent.models.sets import ReviewOf
from agent.models.texts import Frozen, PublishedReview


class MatchedReview(Frozen):
    """A published review of what a claim says, or of its opposite. It has no say in any label and counts nowhere: the
    rating is its publisher's word.

    `similarity` is the cosine of both claims. `names` are words of the reviewed claim that sound like names of the
    claim, `numbers` those that both tell. `analyst` names who compared the two, each with the other.
    """

    review: PublishedReview
    document_id: str
    of: ReviewOf
    similarity: float
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    analyst: str | None = Field(None, examples=["lexical"])
