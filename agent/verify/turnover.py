"""Which evidence on a claim stays, which goes, and what comes in its place."""

from collections.abc import Sequence

from agent.models import Evidence, Finding, Frozen
from agent.verify.depending import depending
from agent.verify.news import LaterEvidence, LaterJudgements
from agent.verify.summaries import OriginsKnown


def is_touched(known: OriginsKnown, finding: Finding, news: LaterEvidence, asked: Sequence[LaterJudgements]) -> bool:
    """Whether anything came that may move a claim's label: published fact-checks do not."""
    depends = _depending(known)
    fell = any(item.independent and item.passage.document_id in depends for item in finding.evidence)
    is_named = finding.id in news.whole or finding.id in news.copied
    return bool(asked or news.leaving.get(finding.id) or fell or is_named)


def _depending(known: OriginsKnown) -> frozenset[str]:
    """The documents that say themselves that they have the matter from the article's outlet."""
    return frozenset(one.witness.id for one in known.origins if one.id in known.taken)


class Turnover(Frozen):
    """The evidence on a claim before and after. `stays` is as it counts now, and holds the `revised` ones, which
    counted otherwise before. `replaced` are documents of which a newer version speaks now, `newer` these versions."""

    stays: tuple[Evidence, ...]
    added: tuple[Evidence, ...]
    gone: tuple[Evidence, ...]
    revised: tuple[Evidence, ...]
    replaced: frozenset[str]
    newer: frozenset[str]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.stays, *self.added)

    @property
    def fresh(self) -> list[Evidence]:
        """What was added for documents that had no earlier version here."""
        return [item for item in self.added if item.passage.document_id not in self.newer]

    @property
    def fallen(self) -> list[Evidence]:
        """What is gone without a newer version in its place."""
        return [item for item in self.gone if item.passage.document_id not in self.replaced]


def turnover(
    known: OriginsKnown,
    finding: Finding,
    news: LaterEvidence,
    asked: Sequence[LaterJudgements],
    added: tuple[Evidence, ...],
) -> Turnover:
    # A page speaks once: what it says now takes the place of what it said before.
    newer = [one for one in asked if one.replaces and _spoke(one, added)]
    replaced = frozenset().union(*(one.replaces for one in newer))
    leaving = news.leaving.get(finding.id, frozenset()) | replaced
    is_whole = finding.id in news.whole
    kept = () if is_whole else tuple(one for one in finding.evidence if one.passage.document_id not in leaving)
    depends = _depending(known)
    stays = tuple(depending(one) if one.passage.document_id in depends else one for one in kept)
    return Turnover(
        stays=stays,
        added=added,
        gone=tuple(one for one in finding.evidence if one not in kept),
        revised=tuple(one for one in stays if one not in kept),
        replaced=replaced,
        newer=frozenset(one.document_id for one in newer),
    )


def _spoke(one: LaterJudgements, evidence: Sequence[Evidence]) -> bool:
    return one.document_id in {item.passage.document_id for item in evidence}
