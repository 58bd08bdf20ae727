"""The wire format of an OpenAI-compatible endpoint: what a request says, and how an answer is written."""

import base64
import json
import math
import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from pydantic import BaseModel, ConfigDict

DIMENSIONS = 256
_ID = "chatcmpl-simulated"


class Message(BaseModel):
    role: str
    content: str


class Asked(BaseModel):
    """The body of a request, with what the bench and the tests look at; the rest is in `model_extra`."""

    model_config = ConfigDict(extra="allow")

    model: str
    messages: list[Message] = []
    input: list[str] = []
    stream: bool = False
    response_format: dict[str, object] | None = None
    stream_options: dict[str, object] | None = None
    temperature: float | None = None
    max_completion_tokens: int | None = None
    max_tokens: int | None = None
    encoding_format: str | None = None

    @property
    def system(self) -> str:
        return next((m.content for m in self.messages if m.role == "system"), "")

    @property
    def user(self) -> str:
        return next((m.content for m in self.messages if m.role == "user"), "")

    @property
    def mode(self) -> str:
        kind = (self.response_format or {}).get("type", "text")
        return {"json_schema": "schema", "json_object": "json"}.get(str(kind), "text")


@dataclass(frozen=True)
class Reply:
    """An answer. `wait` before the first byte, then `tokens_per_second` if given; cut off where told."""

    text: str = ""
    finish: str | None = "stop"
    refusal: str | None = None
    choices: bool = True
    counted: bool = True
    cached_tokens: int = 0
    wait: float = 0.0
    tokens_per_second: float | None = None
    drop_after: int | None = None
    hang_after: int | None = None
    event_after_words: Mapping[str, object] | None = None
    ignores_stream: bool = False


def count_tokens(text: str) -> int:
    """An approximation: a token for four ASCII characters, or for two of any other script."""
    ascii_count = len(text.encode("ascii", "ignore"))
    return math.ceil(ascii_count / 4 + (len(text) - ascii_count) / 2)


def prompt_tokens(asked: Asked) -> int:
    """Messages, four tokens around each, and the answer's schema where it goes beside them."""
    schema = json.dumps(asked.response_format) if asked.mode == "schema" else ""
    return sum(count_tokens(m.content) + 4 for m in asked.messages) + count_tokens(schema)


def vector(text: str) -> list[float]:
    """A direction for a text, near to that of texts with the same words."""
    counts = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.casefold()):
        counts[crc32(word.encode("utf-8", "surrogatepass")) % DIMENSIONS] += 1.0
    length = math.sqrt(sum(value * value for value in counts)) or 1.0
    return [value / length for value in counts]


def chunks_of(asked: Asked, reply: Reply) -> list[dict[str, object]]:
    if not reply.choices:
        return [_event(asked, {}, None) | {"choices": []}]
    # A slow answer comes token by token; a fast one in a few pieces, as many servers send it.
    size = 4 if reply.tokens_per_second else max(1, len(reply.text) // 3)
    pieces = [reply.text[i : i + size] for i in range(0, len(reply.text), size)]
    events = [_event(asked, {"role": "assistant", "content": ""}, None)]
    events += [_event(asked, {"content": piece}, None) for piece in pieces]
    if reply.refusal is not None:
        events.append(_event(asked, {"refusal": reply.refusal}, None))
    if reply.event_after_words is not None:
        events.append(dict(reply.event_after_words))
    events.append(_event(asked, {}, reply.finish))
    if reply.counted and (asked.stream_options or {}).get("include_usage"):
        events.append(_event(asked, {}, None) | {"choices": [], "usage": _usage(asked, reply)})
    return events


def _event(asked: Asked, delta: dict[str, object], finish: str | None) -> dict[str, object]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return {
        "id": _ID,
        "object": "chat.completion.chunk",
        "created": 1_450_000_000,
        "model": asked.model,
        "choices": [choice],
        "usage": None,
    }


def completion_of(asked: Asked, reply: Reply) -> dict[str, object]:
    message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    choices = [{"index": 0, "message": message, "finish_reason": reply.finish}] if reply.choices else []
    usage = _usage(asked, reply) if reply.counted else None
    return {
        "id": _ID,
        "object": "chat.completion",
        "created": 1,
        "model": asked.model,
        "choices": choices,
        "usage": usage,
    }


def _usage(asked: Asked, reply: Reply) -> dict[str, object]:
    prompt, completion = prompt_tokens(asked), count_tokens(reply.text)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": reply.cached_tokens},
    }


def embeddings_of(asked: Asked, *, counted: bool) -> dict[str, object]:
    rows: list[object] = [vector(text) for text in asked.input]
    if asked.encoding_format == "base64":
        rows = [base64.b64encode(array("f", vector(text)).tobytes()).decode() for text in asked.input]
    data = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
    tokens = sum(map(count_tokens, asked.input))
    usage = {"prompt_tokens": tokens, "total_tokens": tokens} if counted else None
    return {"object": "list", "data": data, "model": asked.model, "usage": usage}
