"""One sentence per finding that says why it has its label, in Arabic for Arabic articles, else in English."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from agent.labels import Verdict
from agent.models import Evidence, Failure, Label, OriginCounts, Stance

Phrases = dict[str, str]


def explain(verdict: Verdict, evidence: tuple[Evidence, ...], origins: OriginCounts, language: str) -> str:
    phrases = phrases_of(language)
    if verdict.failure is not None:
        return _unchecked(phrases, verdict.failure)
    if verdict.label is Label.CONTESTED:
        return _contested(phrases, evidence, origins)
    if verdict.label is Label.CORROBORATED and verdict.rests_on is not None:
        return phrases[f"corroborated_{verdict.rests_on}"].format(
            origins=origins.supporting, articles=origins.articles
        )
    return phrases[f"unsourced_{verdict.unsourced_because}"].format(articles=origins.articles)


def _unchecked(phrases: Phrases, failure: Failure) -> str:
    return phrases["failed"].format(step=phrases[f"step_{failure.step}"], reason=phrases[f"reason_{failure.reason}"])


def _contested(phrases: Phrases, evidence: tuple[Evidence, ...], origins: OriginCounts) -> str:
    against = [item for item in evidence if item.stance is Stance.CONTRADICTS]
    inside = any(item.source == "article" for item in against)
    outside = any(item.source == "coverage" for item in against)
    where = "both" if inside and outside else "article" if inside else "coverage"
    return phrases[f"contested_{where}"].format(against=origins.contradicting, support=origins.supporting)


def phrases_of(language: str) -> Phrases:
    """What is said to the reader of an article in this language."""
    return _all_phrases()["ar" if language.partition("-")[0] == "ar" else "en"]


@lru_cache(maxsize=1)
def _all_phrases() -> dict[str, Phrases]:
    told = tomllib.loads(files("agent").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return {language: {key: str(text) for key, text in table.items()} for language, table in told.items()}
