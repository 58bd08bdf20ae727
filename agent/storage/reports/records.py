"""What is kept beside reports: versions, changes and corrections. Frozen, no I/O."""

from datetime import datetime
from typing import Self

from pydantic import AwareDatetime

from agent.models import (
    Counts,
    EditKind,
    Evidence,
    Frozen,
    Gap,
    Label,
    LabelCorrection,
    MatchedReview,
    Passage,
    Report,
    Stance,
)


class Version(Frozen):
    """One version of a report, without its claims. Version 1 is what the run itself found."""

    run_id: str
    version: int
    made_at: AwareDatetime
    title: str | None
    url: str | None
    outlet: str | None
    published_at: AwareDatetime | None
    language: str
    counts: Counts

    @classmethod
    def of(cls, report: Report, version: int, made_at: datetime) -> Self:
        article = report.article
        return cls(
            run_id=report.run_id,
            version=version,
            made_at=made_at,
            title=article.title,
            url=article.url,
            outlet=article.outlet,
            published_at=article.published_at,
            language=article.language,
            counts=report.counts,
        )


class Cause(Frozen):
    """A document that arrived later, and what it says of the claim; or one that left, with why it is `gone`."""

    document_id: str
    url: str | None
    outlet: str | None
    title: str | None
    published_at: AwareDatetime | None
    stance: Stance
    gone: str | None = None

    @classmethod
    def of(cls, evidence: Evidence, gone: str | None = None) -> Self:
        passage: Passage = evidence.passage
        return cls(
            document_id=passage.document_id,
            url=passage.url,
            outlet=passage.outlet,
            title=passage.title,
            published_at=passage.published_at,
            stance=evidence.stance,
            gone=gone,
        )


class Change(Frozen):
    """What later coverage did to one claim. `analyst` names who read it: a model, or "lexical".

    Without an old label the claim had not been checked. `old_because` and `new_because` tell why it is unsourced.
    `reviews` are published fact-checks that came, `reviews_gone` those whose documents left: they earn no label.
    """

    claim_id: str
    claim: str
    old_label: Label | None
    new_label: Label | None
    old_because: Gap | None = None
    new_because: Gap | None = None
    documents: tuple[Cause, ...]
    reviews: tuple[MatchedReview, ...] = ()
    reviews_gone: tuple[MatchedReview, ...] = ()
    changed_at: AwareDatetime
    analyst: str

    @property
    def relabelled(self) -> bool:
        """False when there is more evidence and the same label."""
        return self.old_label is not self.new_label


class Recorded(Change):
    """A change as it is kept: `number` grows with every change of any report, `version` is the one it made."""

    number: int
    run_id: str
    version: int


class LabelledClaim(Frozen):
    """A claim by its id, with the label that it had or has; None where its check had failed."""

    claim_id: str
    label: Label | None


class EditRecord(Frozen):
    """What a person did to the claims of a report, without a word of them: `version` is the one that came of it. The
    claims `before` are no more as they were; `after` are what came of them."""

    run_id: str
    version: int
    kind: EditKind
    edited_at: AwareDatetime
    before: tuple[LabelledClaim, ...]
    after: tuple[LabelledClaim, ...]

    @classmethod
    def of_last(cls, report: Report) -> Self:
        """Of a report that a person has edited, the last edit."""
        edit = report.edits[-1]
        labels = {one.id: one.label for one in report.claims}
        return cls(
            run_id=report.run_id,
            version=edit.version,
            kind=edit.kind,
            edited_at=edit.edited_at,
            before=tuple(LabelledClaim(claim_id=one.id, label=one.label) for one in edit.before),
            after=tuple(LabelledClaim(claim_id=one, label=labels[one]) for one in edit.claim_ids),
        )


class Correction(LabelCorrection):
    """As it is kept beside the version that it is about; it changes no report."""

    number: int
    run_id: str
