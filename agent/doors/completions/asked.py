"""The requests of chat programs. Fields that are not listed here are ignored: they are for a model that writes, and
here none does."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, JsonValue, StringConstraints, model_validator

from agent.envelopes import Attached, attached_in, is_errand
from agent.models import Frozen

MODEL = "isnad"
_MOST_MESSAGES = 2000
_EXAMPLE: dict[str, JsonValue] = {
    "model": MODEL,
    "messages": [{"role": "user", "content": "check this sentence: The old bridge was shut on Monday."}],
}


class _Sent(Frozen):
    model_config = ConfigDict(extra="ignore")


class MessagePart(_Sent):
    """One part of a message. `text` is set in parts of the type "text"."""

    type: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(examples=["text"])
    text: str | None = None


class SentMessage(_Sent):
    """One message of the conversation, as the program sends it."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | tuple[MessagePart, ...] | None = None

    @property
    def text(self) -> str:
        """The text of the message. Raises `ValueError` for parts that are not text."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        for part in self.content:
            if part.type != "text":
                raise ValueError(f"parts of the type {part.type!r} are not read: send the words as text")
        return "\n".join(part.text or "" for part in self.content)


class StreamOptions(_Sent):
    include_usage: bool = False


class Format(_Sent):
    type: str


class CompletionRequest(_Sent):
    """A conversation. Its last message is the user's, and is what is answered. Of the earlier ones only two things
    are used: where the thread stands, which our own answers name, and the files that a program attached to a message
    of the system. Nothing else in them is read."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    model: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(examples=[MODEL])
    messages: tuple[SentMessage, ...] = Field(min_length=1, max_length=_MOST_MESSAGES)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = 1
    tools: tuple[JsonValue, ...] | None = None
    functions: tuple[JsonValue, ...] | None = None
    response_format: Format | None = None
    progress: Literal["reasoning", "off"] = Field(
        "reasoning",
        description="While a stream waits: steps of a verification as `reasoning_content`, which chat programs fold.",
    )

    @model_validator(mode="after")
    def _what_can_be_answered(self) -> Self:
        if self.messages[-1].role != "user":
            raise ValueError("messages: the last one is the user's")
        _ = self.messages[-1].text
        if self.n not in (None, 1):
            raise ValueError("n: there is one answer")
        if self.tools or self.functions:
            raise ValueError("tools: none are called; leave them out")
        if self.response_format is not None and self.response_format.type != "text":
            raise ValueError("response_format: answers are text; reports as JSON are at /v1/verifications")
        return self

    @property
    def said(self) -> str:
        return self.messages[-1].text

    @property
    def files(self) -> tuple[Attached, ...]:
        """The files that a program attached beside the last message. Some write them into messages of the system."""
        return tuple(one for text in self._of_system() for one in attached_in(text))

    @property
    def is_errand(self) -> bool:
        """Whether the program asks for a title or for tags, as chat programs do by themselves: no person has said
        it."""
        return is_errand(self.said)

    def _of_system(self) -> Iterator[str]:
        for message in self.messages:
            if message.role in ("system", "developer"):
                with suppress(ValueError):
                    yield message.text
