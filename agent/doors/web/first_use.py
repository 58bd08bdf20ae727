"""The first minutes: with an empty store there is one choice, to try the example, to add files, or to let coverage be
looked for."""

import asyncio
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from agent.article import read_about, read_article
from agent.bundled import bundled
from agent.coverage.intake.reading import read_coverage
from agent.doors.api.service import Served
from agent.doors.web.entering import Covering, Working
from agent.doors.web.fields import Ticket
from agent.doors.web.pages import PageRoute, to
from agent.jobs import JobRequest
from agent.models import Article, Document
from agent.storage.keys import Scope

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_ARABIC, _OTHER = "ar", "en"
_MOST_CHARS = 100_000


@router.post("/example")
async def try_example(
    request: Request,
    looking: Covering,
    space: Working,
    service: Served,
    ticket: Ticket,
) -> Response:
    """The example's coverage is added and its article checked: the report is a minute away."""
    looking.need(Scope.VERIFY)
    await space.add(await asyncio.to_thread(example_documents))
    article = await asyncio.to_thread(example_article, looking.words.language)
    job = await space.post(JobRequest(article=article), key=f"web-{ticket}")
    return to(request, f"/verifications/{job.id}")


@router.post("/example/remove")
async def remove_example(request: Request, _: Covering, space: Working) -> Response:
    """Its coverage goes, whoever added it: real articles are not to be held against made-up ones."""
    await space.remove([one.id for one in await asyncio.to_thread(example_documents)])
    return to(request, "/archive")


@lru_cache(maxsize=1)
def example_documents() -> tuple[Document, ...]:
    """The coverage of the example, under the ids that it has in every store. Blocking."""
    items = read_coverage([_folder() / "coverage.jsonl"])
    return tuple(item for item in items if isinstance(item, Document))


def example_article(language: str) -> Article:
    """In Arabic, or else in English. Blocking."""
    ending = "" if language == _ARABIC else f".{_OTHER}"
    result = _folder() / f"article{ending}.json"
    text = _folder() / f"article.{_ARABIC if language == _ARABIC else _OTHER}.txt"
    return read_article(text.read_bytes(), text.name, read_about(result), _MOST_CHARS)


def _folder() -> Path:
    return bundled("examples") / "withdrawal"
