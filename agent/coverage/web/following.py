"""Following feeds and sitemaps: what is due is looked at, and what fails is told and tried later."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from random import random
from typing import TypeVar

from agent.coverage.intake.entries import Listing
from agent.coverage.intake.ingested import Ingested
from agent.coverage.intake.kinds import FileKind
from agent.coverage.web.followed import Followed, begin
from agent.coverage.web.sources import EntryFilter, Source
from agent.coverage.web.taking import FetchTarget, IntakeOutcome
from agent.coverage.web.web import Web
from agent.errors import BadInput, StoreError
from agent.fetch import Validators
from agent.fetch.url import regular, shown

# A page that its feed does not mark as changed is asked for again after so long, while the feed lists it.
_RECHECK = timedelta(hours=6)

Jitter = Callable[[], float]
T = TypeVar("T")


def follow(web: Web, taken: IntakeOutcome, every: int, jitter: Jitter = random) -> list[Followed]:
    """Follows the feeds and sitemaps among what was just taken; returns them."""
    began: dict[str, Followed] = {}
    for source in taken.sources:
        if source.listing is None or source.kind is None:
            continue
        one = _followed(web, source.url, source.kind, source.listing, every)
        one = _looked(one, source, taken, datetime.now(UTC), jitter)
        web.follows.put(one)
        began[one.url] = one
    return list(began.values())


async def begin_following(web: Web, url: str, every: int) -> Followed:
    """Follows one feed or sitemap, which is due at once; its pages are read by `refresh`.

    Raises `BadInput` where none can be read at that address, and as `Web.take`.
    """
    source = await web.look(regular(url))
    if source.error is not None:
        raise BadInput(f"{shown(url)!r} cannot be followed: {source.error}")
    if source.listing is None or source.kind is None:
        raise BadInput(f"{shown(url)!r} cannot be followed: it is neither a feed nor a sitemap")
    one = _followed(web, source.url, source.kind, source.listing, every)
    web.follows.put(one)
    return one


async def refresh(
    web: Web,
    choice: EntryFilter,
    *,
    withdraw_gone: bool = False,
    moment: datetime | None = None,
    jitter: Jitter = random,
    tell: Callable[[Ingested], None] = lambda _: None,
) -> IntakeOutcome:
    """Looks at what is due; `moment` is now unless told otherwise. Raises as `Web.take`: then all stay due."""
    moment = moment or datetime.now(UTC)
    due = {one.url: one for one in web.follows.due(moment)}
    wishes = [FetchTarget(one.url, one.kind, _validators(one)) for one in due.values()]
    patient = choice.model_copy(update={"recheck": choice.recheck or _RECHECK})
    taken = await web.take(wishes, patient, withdraw_gone=withdraw_gone, tell=tell)
    for source in taken.sources:
        web.follows.update(_looked(due[source.url], source, taken, moment, jitter))
    return taken


async def keep_refreshing(
    opening: Callable[[], AbstractAsyncContextManager[Web]],
    choice: EntryFilter,
    every: float,
    stop: asyncio.Event,
    *,
    withdraw_gone: bool = False,
    jitter: Jitter = random,
) -> AsyncIterator[IntakeOutcome | StoreError]:
    """Looks at what is due, every so many seconds, until `stop` is set; what it works with is opened for each look. A
    look under way is then broken off, which loses nothing. A store that cannot be used is told, and tried again the
    next time."""
    while not stop.is_set():
        try:
            taken = await _unless(stop, _refresh_once(opening, choice, withdraw_gone, jitter))
        except StoreError as err:
            yield err
        else:
            if taken is not None:
                yield taken
        await _unless(stop, asyncio.sleep(every * (1 - jitter() / 10)))


async def _refresh_once(
    opening: Callable[[], AbstractAsyncContextManager[Web]], choice: EntryFilter, withdraw_gone: bool, jitter: Jitter
) -> IntakeOutcome:
    async with opening() as web:
        return await refresh(web, choice, withdraw_gone=withdraw_gone, jitter=jitter)


def _followed(web: Web, url: str, kind: FileKind, listing: Listing, every: int) -> Followed:
    """What is followed of a list that was just read, under whatever spelling or address that leads to it; begun where
    nothing is. An address that works takes the place of one that fails."""
    known = web.follows.at(url, listing.url)
    if known is None:
        return begin(regular(url), kind, every, listing.title)
    if known.failures:
        web.follows.remove((known.url,))
        known = known.model_copy(update={"url": regular(url), "etag": None, "last_modified": None})
    return known.model_copy(update={"every": every})


def _looked(one: Followed, source: Source, taken: IntakeOutcome, moment: datetime, jitter: Jitter) -> Followed:
    """Its validators are kept when every page was had: otherwise it is read again, for the pages that are missing."""
    validators = source.validators if source.url in taken.whole else None
    after = one.model_copy(
        update={
            "kind": source.kind or one.kind,
            "title": (source.listing.title if source.listing else None) or one.title,
            "looked_at": moment,
            "failures": one.failures + 1 if source.error else 0,
            "error": source.error,
            "etag": validators.etag if validators else None,
            "last_modified": validators.last_modified if validators else None,
        }
    )
    return after.model_copy(update={"due_at": moment + after.pause(jitter(), source.retry_after)})


def _validators(one: Followed) -> Validators | None:
    return Validators(one.etag, one.last_modified) if one.etag or one.last_modified else None


async def _unless(stop: asyncio.Event, work: Coroutine[None, None, T]) -> T | None:
    """What the work gives, or None when `stop` is set before: the work is then broken off."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
