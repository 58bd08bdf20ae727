"""A model chooses the actions: one structured call, from a closed set, over the person's own words alone.

Which claim is meant by words of theirs is asked apart: there the claims are in view, which come from outside, and so
nothing but numbers of claims can come of it.
"""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel, Field, model_validator

from agent.budget import RunBudget
from agent.chat.actions import MOST_ACTIONS, OF_CLAIM, Action, ActionName, ExportForm
from agent.chat.deps import ActionPlan, ConversationContext, Meant
from agent.chat.understanding.looks import addresses_in
from agent.errors import AnalystError
from agent.llm import Chat, ModelAnswer
from agent.models import Budget, Label, Report
from agent.prompts import Fence, Prompt, render
from agent.text import visible
from agent.text.quotes import anchors

# An article is recognised by its looks and an edit by its verb, so that the model has no say in either.
Choosable = Literal[
    "check", "claims", "why", "original", "earliest", "sources", "denials", "speaker", "exact", "differing", "says",
    "compare", "copies", "single_source", "changes", "summary", "count", "articles", "chain", "checked", "search",
    "ask", "add", "gather", "recheck", "correct", "note", "export", "threads", "rename", "delete", "help", "thanks",
    "unclear",
]  # fmt: skip
_NAMES_CLAIM = OF_CLAIM | {ActionName.GATHER, ActionName.RECHECK}
_OF_LABEL = (ActionName.CLAIMS, ActionName.COUNT)
_NEEDS_WORDS = (ActionName.CHECK, ActionName.SEARCH, ActionName.ASK)
_MOST_NUMBERS = 50
_MOST_TOKENS = 20_000
# Claims that a model is shown, and how much of each.
_MOST_LISTED, _LONGEST_LISTED = 100, 200
T = TypeVar("T", bound=BaseModel)


# Field order is the order in which a model writes. Docstrings would be sent with every call.
class ChosenAction(BaseModel):
    action: Choosable
    numbers: list[int] = Field(max_length=_MOST_NUMBERS)
    claim: str | None = Field(None, max_length=2000)
    words: str | None = Field(max_length=2000)
    label: Label | None
    other: bool = False
    last: bool = False
    anonymous: bool
    whole: bool
    form: ExportForm | None


class ChosenActions(BaseModel):
    actions: list[ChosenAction] = Field(min_length=1, max_length=MOST_ACTIONS)

    @model_validator(mode="before")
    @classmethod
    def _one_alone(cls, value: object) -> object:
        # Small models leave out the list around a single form.
        return {"actions": [value]} if isinstance(value, dict) and "action" in value else value


class NamedClaims(BaseModel):
    numbers: list[int] = Field(max_length=_MOST_NUMBERS)


class TokenAllowance(Protocol):
    """What whoever speaks may spend on tokens; None for no bound. Blocking."""

    def left(self) -> int | None:
        """The tokens that may still be spent; None for no bound."""

    def spend(self, tokens: int) -> None:
        """Adds tokens to what is spent."""


class UnlimitedAllowance:
    """The purse of somebody at their own machine."""

    def left(self) -> None:
        return None

    def spend(self, tokens: int) -> None: ...


class ModelListener:
    """Implements `Listener`."""

    def __init__(self, chat: Chat, fence: Fence, purse: TokenAllowance) -> None:
        self._chat = chat
        self._fence = fence
        self._purse = purse

    async def choose(self, message: str, spoken: ConversationContext) -> ActionPlan:
        prompt = render(
            "chat",
            {
                "report": "yes" if spoken.has_report else "no",
                "focus": spoken.focus or "none",
                "last": spoken.last or "nothing",
                "listed": ", ".join(map(str, spoken.listed)) or "none",
                "message": self._fence("message", message),
            },
        )

        answer = await self._ask(prompt, ChosenActions, partial(_stand_in, message))
        addresses = iter(addresses_in(message))
        alone = len(answer.value.actions) == 1
        actions = (_action(choice, message, addresses, alone=alone) for choice in answer.value.actions)
        return ActionPlan(actions=tuple(_with_focus(one, spoken) for one in actions), usage=answer.usage)

    async def resolve(self, words: str, report: Report) -> Meant:
        listed = {int(one.id[1:]): one for one in report.claims[:_MOST_LISTED]}
        lines = [f"{n}. {' '.join(one.text.split())[:_LONGEST_LISTED]}" for n, one in listed.items()]
        prompt = render(
            "named", {"claims": self._fence("claims", "\n".join(lines)), "words": self._fence("words", words)}
        )

        def are_there(named: NamedClaims) -> None:
            if missing := [number for number in named.numbers if number not in listed]:
                raise ValueError(f"numbers: there is no claim {missing[0]} in the list")

        answer = await self._ask(prompt, NamedClaims, are_there)
        return Meant(numbers=tuple(dict.fromkeys(answer.value.numbers)), usage=answer.usage)

    async def _ask(self, prompt: Prompt, form: type[T], accept: Callable[[T], None]) -> ModelAnswer[T]:
        left = await asyncio.to_thread(self._purse.left)
        budget: Budget = RunBudget(_MOST_TOKENS if left is None else min(left, _MOST_TOKENS))
        try:
            answer = await self._chat.ask(prompt, form, budget=budget, accept=accept)
        except AnalystError as err:
            if err.usage is not None:
                await asyncio.to_thread(self._purse.spend, err.usage.tokens)
            raise
        await asyncio.to_thread(self._purse.spend, answer.usage.tokens)
        return answer


def _stand_in(message: str, choices: ChosenActions) -> None:
    """A model that puts words into somebody's mouth is asked once more, and then not heard."""
    for choice in choices.actions:
        for field, words in (("words", choice.words), ("claim", choice.claim)):
            if words and _words_in(message, words) is None:
                raise ValueError(f"{field}: they do not stand in the message; copy them exactly, or give null")
    if len(choices.actions) > 1 and any(one.action in _NEEDS_WORDS and not one.words for one in choices.actions):
        raise ValueError("words: of several actions, check, search and ask need words of the message")
    added = sum(choice.action == "add" for choice in choices.actions)
    if added > (there := len(addresses_in(message))):
        raise ValueError(f"action: there are {there} web addresses in the message to add, not {added}")


def _action(choice: ChosenAction, message: str, addresses: Iterator[str], *, alone: bool) -> Action:
    """What the model chose, with everything that is text taken from the message itself."""
    name = ActionName(choice.action)
    words = (_words_in(message, choice.words) if choice.words else None) or ""
    claim = (_words_in(message, choice.claim) if choice.claim else None) or ""
    if name in _NEEDS_WORDS and not words and alone:
        words = visible(message).strip()
    if name in _NAMES_CLAIM:
        words, claim = claim or words, ""
    return Action(
        name=name,
        numbers=tuple(dict.fromkeys(number for number in choice.numbers if number > 0)),
        words=words,
        claim=claim if name is ActionName.CORRECT else "",
        label=choice.label if name in (*_OF_LABEL, ActionName.CORRECT) else None,
        other=choice.other and name in _OF_LABEL,
        last=choice.last and not choice.numbers,
        anonymous=choice.anonymous and name is ActionName.CLAIMS,
        whole=choice.whole,
        url=next(addresses) if name is ActionName.ADD else None,
        form=choice.form if name is ActionName.EXPORT else None,
    )


def _with_focus(action: Action, spoken: ConversationContext) -> Action:
    """One claim is compared with the one last spoken of."""
    if action.name is not ActionName.COMPARE or len(action.numbers) != 1 or spoken.focus is None:
        return action
    return action.model_copy(update={"numbers": tuple(dict.fromkeys((int(spoken.focus[1:]), *action.numbers)))})


def _words_in(message: str, words: str) -> str | None:
    text = visible(message)
    place = anchors(text).find(words)
    return text[place.start : place.end] if place else None
