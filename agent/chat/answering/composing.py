"""The answer of a turn: which report it speaks of, and who writes which part of it."""

from agent.chat.actions import NEEDS_REPORT, Action, ActionName, ExportForm, TurnRemark, Understood
from agent.chat.answering.articles import list_articles, tell_article
from agent.chat.answering.asked import AT_ONCE, answer_asked
from agent.chat.answering.claims import explain_label, summarise
from agent.chat.answering.exporting import export
from agent.chat.answering.found import answer_question, show_found
from agent.chat.answering.gathered import tell_gathered
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.unclear import tell_unclear
from agent.chat.answering.wording import Wording, why_english, wording
from agent.chat.deps import ChatDeps
from agent.chat.records import ChatAnswer
from agent.chat.state import ChatState, Done, Focus
from agent.chat.understanding.grammar import plainly
from agent.models import number_of
from agent.text.isolates import isolated_line

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
        sheet.miss(refused, **state["understood"].values)
    elif report is None and action.name in NEEDS_REPORT:
        sheet.miss("no_report")
    elif action.name is ActionName.EXPORT:
        export(sheet, action.form or ExportForm.MARKDOWN, state["messages"], deps)
    else:
        _write(sheet, action, done, _claim_of(state.get("focus"), run_id), state["understood"].remark)
    if (foreign := state.get("foreign")) is not None:
        sheet.tell_line(why_english(foreign))
    _tell_how(sheet, state["understood"])
    for note in state["understood"].notes:
        sheet.tell(note.key, **{name: isolated_line(value) for name, value in note.values.items()})
    if action.lead:
        _answer_lead(sheet, action.lead)
    return sheet.answer(language, action.name)


def _answer_lead(sheet: Sheet, lead: str) -> None:
    """What stood in front of an article, where it asks for something that its report tells at once."""
    asked = plainly(lead).action
    if asked.name in AT_ONCE:
        _write(sheet, asked, Done(), None)
    elif asked.name is not ActionName.UNCLEAR:
        sheet.tell("lead", lead=isolated_line(lead))


def _claim_of(focus: Focus | None, run_id: str | None) -> str | None:
    return focus.claim_id if focus and focus.run_id == run_id else None


def _tell_how(sheet: Sheet, understood: Understood) -> None:
    """How a message was understood, where that needs saying."""
    if understood.remark is TurnRemark.MODEL_FAILED:
        sheet.tell("model_failed", why=isolated_line(understood.why))
    if understood.remark is TurnRemark.NEEDS_MODEL:
        sheet.tell("needs_model")
    if understood.near is not None:
        sheet.tell("did_you_mean", name=understood.near)


def _write(sheet: Sheet, action: Action, done: Done, focus: str | None, remark: TurnRemark | None = None) -> None:
    if answer_asked(sheet, action, done, focus):
        return
    match action.name:
        case ActionName.VERIFY:
            summarise(sheet)
        case ActionName.CHECK:
            _checked(sheet, action)
        case ActionName.SEARCH:
            show_found(sheet, action.words, done.found) if action.words else sheet.tell("what_to_search")
        case ActionName.ASK:
            if remark is TurnRemark.NEEDS_MODEL:
                tell_unclear(sheet, action.words)
            answer_question(sheet, action.words, done.found)
        case ActionName.GATHER:
            tell_gathered(sheet, done.gathered)
            _changed(sheet, done)
        case ActionName.ADD | ActionName.RECHECK:
            _changed(sheet, done)
        case ActionName.CORRECT:
            _corrected(sheet, done)
        case ActionName.EDIT:
            _edited(sheet, done)
        case ActionName.ARTICLES:
            _articles(sheet, action, done)
        case _:
            _about_the_chat(sheet, action, done)


def _articles(sheet: Sheet, action: Action, done: Done) -> None:
    if done.switched:
        tell_article(sheet)
        return
    if action.words or action.numbers:
        sheet.miss("article_none", words=isolated_line(action.words or str(action.numbers[0])))
    list_articles(sheet, done.articles)


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
        who = isolated_line(document.outlet or sheet.say.words("unknown_outlet"))
        title = isolated_line(document.title or document.url or document.id)
        sheet.tell("added_known" if done.page.known else "added", title=title, who=who)
    if not done.before:
        if sheet.report is not None and done.page is not None:
            sheet.tell("add_then_check")
        return
    assert sheet.report is not None
    now = {finding.id: finding for finding in sheet.report.claims}
    changed = [now[claim] for claim, label in done.before.items() if now[claim].label is not label]
    say = sheet.say
    lines = [
        say("rechecked_changed", number=int(f.id[1:]), old=say.label(done.before[f.id]), new=say.label(f.label))
        for f in changed
    ]
    sheet.tell("rechecked", what=say.words("comma").join(lines) or say("rechecked_same"))
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


def _edited(sheet: Sheet, done: Done) -> None:
    """What came of an edit, each claim with the label that it has earned."""
    one = done.edit
    assert one is not None
    version = sheet.say.words.number(one.version)
    if not one.claim_ids:
        sheet.tell(
            "edit_done.set_aside", number=number_of(one.before[0]), version=version, who=isolated_line(one.who)
        )
        return
    sheet.tell("edit_done.checked", version=version, who=isolated_line(one.who))
    for finding in sheet.report.claims if sheet.report else ():
        if finding.id in one.claim_ids:
            explain_label(sheet, finding)


def _about_the_chat(sheet: Sheet, action: Action, done: Done) -> None:
    match action.name:
        case ActionName.RENAME:
            sheet.tell("renamed", title=isolated_line(done.title)) if done.title else sheet.tell("bad_title")
        case ActionName.THREADS:
            _list_threads(sheet, done)
        case ActionName.DELETE:
            sheet.tell("deleted")
        case ActionName.HELP:
            sheet.tell("help")
            for line in sheet.say.help_lines():
                sheet.tell_line(line)
        case ActionName.THANKS:
            sheet.tell("thanks")
        case _:
            tell_unclear(sheet, action.words)


def _list_threads(sheet: Sheet, done: Done) -> None:
    say: Wording = sheet.say
    for summary in done.threads[:_MOST_THREADS]:
        title = isolated_line(summary.title or say.words("untitled"))
        sheet.tell("thread", title=title, day=say.day(summary.updated_at), id=summary.id)
