"""A model chooses the action: one structured call, from a closed set, over the person's own words alone."""

import asyncio
from typing import Literal, Protocol

from pydantic import BaseModel, Field

from agent.analyst import Budget
from agent.budget import RunBudget
from agent.chat.actions import Action, ActionName, ExportForm
from agent.chat.deps import Chosen, Spoken
from agent.chat.understanding.looks import address_in
from agent.errors import AnalystError
from agent.llm import Chat
from agent.models import Label
from agent.prompts import Fence, render
from agent.quotes import anchors
from agent.text import visible

# An article is recognised by its looks, so that the model has no say in whether one is checked.
Choosable = Literal[
    "check", "claims", "why", "original", "earliest", "search", "ask", "add", "recheck", "correct", "note", "export",
    "threads", "rename", "delete", "help", "unclear",
]  # fmt: skip
_NEEDS_WORDS = (ActionName.CHECK, ActionName.SEARCH, ActionName.ASK)
_MOST_NUMBERS = 50
_MOST_TOKENS = 20_000


class Choice(BaseModel):
    """Field order is the order in which a model writes."""

    action: Choosable
    numbers: list[int] = Field(max_length=_MOST_NUMBERS)
    words: str | None = Field(max_length=2000)
    label: Label | None
    anonymous: bool
    whole: bool
    form: ExportForm | None


class Purse(Protocol):
    """What whoever speaks may spend on tokens; None for no bound. Blocking."""

    def left(self) -> int | None: ...

    def spend(self, tokens: int) -> None: ...


class Bottomless:
    """The purse of somebody at their own machine."""

    def left(self) -> None:
        return None

    def spend(self, tokens: int) -> None: ...


class ModelListener:
    """Implements `Listener`."""

    def __init__(self, chat: Chat, fence: Fence, purse: Purse) -> None:
        self._chat = chat
        self._fence = fence
        self._purse = purse

    async def choose(self, message: str, spoken: Spoken) -> Chosen:
        left = await asyncio.to_thread(self._purse.left)
        budget: Budget = RunBudget(_MOST_TOKENS if left is None else min(left, _MOST_TOKENS))
        prompt = render(
            "chat",
            {
                "report": "yes" if spoken.has_report else "no",
                "focus": spoken.focus or "none",
                "last": spoken.last or "nothing",
                "message": self._fence("message", message),
            },
        )

        def in_the_message(choice: Choice) -> None:
            """A model that puts words into somebody's mouth is asked once more, and then not heard."""
            if choice.words and _words_in(message, choice.words) is None:
                raise ValueError("words: they do not stand in the message; copy them exactly, or give null")
            if choice.action == "add" and address_in(message) is None:
                raise ValueError("action: there is no web address in the message to add")

        try:
            answer = await self._chat.ask(prompt, Choice, budget=budget, accept=in_the_message)
        except AnalystError as err:
            if err.usage is not None:
                await asyncio.to_thread(self._purse.spend, err.usage.tokens)
            raise
        await asyncio.to_thread(self._purse.spend, answer.usage.tokens)
        return Chosen(action=_action(answer.value, message), usage=answer.usage)


def _action(choice: Choice, message: str) -> Action:
    """What the model chose, with everything that is text taken from the message itself."""
    name = ActionName(choice.action)
    words = (_words_in(message, choice.words) if choice.words else None) or ""
    if name in _NEEDS_WORDS and not words:
        words = visible(message).strip()
    return Action(
        name=name,
        numbers=tuple(dict.fromkeys(number for number in choice.numbers if number > 0)),
        words=words,
        label=choice.label if name in (ActionName.CLAIMS, ActionName.CORRECT) else None,
        anonymous=choice.anonymous and name is ActionName.CLAIMS,
        whole=choice.whole,
        url=address_in(message) if name is ActionName.ADD else None,
        form=choice.form if name is ActionName.EXPORT else None,
    )


def _words_in(message: str, words: str) -> str | None:
    text = visible(message)
    place = anchors(text).find(words)
    return text[place.start : place.end] if place else None
