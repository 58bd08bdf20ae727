"""Claims that an analyst found beside those that people found: matched one to one, and looked at as code can."""

import tomllib
from functools import lru_cache
from importlib.resources import files

import numpy as np
from rapidfuzz import fuzz, process

from agent.models import Claim, Frozen
from agent.text import fold
from agent.text.quotes import anchors
from evals.data.records import Decomposition

# Of 100: two wordings with this much in common tell the same, two names are of one speaker.
_ALIKE = 60.0
_SAME_SPEAKER = 80.0


class Extracted(Frozen):
    """`drafts` is the number of claims proposed, `claims` are those whose quote stands in the text."""

    drafts: int
    without_quote: int
    claims: tuple[Claim, ...]


def measured(text: Decomposition, said: Extracted) -> dict[str, float]:
    """Counts, of which the figures are ratios; only the claims of the asked sentence where there is one."""
    claims = [claim for claim in said.claims if _asked_for(text, claim)]
    pairs = align(claims, text.claims)
    attributed = [(claims[i], text.attributions[j]) for i, j in pairs.items() if j < len(text.attributions)]
    return {
        "found": len(claims),
        "gold": len(text.claims),
        "aligned": len(pairs),
        "drafts": said.drafts,
        "verbatim": said.drafts - said.without_quote,
        "self_contained": sum(is_self_contained(claim.text, text.lang) for claim in claims),
        "attributable": len(attributed),
        "attributed": sum(_same_speaker(claim.attribution.speaker, gold.speaker) for claim, gold in attributed),
    }


def align(claims: list[Claim], gold: tuple[str, ...]) -> dict[int, int]:
    """The best one-to-one matching of claims to gold claims, by their words or those of their quotes."""
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # ships none

    if not claims or not gold:
        return {}
    wanted = [fold(one) for one in gold]
    told = [[fold(claim.text) for claim in claims], [fold(claim.quote) for claim in claims]]
    alike = np.maximum(*(process.cdist(some, wanted, scorer=fuzz.token_sort_ratio) for some in told))
    rows, columns = linear_sum_assignment(alike, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if alike[i, j] >= _ALIKE}


def is_self_contained(claim: str, lang: str) -> bool:
    """What code can see of it: it does not open with a pronoun and names no day by the day it was written."""
    lists = _dependent().get(lang.partition("-")[0])
    words = [word.strip(".,:;!?\"'«»“”،؛؟()") for word in fold(claim).split()]
    if not words or lists is None:
        return bool(words)
    return words[0] not in lists["opening"] and not lists["anywhere"] & set(words)


@lru_cache(maxsize=1)
def _dependent() -> dict[str, dict[str, frozenset[str]]]:
    told = tomllib.loads((files("evals.data") / "dependent.toml").read_text("utf-8"))
    return {
        lang: {kind: frozenset(fold(words).split()) for kind, words in some.items()} for lang, some in told.items()
    }


def _asked_for(text: Decomposition, claim: Claim) -> bool:
    if text.sentence is None:
        return True
    asked = anchors(text.context).find_all(text.sentence)
    return any(span.start < one.end and one.start < span.end for one in asked for span in claim.spans)


def _same_speaker(said: str | None, gold: str | None) -> bool:
    if said is None or gold is None:
        return said is gold
    return fuzz.token_set_ratio(fold(said), fold(gold)) >= _SAME_SPEAKER
