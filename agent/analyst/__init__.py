"""An analyst reads: it proposes claims, and says what a witness says of them. Code decides what they are worth."""

from typing import Protocol

from agent.models import (
    ARTICLE,
    AnalystCard,
    Article,
    Claim,
    Draft,
    Frozen,
    Judgement,
    Passage,
    Span,
    Usage,
)


class Part(Frozen):
    """A few sentences of the article: `text == article.text[span.start:span.end]`."""

    index: int
    span: Span
    text: str


class Witness(Frozen):
    """One origin, heard alone: the passages of its first-told document that the claims found.

    `origin == ARTICLE` is the article itself, whose other speakers may contest a claim.
    """

    origin: str
    passages: tuple[Passage, ...]

    @property
    def is_article(self) -> bool:
        return self.origin == ARTICLE


class Extraction(Frozen):
    drafts: tuple[Draft, ...]
    usage: Usage = Usage()


class Hearing(Frozen):
    """One judgement for every claim that was asked about, in any order.

    `taken_from` are the words in which the witness says that it takes the matter from the article's outlet, or from
    whom the article has it; empty where it does not."""

    judgements: tuple[Judgement, ...]
    taken_from: str = ""
    usage: Usage = Usage()


class Budget(Protocol):
    """What a run may still spend."""

    def reserve(self, tokens: int) -> None:
        """Set tokens aside before a call; raises `AnalystError` (reason `budget`) when they are not there."""

    def settle(self, reserved: int, spent: int) -> None:
        """Give back a reservation and book what the call really cost."""


class Analyst(Protocol):
    """Raises `AnalystError` when a call gives no usable answer: a failure is never a verdict."""

    @property
    def card(self) -> AnalystCard: ...

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        """The claims of one part. Quotes are checked by the caller."""

    async def judge(self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget) -> Hearing:
        """What one witness says of each claim. Quotes are checked by the caller."""
