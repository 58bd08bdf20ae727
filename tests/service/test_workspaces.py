"""The same is done by whichever workspace does it: in this process, by a service, or at a server that runs."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from agent.config import Settings
from agent.coverage.index.listing import ListingFilter
from agent.coverage.index.stored import UnknownDocument
from agent.errors import BadInput, NotAllowed, StaleVersion, UnknownClaim, UnknownRun
from agent.events import RunFinished
from agent.fetch import open_fetcher
from agent.models import AddClaim, Article, Document, Label, RewordClaim, SetClaimAside
from agent.service.address import ServerAddress
from agent.service.caller import Caller
from agent.service.local import open_local
from agent.service.remote import open_remote
from agent.service.served import ServedWorkspace
from agent.service.stores import report_of
from agent.service.workspace import Workspace
from agent.storage.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.support.endpoint import run_endpoint
from tests.support.newsstand import page, run_newsstand, story

ARTICLE = Article(text="The mayor said that the old bridge was shut on Monday.", language="en", author="A. Pilot")
SAME = Document.of("The old bridge was shut on Monday, the mayor said.", outlet="Harbour Post", language="en")
MINE = Caller("mine", "Desk one", frozenset({Scope.VERIFY, Scope.COVERAGE}))
THEIRS = Caller("theirs", "Desk two", frozenset({Scope.VERIFY}))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("workspaces") / "data"
    settings = Settings(data_dir=folder, shutdown_grace=0, allow_private_urls=True, fetch_delay=0)
    with run_endpoint() as model, run_desk(settings, model) as running:
        yield running


@asynccontextmanager
async def _opened(kind: str, settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    near = settings.model_copy(update={"allow_private_urls": True, "fetch_delay": 0})
    if kind == "local":
        async with open_local(near, "Desk one") as local:
            yield local
        return
    desk: Desk = request.getfixturevalue("desk")
    if kind == "served":
        # The fetcher of the service keeps its connections on the service's own loop.
        async with open_fetcher(near) as fetcher:
            yield ServedWorkspace(replace(desk.service.backend, held_fetcher=fetcher), MINE)
        return
    address = ServerAddress(url=str(desk.http.base_url), key=desk.service.operator_key)
    async with open_remote(near, address, "local") as remote:
        yield remote


@pytest.fixture(params=["local", "served", "remote"])
async def space(request: pytest.FixtureRequest, settings: Settings) -> AsyncIterator[Workspace]:
    async with _opened(request.param, settings, request) as opened:
        yield opened


async def test_a_run_ends_with_the_report_that_is_kept(space: Workspace) -> None:
    events = [event async for event in space.verify(ARTICLE)]
    last = events[-1]
    assert isinstance(last, RunFinished)
    assert events[0].type == "run_started"
    assert {"article_split", "claims_collected", "coverage_found"} <= {event.type for event in events}
    run_id = last.report.run_id
    assert (await space.report(run_id)).model_dump() == last.report.model_dump()
    assert last.report.article.author == "A. Pilot"
    assert run_id in [one.run_id for one in await space.reports(1)]
    assert (await report_of(space.resume(run_id))).run_id == run_id


async def test_the_same_key_is_one_run(space: Workspace) -> None:
    runs = [await report_of(space.verify(ARTICLE, key="turn-1")) for _ in range(2)]
    assert runs[0].run_id == runs[1].run_id
    assert (await report_of(space.verify(ARTICLE))).run_id != runs[0].run_id


async def test_a_persons_word_is_kept_once_beside_the_report(space: Workspace) -> None:
    run_id = (await report_of(space.verify(ARTICLE))).run_id
    first = await space.correct(run_id, "c1", Label.CONTESTED, " a slip ", who="R. Reader")
    assert await space.correct(run_id, "c1", Label.CONTESTED, "a slip", who="R. Reader", version=1) == first
    assert (first.label, first.reason, first.who) == (Label.CONTESTED, "a slip", "R. Reader")
    assert await space.corrections(run_id) == (first,)
    history = await space.history(run_id)
    assert (len(history.versions), history.changes, history.corrections) == (1, (), (first,))
    with pytest.raises((UnknownClaim, UnknownRun)):
        await space.correct(run_id, "c99", Label.CONTESTED, "a slip", who="R. Reader")
    with pytest.raises(BadInput):
        await space.correct(run_id, "c1", Label.CONTESTED, " ", who="R. Reader")


async def test_an_edit_makes_the_next_version_and_is_signed(space: Workspace) -> None:
    run_id = (await report_of(space.verify(ARTICLE))).run_id
    text = "The old bridge of Port Selby was shut on Monday."
    after = await space.edit(run_id, RewordClaim(claim_id="c1", text=text), who="A. Quill", version=1)
    assert [(one.id, one.text) for one in after.claims] == [("c1", text)]
    assert after == await space.report(run_id)
    history = await space.history(run_id)
    assert history.edits == after.edits
    assert [(one.who, one.version, one.before[0].id) for one in history.edits] == [("A. Quill", 2, "c1")]
    with pytest.raises(StaleVersion):
        await space.edit(run_id, SetClaimAside(claim_id="c1", reason="no claim"), who="A. Quill", version=1)
    with pytest.raises(BadInput):
        await space.edit(run_id, AddClaim(quote="the new bridge"), who="A. Quill")
    signed = await space.edit(run_id, SetClaimAside(claim_id="c1", reason="no claim"))
    assert signed.edits[-1].who in ("Desk one", "local")
    assert (signed.claims, [one.id for one in signed.set_aside]) == ((), ["c1"])
    with pytest.raises(UnknownRun):
        await space.edit("nobody", AddClaim(quote="the old bridge"), who="A. Quill", version=1)


async def test_coverage_that_came_later_changes_a_report_when_it_is_judged_anew(space: Workspace) -> None:
    run_id = (await report_of(space.verify(ARTICLE))).run_id
    assert (await space.add([SAME])).known == frozenset()
    assert (await space.add([SAME])).known == {SAME.id}
    again = await space.recheck(run_id, ("c1",))
    assert [finding.label for finding in again.claims] == [Label.CORROBORATED]
    changed = (await space.history(run_id)).changes
    assert [(one.claim_id, one.new_label, one.version) for one in changed] == [("c1", Label.CORROBORATED, 2)]
    assert await space.withdraw([SAME.id, "nothing"], "taken back") == (SAME.id,)
    told: list[str] = []
    looked = await space.watch(lambda change: told.append(change.run_id))
    assert run_id in told
    assert set(told) == {one.run_id for one in looked.changes}
    assert await space.remove([SAME.id, SAME.id]) == (SAME.id,)


async def test_what_stands_in_the_store_is_found_shown_and_taken_out(space: Workspace) -> None:
    document = Document.of("The ferry sails again.", url="https://harbour.example/ferry", outlet="Harbour Post")
    await space.add([document], standing=True)
    assert await space.standing_at("http://www.harbour.example/ferry") == document.id
    assert [one.id for one in await space.listing(ListingFilter(outlet="harbour post"))] == [document.id]
    assert (await space.document(document.id[:10])).text == document.text
    found = await space.search("the ferry sails", 5)
    assert found.passages[0].passage.document_id == document.id
    assert found.documents == (await space.stats()).documents
    assert await space.withdraw([document.id], "taken back") == (document.id,)
    assert [one.state for one in await space.listing(ListingFilter(kept=True))] == ["withdrawn"]
    assert await space.restore([document.id]) == (document.id,)
    assert await space.remove([document.id]) == (document.id,)
    assert await space.standing_at("https://harbour.example/ferry") is None
    with pytest.raises(UnknownDocument):
        await space.document(document.id)


async def test_a_page_is_read_and_added_and_stays_out_when_it_was_withdrawn(space: Workspace) -> None:
    with run_newsstand() as stand:
        url = stand.put("/1", page(story(1)))
        assert story(1) in (await space.read(url)).text
        added = await space.add_page(url)
        assert (added.known, (await space.add_page(url)).known) == (False, True)
        await space.withdraw([added.document.id], "taken back")
        with pytest.raises(BadInput, match="stays out"):
            await space.add_page(url)
        await space.remove([added.document.id])


async def test_what_is_not_there_is_unknown(space: Workspace) -> None:
    for asked in (space.report("nobody"), space.history("nobody"), space.recheck("nobody", ("c1",))):
        with pytest.raises(UnknownRun):
            await asked


async def test_a_caller_sees_its_own_and_whoever_may_do_everything_sees_all(desk: Desk) -> None:
    mine, theirs = (ServedWorkspace(desk.service.backend, one) for one in (MINE, THEIRS))
    everybody = ServedWorkspace(desk.service.backend, Caller.here())
    run_id = (await report_of(mine.verify(ARTICLE))).run_id
    with pytest.raises(UnknownRun):
        await theirs.report(run_id)
    assert run_id not in [one.run_id for one in await theirs.reports()]
    assert run_id in [one.run_id for one in await mine.reports()]
    with pytest.raises(UnknownRun):
        await theirs.edit(run_id, SetClaimAside(claim_id="c1", reason="no claim"))
    assert (await everybody.report(run_id)).run_id == run_id
    assert (await mine.correct(run_id, "c1", Label.UNSOURCED, "a slip")).who == "Desk one"
    assert set(await theirs.own([run_id])) == set()
    assert set(await mine.own([run_id, "nothing"])) == {run_id}


def test_what_a_key_may_not_do_is_refused() -> None:
    THEIRS.need(Scope.READ, Scope.VERIFY)
    with pytest.raises(NotAllowed, match="scope coverage or read"):
        THEIRS.need(Scope.COVERAGE, Scope.READ)
    Caller.here().need(Scope.COVERAGE)
