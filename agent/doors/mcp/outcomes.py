"""What the tools answer for programs. The schemas of these are what a client is promised."""

from typing import Self

from pydantic import AwareDatetime, Field

from agent.coverage.search.found import SearchHit
from agent.events import Gathering
from agent.models import (
    ClaimEdit,
    Counts,
    Finding,
    Frozen,
    Label,
    MatchedReview,
    OriginSummary,
    Report,
    Searched,
    SetAside,
    number_of,
)
from agent.service.workspace import AddedPage

REPORTS = "isnad://reports"


def report_uri(run_id: str) -> str:
    return f"{REPORTS}/{run_id}"


class ClaimLine(Frozen):
    """One claim without its evidence: `explain_claim` has it. Without a label there is a `failure`, never both.

    `text` and `quote` are words of the article; `articles` were heard or copied, the other counts are of
    independent origins. `reviews` are published fact-checks, and no part of the label.
    """

    number: int
    id: str
    text: str
    quote: str
    label: Label | None
    failure: str | None = None
    explanation: str
    articles: int
    supporting: int
    contradicting: int
    reviews: tuple[MatchedReview, ...] = ()

    @classmethod
    def of(cls, number: int, finding: Finding) -> Self:
        return cls(
            number=number,
            id=finding.id,
            text=finding.text,
            quote=finding.quote,
            label=finding.label,
            failure=finding.failure.message if finding.failure else None,
            explanation=finding.explanation,
            articles=finding.origins.articles,
            supporting=finding.origins.supporting,
            contradicting=finding.origins.contradicting,
            reviews=finding.reviews,
        )


class Verified(Frozen):
    """A report in short. `report` is the resource with all of it; `complete`: every claim could be checked."""

    run_id: str
    report: str = Field(examples=[report_uri("9df5dd95902d565621da980a82f0b22f")])
    title: str | None
    language: str
    complete: bool
    counts: Counts
    searched: Searched
    claims: tuple[ClaimLine, ...]
    notices: tuple[str, ...] = Field(description="Warnings for the reader, e.g. of orders found in a text.")
    edits: tuple[ClaimEdit, ...] = Field((), description="What people did to the claims, first to last.")
    set_aside: tuple[SetAside, ...] = Field((), description="Claims that people took out: these count nowhere.")

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(
            run_id=report.run_id,
            report=report_uri(report.run_id),
            title=report.article.title,
            language=report.article.language,
            complete=report.complete,
            counts=report.counts,
            searched=report.searched,
            claims=tuple(ClaimLine.of(number_of(finding), finding) for finding in report.claims),
            notices=report.notices,
            edits=report.edits,
            set_aside=report.set_aside,
        )


class CheckedStatement(Frozen):
    """The claims of one statement, each with its evidence; usually there is one."""

    run_id: str
    report: str
    complete: bool
    searched: Searched
    claims: tuple[Finding, ...]

    @classmethod
    def of(cls, report: Report) -> Self:
        return cls(
            run_id=report.run_id,
            report=report_uri(report.run_id),
            complete=report.complete,
            searched=report.searched,
            claims=report.claims,
        )


class Explained(Frozen):
    """One claim with all that its label rests on, and the origins that its evidence goes back to."""

    run_id: str
    report: str
    number: int
    claim: Finding
    origins: tuple[OriginSummary, ...]

    @classmethod
    def of(cls, report: Report, finding: Finding) -> Self:
        behind = {item.origin for item in finding.evidence} | {one.origin for one in finding.origins.by_origin}
        return cls(
            run_id=report.run_id,
            report=report_uri(report.run_id),
            number=number_of(finding),
            claim=finding,
            origins=tuple(card for card in report.origins if card.id in behind),
        )


class PassageList(Frozen):
    """The nearest first. Passages with one `origin` are copies of one report: one source and not several."""

    passages: tuple[SearchHit, ...]


class AddedCoverage(Frozen):
    """The page as it is kept. `known`: it was there already, as it is."""

    document_id: str
    known: bool
    url: str | None
    title: str | None
    outlet: str | None
    published_at: AwareDatetime | None
    language: str
    characters: int

    @classmethod
    def of(cls, added: AddedPage) -> Self:
        fields = added.document.model_dump(include={"url", "title", "outlet", "published_at", "language"})
        return cls(document_id=added.document.id, known=added.known, characters=len(added.document.text), **fields)


class GatheredCoverage(Frozen):
    """What came of looking for more coverage, and how the claims stand now. Of the places `found`, `new` ones were
    gone to; `robots` are kept out by the rules of their hosts. `remarks` are words of sources and hosts."""

    run_id: str
    report: str = Field(examples=[report_uri("9df5dd95902d565621da980a82f0b22f")])
    sources: tuple[str, ...]
    found: int
    new: int
    fetched: int
    added: int
    robots: int
    remarks: tuple[str, ...]
    counts: Counts

    @classmethod
    def of(cls, gathered: Gathering, report: Report) -> Self:
        return cls(
            run_id=report.run_id,
            report=report_uri(report.run_id),
            sources=tuple(source.name for source in gathered.sources),
            found=gathered.found,
            new=gathered.new,
            fetched=gathered.fetched,
            added=gathered.added,
            robots=gathered.robots,
            remarks=gathered.remarks,
            counts=report.counts,
        )
