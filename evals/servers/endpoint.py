"""A simulated model behind an OpenAI-compatible endpoint: it answers this project's prompts, at a model's pace.

Claims are the sentences it is asked about; a stance is found through the codes that `evals.bench.stories` puts into
every claim. Runs in a process of its own: `python -m evals.servers.endpoint '{"pace": "tokens"}'` prints its address.
"""

import json
import re
import socket
import sys
from collections import Counter
from hashlib import sha256
from random import Random
from typing import Literal

import uvicorn
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from evals.bench.stories import DENIAL
from evals.servers.wire import Hang, Record, Refusal, build_app
from evals.servers.wire_format import Asked, Reply, count_tokens, prompt_tokens

_TAGGED = re.compile(r"<(?P<tag>(?P<kind>\w+)-[0-9a-f]+)>\n(?P<text>.*?)\n</(?P=tag)>", re.DOTALL)
_FENCE = re.compile(r"(</?\w+)-[0-9a-f]+>")
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_RANGE = re.compile(r"(\d+) to (\d+)")
_CODE = re.compile(r"\b[A-Z]{2}\d{2}\b")
_CLAIM = re.compile(r"^(\w+): (.*)$", re.MULTILINE)
_OWN_ARTICLE = "the very article that the claims are from"
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]")


class Pace(BaseModel):
    """How the simulated model behaves. Rates are shares of chat calls; `hang_at` is the number of one call."""

    pace: Literal["fixed", "tokens"] = "fixed"
    call_seconds: float = 0.5
    first_token_seconds: float = 0.3
    tokens_per_second: float = 80.0
    embedding_seconds: float = 0.05
    rate_limited: float = 0.0
    retry_after: float = 1.0
    broken: float = 0.0
    malformed: float = 0.0
    hang_at: int | None = None
    seed: int = 1


class Stats(BaseModel):
    """What was asked so far. `critical_seconds`: the longest reading, one embedding, the longest hearing."""

    chats: int
    embeddings: int
    prompt_tokens: int
    completion_tokens: int
    most_in_flight: int
    critical_seconds: float


class SimulatedModel:
    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._asked_before: Counter[str] = Counter()
        self.reset()

    def reset(self) -> None:
        """Counts from nothing; what was asked before stays known, so that faults stay as they are drawn."""
        self._chats = 0
        self._completion_tokens = 0
        self._longest = {"extract": 0.0, "judge": 0.0}
        self.record = Record()

    def chat(self, asked: Asked) -> Reply | Refusal | Hang:
        """What the model says; faults depend on the seed, the question and how often it was asked, not on order."""
        self._chats += 1
        if self._chats == self._pace.hang_at:
            return Hang()
        # The fences around untrusted text differ from one data directory to the next; what is asked does not.
        words = _FENCE.sub(r"\1", "\n".join(m.content for m in asked.messages))
        question = sha256(words.encode()).hexdigest()
        self._asked_before[question] += 1
        draw = Random(f"{self._pace.seed} {question} {self._asked_before[question]}").random()
        return self._disturbed(draw, answer(asked), "judge" if _is_judging(asked) else "extract")

    def embed(self, asked: Asked) -> Reply:
        return Reply(wait=self._pace.embedding_seconds)

    def stats(self) -> Stats:
        return Stats(
            chats=len(self.record.chats),
            embeddings=len(self.record.embeddings),
            prompt_tokens=sum(prompt_tokens(call.asked) for call in self.record.chats),
            completion_tokens=self._completion_tokens,
            most_in_flight=self.record.most_in_flight,
            critical_seconds=sum(self._longest.values()) + self._pace.embedding_seconds,
        )

    def _disturbed(self, draw: float, text: str, kind: str) -> Reply | Refusal:
        pace = self._pace
        if draw < pace.rate_limited:
            return Refusal(429, "Rate limit reached", headers={"retry-after": f"{pace.retry_after:g}"})
        if draw < pace.rate_limited + pace.broken:
            return Refusal(500, "The server had an error while processing your request.")
        if draw < pace.rate_limited + pace.broken + pace.malformed:
            text = text[: len(text) // 2]
        tokens = count_tokens(text)
        self._completion_tokens += tokens
        if pace.pace == "fixed":
            self._longest[kind] = max(self._longest[kind], pace.call_seconds)
            return Reply(text, wait=pace.call_seconds)
        seconds = pace.first_token_seconds + tokens / pace.tokens_per_second
        self._longest[kind] = max(self._longest[kind], seconds)
        return Reply(text, wait=pace.first_token_seconds, tokens_per_second=pace.tokens_per_second)


def answer(asked: Asked) -> str:
    """What a careful reader would answer, as JSON."""
    value = _judged(asked.user) if _is_judging(asked) else _extracted(asked.user)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_judging(asked: Asked) -> bool:
    return "claims" in _blocks(asked.user)


def _blocks(user: str) -> dict[str, str]:
    return {match["kind"]: match["text"] for match in _TAGGED.finditer(user)}


def _extracted(user: str) -> dict[str, object]:
    sentences = {int(n): text for n, text in _NUMBERED.findall(_blocks(user).get("article", ""))}
    asked = _RANGE.findall(user)
    first, last = map(int, asked[-1]) if asked else (1, len(sentences))
    return {"claims": [_claim(text) for n, text in sentences.items() if first <= n <= last]}


def _claim(sentence: str) -> dict[str, object]:
    return {
        "quote": sentence,
        "text": sentence,
        "speaker": None,
        "role": None,
        "source": "outlet",
        "verb": None,
        "kind": "fact",
        "event_date": None,
    }


def _judged(user: str) -> dict[str, object]:
    blocks = _blocks(user)
    told = {code: s.strip() for s in _SENTENCE.findall(blocks.get("text", "")) for code in _CODE.findall(s)}
    answers = [_stance(claim, text, told) for claim, text in _CLAIM.findall(blocks["claims"])]
    if _OWN_ARTICLE in user:
        return {"answers": [answer for answer in answers if answer["stance"] == "contradicts"]}
    return {"taken_from": "", "answers": answers}


def _stance(claim: str, text: str, told: dict[str, str]) -> dict[str, object]:
    quote = next((told[code] for code in _CODE.findall(text) if code in told), "")
    stance = "unrelated" if not quote else "contradicts" if DENIAL in quote else "supports"
    return {"claim": claim, "stance": stance, "quote": quote, "same_speaker": False}


def build_simulation(model: SimulatedModel) -> Starlette:
    """The endpoint, with `/stats` (GET, DELETE) beside the usual routes."""

    async def stats(request: Request) -> JSONResponse:
        return JSONResponse(model.stats().model_dump())

    async def reset(request: Request) -> JSONResponse:
        model.reset()
        return JSONResponse({})

    app = build_app(model.chat, lambda: model.record, model.embed)
    app.router.routes += [Route("/stats", stats), Route("/stats", reset, methods=["DELETE"])]
    return app


class AnnouncingServer(uvicorn.Server):
    """Says where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"http://127.0.0.1:{port}/v1", flush=True)


def serve(pace: Pace) -> None:
    """Serves on a free port of this machine until stopped; the address is the first line of output."""
    app = build_simulation(SimulatedModel(pace))
    AnnouncingServer(uvicorn.Config(app, port=0, log_level="critical", ws="none", lifespan="off")).run()


if __name__ == "__main__":
    serve(Pace.model_validate_json(sys.argv[1] if len(sys.argv) > 1 else "{}"))
