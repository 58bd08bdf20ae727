"""What is asked before anything is changed: in full, so that a yes is to that and to nothing else."""

from collections.abc import Sequence

from pydantic import Field

from agent.chat.actions import Action, ActionName
from agent.chat.answering.wording import wording
from agent.chat.editing import Missing, missing, planned, question_text
from agent.chat.records import Question, QuestionKind
from agent.gather.switches import SWITCHES
from agent.models import EditKind, Finding, Frozen, Label, Report, Stance, number_of
from agent.text.isolates import isolated_line
from agent.verify.policy import decide

_DEMANDS = {
    Label.CONTESTED: Stance.CONTRADICTS,
    Label.CORROBORATED: Stance.SUPPORTS,
}


class NothingToAsk(Frozen):
    """Why there is nothing to ask yet: what is said of it, by its key in the wording."""

    key: str
    values: dict[str, str] = Field(default_factory=dict)


class PendingQuestion(Frozen):
    """The question, and the action with all that it needs."""

    question: Question
    action: Action


def question_of(
    action: Action,
    report: Report | None,
    focus: str | None,
    language: str,
    place: str,
    sources: Sequence[str] = (),
    version: int | None = None,
) -> PendingQuestion | NothingToAsk:
    """Only for actions that ask first. `place` is what the action is known by in its thread; `sources` are those that
    coverage is looked for in, `version` that of the report."""
    if action.name is ActionName.ADD:
        return _adding(action, report, language, place)
    if action.name is ActionName.GATHER:
        assert report is not None
        return _gathering(action, report, focus, language, place, sources)
    if action.name is ActionName.CORRECT:
        assert report is not None
        return _correcting(action, report, focus, language, place)
    if action.name is ActionName.EDIT:
        assert report is not None
        return _editing(action, report, focus, language, place, version)
    text = wording(language)("ask_delete")
    return PendingQuestion(question=_question(QuestionKind.DELETE, text, language, place), action=action)


def _adding(action: Action, report: Report | None, language: str, place: str) -> PendingQuestion | NothingToAsk:
    if action.url is None:
        return NothingToAsk(key="no_address")
    say, url = wording(language), isolated_line(action.url)
    if not action.numbers:
        text = say("ask_add", url=url)
    elif report is None:
        return NothingToAsk(key="no_report")
    elif (missing := missing_claim(action, report)) is not None:
        return missing
    else:
        text = say("ask_add_check", url=url, numbers=say.words("comma").join(map(str, action.numbers)))
    return PendingQuestion(question=_question(QuestionKind.ADD, text, language, place), action=action)


def _gathering(
    action: Action, report: Report, focus: str | None, language: str, place: str, sources: Sequence[str]
) -> PendingQuestion | NothingToAsk:
    if not sources:
        return NothingToAsk(key="no_sources", values={"switches": ", ".join(SWITCHES.values())})
    if (missing := missing_claim(action, report)) is not None:
        return missing
    numbers = action.numbers
    if not numbers and not action.whole and focus is not None:
        numbers = tuple(number_of(one) for one in report.claims if one.id == focus)
    say = wording(language)
    comma = say.words("comma")
    asked = comma.join(map(isolated_line, sources))
    if numbers:
        text = say("ask_gather", sources=asked, numbers=comma.join(map(str, numbers)))
    else:
        text = say("ask_gather_all", sources=asked)
    settled = action.model_copy(update={"numbers": numbers, "whole": not numbers})
    return PendingQuestion(question=_question(QuestionKind.GATHER, text, language, place), action=settled)


def _correcting(
    action: Action, report: Report, focus: str | None, language: str, place: str
) -> PendingQuestion | NothingToAsk:
    if (missing := missing_claim(action, report)) is not None:
        return missing
    finding = _meant(action, report, focus)
    if finding is None:
        return NothingToAsk(key="which_claim", values={"command": "correct"})
    number, label = number_of(finding), action.label or _left(finding)
    if label is None:
        return NothingToAsk(key="which_label", values={"number": str(number)})
    if not action.words:
        return NothingToAsk(key="why_wrong", values={"number": str(number), "label": label.value})
    say = wording(language)
    # Which claim words meant is a guess: a yes has to be to the claim itself.
    text = say(
        "ask_correct_named" if action.claim else "ask_correct",
        number=number,
        claim=isolated_line(finding.text),
        label=say.label(label),
        given=say.label(finding.label),
        reason=isolated_line(action.words),
    )
    settled = action.model_copy(update={"numbers": (number,), "label": label})
    return PendingQuestion(question=_question(QuestionKind.CORRECT, text, language, place), action=settled)


def _editing(
    action: Action, report: Report, focus: str | None, language: str, place: str, version: int | None
) -> PendingQuestion | NothingToAsk:
    if action.edit is not EditKind.RESTORE and (unknown := missing_claim(action, report)) is not None:
        return unknown
    if not action.numbers and action.edit not in (EditKind.ADD, EditKind.MERGE, EditKind.RESTORE):
        finding = _meant(action, report, focus)
        action = action.model_copy(update={"numbers": (number_of(finding),) if finding else ()})
    say = wording(language)
    if (lacking := missing(action, report, say.words("comma"))) is not None:
        return NothingToAsk(**dict(lacking))
    plan = planned(action, report)
    if isinstance(plan, Missing):
        return NothingToAsk(**dict(plan))
    text = question_text(action, plan, say)
    settled = action.model_copy(update={"version": version})
    return PendingQuestion(question=_question(QuestionKind.EDIT, text, language, place), action=settled)


def missing_claim(action: Action, report: Report) -> NothingToAsk | None:
    """What is said where a number is none of a claim of this report."""
    known = {number_of(finding) for finding in report.claims}
    for number in action.numbers:
        if number not in known:
            return NothingToAsk(key="no_claim", values={"number": str(number), "count": str(len(known))})
    return None


def _meant(action: Action, report: Report, focus: str | None) -> Finding | None:
    if action.numbers:
        return next(one for one in report.claims if number_of(one) == action.numbers[0])
    return next((one for one in report.claims if one.id == focus), None)


def _left(finding: Finding) -> Label | None:
    """The label that is left when those who earned the wrong one are not heard; it is shown, and asked for."""
    demanded = _DEMANDS.get(finding.label) if finding.label else None
    if demanded is None:
        return None
    return decide([item for item in finding.evidence if item.stance is not demanded]).label


def _question(kind: QuestionKind, text: str, language: str, place: str) -> Question:
    return Question(id=f"q{place}", kind=kind, language=language, text=text)
