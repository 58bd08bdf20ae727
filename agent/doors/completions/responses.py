"""Answers in the form of OpenAI's chat completions: whole, or in pieces as server-sent events."""

import secrets
import time
from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field

from agent.doors.completions.asked import MODEL
from agent.models import Frozen, Usage

# Pieces of an answer that is there as a whole: a client draws them as they come.
_PIECE = 400


class CompletionUsage(Frozen):
    """The tokens of the models that verified the article and understood the question. Answers that were kept cost
    none."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int

    @classmethod
    def of(cls, usage: Usage) -> Self:
        return cls(
            prompt_tokens=usage.prompt_tokens, completion_tokens=usage.completion_tokens, total_tokens=usage.tokens
        )


class AnswerMessage(Frozen):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class CompletionChoice(Frozen):
    index: int = 0
    message: AnswerMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class CompletionHead(Frozen):
    """What every piece of one answer has in common."""

    id: str = Field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = Field(default_factory=lambda: int(time.time()))
    model: str = MODEL


class ChatCompletion(CompletionHead):
    object: Literal["chat.completion"] = "chat.completion"
    choices: tuple[CompletionChoice, ...]
    usage: CompletionUsage


class Delta(Frozen):
    role: Literal["assistant"] | None = None
    content: str | None = None
    reasoning_content: str | None = None


class ChoiceDelta(Frozen):
    index: int = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class Chunk(CompletionHead):
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    choices: tuple[ChoiceDelta, ...]
    usage: CompletionUsage | None = None


class Model(Frozen):
    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 1_767_225_600
    owned_by: str = "isnad"


class ModelList(Frozen):
    object: Literal["list"] = "list"
    data: tuple[Model, ...] = (Model(),)


def completion(text: str, usage: Usage) -> ChatCompletion:
    return ChatCompletion(
        choices=(CompletionChoice(message=AnswerMessage(content=text)),), usage=CompletionUsage.of(usage)
    )


def chunk(head: CompletionHead, delta: Delta, *, last: bool = False) -> Chunk:
    changed = ChoiceDelta(delta=delta, finish_reason="stop" if last else None)
    return Chunk(**head.model_dump(), choices=(changed,))


def pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PIECE):
        yield text[start : start + _PIECE]
