"""What one event of an answer says. What cannot be read counts as not there: no field costs the words beside it."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

from agent.llm.structured import Json

# What servers call the thoughts that they have taken out of an answer.
_REASONING = ("reasoning_content", "reasoning", "thinking", "thoughts", "reasoning_text", "reasoning_details")
_THOUGHT_PARTS = frozenset({"thinking", "thought", "reasoning", "reasoning_text", "summary_text"})
_PLAIN = frozenset({"role", "content"})
_NO_WORDS = frozenset({"role", "name", "index", "id", "annotations", "logprobs", "token_ids", "audio"})
_DEEPEST = 8
_MOST_TOKENS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class WireUsage:
    """Tokens as the endpoint counts them; None for what it does not count."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int = 0

    def then(self, later: "WireUsage | None") -> "WireUsage":
        """What is known after a later event: servers may tell one half first and the other at the end."""
        if later is None:
            return self
        return WireUsage(
            self.prompt_tokens if later.prompt_tokens is None else later.prompt_tokens,
            self.completion_tokens if later.completion_tokens is None else later.completion_tokens,
            later.cached_tokens or self.cached_tokens,
        )


@dataclass(frozen=True, slots=True)
class Call:
    """A piece of a call of a function: nobody offered one, and yet answers come that way."""

    number: int | None
    arguments: str


@dataclass(frozen=True, slots=True)
class MessageDelta:
    content: str = ""
    refusal: str = ""
    reasoning: str = ""
    reasoning_field: str = ""
    calls: tuple[Call, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WireChoice:
    """`number`: which of several answers it belongs to."""

    number: str
    words: MessageDelta
    finish: str | None
    error: Json


def usage_in(event: dict[str, Json]) -> WireUsage | None:
    """None where the event counts nothing."""
    value = event.get("usage")
    if not isinstance(value, dict):
        return None
    details = value.get("prompt_tokens_details") or value.get("input_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    return WireUsage(
        # Nothing that was asked takes no tokens at all.
        prompt_tokens=tokens_of(value.get("prompt_tokens", value.get("input_tokens"))) or None,
        completion_tokens=tokens_of(value.get("completion_tokens", value.get("output_tokens"))),
        cached_tokens=tokens_of(cached) or tokens_of(value.get("prompt_cache_hit_tokens")) or 0,
    )


def choices_in(event: dict[str, Json]) -> Iterator[WireChoice]:
    value = event.get("choices")
    for choice in value if isinstance(value, list) else ():
        if isinstance(choice, dict):
            yield _choice(choice)


def _choice(choice: dict[str, Json]) -> WireChoice:
    message = choice.get("delta") or choice.get("message")
    finish = choice.get("finish_reason")
    words = _words(message) if isinstance(message, dict) else MessageDelta(content=_text(choice.get("text")))
    return WireChoice(
        str(choice.get("index") or 0),
        words,
        finish if isinstance(finish, str) and finish else None,
        choice.get("error"),
    )


def _words(message: dict[str, Json]) -> MessageDelta:
    content = message.get("content")
    if isinstance(content, str) and message.keys() <= _PLAIN:
        return MessageDelta(content)
    thought_field = next((name for name in _REASONING if message.get(name)), "")
    thoughts = _text(message.get(thought_field))
    if not isinstance(content, str):
        thoughts += _text(_parts(content, thought=True))
        thought_field = thought_field or ("content" if thoughts else "")
    return MessageDelta(
        content=content if isinstance(content, str) else _text(_parts(content, thought=False)) or _read(content),
        refusal=_text(message.get("refusal")) or _refused(content),
        reasoning=thoughts,
        reasoning_field=thought_field,
        calls=tuple(_calls(message)),
        others=tuple(name for name, value in message.items() if value and name not in _NO_WORDS),
    )


def _read(content: Json) -> str:
    """An answer that a gateway has read already and sends as the object that it is."""
    return json.dumps(content) if isinstance(content, dict) and content and "type" not in content else ""


def _parts(content: Json, *, thought: bool) -> Json:
    """The parts of a content in parts that are thoughts, or those that are not."""
    parts = content if isinstance(content, list) else [content]
    return [part for part in parts if _is_thought(part) == thought and not _is_refusal(part)]


def _is_thought(part: Json) -> bool:
    return isinstance(part, dict) and part.get("type") in _THOUGHT_PARTS


def _is_refusal(part: Json) -> bool:
    return isinstance(part, dict) and part.get("type") == "refusal"


def _refused(content: Json) -> str:
    parts = content if isinstance(content, list) else ()
    return "".join(_text(part.get("refusal")) for part in parts if isinstance(part, dict) and _is_refusal(part))


def _text(node: Json, depth: int = 0) -> str:
    """The words in a string, a part or a list of parts."""
    if isinstance(node, str):
        return node
    if depth > _DEEPEST:
        return ""
    if isinstance(node, list):
        return "".join(_text(part, depth + 1) for part in node)
    if isinstance(node, dict):
        inner = next(
            (node[name] for name in ("text", "content", "value", "thinking", "summary") if node.get(name)), ""
        )
        return _text(inner, depth + 1)
    return ""


def _calls(message: dict[str, Json]) -> Iterator[Call]:
    value = message.get("tool_calls")
    for call in value if isinstance(value, list) else ():
        if isinstance(call, dict):
            number = call.get("index")
            function = call.get("function")
            arguments = _arguments(function if isinstance(function, dict) else call)
            yield Call(number if isinstance(number, int) else None, arguments)
    if isinstance(function := message.get("function_call"), dict):
        yield Call(None, _arguments(function))
    content = message.get("content")
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict) and part.get("type") == "tool_use":
            yield Call(None, _arguments(part))
    if isinstance(parsed := message.get("parsed"), dict):
        yield Call(None, json.dumps(parsed))


def _arguments(function: dict[str, Json]) -> str:
    value = function.get("arguments", function.get("input"))
    return value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict) else ""


def tokens_of(value: Json) -> int | None:
    """A number of tokens, however it is written."""
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return int(number) if 0 <= number <= _MOST_TOKENS else None
