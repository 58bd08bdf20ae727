"""Editing in a chat: from what was said to what is asked for, and the question that a yes is to."""

from collections.abc import Callable

from pydantic import Field, ValidationError

from agent.chat.actions import Action
from agent.chat.answering.wording import Wording
from agent.errors import EditFault, EditRefused, UnknownClaim
from agent.models import EditKind, EditRequest, Frozen, Report, edit_request, number_of
from agent.text.isolates import isolated_line
from agent.verify.editing.planning import EditPlan, plan_edit

# The command that does it, where something is missing.
_COMMANDS = {
    EditKind.REWORD: "reword",
    EditKind.SPLIT: "split",
    EditKind.MERGE: "merge",
    EditKind.SET_ASIDE: "aside",
    EditKind.RESTORE: "restore",
}


class Missing(Frozen):
    """What an edit lacks, by its key in the wording."""

    key: str
    values: dict[str, str] = Field(default_factory=dict)


def request_of(action: Action) -> EditRequest:
    """What is asked for; nothing of it is missing."""
    ids = [f"c{number}" for number in action.numbers]
    asked: dict[str, object] = {"kind": action.edit}
    match action.edit:
        case EditKind.ADD:
            asked |= {"quote": action.quotes[0], "text": action.words or None}
        case EditKind.REWORD:
            asked |= {"claim_id": ids[0], "text": action.words}
        case EditKind.SPLIT:
            asked |= {"claim_id": ids[0], "into": [{"quote": quote} for quote in action.quotes]}
        case EditKind.MERGE:
            asked |= {"claim_ids": ids, "text": action.words or None}
        case _:
            asked |= {"claim_id": ids[0], "reason": action.words or None}
    return edit_request(asked)


def missing(action: Action, report: Report, comma: str) -> Missing | None:
    """What is to be said before there is anything to ask."""
    kind = action.edit
    assert kind is not None
    if kind is EditKind.ADD:
        return None if action.quotes else Missing(key="edit_how.add")
    if kind is EditKind.RESTORE and not action.numbers:
        aside = comma.join(str(number_of(one)) for one in report.set_aside)
        if not aside:
            return Missing(key="edit_how.none_aside")
        return Missing(key="edit_how.restore", values={"numbers": aside})
    if kind is EditKind.MERGE:
        return None if len(action.numbers) > 1 else Missing(key="edit_how.merge")
    if not action.numbers:
        return Missing(key="edit_how.which", values={"command": _COMMANDS[kind]})
    lacks: dict[EditKind, bool] = {
        EditKind.REWORD: not action.words,
        EditKind.SPLIT: len(action.quotes) < 2,
        EditKind.SET_ASIDE: not action.words,
    }
    if lacks.get(kind) or (len(action.numbers) > 1):
        return Missing(key=f"edit_how.{kind.value}", values={"number": str(action.numbers[0])})
    return None


def planned(action: Action, report: Report) -> EditPlan | Missing:
    """What comes of it, as far as no analyst is asked; or what the report says against it."""
    try:
        return plan_edit(report, request_of(action))
    except EditRefused as err:
        if err.edit_fault is EditFault.SEVERAL_PLACES:
            return Missing(key="edit_how.places", values={"words": isolated_line(err.words)})
        return Missing(key=f"editing.fault.{err.edit_fault.value}")
    except UnknownClaim:
        return Missing(key="editing.fault.gone")
    except ValidationError as err:
        return Missing(key=f"editing.fault.{_misfit(err)}")


def _misfit(err: ValidationError) -> str:
    """What of it is more than one edit may have, or nothing at all."""
    kinds = {one["type"] for one in err.errors()}
    return "too_long" if kinds & {"string_too_long", "too_long"} else "no_words"


def question_text(action: Action, plan: EditPlan, say: Wording) -> str:
    """In full: a yes is to this and to nothing else."""
    kind = plan.kind
    shown: Callable[[str], str] = say.words.quoted
    values: dict[str, object] = {}
    if plan.before:
        values |= {"number": number_of(plan.before[0]), "claim": shown(isolated_line(plan.before[0].text))}
    match kind:
        case EditKind.ADD:
            claim = plan.claims[0]
            values |= {"text": shown(isolated_line(claim.text)), "quote": shown(isolated_line(claim.quote))}
        case EditKind.REWORD:
            values |= {"text": shown(isolated_line(plan.claims[0].text))}
        case EditKind.SPLIT:
            values |= {"pieces": say.words("comma").join(shown(isolated_line(one.text)) for one in plan.claims)}
        case EditKind.MERGE:
            values |= {"numbers": say.words("comma").join(map(str, action.numbers))}
            values |= {"claim": shown(isolated_line(plan.claims[0].text))}
        case EditKind.SET_ASIDE:
            values |= {"reason": isolated_line(plan.reason)}
    text = say(f"edit_ask.{kind.value}", **values)
    return f"{text} {say('edit_ask.signed', who=isolated_line(action.who))}" if action.who else text
