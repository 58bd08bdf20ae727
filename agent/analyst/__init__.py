"""The interface of analysts. An analyst proposes claims and says what a witness says of them; code decides what that
is worth."""

from typing import Protocol

from agent.models import AnalystInfo, Article, Budget, Claim, Draft, Frozen, Judgement, Part, Usage, Witness

# What an analyst reads of an article in one call, unless something else is asked for.
SENTENCES_PER_PART = 5


class Extraction(Frozen):
    drafts: tuple[Draft, ...]
    usage: Usage = Usage()


class JudgementResult(Frozen):
    """One judgement for each claim that was asked about, in any order.

    `taken_from` are the words in which the witness says that it has the matter from the article's outlet, or from
    whom the article has it. Empty where it does not say so.
    """

    judgements: tuple[Judgement, ...]
    taken_from: str = ""
    usage: Usage = Usage()


class Analyst(Protocol):
    """Reads articles and coverage. Raises `AnalystError` where a call gives no usable answer: a failure is never a
    verdict."""

    @property
    def info(self) -> AnalystInfo: ...

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        """The claims of one part of an article. Their quotes are checked by the caller."""

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        """What one witness says of each of some claims. The quotes are checked by the caller."""
