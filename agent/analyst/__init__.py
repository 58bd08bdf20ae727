"""An analyst reads: it proposes claims, and says what a witness says of them. Code decides what they are worth."""

from typing import Protocol

from agent.models import AnalystInfo, Article, Budget, Claim, Draft, Frozen, Judgement, Part, Usage, Witness


class Extraction(Frozen):
    drafts: tuple[Draft, ...]
    usage: Usage = Usage()


class JudgementResult(Frozen):
    """One judgement for every claim that was asked about, in any order.

    `taken_from` are the words in which the witness says that it takes the matter from the article's outlet, or from
    whom the article has it; empty where it does not."""

    judgements: tuple[Judgement, ...]
    taken_from: str = ""
    usage: Usage = Usage()


class Analyst(Protocol):
    """Raises `AnalystError` when a call gives no usable answer: a failure is never a verdict."""

    @property
    def info(self) -> AnalystInfo: ...

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        """The claims of one part. Quotes are checked by the caller."""

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        """What one witness says of each claim. Quotes are checked by the caller."""
