"""Adding coverage from the page: files that are dropped or chosen, a text, links, feeds to follow."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi import Path as InPath
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import ValidationError

from agent.article import About
from agent.coverage.index.listing import ListingFilter
from agent.coverage.intake.given import GivenMetadata
from agent.coverage.intake.ingest import ingest
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.metadata import is_web_address
from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Served, Service
from agent.doors.web.complaints import FormComplaint, complaints_of
from agent.doors.web.entering import Covering, Place, WebUser, Working
from agent.doors.web.fields import Line, Text, Typed
from agent.doors.web.following import LATER, one_line
from agent.doors.web.intakes import IntakeProgress, NotingTaker, ReadDocument, SourceOutcome
from agent.doors.web.pages import PageRoute, fragment, page, to
from agent.messages import Words
from agent.service.served import ServedWorkspace
from agent.service.workspace import Addresses

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_MOST_LINKS = 200
_MOST_AT_ONCE = 3
_EVERY = {"hour": 3600, "six_hours": 6 * 3600, "day": 24 * 3600}
_PASTED = "pasted.txt"
Every = Literal["", "hour", "six_hours", "day"]


@router.get("/archive/add")
async def show_adding(looking: Covering, service: Served) -> Response:
    return await adding_page(looking, service)


async def adding_page(
    looking: WebUser,
    service: Service,
    *,
    sent: dict[str, str] | None = None,
    problems: dict[str, FormComplaint] | None = None,
) -> Response:
    """With what was sent, when it could not be taken."""
    return page(
        "adding.html.j2",
        looking,
        422 if problems else 200,
        sent=sent or {},
        problems=problems or {},
        most_mb=service.settings.max_upload_mb,
        followed=await service.workspace(looking.caller).followed(),
        is_refreshed=service.settings.refresh_every is not None,
        last=service.intakes.last(looking.caller.id)[:5],
        rhythms=tuple(_EVERY),
    )


@router.post("/archive/files")
async def post_files(
    request: Request,
    looking: Covering,
    space: Working,
    service: Served,
    files: Annotated[list[UploadFile], File()],
    outlet: Line = "",
    published_at: Line = "",
) -> Response:
    """What is told beside them is of clippings: of files that are one document each."""
    fields = {"outlet": outlet, "published_at": published_at}
    given, problems = _given(fields, looking.words)
    named = [one for one in files if one.filename]
    if not named:
        problems["files"] = FormComplaint(sentence=looking.words("add.no_file"))
    if problems:
        return await adding_page(looking, service, sent=fields, problems=problems)
    folder = await asyncio.to_thread(_kept, named)
    return _begin(request, looking, service, len(named), _FileIntake(space, folder, given))


@router.post("/archive/texts")
async def post_text(
    request: Request,
    looking: Covering,
    space: Working,
    service: Served,
    typed: Typed,
    text: Text = "",
) -> Response:
    """One clipping, pasted."""
    fields = vars(typed)
    given, problems = _given(fields, looking.words)
    if not any(character.isalnum() for character in text):
        problems["text"] = FormComplaint(sentence=looking.words("add.no_text"))
    if problems:
        return await adding_page(looking, service, sent={**fields, "text": text}, problems=problems)
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="isnad-"))
    await asyncio.to_thread((folder / _PASTED).write_text, text.replace("\r\n", "\n"), "utf-8")
    return _begin(request, looking, service, 1, _FileIntake(space, folder, given, shown=looking.words("add.pasted")))


@router.post("/archive/links")
async def post_links(
    request: Request,
    looking: Covering,
    space: Working,
    service: Served,
    links: Annotated[str, Form(max_length=500_000)] = "",
    every: Annotated[Every, Form()] = "",
) -> Response:
    """Pages, feeds and sitemaps, one a line; with a rhythm, feeds and sitemaps are followed."""
    urls = tuple(dict.fromkeys(links.split()))
    problem = _wrong_links(urls, looking)
    if problem is not None:
        return await adding_page(
            looking,
            service,
            sent={"links": links, "every": every},
            problems={"links": FormComplaint(sentence=problem)},
        )
    return _begin(request, looking, service, len(urls), _LinkIntake(space, urls, _EVERY.get(every)))


@router.post("/archive/followed/end")
async def end_following(
    request: Request, _: Covering, space: Working, url: Annotated[str, Form(max_length=8000)]
) -> Response:
    await space.unfollow([url])
    return to(request, "/archive/add#followed")


def _wrong_links(urls: tuple[str, ...], looking: WebUser) -> str | None:
    if not urls:
        return looking.words("add.no_link")
    if len(urls) > _MOST_LINKS:
        return looking.words("add.many_links", n=len(urls), most=_MOST_LINKS)
    wrong = [url for url in urls if not is_web_address(url)]
    return looking.words("add.wrong_link", url=wrong[0][:200]) if wrong else None


def _given(fields: dict[str, str], words: Words) -> tuple[GivenMetadata, dict[str, FormComplaint]]:
    """And what is wrong with it, by field."""
    try:
        about = About.model_validate({name: value.strip() or None for name, value in fields.items()})
    except ValidationError as err:
        return GivenMetadata(), complaints_of(err, words)
    return GivenMetadata.model_validate(about.model_dump()), {}


def _begin(
    request: Request, looking: WebUser, service: Service, of: int, doing: "_FileIntake | _LinkIntake"
) -> Response:
    owner = looking.caller.id
    if service.intakes.under_way(owner) >= _MOST_AT_ONCE:
        doing.give_up()
        raise ProblemResponse(429, "what was sent before is still being read", headers={"Retry-After": "10"})
    return to(request, f"/archive/intakes/{service.intakes.begin(owner, of, doing).id}")


def _kept(files: list[UploadFile]) -> Path:
    """Each in a folder of its own, so that two of one name are two."""
    folder = Path(tempfile.mkdtemp(prefix="isnad-"))
    for number, file in enumerate(files):
        place = folder / f"{number:05}"
        place.mkdir()
        with (place / _plain_name(file.filename or "")).open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
    return folder


def _plain_name(text: str) -> str:
    """What is called so by a browser, without anything that leads elsewhere."""
    name = PurePosixPath(text.replace("\\", "/")).name
    shown = "".join(character for character in name if character.isprintable()).strip(". ") or "file"
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[-80:]}.{suffix[:12]}" if dot else shown[-80:]


class _FileIntake:
    """Files that were sent, one after the other. They are gone when it ends."""

    def __init__(self, space: ServedWorkspace, folder: Path, given: GivenMetadata, shown: str | None = None) -> None:
        self._space = space
        self._folder = folder
        self._given = given
        self._shown = shown

    def give_up(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    async def __call__(self, progress: IntakeProgress) -> None:
        try:
            for path in sorted(one for one in self._folder.rglob("*") if one.is_file()):
                await self._read(path, progress)
        finally:
            self.give_up()

    async def _read(self, path: Path, progress: IntakeProgress) -> None:
        name = self._shown or path.name
        progress.reading(name)
        before, taker = progress.total, NotingTaker(self._space)

        def tell(sum_: Ingested) -> None:
            progress.total = before + sum_
            progress.note()

        result = _named(await ingest(taker, [path], tell, given=self._given), path, name)
        progress.total = before + result
        progress.came(SourceOutcome(name=name, total=result, documents=tuple(taker.documents)))


def _named(ingested: Ingested, path: Path, name: str) -> Ingested:
    """With the file's own name in the place of where it stood meanwhile."""
    lists = {
        field: [
            one.model_copy(update={"path": one.path.replace(str(path), name)}) for one in getattr(ingested, field)
        ]
        for field in ("removed", "rejected", "skipped", "cautions")
    }
    return ingested.model_copy(update={field: tuple(ones) for field, ones in lists.items()})


class _LinkIntake:
    """Addresses, one after the other, so that each is told by itself."""

    def __init__(self, space: ServedWorkspace, urls: tuple[str, ...], every: int | None) -> None:
        self._space = space
        self._urls = urls
        self._every = every

    def give_up(self) -> None:
        """Nothing was kept of it."""

    async def __call__(self, progress: IntakeProgress) -> None:
        for url in self._urls:
            progress.reading(url)
            before = progress.total

            def tell(sum_: Ingested, before: Ingested = before) -> None:
                progress.total = before + sum_
                progress.note()

            taken = await self._space.take(Addresses(urls=(url,), every=self._every), tell)
            progress.total = before + taken.total
            (source,) = taken.sources or (None,)
            progress.came(
                SourceOutcome(
                    name=url,
                    total=taken.total,
                    documents=await self._standing(url, taken.total),
                    followed=bool(source and source.is_followed),
                    error=source.error if source else None,
                )
            )

    async def _standing(self, url: str, ingested: Ingested) -> tuple[ReadDocument, ...]:
        """The document that a page became; of a feed there are too many to be named."""
        if ingested.listed > 1 or not ingested.added + ingested.unchanged:
            return ()
        found = await self._space.listing(ListingFilter(url=url))
        return tuple(ReadDocument.listed(one, known=not ingested.added) for one in found[-1:])


IntakeId = Annotated[str, InPath(pattern=r"^[0-9a-f]{32}$")]


async def _intake(intake_id: IntakeId, looking: Covering, service: Served) -> IntakeProgress:
    known = service.intakes.get(looking.caller.id, intake_id)
    if known is None:
        raise ProblemResponse(404, "this addition is not known here: what was added is in the archive")
    return known


Known = Annotated[IntakeProgress, Depends(_intake)]


@router.get("/archive/intakes/{intake_id}")
async def show_intake(intake: Known, looking: Covering) -> Response:
    return page("intake.html.j2", looking, intake=intake)


@router.get("/archive/intakes/{intake_id}/events", response_class=EventSourceResponse)
async def follow_intake(intake: Known, looking: Covering, free: Place) -> AsyncIterator[ServerSentEvent]:
    """How it stands, each time that something has changed; at the end `ended`."""
    if not free:
        yield LATER
        return
    async for number in intake.follow():
        shown = fragment("intake_progress.part.html.j2", looking.words, intake=intake)
        yield ServerSentEvent(id=str(number), event="progress", raw_data=one_line(shown))
    yield ServerSentEvent(event="ended", raw_data=intake.id)
