"""A loopback OpenAI-compatible endpoint that does what a test tells it, and remembers what it was asked."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import uvicorn

from evals.servers.wire import Behaviour, Call, Hang, Page, Record, Refusal, build_app
from evals.servers.wire_format import Asked, Reply

Answer = Reply | Refusal | Page | Hang

_STARTS_WITHIN_SECONDS = 240.0


class ScriptedEndpoint:
    """Each chat call gets the next answer of the script; the last one is repeated. `behave` answers by content."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self.reset()

    def reset(self) -> None:
        """As new; a request that still hangs counts for the test that sent it."""
        self.record = Record()
        self._script: list[Answer] = [Reply("{}")]
        self._behaviour: Behaviour | None = None
        self._embeddings: list[Answer] = [Reply()]

    def script(self, *answers: Answer) -> None:
        self._script = list(answers)

    def let_go(self) -> None:
        """Breaks off what hangs; what is asked from now on may hang again."""
        self.record.let_go = True
        self.record = Record()

    def behave(self, behaviour: Behaviour) -> None:
        self._behaviour = behaviour

    def script_embeddings(self, *answers: Answer) -> None:
        self._embeddings = list(answers)

    @property
    def chats(self) -> list[Asked]:
        return [call.asked for call in self.record.chats]

    @property
    def embedded(self) -> list[list[str]]:
        return [call.asked.input for call in self.record.embeddings]

    @property
    def calls(self) -> list[Call]:
        return self.record.calls

    def answer_chat(self, asked: Asked) -> Answer:
        return self._behaviour(asked) if self._behaviour else _next(self._script)

    def answer_embedding(self, asked: Asked) -> Answer:
        return _next(self._embeddings)


@contextmanager
def run_endpoint() -> Iterator[ScriptedEndpoint]:
    """The endpoint on a free port of this machine, in a thread of its own, gone at the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        endpoint = ScriptedEndpoint(listener.getsockname()[1])
        app = build_app(endpoint.answer_chat, lambda: endpoint.record, endpoint.answer_embedding)
        config = uvicorn.Config(app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=0)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _wait(lambda: server.started)
        try:
            yield endpoint
        finally:
            server.should_exit = True
            thread.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def json_reply(value: object) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False))


def piece(delta: Mapping[str, object], finish: str | None = None) -> dict[str, object]:
    """One event of a streamed answer."""
    return {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def stream_of(*events: object, done: bool = True) -> Page:
    """These events as they are, whatever their form."""
    told = [f"data: {json.dumps(event, ensure_ascii=False)}\n\n" for event in events]
    return Page("".join([*told, "data: [DONE]\n\n" if done else ""]).encode(), "text/event-stream")


def said(**fields: object) -> Page:
    """A streamed message with these fields, ended as it should be."""
    return stream_of(piece({"role": "assistant", **fields}), piece({}, "stop"))


def json_page(body: object, status: int = 200) -> Page:
    return Page(json.dumps(body, ensure_ascii=False).encode(), "application/json", status)


def rate_limited(**headers: str) -> Refusal:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Refusal(429, "Rate limit reached", code="rate_limit_exceeded", headers=named)


def http_date(seconds_ahead: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds_ahead), usegmt=True)


# What real servers say, by the kind of server that says it.
NO_SCHEMA = Refusal(
    400,
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    param="response_format",
)
NO_JSON_MODE = Refusal(400, "'response_format.type' must be 'json_schema' or 'text'")
NO_STREAM_OPTIONS = Refusal(422, "Extra inputs are not permitted: body.stream_options", param="stream_options")
NO_TEMPERATURE = Refusal(
    400,
    "Unsupported value: 'temperature' does not support 0.2 with this model.",
    code="unsupported_value",
    param="temperature",
)
NO_MAX_COMPLETION_TOKENS = Refusal(400, "Unrecognized request argument supplied: max_completion_tokens")
SERVER_ERROR = Refusal(500, "The server had an error while processing your request.")
WRONG_KEY = Refusal(401, "Incorrect API key provided: sk-test-****cret.", code="invalid_api_key")
FORBIDDEN = Refusal(403, "Project does not have access to this model.")
NO_MODEL = Refusal(404, "The model `small` does not exist", code="model_not_found")
NO_QUOTA = Refusal(429, "You exceeded your current quota, please check your plan.", code="insufficient_quota")
FILTERED = Refusal(400, "The response was filtered due to the prompt.", code="content_filter")
OVERFLOWS = (
    Refusal(400, "This model's maximum context length is 8192 tokens. Your messages resulted in 9000 tokens.",
            code="context_length_exceeded"),
    Refusal(400, "The decoder prompt (length 9000) is longer than the maximum model length of 4096."),
    Refusal(400, "request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it"),
    Refusal(500, "Context size has been exceeded."),
    Refusal(400, "prompt too long; exceeded max context length by 12 tokens"),
    Refusal(413, "Input is too long for requested model."),
)  # fmt: skip
REFUSED = Reply(refusal="I cannot help with that.")
TRUNCATED = Reply('{"word": "ha', finish="length")
NO_CHOICES = Reply(choices=False)
NO_WORDS = Reply("")
DROPPED = Reply('{"word": "half of it", "number": 1}', drop_after=2)
HALF_THEN_SILENT = Reply('{"word": "half of it", "number": 1}', hang_after=2)


def _next(script: list[Answer]) -> Answer:
    return script.pop(0) if len(script) > 1 else script[0]


def _wait(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + _STARTS_WITHIN_SECONDS
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the scripted endpoint did not start")
        time.sleep(0.005)
