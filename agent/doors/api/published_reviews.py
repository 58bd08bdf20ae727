"""Fact-checks that others published, among the answers to a search of past claims."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time

from agent.doors.api.past_claims import ClaimReview, FoundClaim, Publisher
from agent.doors.render.look import web_address
from agent.models import Finding, Frozen, PublishedReview, ReviewOf
from agent.text import visible
from agent.text.language import primary_language
from agent.text.quotes import letters

# Nearer ones are few, and whoever wants more asks with other words.
MOST_FOUND = 50


def of_finding(finding: Finding) -> list[ClaimReview]:
    """What was published of the claim itself; what was published of its opposite is another claim's."""
    return [shown_review(one.review) for one in finding.reviews if one.of is ReviewOf.SAME]


class WantedReviews(Frozen):
    """Which fact-checks are asked for; any where nothing is told."""

    language: str | None = None
    site: str | None = None
    since: datetime | None = None

    @property
    def host(self) -> str | None:
        return _host(self.site) if self.site is not None else None

    def holds(self, review: PublishedReview) -> bool:
        if self.language is not None and primary_language(review.language) != primary_language(self.language):
            return False
        if self.host is not None and review.site != self.host:
            return False
        claimed = datetime.combine(review.claimed_on, time(), UTC) if review.claimed_on else None
        newest = max((day for day in (review.published_at, claimed) if day), default=None)
        return self.since is None or (newest is not None and newest >= self.since)


def found_claims(reviews: Iterable[PublishedReview]) -> list[FoundClaim]:
    """Reviewed claims, each with all its reviews, in the order in which they were found."""
    grouped: dict[tuple[str, str | None], list[PublishedReview]] = {}
    for review in reviews:
        grouped.setdefault((letters(review.claim), review.claimant), []).append(review)
    return [_claim(some) for some in grouped.values()]


def shown_review(review: PublishedReview) -> ClaimReview:
    name = review.publisher or review.site or ""
    return ClaimReview(
        publisher=Publisher(name=visible(name), site=review.site or ""),
        url=web_address(review.url),
        title=visible(review.title) if review.title else None,
        review_date=review.published_at,
        textual_rating=visible(review.rating),
        language_code=review.language,
    )


def _claim(reviews: Sequence[PublishedReview]) -> FoundClaim:
    first = reviews[0]
    claimed = next((one.claimed_on for one in reviews if one.claimed_on), None)
    return FoundClaim(
        text=visible(first.claim),
        claimant=visible(first.claimant) if first.claimant else None,
        claim_date=datetime.combine(claimed, time(), UTC) if claimed else None,
        claim_review=tuple(map(shown_review, reviews)),
    )


def _host(site: str) -> str:
    bare = site.casefold().partition("://")[2] or site.casefold()
    return bare.strip("/").removeprefix("www.")
