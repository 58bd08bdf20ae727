"""Published fact-checks in what tools answer: our words, and between fences those of their publishers."""

from collections.abc import Iterator

from agent.doors.render.reviews import who_reviewed
from agent.messages import Words
from agent.models import MatchedReview
from agent.prompts import Fence


def review_lines(reviews: tuple[MatchedReview, ...], words: Words, fence: Fence) -> Iterator[str]:
    """Before anything else of a claim: what was checked, by whom, in which words, and what it is called."""
    for one in reviews:
        review = one.review
        yield f"- {words(f'published_review.{one.of.value}')}"
        published = f"{review.published_at:%Y-%m-%d}" if review.published_at else None
        yield fence(
            "source", " · ".join(filter(None, [who_reviewed(review, words), review.title, published, review.url]))
        )
        claimed = f"{review.claimed_on:%Y-%m-%d}" if review.claimed_on else None
        yield fence("claim", " · ".join(filter(None, [review.claim, review.claimant, claimed])))
        yield fence("rating", review.rating)
