"""Why a finding has its label, in a sentence or a few, in the language of the article where it is spoken here."""

from agent.messages import Words, load_words
from agent.models import ChangedCopy, Dependence, Evidence, Failure, Label, OriginCounts, Stance, Verdict


def explain(
    verdict: Verdict,
    evidence: tuple[Evidence, ...],
    origins: OriginCounts,
    language: str,
    changed: tuple[ChangedCopy, ...] = (),
) -> str:
    """The reason, then what a reader must know beside it: who took the claim back, what copies changed."""
    words = load_words(language, "reasons")
    told = [_because(words, verdict, evidence, origins)]
    if any(item.corrected for item in evidence):
        told.append(words("taken_back"))
    changes = dict.fromkeys((one.says, one.told) for one in changed)
    told += [words("copy_says", says=says, told=instead) for says, instead in changes]
    return " ".join(told)


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
