"""The built-in analyst behind the `Analyst` protocol."""

import json
from functools import lru_cache
from importlib.resources import files

from agent.analyst import Extraction, Hearing
from agent.analyst.lexical.extract import statements
from agent.analyst.lexical.hearing import hear
from agent.models import AnalystCard, Article, Budget, Claim, Part, Witness

SCORES = "scores.json"


class LexicalAnalyst:
    """Reads by patterns, stems and word lists: no model, no network, the same answer every time."""

    def __init__(self, *, embedder: str) -> None:
        self._card = AnalystCard(kind="lexical", embedder=embedder, measured=measured())

    @property
    def card(self) -> AnalystCard:
        return self._card

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        """The statements whose sentence begins in the part."""
        inside = (s for s in statements(article) if part.span.start <= s.sentence.start < part.span.end)
        return Extraction(drafts=tuple(statement.draft for statement in inside))

    async def judge(self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget) -> Hearing:
        """One judgement for every claim."""
        return Hearing(judgements=tuple(hear(witness, claim) for claim in claims))


@lru_cache(maxsize=1)
def measured() -> dict[str, float]:
    """Macro-F1 of the stance by set, as `python -m evals.stance --write` left it; empty where it never ran."""
    resource = files("agent.analyst.lexical") / "data" / SCORES
    if not resource.is_file():
        return {}
    sets: dict[str, float] = json.loads(resource.read_text("utf-8"))["macro_f1"]
    return sets
