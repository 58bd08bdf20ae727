"""One turn of a chat, as a program with a completions interface sees it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from agent.chat import Answered, Asking, Chats, Heard, Progress, TurnFailed
from agent.doors.completions.place import Place, place_after, thread_at
from agent.doors.completions.written import written, written_question
from agent.doors.progress import Tally
from agent.envelopes import Attached
from agent.errors import IsnadError
from agent.events import ArticleSplit, ClaimsCollected, CoverageFound, PartRead, RunStarted, WitnessHeard
from agent.models import Frozen, Usage

# Whatever happens within a step would fill the screen.
_NEW_STEP = (RunStarted, ArticleSplit, ClaimsCollected, CoverageFound)
_SPENDS = (PartRead, CoverageFound, WitnessHeard)


class NoAnswer(IsnadError):
    """The turn failed; the conversation stands as it did before it."""

    def __init__(self, failed: TurnFailed) -> None:
        super().__init__(failed.message)
        self.code = failed.code


class Step(Frozen):
    """What is being done, on one line."""

    line: str


class Reply(Frozen):
    """The whole answer, with what models were paid for it."""

    text: str
    usage: Usage


async def speak(
    chats: Chats, place: Place | None, said: str, files: Sequence[Attached] = ()
) -> AsyncGenerator[Step | Reply, None]:
    """Steps, then the reply. Raises `NoAnswer`, and what chats raise."""
    thread_id = await thread_at(chats, place)
    tally, usage = Tally(), Usage()
    async with aclosing(chats.say(thread_id, said, files)) as events:  # type: ignore[type-var]  # they are generators
        async for event in events:
            match event:
                case Progress(event=happened):
                    tally.take(happened)
                    if isinstance(happened, _SPENDS):
                        usage += happened.usage
                    if isinstance(happened, _NEW_STEP):
                        yield Step(line=tally.line)
                case Heard(usage=spent):
                    usage += spent
                case Answered(answer=answer):
                    yield await _reply(chats, thread_id, written(answer), usage)
                case Asking(question=question):
                    yield await _reply(chats, thread_id, written_question(question), usage)
                case TurnFailed():
                    raise NoAnswer(event)


async def _reply(chats: Chats, thread_id: str, text: str, usage: Usage) -> Reply:
    place = await place_after(chats, thread_id)
    return Reply(text=f"{text}\n\n{place}" if place else text, usage=usage)
