"""Which file answers which question about a report."""

from collections.abc import Callable

from agent.chat.actions import Action, ActionName
from agent.chat.answering.chain import show_chain, show_chain_of_all
from agent.chat.answering.changes import tell_changes
from agent.chat.answering.checked import all_claims, tell_checked
from agent.chat.answering.claims import (
    explain_label,
    list_claims,
    show_original,
    tell_earliest,
    tell_earliest_of_all,
)
from agent.chat.answering.comparing import compare
from agent.chat.answering.copies import tell_copies
from agent.chat.answering.counting import count
from agent.chat.answering.denials import tell_all_denials, tell_denials
from agent.chat.answering.differing import tell_all_differing, tell_differing, with_other_figures
from agent.chat.answering.exact import tell_exact
from agent.chat.answering.note import draft_note
from agent.chat.answering.saying import tell_saying
from agent.chat.answering.sheet import Sheet, chosen
from agent.chat.answering.single_source import tell_single_source
from agent.chat.answering.sources import tell_sources
from agent.chat.answering.speaker import tell_speaker
from agent.chat.answering.summary import sum_up
from agent.chat.state import Done
from agent.models import Finding

# Questions that are put to a claim.
_OF_CLAIM: dict[ActionName, Callable[[Sheet, Finding], None]] = {
    ActionName.WHY: explain_label,
    ActionName.ORIGINAL: show_original,
    ActionName.EARLIEST: tell_earliest,
    ActionName.SOURCES: tell_sources,
    ActionName.DENIALS: tell_denials,
    ActionName.SPEAKER: tell_speaker,
    ActionName.EXACT: tell_exact,
    ActionName.DIFFERING: tell_differing,
    ActionName.CHAIN: show_chain,
    ActionName.CHECKED: lambda sheet, finding: tell_checked(sheet, [finding]),
}
# What is answered where no claim is named or spoken of.
_OF_ALL: dict[ActionName, Callable[[Sheet], None]] = {
    ActionName.EARLIEST: tell_earliest_of_all,
    ActionName.DENIALS: tell_all_denials,
    ActionName.DIFFERING: tell_all_differing,
    ActionName.CHAIN: show_chain_of_all,
    ActionName.CHECKED: lambda sheet: tell_checked(sheet, all_claims(sheet)),
}
# Questions that are put to a report.
_OF_REPORT: dict[ActionName, Callable[[Sheet, Action], None]] = {
    ActionName.CLAIMS: list_claims,
    ActionName.COPIES: lambda sheet, action: tell_copies(sheet, action.words),
    ActionName.SAYS: lambda sheet, action: tell_saying(sheet, action.words),
    ActionName.SINGLE_SOURCE: lambda sheet, action: tell_single_source(sheet),
    ActionName.SUMMARY: lambda sheet, action: sum_up(sheet),
    ActionName.COUNT: lambda sheet, action: count(sheet, action.label, other=action.other),
    ActionName.NOTE: lambda sheet, action: draft_note(sheet),
}
# What needs nothing but the report.
AT_ONCE = frozenset((*_OF_CLAIM, *_OF_REPORT, ActionName.COMPARE))


def answer_asked(sheet: Sheet, action: Action, done: Done, focus: str | None) -> bool:
    """Whether it was a question about a report, which is then answered. `focus` is the claim last spoken of."""
    if action.name in _OF_CLAIM:
        _put_to_claims(sheet, action, focus)
    elif action.name in _OF_REPORT:
        _OF_REPORT[action.name](sheet, action)
    elif action.name is ActionName.COMPARE:
        _compare(sheet, action)
    elif action.name is ActionName.CHANGES and done.history is not None:
        tell_changes(sheet, done.history)
    else:
        return False
    return True


def _put_to_claims(sheet: Sheet, action: Action, focus: str | None) -> None:
    assert sheet.report is not None
    named = bool(action.numbers or action.words or focus)
    if action.name in _OF_ALL and (action.whole or not named):
        _OF_ALL[action.name](sheet)
        return
    found = list(sheet.report.claims) if action.whole else chosen(sheet, action.numbers, action.words, focus)
    if found is None:
        return
    if not found:
        sheet.miss("which_claim", command=action.name.value)
    for finding in with_other_figures(found) if action.name is ActionName.DIFFERING else found:
        _OF_CLAIM[action.name](sheet, finding)


def _compare(sheet: Sheet, action: Action) -> None:
    found = chosen(sheet, action.numbers, "", None) if len(action.numbers) > 1 else []
    if found:
        compare(sheet, found)
    elif found is not None:
        sheet.miss("which_two")
