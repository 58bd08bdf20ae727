"""Where a conversation stands. A program sends all of it again with every message; here it is a thread.

Every answer ends with a Markdown comment, which no program shows, that names its thread and how many answers the
thread then had. The last answer that a program sends back leads to the thread. When the thread has gone on since, as
when an earlier message was edited or an answer is wanted anew, a new thread begins with the report that was spoken of
at that place: what stands in a thread is never changed.
"""

import re
from collections.abc import Sequence

from agent.chat import Chats, Transcript, UnknownThread
from agent.doors.completions.asked import SentMessage
from agent.errors import UnknownRun
from agent.models import Frozen

_MARK = re.compile(r"^\[//\]: # \(isnad ([0-9a-f]{8,64}) (\d{1,6})\)\s*$", re.MULTILINE)


class ConversationPosition(Frozen):
    thread_id: str
    answers: int

    def __str__(self) -> str:
        return f"[//]: # (isnad {self.thread_id} {self.answers})"


def place_in(messages: Sequence[SentMessage]) -> ConversationPosition | None:
    """The place that the last of our answers names. Only answers are looked at: anybody may paste a mark."""
    for message in reversed(messages):
        if message.role == "assistant" and isinstance(message.content, str | tuple):
            found = _MARK.findall(_text(message))
            if found:
                thread_id, answers = found[-1]
                return ConversationPosition(thread_id=thread_id, answers=int(answers))
    return None


def _text(message: SentMessage) -> str:
    try:
        return message.text
    except ValueError:
        return ""


async def thread_at(chats: Chats, place: ConversationPosition | None) -> str:
    """The thread in which the conversation goes on; raises `StoreError`."""
    if place is None:
        return (await chats.begin()).id
    try:
        transcript = await chats.transcript(place.thread_id)
    except UnknownThread:
        return (await chats.begin()).id
    if _answers(transcript) == place.answers:
        return place.thread_id
    try:
        return (await chats.begin(run_id=_report_at(transcript, place.answers))).id
    except UnknownRun:
        return (await chats.begin()).id


async def place_after(chats: Chats, thread_id: str) -> ConversationPosition | None:
    """None when the turn has deleted its thread."""
    try:
        return ConversationPosition(thread_id=thread_id, answers=_answers(await chats.transcript(thread_id)))
    except UnknownThread:
        return None


def _answers(transcript: Transcript) -> int:
    """Turns that failed or were cut off are none: the thread stands as it did before them."""
    return sum(1 for message in transcript.messages if message.answer or message.question)


def _report_at(transcript: Transcript, answers: int) -> str | None:
    """The report that was spoken of after so many answers."""
    given = [message for message in transcript.messages if message.answer or message.question][:answers]
    return next((m.answer.run_id for m in reversed(given) if m.answer and m.answer.run_id), None)
