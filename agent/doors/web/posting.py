"""Sending something to verify: an article, its address, or one sentence."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from pydantic import ValidationError

from agent.article import article_in, problems_of
from agent.coverage.intake.told import is_web_address
from agent.doors.api.access import JobId
from agent.doors.api.service import Served, Service
from agent.doors.api.taking import VerificationRequest, taken
from agent.doors.web.desk import FilledForm, desk_page
from agent.doors.web.entering import Posting, Working
from agent.doors.web.pages import PageRoute, to
from agent.errors import BadInput, FetchRefused, NoSource
from agent.jobs import JobRequest

router = APIRouter(route_class=PageRoute, include_in_schema=False)
Text = Annotated[str, Form()]
Line = Annotated[str, Form(max_length=4000)]
Ticket = Annotated[str, Form(pattern=r"^[0-9a-f]{32}$")]


@router.post("/verifications")
async def post_article(
    request: Request,
    looking: Posting,
    space: Working,
    service: Served,
    ticket: Ticket,
    text: Text = "",
    title: Line = "",
    outlet: Line = "",
    url: Line = "",
    published_at: Line = "",
    language: Line = "",
    gather: Line = "",
) -> Response:
    """A form that is sent twice, by a double click or after going back, makes one verification."""
    sent = FilledForm(text, title, outlet, url, published_at, language, gather=gather)
    try:
        job_request = await _taken(sent, service)
    except _Problems as err:
        return await desk_page(looking, service, sent=sent, problems=err.by_field, status=422)
    try:
        job = await space.post(job_request, key=f"web-{ticket}")
    except NoSource as err:
        problems = {"gather": space.sentence(err, looking.words.language)}
        return await desk_page(looking, service, sent=sent, problems=problems, status=422)
    return to(request, f"/verifications/{job.id}")


@router.post("/sentences")
async def post_sentence(
    request: Request, looking: Posting, space: Working, service: Served, ticket: Ticket, sentence: Text = ""
) -> Response:
    """One sentence is a very short article."""
    try:
        job_request = await _taken(FilledForm(text=sentence), service)
    except _Problems as err:
        problems = {"sentence": err.by_field.get("text", "")}
        return await desk_page(looking, service, sent=FilledForm(sentence=sentence), problems=problems, status=422)
    job = await space.post(job_request, key=f"web-{ticket}")
    return to(request, f"/verifications/{job.id}")


@router.post("/verifications/{verification_id}/cancel")
async def cancel(request: Request, verification_id: JobId, _: Posting, space: Working) -> Response:
    job = await space.cancel(verification_id)
    return to(request, f"/verifications/{job.id}")


@router.post("/verifications/{verification_id}/delete")
async def delete(
    request: Request,
    verification_id: JobId,
    _: Posting,
    space: Working,
    sure: Annotated[Literal["yes"], Form()],
) -> Response:
    await space.forget(verification_id)
    return to(request, "/")


_NOT_OF_ARTICLE = ("text", "sentence", "gather")


class _Problems(Exception):
    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__(by_field)
        self.by_field = by_field


async def _taken(sent: FilledForm, service: Service) -> JobRequest:
    """Raises `_Problems`. A text that is an address and nothing else is the article that stands there."""
    known = {name: value.strip() or None for name, value in asdict(sent).items() if name not in _NOT_OF_ARTICLE}
    text = sent.text.strip()
    if text and is_web_address(text) and " " not in text:
        known["url"] = text
        text = ""
    try:
        # Forms end every line with two characters, whatever was pasted.
        lines = await asyncio.to_thread(article_in, sent.text.replace("\r\n", "\n"), "the text")
        given = known | ({"text": lines} if text else {}) | ({"gather": {}} if sent.gather else {})
        posted = VerificationRequest.model_validate(given)
        return await asyncio.to_thread(taken, posted, service.settings)
    except ValidationError as err:
        told = problems_of(err)
        raise _Problems({name or "text": problem for name, problem in told.items()}) from err
    except BadInput as err:
        raise _Problems({"text": str(err)}) from err
    except FetchRefused as err:
        raise _Problems({"text" if sent.text.strip() else "url": str(err)}) from err
