"""A reader that knows a story's claims beforehand, behind an OpenAI-compatible endpoint; it judges nothing.

Each gold claim is quoted as the sentence that tells it, or as its clause where one sentence tells several. Which
story is read goes by the name of the model that is asked. `python -m evals.servers.reader` serves stories that it is
told,
one JSON object a line.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.request import urlopen

import uvicorn
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from agent.budget import estimate_tokens
from agent.models import Frozen, Span
from agent.text import normalise, sentences
from evals.data.needs import NewsStory, StoryClaim
from evals.servers.endpoint import AnnouncingServer
from evals.servers.wire import Record, build_app
from evals.servers.wire_format import Asked, Reply

_ROOT = Path(__file__).parents[2]
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_RANGE = re.compile(r"(\d+) to (\d+)")
_JUDGED = re.compile(r"<(?P<tag>claims-[0-9a-f]+)>\n(?P<text>.*?)\n</(?P=tag)>", re.DOTALL)
_ASKED = re.compile(r"^(\w+): ", re.MULTILINE)
# Not inside a number: white space follows.
_CLAUSE_END = re.compile(r"[,،;؛:—–](?=\s)|\s[-ـ](?=\s)")
_SHORTEST_CLAUSE = 5
_PATIENCE_SECONDS = 240.0


class Placed(Frozen):
    """Where the article tells a gold claim: the sentence or clause at `span`."""

    claim: str
    speaker: str | None
    span: Span
    quote: str


class PromptTokens(BaseModel):
    """Calls, and an estimate of what their prompts take, schema included."""

    extract_calls: int = 0
    extract_tokens: int = 0
    judge_calls: int = 0
    judge_tokens: int = 0

    @property
    def tokens(self) -> int:
        return self.extract_tokens + self.judge_tokens


def place(story: NewsStory) -> list[Placed]:
    """The claims of a story where its article tells them; what it tells several times counts where it tells least
    besides. A claim of which no piece stands in the article is left out."""
    text = story.article.text
    letters = _Letters(text)
    spans = sentences(text, story.article.language)
    told = {n: {c.id for c in story.claims if letters.holds(c.any, span)} for n, span in enumerate(spans)}
    placed = []
    for claim in story.claims:
        homes = [n for n, ids in told.items() if claim.id in ids]
        if homes:
            n = min(homes, key=lambda n: (len(told[n]), spans[n].end - spans[n].start))
            span = spans[n] if len(told[n]) == 1 else _clause(text, spans[n], letters, claim)
            placed.append(Placed(claim=claim.id, speaker=claim.speaker, span=span, quote=text[span.start : span.end]))
    return placed


class _Letters:
    """A text by its letters and digits alone, each with its place in it."""

    def __init__(self, text: str) -> None:
        view = normalise(text)
        kept = [i for i, c in enumerate(view.text) if c.isalnum()]
        self.text = "".join(view.text[i].casefold() for i in kept)
        self._offsets = [view.offsets[i] for i in kept for _ in view.text[i].casefold()]

    def holds(self, pieces: Sequence[str], span: Span) -> bool:
        return any(span.start <= at < span.end for piece in pieces for at in self._places(piece))

    def _places(self, piece: str) -> Iterator[int]:
        # 23 does not stand in 123.
        before, after = (r"(?<!\d)" if piece[0].isdigit() else ""), (r"(?!\d)" if piece[-1].isdigit() else "")
        for match in re.finditer(f"{before}{re.escape(letters(piece))}{after}", self.text):
            yield self._offsets[match.start()]


def letters(text: str) -> str:
    return "".join(c for c in normalise(text).text.casefold() if c.isalnum())


def _clause(text: str, sentence: Span, letters: _Letters, claim: StoryClaim) -> Span:
    """The clause that tells a claim; one of few words goes with the next."""
    starts = [sentence.start]
    for end in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        if len(text[starts[-1] : end.start()].split()) >= _SHORTEST_CLAUSE:
            starts.append(end.end())
    if len(starts) > 1 and len(text[starts[-1] : sentence.end].split()) < _SHORTEST_CLAUSE:
        starts.pop()
    ends = [*starts[1:], sentence.end]
    clauses = [Span(start=start, end=end) for start, end in zip(starts, ends, strict=True)]
    # The first piece says most.
    return _stripped(text, next(one for piece in claim.any for one in clauses if letters.holds([piece], one)))


def _stripped(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start=start, end=start + len(piece.strip()))


class GoldReader:
    """Answers what is asked of some stories, and counts what the prompts take."""

    def __init__(self, stories: Sequence[NewsStory]) -> None:
        self._placed = {story.name: place(story) for story in stories}
        self.record = Record()
        self.tokens: dict[str, PromptTokens] = {name: PromptTokens() for name in self._placed}

    def chat(self, asked: Asked) -> Reply:
        schema = asked.response_format if asked.mode == "schema" else None
        size = sum(estimate_tokens(m.content) for m in asked.messages) + estimate_tokens(json.dumps(schema or ""))
        counted = self.tokens[asked.model]
        if judged := _JUDGED.search(asked.user):
            counted.judge_calls, counted.judge_tokens = counted.judge_calls + 1, counted.judge_tokens + size
            answer = {"answers": [_unrelated(claim) for claim in _ASKED.findall(judged["text"])]}
        else:
            counted.extract_calls, counted.extract_tokens = counted.extract_calls + 1, counted.extract_tokens + size
            answer = {"claims": [_draft(one) for one in self._placed_in(asked)]}
        return Reply(json.dumps(_completed(answer, asked), ensure_ascii=False))

    def _placed_in(self, asked: Asked) -> list[Placed]:
        first, last = map(int, _RANGE.findall(asked.user)[-1])
        told = letters(" ".join(text for n, text in _NUMBERED.findall(asked.user) if first <= int(n) <= last))
        return [one for one in self._placed[asked.model] if letters(one.quote) in told]


def _draft(placed: Placed) -> dict[str, object]:
    source = "named" if placed.speaker else "outlet"
    return {"quote": placed.quote, "text": placed.quote, "speaker": placed.speaker, "source": source, "kind": "fact"}


def _unrelated(claim: str) -> dict[str, object]:
    return {"claim": claim, "stance": "unrelated", "quote": "", "same_speaker": False}


def _completed(answer: dict[str, list[dict[str, object]]], asked: Asked) -> dict[str, object]:
    """The answer with what else its schema wants: nothing, wherever nothing may be said."""
    schema = _object((asked.response_format or {}).get("json_schema")).get("schema")
    return _object(_filled(answer, _object(schema), _object(_object(schema).get("$defs"))))


def _filled(value: object, schema: Mapping[str, object], known: Mapping[str, object]) -> object:
    if "$ref" in schema:
        schema = _object(known.get(str(schema["$ref"]).rpartition("/")[2]))
    if isinstance(value, list):
        return [_filled(one, _object(schema.get("items")), known) for one in value]
    if isinstance(value, dict):
        wanted = _object(schema.get("properties"))
        given = {name: _filled(one, _object(wanted.get(name)), known) for name, one in value.items()}
        return {**{name: _nothing(_object(one), known) for name, one in wanted.items()}, **given}
    return value


def _nothing(schema: Mapping[str, object], known: Mapping[str, object]) -> object:
    if "$ref" in schema:
        return _nothing(_object(known.get(str(schema["$ref"]).rpartition("/")[2])), known)
    choices = schema.get("enum")
    if isinstance(choices, list):
        return choices[0]
    if "anyOf" in schema:
        return None
    empty: dict[str, object] = {"string": "", "boolean": False, "array": [], "integer": 0, "number": 0}
    if schema.get("type") == "object":
        return _filled({}, schema, known)
    return empty.get(str(schema.get("type")))


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


class Reader(Protocol):
    """A reader that can be asked at `url`, and what the prompts of a story took there so far."""

    @property
    def url(self) -> str: ...

    def tokens(self, story: str) -> PromptTokens: ...


@dataclass(frozen=True)
class ServedReader:
    """A `Reader` in another process."""

    url: str

    def tokens(self, story: str) -> PromptTokens:
        with urlopen(f"{self.url.removesuffix('/v1')}/tokens/{story}", timeout=_PATIENCE_SECONDS) as answer:
            return PromptTokens.model_validate_json(answer.read())


@contextmanager
def run_reader(stories: Sequence[NewsStory]) -> Iterator[Reader]:
    """A reader of some stories, in a process of its own: its work is not the product's."""
    command = [sys.executable, "-m", "evals.servers.reader"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=_ROOT
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            server.stdin.writelines(f"{story.model_dump_json()}\n" for story in stories)
            server.stdin.close()
            yield ServedReader(server.stdout.readline().strip())
        finally:
            server.kill()


def serve(stories: Sequence[NewsStory]) -> None:
    reader = GoldReader(stories)

    async def tokens(request: Request) -> JSONResponse:
        return JSONResponse(reader.tokens[request.path_params["story"]].model_dump())

    app = build_app(reader.chat, lambda: reader.record)
    app.router.routes.append(Route("/tokens/{story}", tokens))
    AnnouncingServer(uvicorn.Config(app, port=0, log_level="critical", ws="none", lifespan="off")).run()


if __name__ == "__main__":
    serve([NewsStory.model_validate_json(line) for line in sys.stdin.buffer])
