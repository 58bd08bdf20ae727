"""A world in which everything fails, drawn from one seed: the model, the store, and pauses that take no time.

What is drawn depends on the seed, on what is asked and on how often it was asked: not on order, and not on time.
"""

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from random import Random

import uvicorn

from agent.coverage.search.found import OriginLead, Retrieved
from agent.errors import StoreError
from agent.models import Article, Budget, Claim, Document, Origin, Passage, Searched, Span
from evals.servers.endpoint import SimulatedModel
from evals.servers.wire import Behaviour, Hang, Record, Refusal, build_app
from evals.servers.wire_format import Asked, Reply


class Trouble(StrEnum):
    RATE_LIMITED = "429"
    ERROR = "500"
    CUT_JSON = "truncated JSON"
    WRONG_SCHEMA = "wrong schema"
    BROKEN_STREAM = "broken stream"
    DRIP = "slow drip"


class Draw:
    """The same every time for the same seed, thing and number of the try."""

    def __init__(self, seed: int, share: float) -> None:
        self._seed = seed
        self._share = share
        self._tries: Counter[str] = Counter()
        self._lock = threading.Lock()

    def trouble(self, thing: str) -> Random | None:
        """What to draw the kind of trouble from; None when all goes well."""
        with self._lock:
            self._tries[thing] += 1
            rng = Random(f"{self._seed} {thing} {self._tries[thing]}")
        return rng if rng.random() < self._share else None


async def no_wait(_: float) -> None:
    """Pauses between tries take no time. How long they would be is drawn anew in every run."""


class FaultyModel:
    """Answers as `SimulatedModel` does, unless trouble is drawn."""

    def __init__(self, model: SimulatedModel, draw: Draw) -> None:
        self._model = model
        self._draw = draw
        self.troubles: Counter[Trouble] = Counter()

    def chat(self, asked: Asked) -> Reply | Refusal | Hang:
        words = "\n".join(message.content for message in asked.messages)
        rng = self._draw.trouble(sha256(words.encode()).hexdigest())
        answer = self._model.chat(asked)
        if rng is None or not isinstance(answer, Reply):
            return answer
        kind = rng.choice(list(Trouble))
        self.troubles[kind] += 1
        return _spoiled(answer.text, kind)


def _spoiled(text: str, kind: Trouble) -> Reply | Refusal:
    match kind:
        case Trouble.RATE_LIMITED:
            return Refusal(429, "Rate limit reached", headers={"retry-after": "1"})
        case Trouble.ERROR:
            return Refusal(500, "The server had an error while processing your request.")
        case Trouble.CUT_JSON:
            return Reply(text[: len(text) // 2])
        case Trouble.WRONG_SCHEMA:
            return Reply(json.dumps({"claims": "none", "answers": {"claim": 7}}))
        case Trouble.BROKEN_STREAM:
            return Reply(text, drop_after=2)
        case Trouble.DRIP:
            return Reply(text, tokens_per_second=2000)


class FaultySearch:
    """Every document is an origin that every claim finds; the store cannot be reached when trouble is drawn."""

    def __init__(self, documents: tuple[Document, ...], draw: Draw) -> None:
        self._documents = documents
        self._draw = draw
        self.outages = 0

    def warm(self) -> None: ...

    async def search(self, article: Article, claims: tuple[Claim, ...], budget: Budget) -> Retrieved:
        if self._draw.trouble(article.text) is not None:
            self.outages += 1
            raise StoreError("the simulated store cannot be reached")
        ids = tuple(claim.id for claim in claims)
        number = len(self._documents)
        return Retrieved(
            leads=tuple(
                OriginLead(origin=_origin(one), passages=(_whole(one),), claim_ids=ids) for one in self._documents
            ),
            searched=Searched(documents=number, in_window=number, passages=number),
        )


def _origin(document: Document) -> Origin:
    return Origin(id=f"o-{document.id}", documents=(document,))


def _whole(document: Document) -> Passage:
    return Passage.of(document, Span(start=0, end=len(document.text)))


@contextmanager
def answering(behaviour: Behaviour, record: Record | None = None) -> Iterator[str]:
    """An endpoint in a thread of this process, where what it is asked can be looked at; its address."""
    kept = record if record is not None else Record()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            build_app(behaviour, lambda: kept),
            log_config=None,
            log_level="critical",
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=0,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        finally:
            server.should_exit = True
            thread.join()
