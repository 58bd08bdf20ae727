"""The entry point of the library: an article goes in, events and a report come out.

What a run is made of is loaded when a verifier is made, so that importing this costs little.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from agent.analyst import SENTENCES_PER_PART, Analyst
from agent.budget import RunBudget
from agent.errors import ConfigurationError, UnknownRun
from agent.events import Event, RunFinished, RunStarted
from agent.models import AnalystInfo, Article, Report

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import BaseCheckpointSaver

    from agent.config import Settings
    from agent.verify.graph import Graph
    from agent.verify.keeping import ReportKeeper
    from agent.verify.nodes import RunDeps, Searcher
    from agent.verify.state import Input, State


@dataclass(frozen=True)
class Parts:
    """What a verifier needs. It extracts claims from `sentences_per_part` sentences at a time."""

    analyst: Analyst
    coverage: "Searcher"
    runs: "BaseCheckpointSaver[str]"
    keeping: "ReportKeeper | None" = None
    sentences_per_part: int = SENTENCES_PER_PART


class Verifier:
    """Verifies articles; safe for several runs at once. Open one with `open_verifier`."""

    def __init__(self, parts: Parts, settings: "Settings", new_id: Callable[[], str] | None = None) -> None:
        self._parts = parts
        self._settings = settings
        self._new_id = new_id or _new_run_id
        from agent.verify.graph import build_graph

        self._graph: Graph = build_graph(parts.runs)

    @property
    def info(self) -> AnalystInfo:
        """Which analyst, model and prompts read the articles, and the scores that were measured for them."""
        return self._parts.analyst.info

    def deps(self, run_id: str | None = None, tokens_spent: int = 0) -> "RunDeps":
        """What the steps of one run need, with a token budget of its own. Without a `run_id` nothing is kept of the
        run."""
        from agent.verify.keeping import NotedSearch
        from agent.verify.nodes import RunDeps

        coverage, keeping = self._parts.coverage, self._parts.keeping
        return RunDeps(
            analyst=self._parts.analyst,
            coverage=NotedSearch(coverage, keeping, run_id) if keeping and run_id else coverage,
            budget=RunBudget(self._settings.max_tokens_per_article, spent=tokens_spent),
            settings=self._settings,
            sentences_per_part=self._parts.sentences_per_part,
        )

    async def verify(self, article: Article) -> Report:
        """Verifies an article and returns the report. Raises an `IsnadError` where nothing could be checked at
        all."""
        return await _last(self.stream(article))

    async def resume(self, run_id: str) -> Report:
        """The report of an earlier run, which is finished first if it was not. Model calls that had ended are not
        made again."""
        return await _last(self.stream_resumed(run_id))

    async def stream(self, article: Article) -> AsyncIterator[Event]:
        """Verifies an article and yields events as they happen. The last one carries the report."""
        run_id = self._new_id()
        yield RunStarted(run_id=run_id)
        async for event in self._run(run_id, {"run_id": run_id, "article": article}, 0):
            yield event

    async def stream_resumed(self, run_id: str) -> AsyncIterator[Event]:
        """Resumes a run and yields its events, as `stream` does. `last` names the latest run. Raises `UnknownRun`."""
        from agent.verify.state import spent

        run_id = await self._known(run_id)
        snapshot = await self._graph.aget_state(_thread(run_id))
        yield RunStarted(run_id=run_id, resumed=True)
        report = snapshot.values.get("report")
        # Nothing is next either when a kill came between the last answer of a step and the record of the step.
        if report is not None and not snapshot.next:
            # A finished run that were started again would add its evidence a second time.
            yield await self._finished(report)
            return
        _check_analyst(snapshot.values.get("analyst"), self.info)
        async for event in self._run(run_id, None, spent(cast("State", snapshot.values)).tokens):
            yield event

    async def stream_once(self, run_id: str, article: Article) -> AsyncGenerator[Event, None]:
        """Verifies an article under an id of the caller's, and yields events as `stream` does. A run of that id that
        exists already goes on where it is: it never begins twice."""
        try:
            await self._known(run_id)
        except UnknownRun:
            yield RunStarted(run_id=run_id)
            events = self._run(run_id, {"run_id": run_id, "article": article}, 0)
        else:
            events = self.stream_resumed(run_id)
        async for event in events:
            yield event

    async def knows(self, run_id: str) -> bool:
        """Whether a run of that id was begun and is still kept."""
        try:
            await self._known(run_id)
        except UnknownRun:
            return False
        return True

    async def _run(self, run_id: str, given: "Input | None", tokens_spent: int) -> AsyncIterator[Event]:
        # Opening the index takes a second, about as long as the article takes to be read.
        warming = asyncio.create_task(asyncio.to_thread(self._parts.coverage.warm))
        report: Report | None = None
        try:
            async for mode, value in self._graph.astream(
                given,
                _thread(run_id),
                context=self.deps(run_id, tokens_spent),
                stream_mode=["custom", "updates"],
                durability="sync",
            ):
                if mode == "custom":
                    yield cast("Event", value)
                else:
                    report = cast("dict[str, State]", value).get("label", {}).get("report", report)
        finally:
            await warming
        if report is None:
            # Its step was done before, and not recorded as done.
            report = (await self._graph.aget_state(_thread(run_id))).values["report"]
        finished = await self._finished(report)
        await self._parts.runs.aprune([run_id])
        yield finished

    async def _finished(self, report: Report) -> RunFinished:
        if self._parts.keeping is not None:
            await self._parts.keeping.keep(report)
        return RunFinished(report=report)

    async def _known(self, run_id: str) -> str:
        async for found in self._parts.runs.alist(None if run_id == "last" else _thread(run_id), limit=1):
            return str(found.config["configurable"]["thread_id"])
        which = "run to resume" if run_id == "last" else f"run {run_id!r}"
        raise UnknownRun(f"there is no {which} in {self._settings.data_dir}")


async def _last(events: AsyncIterator[Event]) -> Report:
    async for event in events:
        if isinstance(event, RunFinished):
            return event.report
    raise AssertionError("a run ended without a report or an error")


def _check_analyst(begun: AnalystInfo | None, now: AnalystInfo) -> None:
    """A report names one analyst: what one has begun, another may not finish."""
    if begun is not None and (begun.kind, begun.model) != (now.kind, now.model):
        was = f"the model {begun.model!r}" if begun.model else "the built-in analyst"
        raise ConfigurationError(
            f"this run was begun with {was}; resume it with the same, or verify the article anew"
        )


def _thread(run_id: str) -> "RunnableConfig":
    return {"configurable": {"thread_id": run_id}}


def _new_run_id() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
