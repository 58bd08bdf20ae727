"""What the steps of a turn work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from agent.chat.actions import Action, ExportForm
from agent.chat.desk import Desk
from agent.chat.threads import Threads
from agent.models import Frozen, Report, Usage

# A report in one of the forms that people take away. Forms belong to doors, which lie above.
Render = Callable[[Report, ExportForm], str]


class Spoken(Frozen):
    """What is known of a conversation when somebody speaks: nothing of it is text from outside."""

    has_report: bool
    focus: str | None
    last: str | None


class Chosen(Frozen):
    action: Action
    usage: Usage


class Listener(Protocol):
    """Chooses what a person's message asks for. Raises `AnalystError`."""

    async def choose(self, message: str, spoken: Spoken) -> Chosen: ...


@dataclass(frozen=True)
class Deps:
    """`owner` and `thread` name the conversation; without a `listener` there is the grammar alone."""

    owner: str
    thread: str
    desk: Desk
    threads: Threads
    render: Render
    most_chars: int
    listener: Listener | None = None
