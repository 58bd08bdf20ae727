"""An embedder that embeds a text once: stores that hold the same texts are filled one after another."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.coverage.embedding.embed import EmbeddedTexts, Embedder, Purpose, Traits
from agent.models import Budget, Usage


@dataclass(frozen=True)
class _Rows:
    rows: Sequence[Sequence[float]]
    usage: Usage


class Remembering:
    """As the embedder it is made of, whatever that one can do."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[Purpose, str], Sequence[float]] = {}

    @property
    def id(self) -> str:
        return self._embedder.id

    @property
    def traits(self) -> Traits:
        return self._embedder.traits

    def warm(self) -> None:
        self._embedder.warm()

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> EmbeddedTexts:
        missing = list(dict.fromkeys(text for text in texts if (purpose, text) not in self._known))
        usage = Usage()
        if missing:
            vectors = await self._embedder.embed(missing, purpose=purpose, budget=budget)
            self._known |= {(purpose, text): row for text, row in zip(missing, vectors.rows, strict=True)}
            usage = vectors.usage
        return _Rows([self._known[purpose, text] for text in texts], usage)
