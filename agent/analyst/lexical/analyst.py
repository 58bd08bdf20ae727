"""The built-in analyst behind the `Analyst` protocol."""

from functools import lru_cache
from importlib.resources import files

from pydantic import ConfigDict, Field

from agent.analyst import Extraction, JudgementResult
from agent.analyst.lexical.extract import statements
from agent.analyst.lexical.judging import hear
from agent.analyst.lexical.setting import setting_of
from agent.models import AnalystInfo, Article, Budget, Claim, Frozen, Part, Witness

SCORES = "scores.json"
# The pairs of the public sets that only measure and choose nothing.
APART = "only measured on"


class LexicalAnalyst:
    """Reads by patterns, stems and word lists: no model, no network, the same answer every time."""

    def __init__(self, *, embedder: str) -> None:
        self._card = AnalystInfo(kind="lexical", embedder=embedder, measured=measured())

    @property
    def info(self) -> AnalystInfo:
        return self._card

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        """The statements whose sentence begins in the part."""
        inside = (s for s in statements(article) if part.span.start <= s.sentence.start < part.span.end)
        return Extraction(drafts=tuple(statement.draft for statement in inside))

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        """One judgement for every claim."""
        setting = setting_of(article)
        return JudgementResult(judgements=tuple(hear(witness, claim, setting) for claim in claims))


class Scores(Frozen):
    """As `python -m evals.analyst.stance --write` left them: by set, and over all pairs of all sets."""

    model_config = ConfigDict(extra="ignore")

    macro_f1: dict[str, float] = Field(default_factory=dict)
    pooled: dict[str, dict[str, float | None]] = Field(default_factory=dict)


@lru_cache(maxsize=1)
def _scores() -> Scores:
    resource = files("agent.analyst.lexical") / "data" / SCORES
    return Scores.model_validate_json(resource.read_text("utf-8")) if resource.is_file() else Scores()


def measured() -> dict[str, float]:
    """Macro-F1 of the stance by set; empty where it never was measured."""
    return _scores().macro_f1


def supports_right() -> float | None:
    """Of all that it called support, how much was, on pairs that chose no rule of it. None where never measured."""
    return _scores().pooled.get(APART, {}).get("precision")
