"""The steps of a turn. Whatever is not there becomes a message; the thread then stands as it did before."""

from langgraph.graph import END
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.article import About, plain_article
from agent.chat.acting import do_action
from agent.chat.actions import ASKS_FIRST, NEEDS_REPORT, Action, ActionName, Understood
from agent.chat.answering.composing import compose
from agent.chat.asking import NothingToAsk, question_of
from agent.chat.deps import ChatDeps, ConversationContext
from agent.chat.naming import numbered
from agent.chat.records import AnswerGiven, Message, MessageUnderstood, TurnFailed
from agent.chat.spoken_of import claim_spoken_of, claims_listed, focus_after, place_of, report_meant
from agent.chat.state import ChatState, Done
from agent.chat.threads import now
from agent.chat.understanding.enveloped import Files
from agent.chat.understanding.looks import answered_in, tongue_of
from agent.chat.understanding.understanding import understood
from agent.envelopes import open_message
from agent.errors import IsnadError
from agent.faults import code_of
from agent.messages import languages
from agent.models import Article, Label, Report
from agent.storage.keys import LOCAL

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
        listed=claims_listed(state),
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
        about = report_meant(action, state)
        version = None
        if action.name is ActionName.EDIT and about:
            version = (await deps.workspace.history(about)).versions[-1].version
        # The very version that the question will speak of: a yes is to no other.
        report = await deps.workspace.report(about, version) if about else None
        if report is None and action.name in NEEDS_REPORT:
            return {}
        understood = await _numbered(state["understood"], report, runtime)
        if understood.refused is None and action.name is ActionName.EDIT:
            understood = _signed(understood, state, deps)
        if understood.refused is None and action.name in ASKS_FIRST:
            return await _to_ask(state, understood, about, report, version, deps)
    except IsnadError as err:
        return {"failure": _failure(err, state, runtime.context)}
    if understood.refused is None and action.name is ActionName.RECHECK and report is not None:
        return {"about": about, "before": _labels(report), "understood": understood}
    return {"about": about, "understood": understood}


async def _numbered(understood: Understood, report: Report | None, runtime: Runtime[ChatDeps]) -> Understood:
    """With the claims that were named by their words as numbers; refused where none of them is meant for certain."""
    if report is None:
        return understood
    named = await numbered(understood.action, report, runtime.context.listener)
    if named.usage.calls:
        runtime.stream_writer(MessageUnderstood(usage=named.usage))
    if named.refused is not None:
        return _settled(understood, named.refused)
    notes = (*understood.notes, *((named.note,) if named.note else ()))
    return understood.model_copy(update={"action": named.action, "notes": notes})


def _signed(understood: Understood, state: ChatState, deps: ChatDeps) -> Understood:
    """With the name of whoever edits."""
    who = understood.action.who or state.get("signed", "")
    understood = understood.model_copy(update={"action": understood.action.model_copy(update={"who": who})})
    if not who and deps.owner == LOCAL:
        # At one's own machine no key tells who speaks, and nobody edits without a name.
        return _settled(understood, NothingToAsk(key="edit_how.name"))
    return understood


async def _to_ask(
    state: ChatState,
    understood: Understood,
    about: str | None,
    report: Report | None,
    version: int | None,
    deps: ChatDeps,
) -> ChatState:
    """The question before an action that is not done without a yes."""
    action = understood.action
    sources = await deps.workspace.sources() if action.name is ActionName.GATHER else ()
    question = question_of(
        action, report, claim_spoken_of(state, about), state["language"], place_of(state), sources, version
    )
    if isinstance(question, NothingToAsk):
        return {"about": about, "understood": _settled(understood, question)}
    return {
        "about": about,
        "question": question.question,
        "messages": [Message(at=now(), question=question.question)],
        "understood": understood.model_copy(update={"action": question.action}),
        "before": _labels(report) if report else {},
    }


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
        return await do_action(state, runtime)
    except IsnadError as err:
        return {"failure": _failure(err, state, runtime.context)}


async def recheck(state: ChatState, runtime: Runtime[ChatDeps]) -> ChatState:
    """Some claims judged anew: asked for, or after something was added for them."""
    action, run_id = state["understood"].action, state.get("about")
    done = state.get("done") or Done()
    found = done.gathered is not None and done.gathered.added > 0
    wanted = action.name is ActionName.RECHECK or (action.name is ActionName.ADD and action.numbers) or found
    if not wanted or run_id is None or done.declined or state.get("failure") is not None:
        return {}
    numbers = set(action.numbers)
    if not numbers and not action.whole and (claim := claim_spoken_of(state, run_id)):
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
            return {
                "messages": [Message(at=now(), answer=composed)],
                "focus": focus_after(composed, state.get("focus")),
            }
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


async def _article(action: Action, deps: ChatDeps) -> Article:
    if action.url is not None:
        return await deps.workspace.read(action.url)
    about = About(published_at=action.published, outlet=action.outlet)
    return plain_article(action.words, "message", about, deps.most_chars)


def _labels(report: Report) -> dict[str, Label | None]:
    return {finding.id: finding.label for finding in report.claims}


def _failure(err: IsnadError, state: ChatState, deps: ChatDeps) -> TurnFailed:
    return TurnFailed(code=code_of(err), message=deps.workspace.sentence(err, state["language"]))


def _settled(was: Understood, refused: NothingToAsk) -> Understood:
    return was.model_copy(update={"refused": refused.key, "values": refused.values})
