"""What the steps of a turn work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pydantic import Field

from agent.chat.actions import Action, ExportForm
from agent.chat.threads import Threads
from agent.models import Frozen, Report, Usage
from agent.service.workspace import Workspace

# A report in one of the forms that people take away. Forms belong to doors, which lie above.
Render = Callable[[Report, ExportForm], str]


class ConversationContext(Frozen):
    """What is known of a conversation when somebody speaks: nothing of it is text from outside.

    `before` is what was done last, `listed` are the claims that the last answer showed, in their order.
    """

    has_report: bool
    focus: str | None
    last: str | None
    listed: tuple[int, ...] = ()
    before: Action | None = None


NOTHING_SPOKEN = ConversationContext(has_report=False, focus=None, last=None)


class ActionPlan(Frozen):
    """At least one action, in the order in which they are done."""

    actions: tuple[Action, ...] = Field(min_length=1)
    usage: Usage


class Meant(Frozen):
    """The numbers of the claims that words name; all of them are there."""

    numbers: tuple[int, ...]
    usage: Usage


class Listener(Protocol):
    """Raises `AnalystError`."""

    async def choose(self, message: str, spoken: ConversationContext) -> ActionPlan:
        """What a person's message asks for, told by that message alone: no text from outside is shown with it."""

    async def resolve(self, words: str, report: Report) -> Meant:
        """Which claims of a report the person's words name. Their texts are shown, and nothing else comes of them."""


@dataclass(frozen=True)
class ChatDeps:
    """`owner` and `thread` name the conversation; without a `listener` there is the grammar alone."""

    owner: str
    thread: str
    workspace: Workspace
    threads: Threads
    render: Render
    most_chars: int
    listener: Listener | None = None
