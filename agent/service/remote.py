"""The workspace of a command at a server that runs, by the API that everybody uses."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter

from agent.article import About
from agent.config import Settings
from agent.errors import BadInput, IsnadError, RunFailed, StoreError, UnknownRun
from agent.events import Event, Gathering, RunFinished
from agent.fetch import open_fetcher
from agent.gather.options import GatherOptions, TellGathering
from agent.models import Article, EditRequest, Frozen, Label, Report
from agent.service.address import ServerAddress
from agent.service.intake import fetch_article
from agent.service.publication import Publication, SignedRating, sign
from agent.service.remote_coverage import RemoteCoverage
from agent.service.wire import ServerConnection, open_connection
from agent.service.workspace import (
    History,
    Tell,
)
from agent.storage.keys import Scope
from agent.storage.reports import Correction, Recorded, Version
from agent.watch.look import WatchOutcome

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_VERIFICATIONS, _REPORTS = "/v1/verifications", "/v1/reports"


class RunningServer(Frozen):
    """What answers at an address."""

    version: str
    analyst: str
    model: str | None = None


class _Posted(BaseModel):
    id: str


class _Page(BaseModel):
    verifications: tuple[_Posted, ...]


class _Reports(BaseModel):
    reports: tuple[Version, ...]


class _Ended(BaseModel):
    state: str
    failure: dict[str, str] | None = None


class RemoteWorkspace(RemoteCoverage):
    """Implements `Workspace`. Opened with `open_remote`; what the server refuses is raised as if done here."""

    def __init__(self, wire: ServerConnection, settings: Settings, who: str) -> None:
        super().__init__(wire, settings)
        self._who = who

    @property
    def max_article_chars(self) -> int:
        return self._settings.max_article_chars

    def sentence(self, err: IsnadError, language: str = "en") -> str:
        return str(err)

    def need(self, *scopes: Scope) -> None:
        """The server looks at the key."""

    async def server(self) -> RunningServer:
        return await self._wire.get("/v1/service", RunningServer)

    async def verify(
        self, article: Article, *, key: str | None = None, gather: GatherOptions | None = None
    ) -> AsyncGenerator[Event, None]:
        about = About.model_validate(article.model_dump(exclude={"text"}))
        body = {"text": article.text, **about.model_dump(mode="json", exclude_none=True)}
        if gather is not None:
            body["gather"] = gather.model_dump(mode="json")
        headers = {"Idempotency-Key": key} if key is not None else {}
        posted = await self._wire.send("POST", _VERIFICATIONS, _Posted, json=body, headers=headers)
        async with aclosing(self._followed(posted.id)) as events:
            async for event in events:
                yield event

    async def resume(self, run_id: str) -> AsyncGenerator[Event, None]:
        known = await self._latest() if run_id == "last" else run_id
        try:
            async with aclosing(self._followed(known)) as events:
                async for event in events:
                    yield event
        except UnknownRun as err:
            err.add_note("A run that was begun without this server is finished once it has stopped.")
            raise

    async def _latest(self) -> str:
        page = await self._wire.get(_VERIFICATIONS, _Page, params={"limit": 1})
        for one in page.verifications:
            return one.id
        raise UnknownRun("there is no run to resume at this server")

    async def _followed(self, run_id: str) -> AsyncGenerator[Event, None]:
        path = f"{_VERIFICATIONS}/{quote(run_id, safe='')}"
        async with aclosing(self._wire.events("GET", f"{path}/events", missing=UnknownRun)) as events:
            async for name, data in events:
                if name == "ended":
                    yield RunFinished(report=await self._finished(run_id, _Ended.model_validate_json(data)))
                    return
                if name != "run_finished":
                    yield _EVENT.validate_python({"type": name, **json.loads(data)})
        raise StoreError("the server ended before the verification did; --resume takes it up")

    async def _finished(self, run_id: str, ended: _Ended) -> Report:
        if ended.state != "succeeded":
            failure = ended.failure or {}
            raise RunFailed(failure.get("code", "run"), failure.get("message", f"the verification was {ended.state}"))
        path = f"{_VERIFICATIONS}/{quote(run_id, safe='')}/report.json"
        return await self._wire.get(path, Report, missing=UnknownRun)

    async def read(self, url: str) -> Article:
        async with open_fetcher(self._settings) as fetcher:
            return await fetch_article(fetcher, url, self.max_article_chars)

    async def report(self, run_id: str, version: int | None = None) -> Report:
        params = {} if version is None else {"version": version}
        return await self._wire.get(f"{_report(run_id)}/report.json", Report, params=params, missing=UnknownRun)

    async def reports(self, limit: int | None = None) -> tuple[Version, ...]:
        params = {} if limit is None else {"limit": limit}
        return (await self._wire.get(_REPORTS, _Reports, params=params)).reports

    async def history(self, run_id: str) -> History:
        return await self._wire.get(f"{_report(run_id)}/history", History, missing=UnknownRun)

    async def corrections(self, run_id: str) -> tuple[Correction, ...]:
        return (await self.history(run_id)).corrections

    async def correct(
        self,
        run_id: str,
        claim_id: str,
        label: Label,
        reason: str,
        *,
        who: str | None = None,
        version: int | None = None,
    ) -> Correction:
        signed = self._who if who is None else who
        if not signed.strip() or not reason.strip():
            raise BadInput("a correction needs a reason and a name")
        body = {"label": label, "reason": reason, "who": signed, "version": version}
        path = f"{_report(run_id)}/claims/{quote(claim_id, safe='')}/corrections"
        return await self._wire.send("POST", path, Correction, json=body, missing=UnknownRun)

    async def publish(
        self, run_id: str, claim_id: str, signed: SignedRating, version: int | None = None
    ) -> Publication:
        return sign(await self.report(run_id, version), claim_id, signed, self._settings)

    async def edit(
        self, run_id: str, request: EditRequest, *, who: str | None = None, version: int | None = None
    ) -> Report:
        seen = version if version is not None else (await self.history(run_id)).versions[-1].version
        body = {
            "version": seen,
            "who": self._who if who is None else who,
            "edit": request.model_dump(mode="json", exclude_none=True),
        }
        return await self._wire.send("POST", f"{_report(run_id)}/edits", Report, json=body, missing=UnknownRun)

    async def recheck(self, run_id: str, claim_ids: tuple[str, ...]) -> Report:
        body = {"claims": list(claim_ids)}
        return await self._wire.send("POST", f"{_report(run_id)}/recheck", Report, json=body, missing=UnknownRun)

    async def gather(
        self, run_id: str, claim_ids: tuple[str, ...], options: GatherOptions, tell: TellGathering
    ) -> Gathering:
        body = {"claims": list(claim_ids), **options.model_dump(mode="json")}
        return await self._wire.outcome_of(f"{_report(run_id)}/gather", body, Gathering, tell, Gathering)

    async def watch(self, tell: Tell) -> WatchOutcome:
        return await self._wire.outcome_of("/v1/watch/looks", None, Recorded, tell, WatchOutcome)


def _report(run_id: str) -> str:
    return f"{_REPORTS}/{quote(run_id, safe='')}"


@asynccontextmanager
async def open_remote(settings: Settings, address: ServerAddress, who: str) -> AsyncIterator[RemoteWorkspace]:
    """At a server of that address, which is not asked yet; `who` signs corrections."""
    async with open_connection(address) as wire:
        yield RemoteWorkspace(wire, settings, who)
