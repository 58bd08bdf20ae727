"""Editing the claims of a report: what a form asks for, and the form again where it cannot be had."""

from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import ValidationError

from agent.doors.api.access import JobId
from agent.doors.api.problems import refusal_of
from agent.doors.api.service import Served
from agent.doors.web.entering import Posting, WebUser, Working
from agent.doors.web.fields import Line
from agent.doors.web.pages import PageRoute, page, to
from agent.doors.web.report_page import open_report_page
from agent.errors import EditRefused, EditUnchecked, IsnadError, NotFound, StaleVersion
from agent.models import EditKind, EditRequest, Report, edit_request
from agent.models.edits import MOST_PIECES
from agent.verify.editing.quoting import places_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)
Lines = Annotated[list[str], Form(max_length=MOST_PIECES)]
_NO_LINES: list[str] = []
_NO_NUMBERS: list[int] = []


@dataclass(frozen=True)
class EditPiece:
    """A claim as it is filled in; `places` are texts around those at which its quote stands, where it is several."""

    quote: str = ""
    text: str = ""
    place: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditDraft:
    """What was filled in: nothing that was written is lost. `fault` tells in a word why it cannot be had, `detail`
    what is to be told beside it."""

    kind: str = ""
    number: int | None = None
    who: str = ""
    reason: str = ""
    speaker: str = ""
    others: tuple[int, ...] = ()
    pieces: tuple[EditPiece, ...] = field(default=(EditPiece(), EditPiece()))
    fault: str = ""
    detail: str = ""


@router.post("/verifications/{verification_id}/edits")
async def edit(
    request: Request,
    verification_id: JobId,
    looking: Posting,
    space: Working,
    service: Served,
    kind: Annotated[EditKind, Form()],
    version: Annotated[int, Form(ge=1, le=10**6)],
    claim: Annotated[int | None, Form(ge=1, le=100_000)] = None,
    who: Line = "",
    reason: Line = "",
    speaker: Line = "",
    quote: Lines = _NO_LINES,
    text: Lines = _NO_LINES,
    place: Lines = _NO_LINES,
    other: Annotated[list[int], Form(max_length=500)] = _NO_NUMBERS,
    more: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    job = await space.job(verification_id)
    report = await space.report(job.id)
    draft = EditDraft(
        kind=kind,
        number=claim,
        who=who,
        reason=reason,
        speaker=speaker,
        others=tuple(other),
        pieces=_pieces(report, quote, text, place, more=bool(more)),
    )
    if more:
        return await _again(job.id, draft, looking, space, service, 200)
    try:
        edited = await space.edit(job.id, _asked(draft), who=who, version=version)
    except ValidationError as err:
        return await _again(job.id, replace(draft, fault=_misfit(err)), looking, space, service, 422)
    except (EditRefused, StaleVersion, EditUnchecked, NotFound) as err:
        result = replace(draft, fault=_fault_of(err), detail=space.sentence(err, looking.words.language))
        return await _again(job.id, result, looking, space, service, refusal_of(err).status)
    made = edited.edits[-1].claim_ids
    chosen = f"?claim={made[0][1:]}" if made else ""
    return to(request, f"/verifications/{job.id}{chosen}#evidence")


async def _again(
    job_id: str, draft: EditDraft, looking: WebUser, space: Working, service: Served, status: int
) -> Response:
    """The form as it was filled in, on the report as it is now."""
    job = await space.job(job_id)
    report = await space.report(job.id)
    known = report.became(f"c{draft.number}")
    number = draft.number if known else None
    shown = await open_report_page(job, looking, service, number=number, with_chat=False)
    return page("edit.html.j2", looking, status, space=shown, draft=draft)


def _pieces(
    report: Report, quotes: list[str], texts: list[str], places: list[str], *, more: bool
) -> tuple[EditPiece, ...]:
    filled = max(len(quotes), len(texts)) + more
    return tuple(
        EditPiece(
            quote=_nth(quotes, n),
            text=_nth(texts, n),
            place=_nth(places, n),
            places=places_of(report.article, _nth(quotes, n)),
        )
        for n in range(min(filled, MOST_PIECES))
    )


def _nth(some: list[str], n: int) -> str:
    return some[n] if n < len(some) else ""


def _asked(draft: EditDraft) -> EditRequest:
    """Raises `ValidationError`, mostly where nothing was filled in."""
    reason, claim_id = draft.reason.strip() or None, f"c{draft.number}"
    pieces = [_chosen(one) for one in draft.pieces]
    first = pieces[0] if pieces else {}
    asked: dict[str, object] = {"kind": draft.kind, "reason": reason, "claim_id": claim_id}
    match draft.kind:
        case EditKind.ADD:
            del asked["claim_id"]
            asked |= {**first, "speaker": draft.speaker.strip() or None}
        case EditKind.REWORD:
            asked |= {**first, "speaker": draft.speaker.strip() or None}
        case EditKind.SPLIT:
            asked |= {"into": [one for one in pieces if any(one.values())]}
        case EditKind.MERGE:
            del asked["claim_id"]
            asked |= {"claim_ids": [claim_id, *(f"c{one}" for one in draft.others)], "text": first.get("text")}
        case EditKind.SET_ASIDE:
            asked |= {"reason": draft.reason}
    return edit_request(asked)


def _chosen(piece: EditPiece) -> dict[str, object]:
    place = int(piece.place) if piece.place.isdecimal() and len(piece.place) < 7 else None
    quote, text = piece.quote.strip() or None, piece.text.strip() or None
    return {"quote": quote, "text": text, "place": place}


def _misfit(err: ValidationError) -> str:
    """What is wrong with what was filled in."""
    kinds = {one["type"] for one in err.errors()}
    if "string_too_long" in kinds:
        return "too_long"
    if any(one["loc"][-1] == "quote" for one in err.errors()):
        return "no_quote"
    return "too_few" if "too_short" in kinds else "no_words"


def _fault_of(err: IsnadError) -> str:
    """The message under which it is told, in a word."""
    if isinstance(err, EditRefused):
        return err.edit_fault.value
    if isinstance(err, StaleVersion):
        return "stale"
    return "unchecked" if isinstance(err, EditUnchecked) else "gone"
