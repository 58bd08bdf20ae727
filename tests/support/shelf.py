"""Coverage for tests: a few invented reports, and an embedder that counts and can be told to fail."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from agent.coverage.embedding.embed import Purpose
from agent.coverage.embedding.hashed import HashedEmbedder, HashedVectors
from agent.errors import AnalystError
from agent.models import Article, Budget, Claim, Document, FailureReason, Span

MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)

QUAY = (
    "The harbour office said on Monday that the second quay would open again before the end of the week. "
    "Divers had found no damage to the piles under water, the office said, and the cranes had been tested twice. "
    "Eleven ships were still waiting in the roads, among them three with grain and one with spare parts."
)
DENIAL = (
    "The pilots' union denied on Tuesday that the second quay would open again this week. Its chairman told "
    "reporters that divers had found cracks in four piles and that nobody would take a ship alongside before "
    "they were mended. He called the announcement of the harbour office a joke."
)
WITNESS = (
    "From the mole one could see the second quay on Tuesday: the harbour office had the cranes moved and a "
    "tug lay ready. Two captains said they had been told that the quay would open again before Friday."
)
ORANGES = (
    "Orange prices fell on the wholesale markets because the season is coming to its end. Traders expect the "
    "lowest offers next week, when the last lorries from the coast arrive, and buyers turn to strawberries."
)


def report(
    text: str, outlet: str | None = None, *, hours: float | None = 0, url: str | None = None, title: str | None = None
) -> Document:
    moment = MONDAY + timedelta(hours=hours) if hours is not None else None
    return Document.of(text, outlet=outlet, url=url, title=title, published_at=moment, language="en")


def claim(text: str, number: int = 1) -> Claim:
    return Claim(id=f"c{number}", text=text, quote=text, spans=(Span(start=0, end=max(1, len(text))),))


ARTICLE = Article(
    text="The second quay will open again this week, the harbour office announced. Nobody spoke of the costs.",
    title="Quay two opens",
    url="https://ledger.example/quay-two",
    outlet="The Ledger",
    published_at=MONDAY,
    language="en",
)
OPENS = claim("The second quay of the harbour will open again this week.")


class CountingEmbedder(HashedEmbedder):
    """The built-in embedder under another name, if one is given; fails while `broken`."""

    def __init__(self, name: str = HashedEmbedder.id) -> None:
        self.id = name
        self.asked: list[list[str]] = []
        self.broken = False

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        if self.broken:
            raise AnalystError(FailureReason.UNREACHABLE, "the embedder is not there")
        self.asked.append(list(texts))
        return await super().embed(texts, purpose=purpose, budget=budget)
