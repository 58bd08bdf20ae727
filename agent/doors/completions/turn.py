"""One turn of a chat, as a program with a completions interface sees it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from agent.chat import AnswerGiven, Asking, Chats, MessageUnderstood, Progress, TurnFailed
from agent.doors.completions.thread_marker import ConversationPosition, place_after, thread_at
from agent.doors.completions.written import written, written_failure, written_question
from agent.doors.tally import RunTally
from agent.envelopes import Attached
from agent.errors import IsnadError
from agent.events import ArticleSplit, ClaimsCollected, CoverageFound, Gathering, PartRead, RunStarted, WitnessHeard
from agent.models import Frozen, Usage

# Whatever happens within a step would fill the screen.
_NEW_STEP = (RunStarted, ArticleSplit, ClaimsCollected, CoverageFound)
_SPENDS = (PartRead, CoverageFound, WitnessHeard)


class NoAnswer(IsnadError):
    """The turn failed; the conversation stands as it did before it."""

    def __init__(self, failed: TurnFailed) -> None:
        super().__init__(failed.message)
        self.code = failed.code


class TurnStep(Frozen):
    """What is being done, on one line."""

    line: str


class TurnReply(Frozen):
    """The whole answer, with what models were paid for it."""

    text: str
    usage: Usage


async def speak(
    chats: Chats, place: ConversationPosition | None, said: str, files: Sequence[Attached] = ()
) -> AsyncGenerator[TurnStep | TurnReply, None]:
    """Steps, then the reply: one, whatever was asked for in one message. Raises `NoAnswer` where there is none, and
    what chats raise."""
    thread_id = await thread_at(chats, place)
    tally, usage = RunTally(), Usage()
    texts: list[str] = []
    failed: TurnFailed | None = None
    async with aclosing(chats.say(thread_id, said, files)) as events:  # type: ignore[type-var]  # they are generators
        async for event in events:
            match event:
                case Progress(event=happened):
                    tally.take(happened)
                    if isinstance(happened, _SPENDS) or (isinstance(happened, Gathering) and happened.done):
                        usage += happened.usage
                    if isinstance(happened, _NEW_STEP):
                        yield TurnStep(line=tally.line)
                case MessageUnderstood(usage=spent):
                    usage += spent
                case AnswerGiven(answer=answer):
                    texts.append(written(answer))
                case Asking(question=question):
                    texts.append(written_question(question))
                case TurnFailed():
                    failed = failed or event
                    texts.append(written_failure(event))
    if failed is not None and len(texts) == 1:
        raise NoAnswer(failed)
    yield await _reply(chats, thread_id, "\n\n".join(texts), usage)


async def _reply(chats: Chats, thread_id: str, text: str, usage: Usage) -> TurnReply:
    place = await place_after(chats, thread_id)
    return TurnReply(text=f"{text}\n\n{place}" if place else text, usage=usage)
