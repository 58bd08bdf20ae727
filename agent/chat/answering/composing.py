"""The answer of a turn: which report it speaks of, and who writes which part of it."""

from collections.abc import Callable, Mapping

from agent.chat.actions import NEEDS_REPORT, Action, ActionName, ExportForm, TurnRemark, Understood
from agent.chat.answering.chain import show_chain, show_chain_of_all
from agent.chat.answering.checked import all_claims, tell_checked
from agent.chat.answering.claims import (
    explain_label,
    list_claims,
    show_original,
    summarise,
    tell_earliest,
    tell_earliest_of_all,
)
from agent.chat.answering.exporting import export
from agent.chat.answering.found import answer_question, show_found
from agent.chat.answering.gathered import tell_gathered
from agent.chat.answering.note import draft_note
from agent.chat.answering.sheet import Sheet, chosen
from agent.chat.answering.wording import Wording, apart, why_english, wording
from agent.chat.deps import ChatDeps
from agent.chat.records import ChatAnswer
from agent.chat.state import ChatState, Done, Focus
from agent.chat.understanding.grammar import plainly
from agent.models import Finding

_EACH: Mapping[ActionName, Callable[[Sheet, Finding], None]] = {
    ActionName.WHY: explain_label,
    ActionName.ORIGINAL: show_original,
    ActionName.EARLIEST: tell_earliest,
    ActionName.CHAIN: show_chain,
    ActionName.CHECKED: lambda sheet, finding: tell_checked(sheet, [finding]),
}
_AT_ONCE = (*_EACH, ActionName.CLAIMS, ActionName.NOTE)
_MOST_THREADS = 20


async def compose(state: ChatState, deps: ChatDeps) -> ChatAnswer:
    """From the report and the coverage alone. Raises what the workspace raises."""
    language = state["language"]
    action, done = state["understood"].action, state.get("done") or Done()
    run_id = state.get("about")
    report = await deps.workspace.report(run_id) if run_id else None
    corrections = await deps.workspace.corrections(run_id) if run_id else ()
    sheet = Sheet(wording(language), report, corrections)
    if done.declined:
        sheet.tell("declined")
    elif (refused := state["understood"].refused) is not None:
        sheet.tell(refused, **state["understood"].values)
    elif report is None and action.name in NEEDS_REPORT:
        sheet.tell("no_report")
    elif action.name is ActionName.EXPORT:
        export(sheet, action.form or ExportForm.MARKDOWN, state["messages"], deps)
    else:
        _write(sheet, action, done, _claim_of(state.get("focus"), run_id))
    if (foreign := state.get("foreign")) is not None:
        sheet.tell_line(why_english(foreign))
    _tell_how(sheet, state["understood"])
    for note in state["understood"].notes:
        sheet.tell(note.key, **{name: apart(value) for name, value in note.values.items()})
    if action.lead:
        _answer_lead(sheet, action.lead)
    return sheet.answer(language)


def _answer_lead(sheet: Sheet, lead: str) -> None:
    """What stood in front of an article, where it asks for something that its report tells at once."""
    asked = plainly(lead).action
    if asked.name in _AT_ONCE:
        _write(sheet, asked, Done(), None)
    elif asked.name is not ActionName.UNCLEAR:
        sheet.tell("lead", lead=apart(lead))


def _claim_of(focus: Focus | None, run_id: str | None) -> str | None:
    return focus.claim_id if focus and focus.run_id == run_id else None


def _tell_how(sheet: Sheet, understood: Understood) -> None:
    """How a message was understood, where that needs saying."""
    if understood.remark is TurnRemark.MODEL_FAILED:
        sheet.tell("model_failed", why=apart(understood.why))
    if understood.remark is TurnRemark.NEEDS_MODEL:
        sheet.tell("needs_model")
    if understood.near is not None:
        sheet.tell("did_you_mean", name=understood.near)


def _write(sheet: Sheet, action: Action, done: Done, focus: str | None) -> None:
    match action.name:
        case ActionName.VERIFY:
            summarise(sheet)
        case ActionName.CHECK:
            _checked(sheet, action)
        case ActionName.CLAIMS:
            list_claims(sheet, action)
        case ActionName.EARLIEST if action.whole or not (action.numbers or action.words or focus):
            tell_earliest_of_all(sheet)
        case ActionName.CHAIN if action.whole or not (action.numbers or action.words or focus):
            show_chain_of_all(sheet)
        case ActionName.CHECKED if action.whole or not (action.numbers or action.words or focus):
            tell_checked(sheet, all_claims(sheet))
        case ActionName.WHY | ActionName.ORIGINAL | ActionName.EARLIEST | ActionName.CHAIN | ActionName.CHECKED:
            _each(sheet, action, focus)
        case ActionName.SEARCH:
            show_found(sheet, action.words, done.found) if action.words else sheet.tell("what_to_search")
        case ActionName.ASK:
            answer_question(sheet, action.words, done.found)
        case ActionName.GATHER:
            tell_gathered(sheet, done.gathered)
            _changed(sheet, done)
        case ActionName.ADD | ActionName.RECHECK:
            _changed(sheet, done)
        case ActionName.CORRECT:
            _corrected(sheet, done)
        case ActionName.NOTE:
            draft_note(sheet)
        case _:
            _about_the_chat(sheet, action, done)


def _each(sheet: Sheet, action: Action, focus: str | None) -> None:
    assert sheet.report is not None
    if action.whole:
        found: list[Finding] | None = list(sheet.report.claims)
    else:
        found = chosen(sheet, action.numbers, action.words, focus)
    if found is None:
        return
    if not found:
        sheet.tell("which_claim", command=action.name.value)
    for finding in found:
        _EACH[action.name](sheet, finding)


def _checked(sheet: Sheet, action: Action) -> None:
    if not action.words:
        sheet.tell("what_to_check")
    elif sheet.report is None or not sheet.report.claims:
        sheet.tell("no_claims_in")
    else:
        for finding in sheet.report.claims:
            explain_label(sheet, finding)


def _changed(sheet: Sheet, done: Done) -> None:
    if done.page is not None:
        document = done.page.document
        who = apart(document.outlet or sheet.say.words("unknown_outlet"))
        title = apart(document.title or document.url or document.id)
        sheet.tell("added_known" if done.page.known else "added", title=title, who=who)
    if not done.before:
        if sheet.report is not None and done.page is not None:
            sheet.tell("add_then_check")
        return
    assert sheet.report is not None
    now = {finding.id: finding for finding in sheet.report.claims}
    changed = [now[claim] for claim, label in done.before.items() if now[claim].label is not label]
    say = sheet.say
    told = [
        say("rechecked_changed", number=int(f.id[1:]), old=say.label(done.before[f.id]), new=say.label(f.label))
        for f in changed
    ]
    sheet.tell("rechecked", what=say.words("comma").join(told) or say("rechecked_same"))
    for finding in changed or ([now[claim] for claim in done.before] if len(done.before) == 1 else []):
        explain_label(sheet, finding)


def _corrected(sheet: Sheet, done: Done) -> None:
    one = done.correction
    assert one is not None
    values = {"given": sheet.say.label(one.given), "label": sheet.say.label(one.label)}
    sheet.tell("corrected_now", number=int(one.claim_id[1:]), **values)
    for finding in sheet.report.claims if sheet.report else ():
        if finding.id == one.claim_id:
            sheet.show(finding)


def _about_the_chat(sheet: Sheet, action: Action, done: Done) -> None:
    match action.name:
        case ActionName.RENAME:
            sheet.tell("renamed", title=apart(done.title)) if done.title else sheet.tell("bad_title")
        case ActionName.THREADS:
            _list_threads(sheet, done)
        case ActionName.DELETE:
            sheet.tell("deleted")
        case ActionName.HELP:
            sheet.tell("help")
            for line in sheet.say.help_lines():
                sheet.tell_line(line)
        case _:
            sheet.tell("unclear")


def _list_threads(sheet: Sheet, done: Done) -> None:
    say: Wording = sheet.say
    for card in done.threads[:_MOST_THREADS]:
        title = apart(card.title or say.words("untitled"))
        sheet.tell("thread", title=title, day=say.day(card.updated_at), id=card.id)
