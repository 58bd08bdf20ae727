"""What is said in a chat, and what it rests on. Frozen, no I/O."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from agent.chat.actions import ActionName
from agent.errors import NotFound
from agent.events import Event, RunFinished
from agent.models import Frozen, Label, Passage, Usage


class UnknownThread(NotFound):
    """There is no such thread, or it is somebody else's: the two look the same from outside."""


class Citation(Frozen):
    """Words that a statement rests on, to the letter: `quote` stands in `passage.text`, or there is no citation.

    `number` is the claim's number as people say it ("why is 3 contested"), `claim_id` its id in the report `run_id`;
    what a search found belongs to no claim. The article under check cites itself as the document `article`.
    """

    quote: str
    passage: Passage
    run_id: str | None = None
    claim_id: str | None = None
    number: int | None = None

    @model_validator(mode="after")
    def _stands_there(self) -> Self:
        if not self.quote.strip() or self.quote not in self.passage.text:
            raise ValueError("the quote does not stand in its passage")
        return self


class AnswerStatement(Frozen):
    """One thing that an answer says. Without a citation it is about Isnad itself: a count, an offer, a question."""

    text: str
    citations: tuple[Citation, ...] = ()
    claim_id: str | None = None
    label: Label | None = None


class ChainShown(Frozen):
    """The answer tells who told whom: of the claim of this number, or of the whole article. A page may draw it."""

    number: int | None = None


class Export(Frozen):
    """A file to take away."""

    name: str
    media_type: str
    content: str


class ChatAnswer(Frozen):
    """What a turn is answered with. `language` is that of the question; `run_id` the report that it speaks of,
    `version` which one of its versions; `claim_ids` the claims that are shown with it.

    `asked` is what the message was understood to ask for. Where it was not understood, or neither report nor coverage
    holds what it asks for, it is not `answered`: the statements say so."""

    language: str
    asked: ActionName | None = None
    answered: bool = True
    statements: tuple[AnswerStatement, ...]
    run_id: str | None = None
    version: int | None = None
    claim_ids: tuple[str, ...] = ()
    exports: tuple[Export, ...] = ()
    chains: tuple[ChainShown, ...] = ()


class QuestionKind(StrEnum):
    ADD = "add"
    GATHER = "gather"
    CORRECT = "correct"
    EDIT = "edit"
    DELETE = "delete"


class Question(Frozen):
    """Asked before something is changed. Nothing is, until it is answered with yes."""

    id: str
    kind: QuestionKind
    language: str
    text: str


class Progress(Frozen):
    """A run that goes on; `run_started` names it. Its end is told by the answer."""

    type: Literal["progress"] = "progress"
    event: Event


class MessageUnderstood(Frozen):
    """A model has read the message to tell what it asks for, and what that took."""

    type: Literal["heard"] = "heard"
    usage: Usage


class AnswerGiven(Frozen):
    type: Literal["answered"] = "answered"
    answer: ChatAnswer


class Asking(Frozen):
    """The turn waits for yes or no."""

    type: Literal["asking"] = "asking"
    question: Question


class TurnFailed(Frozen):
    """Something was not there: an endpoint, a store, a page. The thread stands as it did before the turn.

    `code` is one word for a program: fetch, article, configuration, store, endpoint, run.
    """

    type: Literal["failed"] = "failed"
    code: str
    message: str


ChatEvent = Annotated[Progress | MessageUnderstood | AnswerGiven | Asking | TurnFailed, Field(discriminator="type")]


class Message(Frozen):
    """One entry of a thread: what a person said, or what was answered, asked or told of a failure."""

    at: AwareDatetime
    said: str | None = None
    answer: ChatAnswer | None = None
    question: Question | None = None
    failure: TurnFailed | None = None


class ThreadSummary(Frozen):
    """One line of a listing. `run_id` is the report that the thread speaks of, once there is one."""

    id: str
    title: str
    run_id: str | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime


class Transcript(Frozen):
    """A whole thread. `question` waits for an answer; `under_way`: a turn was begun and has not ended."""

    summary: ThreadSummary
    messages: tuple[Message, ...]
    question: Question | None = None
    under_way: bool = False


def shown_event(event: Event) -> bool:
    """Whether an event is told as progress: the last one carries the report, which the answer speaks of."""
    return not isinstance(event, RunFinished)
