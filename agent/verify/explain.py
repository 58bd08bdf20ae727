"""Explains why a finding has its label, in the language of the article where there are messages in it."""

from agent.messages import Words, load_words
from agent.models import (
    ChangedCopy,
    CloseCoverage,
    Dependence,
    Evidence,
    Failure,
    Frozen,
    Label,
    OriginCounts,
    Stance,
    Verdict,
)


class AgreeingSigns(Frozen):
    """What a claim and a passage in another language have in common, or what the passage has not. `values` may be
    words of the passage."""

    name: str
    values: tuple[str, ...]
    differs: bool = False


def explain(
    verdict: Verdict,
    evidence: tuple[Evidence, ...],
    origins: OriginCounts,
    language: str,
    changed: tuple[ChangedCopy, ...] = (),
    close: tuple[CloseCoverage, ...] = (),
) -> str:
    """The reason for the label, and then what a reader must know beside it: who took the claim back, what copies
    changed, and that what is close in other languages was not compared."""
    words = load_words(language, "reasons")
    items = [_because(words, verdict, evidence, origins)]
    if any(item.corrected for item in evidence):
        items.append(words("taken_back"))
    changes = dict.fromkeys((one.says, one.told) for one in changed)
    items += [words("copy_says", says=says, told=instead) for says, instead in changes]
    items += [words("close_uncompared")] if close else []
    return " ".join(items)


def _because(words: Words, verdict: Verdict, evidence: tuple[Evidence, ...], origins: OriginCounts) -> str:
    if verdict.failure is not None:
        return _unchecked(words, verdict.failure)
    if verdict.label is Label.CONTESTED:
        return _contested(words, evidence, origins)
    if verdict.label is Label.CORROBORATED and verdict.rests_on is not None:
        return words(f"corroborated_{verdict.rests_on}", origins=origins.supporting)
    return words(f"unsourced_{verdict.unsourced_because}", articles=origins.articles)


def _unchecked(words: Words, failure: Failure) -> str:
    return words("unchecked", step=words(f"step.{failure.step}"), reason=words(f"reason.{failure.reason}"))


def _contested(words: Words, evidence: tuple[Evidence, ...], origins: OriginCounts) -> str:
    against = [item for item in evidence if item.stance is Stance.CONTRADICTS]
    inside = any(item.source == "article" for item in against)
    outside = any(item.source == "coverage" for item in against)
    where = "both" if inside and outside else "article" if inside else "coverage"
    return words(f"contested_{where}", against=origins.contradicting, support=origins.supporting)


def notes_on(item: Evidence, words: Words) -> list[str]:
    """What a reader must know of one piece of evidence: that the newsroom trusts its site, whom it repeats, and why
    it does not count."""
    if item.source == "article":
        return []
    notes = [words("trusted_site", weight=item.trusted)] if item.trusted is not None else []
    notes += [words("corrected")] if item.corrected else []
    if item.own_hearing is not None:
        notes.append(words("own_hearing"))
    if item.same_speaker and item.independent and not item.corrected:
        notes.append(words("same_speaker"))
    if item.dependence in (None, Dependence.ARTICLE):
        return notes if item.independent else [*notes, words("not_independent")]
    return [*notes, words(f"dependence.{item.dependence.value}")]


def signs_of(one: CloseCoverage, words: Words) -> list[AgreeingSigns]:
    """Why a passage in another language is shown beside a claim, and which numbers of the claim it has not."""
    dates = tuple(map(words.date, one.dates))
    signs = [
        AgreeingSigns(name=words("close.names"), values=one.names),
        AgreeingSigns(name=words("close.numbers"), values=one.numbers),
        AgreeingSigns(name=words("close.dates"), values=dates),
        AgreeingSigns(name=words("close.numbers_differ"), values=one.numbers_differ, differs=True),
    ]
    return [sign for sign in signs if sign.values]
