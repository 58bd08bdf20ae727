"""What is done for an action, once it is known what it needs.

What is repeated after a kill repeats nothing that counts: runs have a key of the thread and the turn, pages and
corrections are there once.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from langgraph.runtime import Runtime

from agent.chat.actions import Action, ActionName
from agent.chat.articles import article_meant, reports_of
from agent.chat.deps import ChatDeps
from agent.chat.editing import request_of
from agent.chat.records import Progress, shown_event
from agent.chat.spoken_of import place_of
from agent.chat.state import ChatState, Done
from agent.events import Gathering, RunFinished
from agent.gather.options import GatherOptions
from agent.models import Article, Report
from agent.service.stores import check_statement
from agent.streaming import stream_of

_MOST_FOUND = 6
_LONGEST_TITLE = 200


async def do_action(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    deps, action = runtime.context, state["understood"].action
    key = f"{deps.thread}-{place_of(state)}"
    match action.name:
        case ActionName.VERIFY:
            article = state["article"]
            assert article is not None
            report = await _verified(article, key, runtime)
            return {"done": Done(), **_speaks_of(report.run_id, state)}
        case ActionName.ARTICLES:
            return await _switched(action, state, deps)
        case ActionName.CHANGES:
            about = state.get("about")
            assert about is not None
            return {"done": Done(history=await deps.workspace.history(about))}
        case ActionName.CHECK if action.words:
            tongue = state.get("tongue", state["language"])
            report = await check_statement(deps.workspace, action.words, tongue, key=key)
            run_id = state.get("run_id") or report.run_id
            return {"done": Done(), "run_id": run_id, "about": report.run_id}
        case ActionName.SEARCH | ActionName.ASK if action.words:
            found = await deps.workspace.search(action.words, _MOST_FOUND)
            return {"done": Done(found=found.passages)}
        case ActionName.ADD:
            assert action.url is not None
            return {"done": Done(page=await deps.workspace.add_page(action.url))}
        case ActionName.GATHER:
            return {"done": Done(gathered=await _gathered(state, runtime))}
        case ActionName.CORRECT:
            return {"done": await _corrected(state, deps)}
        case ActionName.EDIT:
            return {"done": await _edited(state, deps), "signed": action.who}
        case ActionName.RENAME if 0 < len(action.words) <= _LONGEST_TITLE:
            summary = deps.threads.rename(deps.owner, deps.thread, action.words)
            return {"done": Done(title=summary.title)}
        case ActionName.THREADS:
            return {"done": Done(threads=deps.threads.listing(deps.owner))}
        case ActionName.DELETE:
            return {"done": Done(), "ended": True}
    return {}


async def _verified(article: Article, key: str, runtime: Runtime[ChatDeps]) -> Report:
    async for event in runtime.context.workspace.verify(article, key=key):
        if isinstance(event, RunFinished):
            return event.report
        if shown_event(event):
            runtime.stream_writer(Progress(event=event))
    raise AssertionError("a verification ended without a report or an error")


def _speaks_of(run_id: str, state: ChatState) -> ChatState:
    """The thread speaks of this report from now on."""
    runs = _runs(state)
    return {"run_id": run_id, "about": run_id, "runs": runs if run_id in runs else (*runs, run_id)}


def _runs(state: ChatState) -> tuple[str, ...]:
    """Also of a thread that was begun before it remembered them."""
    current = state.get("run_id")
    return state.get("runs") or ((current,) if current else ())


async def _switched(action: Action, state: ChatState, deps: ChatDeps) -> ChatState:
    reports = await reports_of(_runs(state), deps.workspace)
    found = await article_meant(action, reports, state.get("run_id"), deps.workspace)
    if found is None:
        return {"done": Done(articles=reports)}
    return {"done": Done(switched=True), **_speaks_of(found.run_id, state)}


async def _gathered(state: ChatState, runtime: Runtime[ChatDeps]) -> Gathering:
    """Known pages are not fetched again: it may be repeated after a kill."""
    action, run_id = state["understood"].action, state.get("about")
    assert run_id is not None
    workspace, claims = runtime.context.workspace, tuple(f"c{number}" for number in action.numbers)
    last = Gathering()
    gathering: AsyncGenerator[Gathering, None] = stream_of(
        lambda tell: workspace.gather(run_id, claims, GatherOptions(), tell)
    )
    async with aclosing(gathering) as events:
        async for last in events:
            runtime.stream_writer(Progress(event=last))
    return last


async def _corrected(state: ChatState, deps: ChatDeps) -> Done:
    action, run_id = state["understood"].action, state.get("about")
    assert run_id is not None
    assert action.label is not None
    claim_id = f"c{action.numbers[0]}"
    return Done(correction=await deps.workspace.correct(run_id, claim_id, action.label, action.words))


async def _edited(state: ChatState, deps: ChatDeps) -> Done:
    """Of the version that was spoken of; after a kill it is the one that is there."""
    action, run_id = state["understood"].action, state.get("about")
    assert run_id is not None
    request, who = request_of(action), action.who or None
    report = await deps.workspace.edit(run_id, request, who=who, version=action.version)
    return Done(edit=report.edits[-1])
