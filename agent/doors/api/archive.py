"""The coverage as an archive: listing it, taking documents out of search and back, and what the store holds."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field, StringConstraints

from agent.coverage.index.entries import DocumentListing
from agent.coverage.index.listing import ListingFilter
from agent.coverage.index.stored import UnknownDocument
from agent.coverage.search.found import Stats
from agent.doors.api.access import Coverer, Keyed, Working
from agent.doors.api.posted import Posted
from agent.doors.api.problems import answers
from agent.models import Document, Frozen
from agent.service.workspace import AddOutcome

router = APIRouter(tags=["coverage"], route_class=Keyed)
_PATH = "/v1/coverage"
_MOST_DOCUMENTS = 1000
DocumentId = Annotated[str, Path(pattern=r"^d[0-9a-f]{20}$", examples=["d9f2c41e0a7b6d5c4e3f2"])]
Words = Annotated[str | None, Query(min_length=1, max_length=1000)]
Day = Annotated[date | None, Query(examples=["2026-03-16"])]


class ListedDocuments(Frozen):
    """Some documents, oldest addition first. `total` is how many there are of the kind that was asked for."""

    documents: tuple[DocumentListing, ...]
    total: int = Field(examples=[1204])


@router.get(
    _PATH,
    responses=answers(401, 403, 422, 429, 503),
    summary="List the coverage",
)
async def list_coverage(
    _: Coverer,
    space: Working,
    url: Annotated[str | None, Query(max_length=4000, description="What stands at this address.")] = None,
    outlet: Words = None,
    language: Annotated[str | None, Query(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", examples=["ar"])] = None,
    origin: Annotated[
        str | None,
        Query(pattern=r"^o[0-9a-z]{1,40}$", description="All copies of one report, by the id of its origin."),
    ] = None,
    since: Day = None,
    until: Day = None,
    kept: Annotated[bool, Query(description="Also what is kept and searched no more; it comes last.")] = False,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=5000)] = 100,
) -> ListedDocuments:
    """Documents without their texts, with how they stand in the store. Those without a date lie within no days."""
    wanted = ListingFilter(
        url=url, outlet=outlet, language=language, origin=origin, since=since, until=until, kept=kept
    )
    found = await space.listed_page(wanted, offset, limit)
    return ListedDocuments(documents=found.documents, total=found.total)


@router.get(
    _PATH + "/stats",
    responses=answers(401, 403, 429, 503),
    summary="What the store holds",
)
async def get_stats(_: Coverer, space: Working) -> Stats:
    """Counts, and what its passages are compared by."""
    return await space.stats()


class DocumentBatch(Posted):
    """Documents as this program itself has read them, with how each was made from its source."""

    documents: tuple[Document, ...] = Field(max_length=_MOST_DOCUMENTS)
    standing: bool = Field(False, description="They were just seen at their addresses: what stands there is older.")


@router.post(
    _PATH + "/documents",
    responses=answers(400, 401, 403, 413, 415, 422, 429, 503),
    summary="Add documents that were read elsewhere",
)
async def add_documents(posted: DocumentBatch, _: Coverer, space: Working) -> AddOutcome:
    """For the command line, which reads files where they are. An id that does not fit its document is replaced."""
    documents = [Document.of(**{name: value for name, value in one if name != "id"}) for one in posted.documents]
    return await space.add(documents, standing=posted.standing)


class Withdrawal(Posted):
    """Why a document is put out of search; it is kept and shown."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")] = Field(
        examples=["The outlet took it back on Tuesday."]
    )


class ChangedDocument(Frozen):
    document_id: str = Field(examples=["d9f2c41e0a7b6d5c4e3f2"])


@router.post(
    _PATH + "/{document_id}/withdraw",
    responses=answers(400, 401, 403, 404, 413, 415, 422, 429, 503),
    summary="Put a document out of search",
)
async def withdraw_document(
    document_id: DocumentId, posted: Withdrawal, _: Coverer, space: Working
) -> ChangedDocument:
    """It is kept with the reason, and adding it again does not bring it back. The watch judges anew what rested on
    it."""
    if not await space.withdraw([document_id], " ".join(posted.reason.split())):
        raise UnknownDocument(f"no document {document_id!r} is in search")
    return ChangedDocument(document_id=document_id)


@router.post(
    _PATH + "/{document_id}/restore",
    responses=answers(401, 403, 404, 422, 429, 503),
    summary="Put a withdrawn document back",
)
async def restore_document(document_id: DocumentId, _: Coverer, space: Working) -> ChangedDocument:
    """It is searched again, unless there is a newer version of its page."""
    if not await space.restore([document_id]):
        raise UnknownDocument(f"no document {document_id!r} is withdrawn, or there is a newer version of it")
    return ChangedDocument(document_id=document_id)
