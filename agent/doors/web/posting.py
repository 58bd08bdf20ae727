"""Sending something to verify: an article, its address, or one sentence."""

import asyncio

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from agent.article import article_in
from agent.coverage.intake.headed import read_head
from agent.coverage.intake.metadata import is_web_address
from agent.doors.api.access import JobId
from agent.doors.api.service import Served, Service
from agent.doors.api.taking import VerificationRequest, taken
from agent.doors.web.complaints import FormComplaint, complaint_of, complaints_of, nothing_given
from agent.doors.web.desk import FilledForm, desk_page
from agent.doors.web.entering import Posting, Working
from agent.doors.web.fields import KNOWN, Known, Line, Sure, Text, Ticket
from agent.doors.web.known import read_known
from agent.doors.web.pages import PageRoute, to
from agent.errors import BadInput, FetchError, NoSource
from agent.jobs import JobRequest
from agent.messages import Words

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.post("/verifications")
async def post_article(
    request: Request,
    looking: Posting,
    space: Working,
    service: Served,
    ticket: Ticket,
    known: Known,
    text: Text = "",
    language: Line = "",
    gather: Line = "",
) -> Response:
    """A form that is sent twice, by a double click or after going back, makes one verification."""
    sent = FilledForm(**vars(known), text=text, language=language, gather=gather)
    try:
        job_request = await _taken(sent, service, looking.words)
    except _Problems as err:
        return await desk_page(looking, service, sent=sent, problems=err.by_field, status=422)
    try:
        job = await space.post(job_request, key=f"web-{ticket}")
    except NoSource as err:
        problems = {"gather": FormComplaint(sentence=space.sentence(err, looking.words.language))}
        return await desk_page(looking, service, sent=sent, problems=problems, status=422)
    return to(request, f"/verifications/{job.id}")


@router.post("/sentences")
async def post_sentence(
    request: Request, looking: Posting, space: Working, service: Served, ticket: Ticket, sentence: Text = ""
) -> Response:
    """One sentence is a very short article."""
    try:
        job_request = await _taken(FilledForm(text=sentence), service, looking.words)
    except _Problems as err:
        problems = {"sentence": next(iter(err.by_field.values()))}
        return await desk_page(looking, service, sent=FilledForm(sentence=sentence), problems=problems, status=422)
    job = await space.post(job_request, key=f"web-{ticket}")
    return to(request, f"/verifications/{job.id}")


@router.post("/verifications/{verification_id}/cancel")
async def cancel(request: Request, verification_id: JobId, _: Posting, space: Working) -> Response:
    job = await space.cancel(verification_id)
    return to(request, f"/verifications/{job.id}")


@router.post("/verifications/{verification_id}/delete")
async def delete(request: Request, verification_id: JobId, _: Posting, space: Working, sure: Sure) -> Response:
    await space.forget(verification_id)
    return to(request, "/")


class _Problems(Exception):
    def __init__(self, by_field: dict[str, FormComplaint]) -> None:
        super().__init__(by_field)
        self.by_field = by_field


async def _taken(sent: FilledForm, service: Service, words: Words) -> JobRequest:
    """Raises `_Problems`. A text that is an address and nothing else is the article that stands there; what a text
    tells of itself goes into the fields that were left empty, and whoever empties one that was filled in means it."""
    text = sent.text.strip()
    if not text and not sent.url.strip():
        raise _Problems({"text": nothing_given(words)})
    known = {name: getattr(sent, name).strip() or None for name in KNOWN}
    if text and is_web_address(text) and " " not in text:
        known["url"], text = text, ""
    try:
        posted: dict[str, object] = {**known, **({"gather": {}} if sent.gather else {})}
        if text:
            # Forms end every line with two characters, whatever was pasted.
            lines = await asyncio.to_thread(article_in, sent.text.replace("\r\n", "\n"), "the text")
            result = await asyncio.to_thread(read_known, lines)
            ours = {name: value for name, value in result.items() if not known.get(name) and name not in sent.read}
            posted |= {**ours, "text": (await asyncio.to_thread(read_head, lines)).text}
        return await asyncio.to_thread(taken, VerificationRequest.model_validate(posted), service.settings)
    except ValidationError as err:
        raise _Problems(complaints_of(err, words)) from err
    except FetchError as err:
        raise _Problems({"text" if sent.text.strip() else "url": complaint_of(err, words)}) from err
    except BadInput as err:
        raise _Problems({"text": complaint_of(err, words)}) from err
