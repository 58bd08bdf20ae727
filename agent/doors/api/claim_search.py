"""Searching what this newsroom has found before."""

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request

from agent.doors.api.access import Keyed, Reader, Working
from agent.doors.api.past_claims import (
    ClaimReview,
    FoundClaim,
    FoundClaims,
    Masthead,
    PageToken,
    claim_of,
    reviews_of,
)
from agent.doors.api.problems import ProblemResponse, answers
from agent.doors.api.published_reviews import MOST_FOUND, WantedReviews, found_claims, of_finding
from agent.doors.api.service import Served, Service
from agent.errors import UnknownRun
from agent.service.served import ServedWorkspace
from agent.watch.past_findings import PastFinding, Wanted, build_findings

router = APIRouter(tags=["claims"], route_class=Keyed)
_LONGEST_AGE = 36_500


@router.get(
    "/v1/claims:search",
    response_model_exclude_none=True,
    responses=answers(401, 403, 422, 429, 503),
    summary="Search past findings",
)
async def search_claims(
    request: Request,
    _: Reader,
    space: Working,
    service: Served,
    query: Annotated[
        str | None, Query(min_length=1, max_length=2000, description="A claim, or some of its words.")
    ] = None,
    language: Annotated[
        str | None, Query(alias="languageCode", pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", examples=["ar"])
    ] = None,
    site: Annotated[
        str | None,
        Query(
            alias="reviewPublisherSiteFilter",
            max_length=253,
            description="This newsroom's own site, or that of another publisher of fact-checks.",
        ),
    ] = None,
    age: Annotated[
        int | None,
        Query(alias="maxAgeDays", ge=1, le=_LONGEST_AGE, description="Of claim or review, whichever is newer."),
    ] = None,
    size: Annotated[int, Query(alias="pageSize", ge=1, le=100)] = 10,
    token: Annotated[str | None, Query(alias="pageToken", max_length=400)] = None,
) -> FoundClaims:
    """Claims of earlier articles with what was found of them, by words and by meaning; then claims that others have
    checked, as their published fact-checks tell, as far as these were added to the coverage.

    Field names are those of Google's Fact Check Tools API. A key finds what it had verified itself; one with the
    scope `admin` finds everything, reports from the command line too. One of `query` and `reviewPublisherSiteFilter`
    is needed.
    """
    if query is None and site is None:
        raise ProblemResponse(422, "give a query, or a reviewPublisherSiteFilter to list everything")
    place = PageToken.read(token, (query, language, site, age))
    masthead = Masthead(service.settings, request)
    since = datetime.now(UTC) - timedelta(days=age) if age else None
    own = Wanted(query=query, language=language, since=since)
    past = await _found(service, own, space) if masthead.publishes(site) else []
    wanted = WantedReviews(language=language, site=site, since=since)
    others = await _published(service, query, wanted, place.offset + size + 1 - len(past))
    found: list[PastFinding | FoundClaim] = [*past, *others]
    page = found[place.offset : place.offset + size]
    mine = [one for one in page if isinstance(one, PastFinding)]
    jobs = await _jobs(service, {review.head.run_id for one in mine for review in one.reviews})
    claims = [
        one if isinstance(one, FoundClaim) else await asyncio.to_thread(_shown, service, one, masthead, jobs)
        for one in page
    ]
    after = place.offset + size
    following = place.model_copy(update={"offset": after}) if after < len(found) else None
    return FoundClaims(
        claims=tuple(claim for claim in claims if claim is not None),
        next_page_token=str(following) if following else None,
    )


async def _found(service: Service, wanted: Wanted, space: ServedWorkspace) -> list[PastFinding]:
    findings = build_findings(service.reports, service.coverage)
    return await service.worker.ask(findings.search(wanted, space.own))


async def _published(service: Service, query: str | None, wanted: WantedReviews, most: int) -> list[FoundClaim]:
    """By words and by meaning; without a query, of the publisher that is named as many as are shown."""
    coverage = service.coverage
    if query is not None:
        leads = await service.worker.ask(coverage.reviewed(query, MOST_FOUND))
        return found_claims(one.review for one in leads if wanted.holds(one.review))
    if wanted.host is None or most <= 0:
        return []
    reviews = await service.worker.ask(coverage.reviews_from(wanted.host, wanted.holds, most))
    return [claim for one in reviews for claim in found_claims([one])]


async def _jobs(service: Service, runs: Collection[str]) -> frozenset[str]:
    return await service.jobs.owned(runs, None)


def _shown(service: Service, one: PastFinding, masthead: Masthead, jobs: Collection[str]) -> FoundClaim | None:
    """None where nothing is told of it: it could not be checked, or its report was deleted just now."""
    reviews: list[ClaimReview] = []
    newest = None
    for reviewed in one.reviews:
        try:
            report = service.reports.get(reviewed.head.run_id, reviewed.head.version)
            corrections = service.reports.corrections(reviewed.head.run_id)
        except UnknownRun:
            continue
        finding = next((finding for finding in report.claims if finding.id == reviewed.claim_id), None)
        if finding is None:
            # Somebody edited it just now.
            continue
        address = masthead.address(report.run_id, is_job=report.run_id in jobs)
        since = report.worded_since(finding.id)
        mine = [word for word in corrections if word.claim_id == finding.id and word.version >= since]
        reviews += [one for one in of_finding(finding) if one not in reviews]
        reviews += reviews_of(finding, report, reviewed.head, mine, masthead.publisher, address)
        newest = newest or (finding, report)
    return claim_of(*newest, reviews) if newest and reviews else None
