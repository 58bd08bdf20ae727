"""A report whose claim was told by an agency through two outlets, denied by another, and copied often."""

from datetime import timedelta

from agent.models import (
    ARTICLE,
    Article,
    Bond,
    Document,
    Evidence,
    Finding,
    OriginShare,
    OriginSummary,
    Report,
    SourceType,
    Stance,
    Telling,
)
from tests.support.reports import ENGLISH, NOON, evidence, finding, report_of

OWN = Article(text=ENGLISH, title="Port Selby", outlet="Quay Gazette", published_at=NOON, language="en")
QUOTE = "The harbour at Port Selby will reopen on Friday"
SAID = "the harbour reopens on Friday"
AGENCY = "agency:reuters"


def report_document(name: str, hours: int = 0) -> Document:
    text = f"{name} says {SAID}."
    return Document.of(
        text, outlet=name, title=f"{name} on the harbour", published_at=NOON + timedelta(hours=hours), language="en"
    )


def telling(document: Document, why: Bond, of: str | None = None, changed: tuple[str, ...] = ()) -> Telling:
    return Telling(
        document_id=document.id,
        outlet=document.outlet,
        title=document.title,
        published_at=document.published_at,
        language="en",
        why=why,
        of=of,
        changed=changed,
    )


def origin(name: str, *tellings: Telling, articles: int | None = None, called: str | None = None) -> OriginSummary:
    count = len(tellings) if articles is None else articles
    return OriginSummary(id=name, name=called, independent=name != ARTICLE, articles=count, tellings=tellings)


def said_by(
    document: Document, origin: str, stance: Stance = Stance.SUPPORTS, *, same_speaker: bool = False
) -> Evidence:
    return evidence(document, SAID, stance, same_speaker=same_speaker).model_copy(update={"origin": origin})


def claim_with(*heard: Evidence, shares: tuple[OriginShare, ...] = ()) -> Finding:
    told = finding(OWN, 1, QUOTE, speaker="the port authority", source=SourceType.INSTITUTION, heard=heard)
    return told.model_copy(update={"origins": told.origins.model_copy(update={"by_origin": shares})})


def report_with(claim: Finding, *origins: OriginSummary) -> Report:
    return report_of(OWN, (claim,)).model_copy(update={"origins": origins})
