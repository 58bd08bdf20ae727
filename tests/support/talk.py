"""A conversation as a test reads it: what somebody says, and what comes back."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from agent.app import open_store
from agent.chat.protocol import Chats
from agent.chat.records import AnswerGiven, Asking, ChatAnswer, ChatEvent, Progress, Question, TurnFailed
from agent.chat.sessions import open_chat_sessions, open_listening
from agent.chat.understanding.listening import UnlimitedAllowance
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.doors.render.chat import render_export
from agent.messages import load_words
from agent.models import Document, Label
from agent.service.local import open_local
from agent.storage.keys import LOCAL
from agent.storage.reports import Correction, open_reports

EXAMPLE = Path(__file__).parents[2] / "examples" / "withdrawal"
ARTICLE = (EXAMPLE / "article.ar.txt").read_text(encoding="utf-8")


async def fill(settings: Settings) -> None:
    """The coverage of the example, added to the store."""
    async with open_store(settings) as store:
        await ingest(store, [EXAMPLE / "coverage.jsonl"])


def example_coverage() -> list[Document]:
    told = [json.loads(line) for line in (EXAMPLE / "coverage.jsonl").read_text("utf-8").splitlines()]
    for one in told:
        one["published_at"] = datetime.fromisoformat(one["published_at"])
    return [Document.of(one.pop("text"), **one) for one in told]


@dataclass
class Talk:
    """One thread."""

    chats: Chats
    thread: str
    progress: list[Progress] = field(default_factory=list)

    async def all(self, message: str) -> list[ChatEvent]:
        """Everything that is answered, asked or told of a failure in one turn."""
        told = [event async for event in self.chats.say(self.thread, message)]
        return [event for event in told if isinstance(event, AnswerGiven | Asking | TurnFailed)]

    async def say(self, message: str) -> ChatAnswer:
        last = await self.end(self.chats.say(self.thread, message))
        assert isinstance(last, AnswerGiven), last
        return last.answer

    async def asked(self, message: str) -> Question:
        last = await self.end(self.chats.say(self.thread, message))
        assert isinstance(last, Asking), last
        return last.question

    async def fails(self, message: str) -> TurnFailed:
        last = await self.end(self.chats.say(self.thread, message))
        assert isinstance(last, TurnFailed), last
        return last

    async def decide(self, question: Question, *, yes: bool) -> ChatAnswer:
        last = await self.end(self.chats.decide(self.thread, question.id, yes))
        assert isinstance(last, AnswerGiven), last
        return last.answer

    async def end(self, events: AsyncIterator[ChatEvent]) -> ChatEvent | None:
        last = None
        async for event in events:
            if isinstance(event, Progress):
                self.progress.append(event)
            last = event
        return last


@asynccontextmanager
async def open_talk(settings: Settings, owner: str = LOCAL) -> AsyncIterator[Talk]:
    """A new thread of somebody at this machine, on the real stores."""
    async with (
        open_chat_sessions(settings, render_export) as sessions,
        open_listening(settings) as listening,
        open_local(settings, "R. Reader") as workspace,
    ):
        chats = sessions.of(owner, workspace, listening(UnlimitedAllowance()) if listening else None)
        yield Talk(chats, (await chats.begin()).id)


def text_of(answer: ChatAnswer) -> str:
    return "\n".join(statement.text for statement in answer.statements)


def tells(answer: ChatAnswer | Question, key: str, **values: object) -> bool:
    """Whether that message of the catalogue stands in it, in its language, with these values in its places."""
    text = text_of(answer) if isinstance(answer, ChatAnswer) else answer.text
    return stands_in(text, key, answer.language, **values)


def stands_in(text: str, key: str, language: str = "en", **values: object) -> bool:
    """As `tells`, of a text in which an answer was shown."""
    words = load_words(language, "chat")
    told = {name: words(f"label.{one}") if isinstance(one, Label) else str(one) for name, one in values.items()}
    parts = re.split(r"\{(\w+)\}", words(key))
    pattern = "".join(
        f"\u2068?{re.escape(told[part])}\u2069?" if part in told else ".*" if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    )
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def quotes_of(answer: ChatAnswer) -> list[str]:
    return [citation.quote for statement in answer.statements for citation in statement.citations]


def labels_of(answer: ChatAnswer) -> dict[str, Label | None]:
    return {one.claim_id: one.label for one in answer.statements if one.claim_id is not None}


def corrections_of(settings: Settings) -> list[Correction]:
    with open_reports(settings) as reports:
        return reports.corrections()
