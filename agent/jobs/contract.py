"""Whether a plugin takes webhooks as it should: signed ones and no others, new kinds of them too."""

import json
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

from agent.errors import FetchError
from agent.fetch import Fetcher
from agent.jobs.records import JobProblem, Outcome
from agent.jobs.webhooks import (
    ClaimEdited,
    ClaimEditedData,
    ClaimReviewed,
    ClaimReviewedData,
    Ended,
    EndedData,
    FactCheck,
    LabelChanged,
    LabelChangedData,
    Notice,
    signed,
)
from agent.models import Counts, EditKind, Frozen, Label, ReviewOf
from agent.storage.reports import LabelledClaim

_TAKEN, _REFUSED = range(200, 300), range(400, 500)
# What receivers of Standard Webhooks allow clocks to differ is five minutes.
_TOO_FAR = timedelta(minutes=10)
_OWNER = "contract"
# Never given to anybody.
_FOREIGN_SECRET = "whsec_" + "A" * 43 + "="


class SentNotice(Frozen):
    """A request, and whether it is to be taken (a 2xx) or refused (a 4xx)."""

    name: str
    body: str
    headers: dict[str, str]
    is_taken: bool


class ContractCheck(Frozen):
    """How one request was answered; `problem` says what is wrong with that."""

    name: str
    status: int | None
    problem: str | None = None


async def check_contract(fetcher: Fetcher, url: str, secret: str) -> AsyncIterator[ContractCheck]:
    """Posts about a verification that nobody asked for, one request after the other. Raises nothing: an address that
    does not answer is a check that failed."""
    for sent in _requests(secret, uuid.uuid4().hex, datetime.now(UTC)):
        try:
            answer = await fetcher.post(url, sent.body.encode(), sent.headers)
        except FetchError as err:
            yield ContractCheck(name=sent.name, status=None, problem=str(err))
            continue
        expected = _TAKEN if sent.is_taken else _REFUSED
        problem = None if answer.status in expected else f"{expected.start} to {expected.stop - 1} is right"
        yield ContractCheck(name=sent.name, status=answer.status, problem=problem)


def _requests(secret: str, job_id: str, now: datetime) -> Iterator[SentNotice]:
    done = _notice(job_id, _completed(job_id, now))

    def sent(name: str, notice: Notice, *, is_taken: bool = True, by: str = secret, at: datetime = now) -> SentNotice:
        return SentNotice(name=name, body=notice.body, headers=signed(notice, (by,), at), is_taken=is_taken)

    right = sent("a verification that succeeded", done)
    yield right
    # As the service tries again: with the same id and the time of the new try. Who sends both once more has listened.
    yield sent("the same tried again, with the same webhook-id", done, at=now + timedelta(seconds=1))
    yield sent("a verification that failed", _notice(job_id, _failed(job_id, now), "_failed"))
    yield sent("a label that changed", _notice(job_id, _changed(job_id, now), "_2_c1"))
    yield sent("a fact-check that came", _notice(job_id, _reviewed(job_id, now), "_3_c1"))
    yield sent("claims that a person edited", _notice(job_id, _edited(job_id, now), "_4_edit"))
    yield sent("a kind of event that is not known yet", _notice(job_id, _of_new_kind(job_id, now), "_new"))
    either = _notice(job_id, done.body, "_either")
    both = signed(either, (_FOREIGN_SECRET, secret), now)
    yield SentNotice(name="signed by two secrets, one of them yours", body=done.body, headers=both, is_taken=True)
    yield sent("signed by another secret", done, is_taken=False, by=_FOREIGN_SECRET)
    yield right.model_copy(update={"name": "changed after it was signed", "body": f"{done.body} ", "is_taken": False})
    yield sent("signed ten minutes ago", done, is_taken=False, at=now - _TOO_FAR)
    yield sent("signed ten minutes from now", done, is_taken=False, at=now + _TOO_FAR)
    bare = {"content-type": "application/json"}
    yield SentNotice(name="not signed", body=done.body, headers=bare, is_taken=False)


def _notice(job_id: str, body: str, kind: str = "") -> Notice:
    return Notice(id=f"msg_{job_id}{kind}", owner=_OWNER, url="", body=body)


def _completed(job_id: str, now: datetime) -> str:
    counts = Counts(corroborated=2, contested=1, unsourced=1, failed=0)
    result = Outcome(title="Bridge shut", language="en", complete=True, counts=counts, tokens=5210)
    data = EndedData(id=job_id, result=result, verification=_path(job_id))
    return Ended(type="verification.completed", timestamp=now, data=data).model_dump_json()


def _failed(job_id: str, now: datetime) -> str:
    failure = JobProblem(code="fetch", message="the address did not answer in time")
    data = EndedData(id=job_id, failure=failure, verification=_path(job_id))
    return Ended(type="verification.failed", timestamp=now, data=data).model_dump_json()


def _changed(job_id: str, now: datetime) -> str:
    data = LabelChangedData(
        id=job_id,
        verification=_path(job_id),
        claim_id="c1",
        version=2,
        label_before=Label.UNSOURCED,
        label_after=Label.CORROBORATED,
        because=(),
    )
    return LabelChanged(timestamp=now, data=data).model_dump_json()


def _reviewed(job_id: str, now: datetime) -> str:
    found = FactCheck(of=ReviewOf.SAME, rating="False", publisher="Harbour Post", document_id="d9f2c41e0a7b6d5c4e3f2")
    data = ClaimReviewedData(
        id=job_id, verification=_path(job_id), claim_id="c1", version=3, label=Label.CORROBORATED, reviews=(found,)
    )
    return ClaimReviewed(timestamp=now, data=data).model_dump_json()


def _edited(job_id: str, now: datetime) -> str:
    before = LabelledClaim(claim_id="c2", label=Label.UNSOURCED)
    after = tuple(LabelledClaim(claim_id=one, label=Label.UNSOURCED) for one in ("c5", "c6"))
    data = ClaimEditedData(
        id=job_id, verification=_path(job_id), version=4, kind=EditKind.SPLIT, before=(before,), after=after
    )
    return ClaimEdited(timestamp=now, data=data).model_dump_json()


def _of_new_kind(job_id: str, now: datetime) -> str:
    fields = {"type": "verification.archived", "timestamp": now.isoformat(), "data": {"id": job_id, "shelf": [3]}}
    return json.dumps(fields)


def _path(job_id: str) -> str:
    return f"/v1/verifications/{job_id}"
