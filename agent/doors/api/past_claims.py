"""Past findings in the words of Google's Fact Check Tools API, so that what reads that one reads ours."""

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from fastapi import Request
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from agent.config import Settings
from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import public_address
from agent.doors.api.shown import PATH
from agent.doors.render import look
from agent.doors.render.origins import tally
from agent.messages import Words, load_words
from agent.models import Finding, Frozen, Report, SourceType, digest
from agent.storage.reports import Correction, Version
from agent.text import visible

REPORTS = "/v1/reports"
_MOST_NAMED = 5


class CamelCaseModel(Frozen):
    """A model whose fields have the camel-case names of that API."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)


class Publisher(CamelCaseModel):
    name: str = Field(examples=["The Ledger"])
    site: str = Field(examples=["checks.ledger.example"], description="Host, without protocol and `www.`.")


class ClaimReview(CamelCaseModel):
    """What a report says of a claim, what a person says of that, or a fact-check of another publisher."""

    publisher: Publisher
    url: str | None = Field(
        None,
        description="The report. Whoever follows it needs a key that may see it. Of others' fact-checks their page.",
        examples=["https://checks.ledger.example/v1/verifications/9df5dd95902d565621da980a82f0b22f/report.html"],
    )
    title: str | None = Field(None, examples=["Bridge shut"])
    review_date: AwareDatetime | None = None
    textual_rating: str = Field(
        description="The label in words with what it rests on; or a person's correction, with their name and reason; "
        "or what another publisher calls the claim.",
        examples=["Corroborated: 3 articles, 2 origins (Bay Agency, Mole Mail)"],
    )
    language_code: str = Field(examples=["en"])


class FoundClaim(CamelCaseModel):
    """A claim that one article makes, or several in the same words."""

    text: str = Field(examples=["The old bridge was shut on Monday."])
    claimant: str | None = Field(None, examples=["the mayor"])
    claim_date: AwareDatetime | None = None
    claim_review: tuple[ClaimReview, ...]


class FoundClaims(CamelCaseModel):
    claims: tuple[FoundClaim, ...]
    next_page_token: str | None = None


class PageToken(Frozen):
    """Where the next page of an answer begins. A token is refused for another question than the one that it was made
    for."""

    asked: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    offset: int = Field(ge=0, le=10**9)

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str | None, question: Sequence[str | int | None]) -> Self:
        """The place that a token names, or the beginning without one. Raises `ProblemResponse` for a token of another
        question."""
        asked = digest(json.dumps(question, ensure_ascii=True))[:16]
        if text is None:
            return cls(asked=asked, offset=0)
        try:
            token = cls.model_validate(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))
        except (ValueError, RecursionError) as err:
            raise ProblemResponse(422, "this pageToken is none that was given out") from err
        if token.asked != asked:
            raise ProblemResponse(422, "this pageToken belongs to a search with other parameters")
        return token


class Masthead:
    """Who publishes the findings, and at which address they are read."""

    def __init__(self, settings: Settings, request: Request) -> None:
        self._base = public_address(settings, request)
        host = self._base.partition("://")[2].partition("/")[0].rpartition("@")[2]
        site = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        self.publisher = Publisher(name=settings.newsroom, site=site.removeprefix("www."))

    def publishes(self, site: str | None) -> bool:
        """Whether a filter by the publisher's site leaves the findings of this service in."""
        value = (site or "").casefold().partition("://")[2] or (site or "").casefold()
        return not value or value.strip("/").removeprefix("www.") == self.publisher.site.casefold()

    def address(self, run_id: str, *, is_job: bool) -> str:
        return f"{self._base}{PATH if is_job else REPORTS}/{run_id}/report.html"


def claim_of(finding: Finding, report: Report, reviews: Sequence[ClaimReview]) -> FoundClaim:
    """A finding as a claim of that API. The speaker of the claim is its claimant, and the outlet where nobody is
    named. Anonymous sources stay anonymous."""
    attribution, article = finding.attribution, report.article
    named = attribution.speaker if attribution.source is not SourceType.ANONYMOUS else None
    claimant = named or (article.outlet if attribution.source is SourceType.OUTLET else None)
    return FoundClaim(
        text=visible(finding.text),
        claimant=visible(claimant) if claimant else None,
        claim_date=article.published_at,
        claim_review=tuple(reviews),
    )


def reviews_of(
    finding: Finding,
    report: Report,
    head: Version,
    corrections: Sequence[Correction],
    publisher: Publisher,
    address: str,
) -> list[ClaimReview]:
    """What the report says of a claim, and what people say of that. A claim that could not be checked has no
    rating."""
    words = load_words(report.article.language)

    def review(rating: str, moment: datetime) -> ClaimReview:
        return ClaimReview(
            publisher=publisher,
            url=address,
            title=visible(head.title) if head.title else None,
            review_date=moment,
            textual_rating=rating,
            language_code=head.language,
        )

    items = [review(_rating(report, finding, words), head.made_at)] if finding.label is not None else []
    return items + [review(_corrected(one, words), one.corrected_at) for one in corrections]


def _rating(report: Report, finding: Finding, words: Words) -> str:
    label = words(f"label.{look.label_name(finding)}")
    counted = tally(report, finding, words)
    if counted is None:
        return f"{label}: {visible(look.why(finding, words))}"
    names = [visible(one.name) for one in counted.counted[:_MOST_NAMED]]
    named = f" ({'، '.join(names) if words.direction == 'rtl' else ', '.join(names)})" if names else ""
    return f"{label}: {words.count('articles', counted.articles)}, {words.count('origins', counted.origins)}{named}"


def _corrected(one: Correction, words: Words) -> str:
    return f"{words(f'label.{one.label.value}')}: {visible(one.reason)} ({visible(one.who)})"
