"""The steps of a turn. Whatever is not there becomes a message; the thread then stands as it did before.

A step that is repeated after a kill repeats nothing that counts: runs have a key of the thread and the turn, pages
and corrections are there once.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from langgraph.graph import END
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.article import About, plain_article
from agent.chat.actions import ASKS_FIRST, NEEDS_REPORT, OF_CLAIM, Action, ActionName, Understood
from agent.chat.answering.composing import compose
from agent.chat.articles import article_meant, reports_of
from agent.chat.asking import NothingToAsk, question_of
from agent.chat.deps import ChatDeps, ConversationContext
from agent.chat.editing import request_of
from agent.chat.naming import numbered
from agent.chat.records import AnswerGiven, ChatAnswer, Message, MessageUnderstood, Progress, TurnFailed, shown_event
from agent.chat.state import ChatState, Done, Focus
from agent.chat.threads import now
from agent.chat.understanding.enveloped import Files
from agent.chat.understanding.looks import answered_in, tongue_of
from agent.chat.understanding.understanding import understood
from agent.envelopes import open_message
from agent.errors import IsnadError
from agent.events import Gathering, RunFinished
from agent.gather.options import GatherOptions
from agent.messages import languages
from agent.models import Article, Label, Report
from agent.service.faults import code_of
from agent.service.stores import check_statement
from agent.storage.keys import LOCAL
from agent.streaming import stream_of

_MOST_FOUND = 6
# A list is spoken of ("the second of those") for so many messages, questions and answers together.
_REMEMBERED = 9
_LONGEST_TITLE = 200
# So much of a file tells its language, when nothing is said with it.
_SPEAKS_FOR_ITSELF = 500
# How a turn, and every action of it, begins.
_NOTHING_DONE: ChatState = {
    "article": None,
    "about": None,
    "question": None,
    "before": {},
    "done": None,
    "failure": None,
}
_OF_FOCUS = OF_CLAIM | {ActionName.CORRECT, ActionName.EDIT, ActionName.GATHER, ActionName.RECHECK}


async def listen(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    opened = open_message(state["said"])
    said = opened.said if opened is not None else state["said"]
    files = opened.files if opened is not None else state.get("files") or ()
    names = "".join(f"[{one.name or '?'}]\n" for one in files)
    first = said if said or not files else files[0].text[:_SPEAKS_FOR_ITSELF]
    before = state.get("tongue") or state.get("language", "en")
    tongue = tongue_of(first, before)
    return {
        "said": said,
        "files": (),
        "sent": Files(files=files, within=opened is not None),
        "messages": [Message(at=now(), said=f"{names}{said}")],
        "tongue": tongue,
        "language": answered_in(tongue),
        "foreign": tongue if tongue not in (*languages(), before) else None,
        "step": 0,
        **_NOTHING_DONE,
    }


async def understand(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    last, focus = state.get("understood"), state.get("focus")
    spoken = ConversationContext(
        has_report=state.get("run_id") is not None,
        focus=focus.claim_id if focus else None,
        last=last.action.name if last else None,
        listed=_listed(state),
        before=last.action if last else None,
    )
    sent, run_id = state["sent"], state.get("run_id")
    article = None
    if sent.files and run_id is not None:
        try:
            article = (await runtime.context.workspace.report(run_id)).article.text
        except IsnadError as err:
            return {"failure": _failure(err, state, runtime.context)}
    value = await understood(state["said"], spoken, runtime.context.listener, sent, article)
    if value.usage.calls:
        runtime.stream_writer(MessageUnderstood(usage=value.usage))
    return {"understood": value}


async def prepare(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    """What an action needs before it is done: the article, the claims it names, the question to ask, the labels."""
    action, deps = state["understood"].action, runtime.context
    try:
        if action.name is ActionName.VERIFY:
            return {"article": await _article(action, deps)}
        about = _about(action, state)
        version = None
        if action.name is ActionName.EDIT and about:
            version = (await deps.workspace.history(about)).versions[-1].version
        # The very version that the question will speak of: a yes is to no other.
        report = await deps.workspace.report(about, version) if about else None
        notes = state["understood"].notes
        if report is None and action.name in NEEDS_REPORT:
            return {}
        if report is not None:
            named = await numbered(action, report, deps.listener)
            if named.usage.calls:
                runtime.stream_writer(MessageUnderstood(usage=named.usage))
            if named.refused is not None:
                return {"about": about, "understood": _settled(state["understood"], named.refused)}
            action = named.action
            notes = (*notes, *((named.note,) if named.note else ()))
        understood = state["understood"].model_copy(update={"action": action, "notes": notes})
        if action.name is ActionName.EDIT:
            action = action.model_copy(update={"who": action.who or state.get("signed", "")})
            understood = understood.model_copy(update={"action": action})
            if not action.who and deps.owner == LOCAL:
                # At one's own machine no key tells who speaks, and nobody edits without a name.
                return {"about": about, "understood": _settled(understood, NothingToAsk(key="edit_how.name"))}
        if action.name in ASKS_FIRST:
            sources = await deps.workspace.sources() if action.name is ActionName.GATHER else ()
            question = question_of(
                action, report, _claim(state, about), state["language"], _place(state), sources, version
            )
            if isinstance(question, NothingToAsk):
                return {"about": about, "understood": _settled(understood, question)}
            shown = Message(at=now(), question=question.question)
            settled = understood.model_copy(update={"action": question.action})
            before = _labels(report) if report else {}
            return {
                "about": about,
                "question": question.question,
                "messages": [shown],
                "understood": settled,
                "before": before,
            }
        if action.name is ActionName.RECHECK and report is not None:
            return {"about": about, "before": _labels(report), "understood": understood}
    except IsnadError as err:
        return {"failure": _failure(err, state, runtime.context)}
    return {"about": about, "understood": understood}


def after_prepared(state: ChatState) -> str:
    if state.get("failure") is not None or state["understood"].refused is not None:
        return "answer"
    action = state["understood"].action
    if state.get("question") is not None:
        return "confirm"
    if action.name in ASKS_FIRST or (action.name in NEEDS_REPORT and state.get("about") is None):
        return "answer"
    return "act"


async def confirm(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    """Waits for yes or no; what was said, when it was said in words, stands in the thread."""
    decision = interrupt(state["question"])
    said = [Message(at=now(), said=decision["said"])] if decision["said"] else []
    update: ChatState = {"messages": said, "question": None}
    return update if decision["yes"] else {**update, "done": Done(declined=True)}


async def act(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    done = state.get("done")
    if done is not None and done.declined:
        return {}
    try:
        return await _acted(state, runtime)
    except IsnadError as err:
        return {"failure": _failure(err, state, runtime.context)}


async def _acted(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    deps, action = runtime.context, state["understood"].action
    key = f"{deps.thread}-{_place(state)}"
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
            card = deps.threads.rename(deps.owner, deps.thread, action.words)
            return {"done": Done(title=card.title)}
        case ActionName.THREADS:
            return {"done": Done(threads=deps.threads.listing(deps.owner))}
        case ActionName.DELETE:
            return {"done": Done(), "ended": True}
    return {}


async def recheck(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    """Some claims judged anew: asked for, or after something was added for them."""
    action, run_id = state["understood"].action, state.get("about")
    done = state.get("done") or Done()
    found = done.gathered is not None and done.gathered.added > 0
    wanted = action.name is ActionName.RECHECK or (action.name is ActionName.ADD and action.numbers) or found
    if not wanted or run_id is None or done.declined or state.get("failure") is not None:
        return {}
    numbers = set(action.numbers)
    if not numbers and not action.whole and (claim := _claim(state, run_id)):
        numbers = {int(claim[1:])}
    claims = tuple(claim for claim in state["before"] if not numbers or int(claim[1:]) in numbers)
    try:
        await runtime.context.workspace.recheck(run_id, claims)
    except IsnadError as err:
        return {"failure": _failure(err, state, runtime.context)}
    return {"done": done.model_copy(update={"before": {claim: state["before"][claim] for claim in claims}})}


async def answer(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    """The answer, or what was not there, as the message that ends the turn."""
    failure = state.get("failure")
    if failure is None:
        try:
            composed = await compose(state, runtime.context)
        except IsnadError as err:
            failure = _failure(err, state, runtime.context)
        else:
            if _goes_on(state):
                runtime.stream_writer(AnswerGiven(answer=composed))
            return {"messages": [Message(at=now(), answer=composed)], "focus": _focus(composed, state.get("focus"))}
    if _goes_on(state):
        runtime.stream_writer(failure)
    return {"messages": [Message(at=now(), failure=failure)], "failure": failure}


def after_answer(state: ChatState) -> str:
    return "proceed" if _goes_on(state) else END


async def proceed(state: ChatState) -> ChatState:
    """On to what is asked for next. Whatever became of the action before has been told."""
    first, *then = state["understood"].then
    return {
        "understood": Understood(action=first, then=tuple(then)),
        "step": state.get("step", 0) + 1,
        "foreign": None,
        **_NOTHING_DONE,
    }


def _goes_on(state: ChatState) -> bool:
    understood = state.get("understood")
    return understood is not None and bool(understood.then) and not state.get("ended")


def _place(state: ChatState) -> str:
    """What an action is known by in its thread: the number of its turn, and its own where there are several."""
    step = state.get("step", 0)
    return f"{state['turn']}-{step}" if step else str(state["turn"])


async def _article(action: Action, deps: ChatDeps) -> Article:
    if action.url is not None:
        return await deps.workspace.read(action.url)
    about = About(published_at=action.published, outlet=action.outlet)
    return plain_article(action.words, "message", about, deps.most_chars)


def _about(action: Action, state: ChatState) -> str | None:
    """The report that is meant: that of the claim last spoken of, where nothing names another one."""
    focus = state.get("focus")
    words = action.claim if action.name in (ActionName.CORRECT, ActionName.EDIT) else action.words
    named = action.numbers or action.whole or words
    if focus is None or named or action.name not in _OF_FOCUS:
        return state.get("run_id")
    return focus.run_id


def _claim(state: ChatState, run_id: str | None) -> str | None:
    """The claim of a report that was last spoken of."""
    focus = state.get("focus")
    return focus.claim_id if focus and focus.run_id == run_id else None


def _focus(answered: ChatAnswer, before: Focus | None) -> Focus | None:
    if answered.run_id is not None and len(answered.claim_ids) == 1:
        return Focus(run_id=answered.run_id, claim_id=answered.claim_ids[0])
    # "It" is none of several that were just shown, and none of before where something was asked that is not known.
    return before if answered.answered and not answered.claim_ids else None


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


def _listed(state: ChatState) -> tuple[int, ...]:
    """The claims of the last answer that showed several, where it spoke of the report that is spoken of now."""
    for message in reversed(state.get("messages", [])[-_REMEMBERED:]):
        answered = message.answer
        if answered is not None and answered.run_id == state.get("run_id") and len(answered.claim_ids) > 1:
            return tuple(int(claim[1:]) for claim in answered.claim_ids)
    return ()


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


def _labels(report: Report) -> dict[str, Label | None]:
    return {finding.id: finding.label for finding in report.claims}


def _failure(err: IsnadError, state: ChatState, deps: ChatDeps) -> TurnFailed:
    return TurnFailed(code=code_of(err), message=deps.workspace.sentence(err, state["language"]))


def _settled(was: Understood, refused: NothingToAsk) -> Understood:
    return was.model_copy(update={"refused": refused.key, "values": refused.values})
