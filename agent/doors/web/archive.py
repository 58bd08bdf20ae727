"""The coverage as an archive: looked through by outlet, day, language and report, searched, and read one by one."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from agent.coverage.index.listing import EVERYTHING, CountedValue, HeldCounts, ListedPage, ListingFilter
from agent.coverage.origins.sentence_diff import Difference, differences
from agent.coverage.search.found import SearchHit
from agent.doors.web.entering import Covering, Working
from agent.doors.web.fields import Reason
from agent.doors.web.first_use import example_documents
from agent.doors.web.pages import PageRoute, page, to
from agent.service.served import ServedWorkspace
from agent.service.workspace import SearchResult

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_A_PAGE, _FOUND = 50, 20
_MOST_OUTLETS = 300
Asked = Annotated[str, Query(max_length=2000)]
DocumentId = Annotated[str, Path(pattern=r"^d[0-9a-f]{3,20}$")]


@dataclass(frozen=True)
class ArchiveQuestion:
    """What was filled in above the list, as it was."""

    q: str = ""
    outlet: str = ""
    language: str = ""
    origin: str = ""
    since: str = ""
    until: str = ""
    kept: bool = False

    @property
    def filter(self) -> ListingFilter:
        return ListingFilter(
            outlet=self.outlet or None,
            language=self.language or None,
            origin=self.origin or None,
            since=_day(self.since),
            until=_day(self.until),
            kept=self.kept,
        )

    @property
    def is_open(self) -> bool:
        """Nothing was asked for: all there is is listed."""
        return self == ArchiveQuestion()

    def place(self, page_number: int = 1, **other: str) -> str:
        """The address of a page of the answer, or of what is asked for otherwise."""
        fields = {name: "1" if value is True else value for name, value in vars(self).items() if value}
        fields |= {"page": str(page_number)} if page_number > 1 else {}
        fields = {name: value for name, value in {**fields, **other}.items() if value}
        return f"/archive?{urlencode(fields)}" if fields else "/archive"


@dataclass(frozen=True)
class ArchivePage:
    """One page of the documents that were asked for, among all that are held."""

    listed: ListedPage
    number: int
    held: HeldCounts

    @property
    def pages(self) -> int:
        return max(1, -(-self.listed.total // _A_PAGE))

    @property
    def outlets(self) -> Sequence[CountedValue]:
        return self.held.outlets[:_MOST_OUTLETS]


@router.get("/archive")
async def show_archive(
    request: Request,
    looking: Covering,
    space: Working,
    q: Asked = "",
    outlet: Asked = "",
    language: Annotated[str, Query(max_length=20)] = "",
    origin: Annotated[str, Query(max_length=60)] = "",
    since: Annotated[str, Query(max_length=20)] = "",
    until: Annotated[str, Query(max_length=20)] = "",
    kept: bool = False,
    page_number: Annotated[int, Query(ge=1, le=10**6, alias="page")] = 1,
) -> Response:
    asked = ArchiveQuestion(q.strip(), outlet.strip(), language, origin, since.strip(), until.strip(), kept)
    wanted = asked.filter
    held = await space.held_counts(kept=kept)
    listed = await space.listed_page(wanted, (page_number - 1) * _A_PAGE, _A_PAGE, newest_first=True)
    if not listed.documents and listed.total:
        # Behind the last page, as when documents were taken out meanwhile.
        return to(request, asked.place(-(-listed.total // _A_PAGE)))
    found = await space.search(asked.q, _FOUND) if asked.q else None
    return page(
        "archive.html.j2",
        looking,
        asked=asked,
        wrong={name for name in ("since", "until") if getattr(asked, name) and _day(getattr(asked, name)) is None},
        space=ArchivePage(listed, page_number, held),
        found=await _among(found, wanted, space),
        examples=await _examples(space, kept=kept),
    )


async def _examples(space: ServedWorkspace, *, kept: bool) -> int:
    """How many of the example's documents are there."""
    ids = {one.id for one in await asyncio.to_thread(example_documents)}
    return len(await space.listed_among(EVERYTHING.model_copy(update={"kept": kept}), ids))


async def _among(
    found: SearchResult | None, wanted: ListingFilter, space: ServedWorkspace
) -> Sequence[SearchHit] | None:
    """What was found within what is listed."""
    if found is None:
        return None
    ids = await space.listed_among(wanted, {hit.passage.document_id for hit in found.passages})
    return [hit for hit in found.passages if hit.passage.document_id in ids]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@router.get("/archive/documents/{document_id}")
async def show_document(document_id: DocumentId, looking: Covering, space: Working) -> Response:
    """As it will be judged, with all tellings of its report; of a copy, what it changed."""
    document = await space.document(document_id)
    original = None
    value: list[Difference] = []
    if document.origin is not None and document.origin.of is not None:
        original = await space.document(document.origin.of)
        value = differences(original.text, document.text, document.language)
    return page("document.html.j2", looking, document=document, original=original, differences=value)


@router.post("/archive/documents/{document_id}/withdraw")
async def withdraw(
    request: Request,
    document_id: DocumentId,
    looking: Covering,
    space: Working,
    reason: Reason,
) -> Response:
    """Out of search, with the reason; the watch judges anew what rested on it."""
    await space.withdraw([document_id], " ".join(reason.split()))
    return to(request, f"/archive/documents/{document_id}")


@router.post("/archive/documents/{document_id}/restore")
async def restore(request: Request, document_id: DocumentId, _: Covering, space: Working) -> Response:
    await space.restore([document_id])
    return to(request, f"/archive/documents/{document_id}")
