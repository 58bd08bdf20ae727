"""What a thread remembers. A turn begins with what somebody said, and ends with a message that is added."""

from operator import add
from typing import Annotated, NotRequired, TypedDict

from pydantic import Field

from agent.chat.actions import Understood
from agent.chat.records import Message, Question, ThreadSummary, TurnFailed
from agent.chat.understanding.enveloped import Files
from agent.coverage.search.found import SearchHit
from agent.envelopes import Attached
from agent.events import Gathering
from agent.models import Article, ClaimEdit, Frozen, Label, Report
from agent.service.workspace import AddedPage, History
from agent.storage.reports import Correction


class Done(Frozen):
    """What came of an action; what an answer needs of it beside the report. `before`: the labels as they were;
    `articles`: the reports of a thread; `switched`: another one of them is spoken of from now on."""

    found: tuple[SearchHit, ...] = ()
    page: AddedPage | None = None
    gathered: Gathering | None = None
    correction: Correction | None = None
    edit: ClaimEdit | None = None
    title: str | None = None
    threads: tuple[ThreadSummary, ...] = ()
    before: dict[str, Label | None] = Field(default_factory=dict)
    declined: bool = False
    history: History | None = None
    articles: tuple[Report, ...] = ()
    switched: bool = False


class Focus(Frozen):
    """The claim last spoken of, which "it" and "that" mean; a statement that was checked has a report of its own."""

    run_id: str
    claim_id: str


class ChatInput(TypedDict):
    """`turn` counts the turns of a thread: what is done once for a turn is known by it. `files` came beside what was
    said; those within it are found in it."""

    said: str
    turn: int
    files: NotRequired[tuple[Attached, ...]]


class ChatState(TypedDict, total=False):
    """Also the type of an update. `run_id` is the report that the thread speaks of, `about` that of this turn, `runs`
    are all that it spoke of.

    `tongue` is what the person speaks, `language` what the answer is worded in; `foreign` the former, where the two
    part for the first time. `signed` is the name under which claims were edited last. `step` counts the actions of a
    turn. `ended`: the thread asked to be deleted, and is.
    """

    said: str
    turn: int
    files: tuple[Attached, ...]
    sent: Files
    messages: Annotated[list[Message], add]
    tongue: str
    language: str
    foreign: str | None
    step: int
    run_id: str | None
    runs: tuple[str, ...]
    about: str | None
    focus: Focus | None
    understood: Understood
    article: Article | None
    question: Question | None
    before: dict[str, Label | None]
    done: Done | None
    failure: TurnFailed | None
    signed: str
    ended: bool
