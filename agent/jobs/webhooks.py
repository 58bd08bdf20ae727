"""Telling whoever asked that a job has ended: signed by Standard Webhooks, tried for a day, with one id."""

import json
from datetime import UTC, datetime
from typing import Literal, Self

from pydantic import AwareDatetime

from agent.jobs.records import JobProblem, Outcome
from agent.models import EditKind, Frozen, Gap, Label, MatchedReview, ReviewOf
from agent.storage.reports import Cause, EditRecord, LabelledClaim, Recorded

# Seconds between one try and the next: soon at first, a day in all.
PAUSES = (5, 300, 1800, 7200, 18_000, 28_800, 30_000)
_OK = range(200, 300)
_GONE = 410


class Notice(Frozen):
    """Something to be told to an address. `id` stays the same however often it is told."""

    id: str
    owner: str
    url: str
    body: str
    event: str = ""

    @classmethod
    def of(cls, job_id: str, owner: str, url: str, ended: Outcome | JobProblem) -> "Notice":
        succeeded = isinstance(ended, Outcome)
        event = Ended(
            type="verification.completed" if succeeded else "verification.failed",
            timestamp=datetime.now(UTC),
            data=EndedData(
                id=job_id,
                result=ended if isinstance(ended, Outcome) else None,
                failure=ended if isinstance(ended, JobProblem) else None,
                verification=f"/v1/verifications/{job_id}",
            ),
        )
        return cls(id=f"msg_{job_id}", owner=owner, url=url, body=event.model_dump_json(), event=event.type)

    @classmethod
    def of_change(cls, owner: str, url: str, change: Recorded) -> "Notice":
        """The same for the same change, to the letter. Fact-checks that came without a change of the label are an
        event of their own."""
        event = _label_changed(change) if change.relabelled else _reviewed(change)
        name = f"msg_{change.run_id}_{change.version}_{change.claim_id}"
        return cls(id=name, owner=owner, url=url, body=event.model_dump_json(), event=event.type)

    @classmethod
    def of_edit(cls, owner: str, url: str, edit: EditRecord) -> "Notice":
        """The same for the same edit, to the letter."""
        event = ClaimEdited(
            timestamp=edit.edited_at,
            data=ClaimEditedData(
                id=edit.run_id,
                verification=f"/v1/verifications/{edit.run_id}",
                version=edit.version,
                kind=edit.kind,
                before=edit.before,
                after=edit.after,
            ),
        )
        name = f"msg_{edit.run_id}_{edit.version}_edit"
        return cls(id=name, owner=owner, url=url, body=event.model_dump_json(), event=event.type)

    def addressed(self, base: str | None) -> "Notice":
        """With the whole address of the verification, where it is known where the service stands."""
        if base is None:
            return self
        parsed = json.loads(self.body)
        parsed["data"]["verification"] = f"{base.rstrip('/')}{parsed['data']['verification']}"
        return self.model_copy(update={"body": json.dumps(parsed, ensure_ascii=False)})


class EndedData(Frozen):
    """`verification` is an address below `ISNAD_PUBLIC_URL`; where that is not set it is the path alone."""

    id: str
    verification: str
    result: Outcome | None = None
    failure: JobProblem | None = None


class Ended(Frozen):
    """The body of a webhook. It carries no article and no claim: whoever is told looks them up with a key."""

    type: Literal["verification.completed", "verification.failed"]
    timestamp: AwareDatetime
    data: EndedData


class LabelChangedData(Frozen):
    """`because` are the documents that changed it: each came later, or is `gone` and why. Without a label before, the
    claim had not been checked. `reviews` are published fact-checks that came with them."""

    id: str
    verification: str
    claim_id: str
    version: int
    label_before: Label | None
    label_after: Label | None
    unsourced_because: Gap | None = None
    because: tuple[Cause, ...]
    reviews: tuple["FactCheck", ...] = ()


class LabelChanged(Frozen):
    """As `Ended`, of a label that later coverage changed."""

    type: Literal["claim.label_changed"] = "claim.label_changed"
    timestamp: AwareDatetime
    data: LabelChangedData


class FactCheck(Frozen):
    """What somebody published of a claim (`same`), of what denies it (`opposite`), or of something near to it in
    another language that nobody has compared (`uncompared`)."""

    of: ReviewOf
    rating: str
    publisher: str | None = None
    url: str | None = None
    published_at: AwareDatetime | None = None
    document_id: str

    @classmethod
    def of_review(cls, one: MatchedReview) -> Self:
        review = one.review
        return cls(
            of=one.of,
            rating=review.rating,
            publisher=review.publisher or review.site,
            url=review.url,
            published_at=review.published_at,
            document_id=one.document_id,
        )


class ClaimReviewedData(Frozen):
    """`reviews` came into the store after the report was made. `label` is as before."""

    id: str
    verification: str
    claim_id: str
    version: int
    label: Label | None
    reviews: tuple[FactCheck, ...]


class ClaimReviewed(Frozen):
    """As `Ended`, of a claim that others have checked, as is known by now."""

    type: Literal["claim.reviewed"] = "claim.reviewed"
    timestamp: AwareDatetime
    data: ClaimReviewedData


class ClaimEditedData(Frozen):
    """What a person did to some claims: they are no more what they were `before`, and `after` is what came of them,
    checked alone. A claim with the same id in both is another one now; one that is set aside is in `before` only.
    `version` is the version of the report that this made; who did it and why stands in that."""

    id: str
    verification: str
    version: int
    kind: EditKind
    before: tuple[LabelledClaim, ...]
    after: tuple[LabelledClaim, ...]


class ClaimEdited(Frozen):
    """As `Ended`, of claims that a person added, reworded, split, merged, set aside or restored."""

    type: Literal["claim.edited"] = "claim.edited"
    timestamp: AwareDatetime
    data: ClaimEditedData


def _label_changed(change: Recorded) -> LabelChanged:
    return LabelChanged(
        timestamp=change.changed_at,
        data=LabelChangedData(
            id=change.run_id,
            verification=f"/v1/verifications/{change.run_id}",
            claim_id=change.claim_id,
            version=change.version,
            label_before=change.old_label,
            label_after=change.new_label,
            unsourced_because=change.new_because,
            because=change.documents,
            reviews=_fact_checks(change),
        ),
    )


def _reviewed(change: Recorded) -> ClaimReviewed:
    return ClaimReviewed(
        timestamp=change.changed_at,
        data=ClaimReviewedData(
            id=change.run_id,
            verification=f"/v1/verifications/{change.run_id}",
            claim_id=change.claim_id,
            version=change.version,
            label=change.new_label,
            reviews=_fact_checks(change),
        ),
    )


def _fact_checks(change: Recorded) -> tuple[FactCheck, ...]:
    return tuple(map(FactCheck.of_review, change.reviews))


class Attempt(Frozen):
    """One try. `status` is what the address answered; without one, `problem` says why there was no answer.

    `id` and `event` are those of what was to be told.
    """

    at: AwareDatetime
    id: str | None = None
    event: str | None = None
    status: int | None = None
    problem: str | None = None
    retry_after: float | None = None

    @property
    def settled(self) -> bool:
        """Whether there is no use in another try: it was taken, or it is wanted no more."""
        return self.status is not None and (self.status in _OK or self.status == _GONE)


def signed(notice: Notice, secrets: tuple[str, ...], now: datetime) -> dict[str, str]:
    """The headers of a try: a signature with every secret that is in force, so that secrets can be changed."""
    from standardwebhooks.webhooks import Webhook

    signatures = [Webhook(secret).sign(notice.id, now, notice.body) for secret in secrets]
    return {
        "content-type": "application/json",
        "webhook-id": notice.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
