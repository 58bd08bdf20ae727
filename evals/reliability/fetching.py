"""Feeds that are followed in a world where outlets misbehave, and what then stands in the store."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent.app import open_store
from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.database import open_database
from agent.coverage.intake.kinds import FileKind
from agent.coverage.web.brief import OpenSink
from agent.coverage.web.followed import begin
from agent.coverage.web.following import refresh
from agent.coverage.web.sources import EntryFilter
from agent.coverage.web.taking import IntakeOutcome
from agent.coverage.web.web import Web
from agent.fetch import open_fetcher
from agent.models import Document
from evals.reliability.figure import Figure
from evals.reliability.press import TOLD, TOLD_OF_ANY, Mishap, Page, Press, PressNetwork, marks
from evals.reliability.virtual_time import VirtualLoop

_SHARE = 0.35
_ANEW_SHARE = 0.3
_BETWEEN = timedelta(days=2)
# Every page is asked for again, each time.
_CHOICE = EntryFilter(recheck=timedelta(microseconds=1))
# A page that leads to another one has no text of its own just then.
_NO_FAILURE = (None, Mishap.ELSEWHERE)


def fetching(seed: int, outlets: int, pages: int, rounds: int) -> Figure:
    """Some rounds of trouble and one without. Nothing of it waits: see `VirtualLoop`."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(_fetching(seed, outlets, pages, rounds))


async def _fetching(seed: int, outlets: int, pages: int, rounds: int) -> Figure:
    press = Press(seed, outlets, pages, _SHARE)
    network, loop = PressNetwork(press), asyncio.get_running_loop()
    told = _Sums()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), fetch_max_mb=1)
        async with (
            open_fetcher(settings, resolve=network.resolve, dial=network, clock=loop.time) as fetcher,
            open_store(settings) as store,
        ):
            with open_database(settings) as database:
                catalogue = Catalogue(database)
                web = Web(fetcher, database, OpenSink(store, catalogue), settings)
                for feed in press.feeds:
                    web.follows.put(begin(feed, FileKind.FEED, 3600, None))
                moment = datetime.now(UTC)
                for number in range(rounds + 1):
                    if number == rounds:
                        press.calm()
                    before = _stored(catalogue)
                    press.last.clear()
                    began = loop.time()
                    taken = await refresh(web, _CHOICE, moment=moment, jitter=lambda: 0)
                    told.seconds += loop.time() - began
                    told.add(press, taken, before, _stored(catalogue))
                    moment += _BETWEEN
                    await asyncio.sleep(_BETWEEN.total_seconds())
                    if number + 1 < rounds:
                        press.print_anew(_ANEW_SHARE)
                missing = sum(not _is_current(press, page, _stored(catalogue)) for page in press.pages)
    values: dict[str, float | int | str | None] = {
        "outlets": outlets,
        "pages": len(press.pages),
        "rounds": rounds + 1,
        "answers": press.answers,
        "virtual_seconds": round(told.seconds),
        "acknowledged": told.acknowledged,
        "acknowledged_lost": told.lost,
        "taken_for_another": told.taken_for_another,
        "failures": told.failures,
        "failures_unnamed": told.unnamed,
        "missing_after_a_calm_round": missing,
        **{f"injected {kind}": count for kind, count in sorted(press.mishaps.items())},
    }
    promised = ("acknowledged_lost", "taken_for_another", "failures_unnamed", "missing_after_a_calm_round")
    return Figure("fetching", seed, values, dict.fromkeys(promised, 0))


class _Sums:
    """Sums over the rounds."""

    def __init__(self) -> None:
        self.acknowledged = self.lost = self.taken_for_another = self.failures = self.unnamed = 0
        self.seconds = 0.0

    def add(
        self, press: Press, taken: IntakeOutcome, before: dict[str, Document], after: dict[str, Document]
    ) -> None:
        acknowledged = taken.total.added
        new = sum(before.get(url) != document for url, document in after.items())
        self.acknowledged += acknowledged
        self.lost += max(0, acknowledged - new) + len(before.keys() - after.keys())
        self.taken_for_another += sum(not _is_own(press, url, one.text) for url, one in after.items())
        reasons = _reasons(taken)
        self.failures += len(reasons)
        for feed in press.feeds:
            if press.last.get(feed) is not None:
                self.unnamed += not _named(press, feed, reasons)
        listed = {feed.rpartition("/")[0] for feed in press.feeds if feed not in reasons}
        for page in press.pages:
            if page.url.rpartition("/")[0] in listed and press.last.get(page.url) not in _NO_FAILURE:
                self.unnamed += not (_is_current(press, page, after) or _named(press, page.url, reasons))


def _reasons(taken: IntakeOutcome) -> dict[str, str]:
    return {one.path: one.reason for one in (*taken.total.rejected, *taken.total.removed)}


def _named(press: Press, url: str, reasons: dict[str, str]) -> bool:
    last = press.last.get(url)
    words: Sequence[str] = (*TOLD_OF_ANY, *((TOLD[last],) if last in TOLD else ()))
    return any(word in reasons.get(url, "") for word in words)


def _stored(catalogue: Catalogue) -> dict[str, Document]:
    found = catalogue.get([one.id for one in catalogue.listing()])
    return {document.url or "": document for document in found.values()}


def _is_current(press: Press, page: Page, stored: dict[str, Document]) -> bool:
    return page.url in stored and page.text(press.editions[page]) in stored[page.url].text


def _is_own(press: Press, url: str, text: str) -> bool:
    """Whether it is one whole edition of the page at this address, and of no other page."""
    page = next((one for one in press.pages if one.url == url), None)
    if page is None:
        return False
    editions = range(1, press.editions[page] + 1)
    return marks(text) == {page.mark} and any(page.text(edition) in text for edition in editions)
