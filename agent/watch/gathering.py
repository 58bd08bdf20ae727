"""What is needed to judge some reports anew, read together: their claims, what touched them, who is to be heard."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agent.coverage.index.departed import Departed
from agent.coverage.search.found import Retrieved, ReviewLead
from agent.coverage.search.later import ArticleQuery
from agent.coverage.search.wording import queries
from agent.models import Failure, Finding, Report
from agent.verify.news import LaterEvidence
from agent.verify.relabel import claim_of
from agent.watch.bench import WatchDeps
from agent.watch.cases import RehearingCase, article_cases, build_cases, heirs, leaving
from agent.watch.ledger import AffectedClaim


@dataclass(frozen=True, slots=True)
class Gathered:
    """One report with the `cases` to be heard, and what else is new for it, as yet without anybody heard.

    `held` are documents that could not be heard on a claim and are not due yet, and why not. `reviews` are published
    fact-checks to be held against the claims.
    """

    version: int
    report: Report
    touches: tuple[AffectedClaim, ...]
    cases: tuple[RehearingCase, ...]
    news: LaterEvidence
    held: Mapping[tuple[str, str], Failure]
    reviews: tuple[ReviewLead, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    version: int
    report: Report
    touches: tuple[AffectedClaim, ...]

    @property
    def touched(self) -> list[Finding]:
        ids = {touch.claim_id for touch in self.touches}
        return [finding for finding in self.report.claims if finding.id in ids]

    @property
    def queries(self) -> list[str]:
        return queries(self.report.article, [claim_of(finding) for finding in self.report.claims])

    @property
    def whole(self) -> frozenset[str]:
        return frozenset(finding.id for finding in self.touched if finding.failure is not None)

    @property
    def documents(self) -> set[str]:
        evidence = {item.passage.document_id for finding in self.touched for item in finding.evidence}
        close = {one.passage.document_id for finding in self.touched for one in finding.close}
        reviews = {one.document_id for finding in self.touched for one in finding.reviews}
        return evidence | close | reviews | {touch.document_id for touch in self.touches}


async def gather(bench: WatchDeps, run_ids: Sequence[str]) -> list[Gathered]:
    """One search for all of these reports: it tells whether what came later is heard, as it would for a run."""
    now = bench.clock()
    read = await asyncio.to_thread(_read, bench, run_ids, now)
    departed = await bench.shelf.departed({document for one in read for document in one.documents})
    vectors = await bench.claims.vectors({text for one in read for text in one.queries})
    newcomers = [_newcomers(one, departed) for one in read]
    found = await bench.shelf.search_later(
        [
            ArticleQuery(
                article=one.report.article,
                # Who is heard on one claim depends on what all of them found.
                claims=tuple(map(claim_of, one.report.claims)),
                vectors={text: vectors[text] for text in one.queries},
                touched=frozenset(finding.id for finding in one.touched),
                newcomers=fresh,
                whole=one.whole,
            )
            for one, fresh in zip(read, newcomers, strict=True)
        ]
    )
    return [
        _gathered(one, got, fresh, departed, now, bench.settings.claims_per_call)
        for one, got, fresh in zip(read, found, newcomers, strict=True)
    ]


def _read(bench: WatchDeps, run_ids: Sequence[str], now: datetime) -> list[_Read]:
    return [_Read(*bench.reports.latest(run_id), tuple(bench.ledger.touches(run_id, now))) for run_id in run_ids]


def _newcomers(one: _Read, departed: Mapping[str, Departed]) -> frozenset[str]:
    came = frozenset(touch.document_id for touch in one.touches) - departed.keys() - {""}
    return came.union(*(heirs(one.report, finding, departed) for finding in one.touched))


def _gathered(
    one: _Read,
    found: Retrieved,
    newcomers: Collection[str],
    departed: Mapping[str, Departed],
    now: datetime,
    most: int,
) -> Gathered:
    copies = [lead for lead in found.leads if lead.origin.copy_of_article]
    news = LaterEvidence(
        whole=one.whole,
        leaving={finding.id: gone for finding in one.touched if (gone := leaving(finding, departed))},
        departed={document_id: it.description for document_id, it in departed.items()},
        copies=copies[0].origin if copies else None,
        copied=frozenset(claim_id for lead in copies for claim_id in lead.claim_ids),
        gaps=found.gaps,
        searching=found.usage,
        leads=found.leads,
        across=found.across,
    )
    cases = [*article_cases(one.report, one.whole, most), *build_cases(one.report, found.leads, newcomers, one.whole)]
    held = {
        (touch.claim_id, touch.document_id): touch.failure
        for touch in one.touches
        if touch.failure and touch.document_id and touch.due_at and touch.due_at > now
    }
    return Gathered(one.version, one.report, one.touches, tuple(cases), news, held, found.reviews)
