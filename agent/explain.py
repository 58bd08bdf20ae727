"""Why a finding has its label, in a sentence or a few, in Arabic for Arabic articles, else in English."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from agent.models import ChangedCopy, Dependence, Evidence, Failure, Label, OriginCounts, Stance, Verdict
from agent.words import Words

Phrases = dict[str, str]


def explain(
    verdict: Verdict,
    evidence: tuple[Evidence, ...],
    origins: OriginCounts,
    language: str,
    changed: tuple[ChangedCopy, ...] = (),
) -> str:
    """The reason, then what a reader must know beside it: who took the claim back, what copies changed."""
    phrases = phrases_of(language)
    told = [_because(phrases, verdict, evidence, origins)]
    if any(item.corrected for item in evidence):
        told.append(phrases["corrected"])
    changes = dict.fromkeys((one.says, one.told) for one in changed)
    told += [phrases["copy_says"].format(says=says, told=instead) for says, instead in changes]
    return " ".join(told)


def _because(phrases: Phrases, verdict: Verdict, evidence: tuple[Evidence, ...], origins: OriginCounts) -> str:
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


def notes_on(item: Evidence, words: Words) -> list[str]:
    """What a reader must know of one piece of evidence beside its words: who is repeated, why it does not count."""
    if item.source == "article":
        return []
    notes = [words("corrected")] if item.corrected else []
    if item.own_hearing is not None:
        notes.append(words("own_hearing"))
    if item.same_speaker and item.independent and not item.corrected:
        notes.append(words("same_speaker"))
    if item.dependence in (None, Dependence.ARTICLE):
        return notes if item.independent else [*notes, words("not_independent")]
    return [*notes, words(f"dependence.{item.dependence.value}")]


def phrases_of(language: str) -> Phrases:
    """What is said to the reader of an article in this language."""
    return _all_phrases()["ar" if language.partition("-")[0] == "ar" else "en"]


@lru_cache(maxsize=1)
def _all_phrases() -> dict[str, Phrases]:
    told = tomllib.loads(files("agent").joinpath("phrases.toml").read_text(encoding="utf-8"))
    return {language: {key: str(text) for key, text in table.items()} for language, table in told.items()}
