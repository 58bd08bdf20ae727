"""What a turn can ask for: a closed set, chosen by the person's own words alone."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from agent.models import Frozen, Label, Usage


class ActionName(StrEnum):
    VERIFY = "verify"
    CHECK = "check"
    CLAIMS = "claims"
    WHY = "why"
    ORIGINAL = "original"
    EARLIEST = "earliest"
    CHAIN = "chain"
    CHECKED = "checked"
    SEARCH = "search"
    ASK = "ask"
    ADD = "add"
    GATHER = "gather"
    RECHECK = "recheck"
    CORRECT = "correct"
    NOTE = "note"
    EXPORT = "export"
    THREADS = "threads"
    RENAME = "rename"
    DELETE = "delete"
    HELP = "help"
    UNCLEAR = "unclear"


# What changes something, or tells others what is checked here, is asked about first.
ASKS_FIRST = frozenset({ActionName.ADD, ActionName.GATHER, ActionName.CORRECT, ActionName.DELETE})
# What speaks of a report, and has nothing to say without one.
NEEDS_REPORT = frozenset(
    {
        ActionName.CLAIMS,
        ActionName.WHY,
        ActionName.ORIGINAL,
        ActionName.EARLIEST,
        ActionName.CHAIN,
        ActionName.CHECKED,
        ActionName.GATHER,
        ActionName.RECHECK,
        ActionName.CORRECT,
        ActionName.NOTE,
    }
)


# So many things can be asked for in one turn.
MOST_ACTIONS = 4


class ExportForm(StrEnum):
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"
    JSONLD = "jsonld"
    # The conversation itself, not the report.
    THREAD = "thread"


class Action(Frozen):
    """What is to be done. `numbers` are those of claims; without one the claim last spoken of is meant, if `whole`
    does not say that all are.

    `words` are the person's own: an article, a statement, what to search for, a reason, a title, or what names a
    claim. `claim` are words that name one where `words` are a reason. `lead` stood in front of a pasted article;
    `published` and `outlet` are what was said of it.
    """

    name: ActionName
    numbers: tuple[int, ...] = ()
    words: str = ""
    claim: str = ""
    label: Label | None = None
    anonymous: bool = False
    whole: bool = False
    url: str | None = None
    form: ExportForm | None = None
    lead: str = ""
    published: AwareDatetime | None = None
    outlet: str | None = None


class TurnRemark(StrEnum):
    """What is to be said about how a turn was understood."""

    MODEL_FAILED = "model_failed"
    NEEDS_MODEL = "needs_model"


class AnswerNote(Frozen):
    """Something that is said below the answer, by its key in the wording."""

    key: str
    values: dict[str, str] = Field(default_factory=dict)


class Understood(Frozen):
    """`then` is what is to be done after `action`, in this order. `near` is a command that may have been meant; `why`
    tells what kept the model from answering. `refused` is what is said, with `values`, where an action lacks what it
    needs; `notes` are said beside the answer; `usage` is the model's.
    """

    action: Action
    then: tuple[Action, ...] = ()
    remark: TurnRemark | None = None
    why: str = ""
    near: str | None = None
    refused: str | None = None
    values: dict[str, str] = Field(default_factory=dict)
    notes: tuple[AnswerNote, ...] = ()
    usage: Usage = Usage()
