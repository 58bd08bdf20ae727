"""What a turn can ask for: a closed set, chosen by the person's own words alone."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from agent.models import EditKind, Frozen, Label, Usage


class ActionName(StrEnum):
    VERIFY = "verify"
    CHECK = "check"
    CLAIMS = "claims"
    WHY = "why"
    ORIGINAL = "original"
    EARLIEST = "earliest"
    SOURCES = "sources"
    DENIALS = "denials"
    SPEAKER = "speaker"
    EXACT = "exact"
    DIFFERING = "differing"
    SAYS = "says"
    COMPARE = "compare"
    COPIES = "copies"
    SINGLE_SOURCE = "single_source"
    CHANGES = "changes"
    SUMMARY = "summary"
    COUNT = "count"
    ARTICLES = "articles"
    CHAIN = "chain"
    CHECKED = "checked"
    SEARCH = "search"
    ASK = "ask"
    ADD = "add"
    GATHER = "gather"
    RECHECK = "recheck"
    CORRECT = "correct"
    EDIT = "edit"
    NOTE = "note"
    EXPORT = "export"
    THREADS = "threads"
    RENAME = "rename"
    DELETE = "delete"
    HELP = "help"
    THANKS = "thanks"
    UNCLEAR = "unclear"


# What changes something, or tells others what is checked here, is asked about first.
ASKS_FIRST = frozenset({ActionName.ADD, ActionName.GATHER, ActionName.CORRECT, ActionName.EDIT, ActionName.DELETE})
# Questions that are put to a claim.
OF_CLAIM = frozenset(
    {
        ActionName.WHY,
        ActionName.ORIGINAL,
        ActionName.EARLIEST,
        ActionName.SOURCES,
        ActionName.DENIALS,
        ActionName.SPEAKER,
        ActionName.EXACT,
        ActionName.DIFFERING,
        ActionName.CHAIN,
        ActionName.CHECKED,
    }
)
# Those of them that have an answer for a whole report, where no claim is named or spoken of.
OF_ALL = frozenset({ActionName.DENIALS, ActionName.DIFFERING})
# What is asked again for another claim, or another speaker, by "and the ninth?", "and the mayor?".
ASKED_AGAIN = OF_CLAIM | {ActionName.SAYS, ActionName.COMPARE}
# What speaks of a report, and has nothing to say without one.
NEEDS_REPORT = OF_CLAIM | frozenset(
    {
        ActionName.CLAIMS,
        ActionName.SAYS,
        ActionName.COMPARE,
        ActionName.COPIES,
        ActionName.SINGLE_SOURCE,
        ActionName.CHANGES,
        ActionName.SUMMARY,
        ActionName.COUNT,
        ActionName.GATHER,
        ActionName.RECHECK,
        ActionName.CORRECT,
        ActionName.EDIT,
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
    """What is to be done. `numbers` are those of claims, of articles for `articles`; without one the claim last
    spoken of is meant, if `whole` does not say that all are. `last` is the last one of all.

    `words` are the person's own: an article, a statement, what to search for, a reason, a title, or what names a
    claim, a speaker or an outlet. `claim` are words that name a claim where `words` are a reason. `lead` stood in
    front of a pasted article; `published` and `outlet` are what was said of it. `other`: claims without that `label`.
    `edit` is what is to be done to claims, in the name of `who`, where one is told, to the `version` of the report
    that was spoken of; `quotes` are words of the article for it.
    """

    name: ActionName
    numbers: tuple[int, ...] = ()
    words: str = ""
    claim: str = ""
    label: Label | None = None
    other: bool = False
    anonymous: bool = False
    whole: bool = False
    last: bool = False
    url: str | None = None
    form: ExportForm | None = None
    lead: str = ""
    published: AwareDatetime | None = None
    outlet: str | None = None
    edit: EditKind | None = None
    quotes: tuple[str, ...] = ()
    who: str = ""
    version: int | None = None


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
