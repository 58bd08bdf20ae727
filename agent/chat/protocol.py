"""What doors see of a chat."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from agent.chat.records import ChatEvent, ThreadSummary, Transcript
from agent.envelopes import Attached


class Chats(Protocol):
    """The threads of one owner; another owner's look like none at all.

    Every method that names a thread raises `UnknownThread`, and `StoreError` when threads cannot be read or written.
    """

    async def begin(self, title: str | None = None, *, run_id: str | None = None) -> ThreadSummary:
        """A new, empty thread. Without a title it takes one from the first turn.

        `run_id`: the report that it speaks of from the start; raises `UnknownRun` where the owner has none such.
        """

    def say(self, thread_id: str, message: str, files: Sequence[Attached] = ()) -> AsyncIterator[ChatEvent]:
        """One turn: what happens, as it happens; the last event is `answered`, `asking` or `failed`. Where several
        things are asked for, each but the last is told by an `answered` or `failed` of its own, when it is done.

        `files` came beside the message: they are checked when it asks for that.

        While a question waits, a message that is no yes or no withdraws it. A turn that is not read to its end goes
        on being done only if `resume` takes it up: nothing that it had finished is done or paid twice.
        """

    def decide(self, thread_id: str, question_id: str, yes: bool) -> AsyncIterator[ChatEvent]:
        """Answers a question; one that no longer waits is told so, and changes nothing."""

    def resume(self, thread_id: str) -> AsyncIterator[ChatEvent]:
        """Takes up a turn that was cut off; nothing comes when there is none."""

    async def busy(self, thread_id: str) -> bool:
        """Whether a turn goes on, in this process or another. Whoever speaks meanwhile waits until it has ended.

        Of a thread that is not there, none goes on.
        """

    async def transcript(self, thread_id: str) -> Transcript: ...

    async def threads(self) -> tuple[ThreadSummary, ...]:
        """The one that was spoken in last comes first."""

    async def rename(self, thread_id: str, title: str) -> ThreadSummary:
        """Raises `BadInput` for a title that is empty or too long."""

    async def delete(self, thread_id: str) -> None:
        """Forgets a thread. Reports that it made stay."""
