"""Takes in what a person gives: a statement, a page to check, a page to add as coverage, a correction of a label."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from agent.article import About, make_article, read_article
from agent.errors import BadInput
from agent.fetch import Fetched, Fetcher
from agent.models import Article, Document, Label
from agent.service.workspace import AddedPage, AddOutcome
from agent.storage.reports import Correction, Reports

_LONGEST_STATEMENT = 2000


async def fetch_page(fetcher: Fetcher, url: str) -> Fetched:
    """Fetches the page at an address. Raises a `FetchError`, or `BadInput` where there is no page."""
    page = await fetcher.get(url)
    if not isinstance(page, Fetched):
        raise BadInput(f"there is no page at {url}")
    return page


async def fetch_article(fetcher: Fetcher, url: str, max_chars: int) -> Article:
    """Fetches the page at an address as an article to check, of at most `max_chars` characters. Raises as
    `fetch_page`."""
    page = await fetch_page(fetcher, url)
    about = About(url=page.final_url)
    return await asyncio.to_thread(read_article, page.body, _named(page), about, max_chars)


async def fetch_document(fetcher: Fetcher, url: str) -> Document:
    """Fetches the page at an address as a document of the coverage. Raises as `fetch_page`."""
    return await asyncio.to_thread(page_document, await fetch_page(fetcher, url))


def statement_article(statement: str, language: str | None, max_chars: int) -> Article:
    """A statement as an article to check. Its language is that of its own words, or `language` where they do not
    tell. Raises `BadInput`."""
    if len(statement) > _LONGEST_STATEMENT:
        raise BadInput(
            f"the statement has {len(statement):,} characters, and may have {_LONGEST_STATEMENT:,}: "
            "paste longer texts as an article"
        )
    article = make_article(statement, "statement", About(), max_chars)
    if article.language == "und" and language is not None:
        return article.model_copy(update={"language": language})
    return article


def page_document(page: Fetched) -> Document:
    """A fetched page as a document of the coverage. Raises `BadInput` where it holds no article. Blocking."""
    from agent.coverage.intake.kinds import FileKind, kind_of
    from agent.coverage.intake.metadata import Rejection
    from agent.coverage.intake.page import KnownMetadata, read_page

    if kind_of(page.body, page.content_type) is not FileKind.PAGE:
        raise BadInput(f"{page.url}: it is not the page of an article")
    for item in read_page(page.body, page.url, KnownMetadata(url=page.final_url, charset=page.charset)):
        if isinstance(item, Document):
            return item
        if isinstance(item, Rejection):
            raise BadInput(f"{page.url}: {item.reason}")
    raise BadInput(f"{page.url}: there is no article in this page")


class Adder(Protocol):
    async def add(self, documents: Sequence[Document], *, standing: bool = False) -> AddOutcome: ...


async def add_fetched(adder: Adder, document: Document) -> AddedPage:
    """Adds a page that was fetched just now to the coverage. Raises `BadInput` where it was withdrawn: it stays
    out."""
    put = await adder.add([document], standing=True)
    if put.withdrawn:
        raise BadInput(
            f"{document.url} was withdrawn from the coverage and stays out: `isnad coverage restore` puts it back"
        )
    return AddedPage(document=document, known=document.id in put.known)


def correct_once(
    reports: Reports, run_id: str, claim_id: str, label: Label, reason: str, who: str, version: int | None = None
) -> Correction:
    """Keeps a correction of a label. The same correction a second time, as after a kill or a second click, is kept
    once. Blocking."""
    known = reports.version(run_id, version)
    for one in reports.corrections(known.run_id):
        said = (one.version, one.claim_id, one.label, one.reason, one.who)
        if said == (known.version, claim_id, label, reason.strip(), who.strip()):
            return one
    return reports.correct(known.run_id, claim_id, label, reason, who, known.version)


def _named(page: Fetched) -> str:
    return page.final_url + (".txt" if page.content_type == "text/plain" else ".html")
