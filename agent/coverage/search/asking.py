"""Who is asked about which claims: of the origins that may be heard, within the budget of pairs of claim and text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.config import Settings
from agent.coverage.origins.cited import tells_from_outlet_of
from agent.coverage.search.candidates import Candidates
from agent.coverage.search.compared import Compared
from agent.coverage.search.pairs import OriginScores, share_out, with_left_out, worth
from agent.coverage.search.scale import HEARD
from agent.coverage.search.selection import OriginChoice, Window
from agent.coverage.search.wording import same_wordings
from agent.models import Article, Claim, Document
from agent.text.injection import gives_orders
from agent.text.negations import count_negations

# A claim rides along with those that found an origin when it comes half as near as one that is heard for itself.
_RIDES_ALONG = 0.5
_FIRST_OF_FEW, _FIRST = 2, 1.0
# A few claims beside a dozen origins: as many pairs are asked in any case.
_FEW_PAIRS, _FEW_ORIGINS = 48, 16
_USUAL: int = Settings.model_fields["origins_per_claim"].default
# What has its news from the article's own outlet can corroborate nothing: it is asked after others.
_OF_RETELLING = -0.4
# So many reports of what an article is there for are put each claim that denies something.
_HELD_AGAINST = 2


@dataclass(frozen=True, slots=True)
class Shared:
    """For each claim the origins that it is put to, with what that is worth. Documents that would have been asked and
    give orders are `set_aside`; `silenced` are the claims that these are near to."""

    by_claim: Mapping[str, Mapping[str, float]]
    set_aside: tuple[Document, ...]
    silenced: frozenset[str]


@dataclass(frozen=True)
class OriginQueue:
    """`choices` are the origins that each claim found by itself, best first; `windows` are those of the claims, and
    `principal` is the claim that the article is there for."""

    article: Article
    claims: Sequence[Claim]
    candidates: Candidates
    compared: Compared
    windows: Mapping[str, Window]
    choices: Mapping[str, OriginChoice]
    principal: str | None
    settings: Settings

    @cached_property
    def _all_windows(self) -> frozenset[Window]:
        return frozenset(self.windows.values())

    @property
    def budget(self) -> int:
        """Where origins are few, they are never too many for a few claims, unless the setting was made smaller."""
        each = self.settings.origins_per_claim
        few = len(self.candidates.origins) <= _FEW_ORIGINS and each >= _USUAL
        return max(len(self.claims) * each, _FEW_PAIRS if few else 0)

    def shared(self, standings: Mapping[str, OriginScores]) -> Shared:
        """What gives orders takes no place, and none is held against it."""
        heard, set_aside, silenced = dict(standings), list[Document](), set[str]()
        open_to = {name: self._open_to(name, one) for name, one in heard.items()}
        wordings = same_wordings(self.claims)
        near = {claim_id: choice.scores for claim_id, choice in self.choices.items()}
        seen, retelling = set[str](), set[str]()
        while True:
            worths = _lowered(self._with_firsts(worth(heard, self.principal)), retelling)
            open_now = {name: open_to[name] for name in heard}
            pairs = share_out(worths, open_now, wordings, self.budget, self.settings.claims_per_call)
            pairs = with_left_out(pairs, near, worths, open_now, wordings)
            # Only those are read that would be asked.
            fresh = sorted(pairs.keys() - seen)
            giving = [name for name in fresh if gives_orders(self._witness(name))]
            resting = [name for name in fresh if tells_from_outlet_of(self.article, self._witness(name).text)]
            if not giving and not resting:
                break
            seen |= pairs.keys()
            retelling.update(resting)
            set_aside += [self._witness(name) for name in giving]
            silenced.update(one for name in giving for one in pairs[name] if name in near[one])
            heard = {name: one for name, one in heard.items() if name not in giving}
        asked = {
            claim.id: {name: worths[name][claim.id] for name, mine in pairs.items() if claim.id in mine}
            for claim in self.claims
        }
        return Shared(asked, tuple(set_aside), frozenset(silenced))

    def _with_firsts(self, worths: Mapping[str, Mapping[str, float]]) -> Mapping[str, Mapping[str, float]]:
        """Of a few origins those that a claim finds nearest by itself go before all else, and before a denial those
        that report the main thing: in other words than it, they may tell what it denies."""
        if not self.candidates.are_few:
            return worths
        first = {
            (name, claim_id)
            for claim_id in self.choices
            for name in self._nearest_to(claim_id, worths, _FIRST_OF_FEW)
        }
        if self.principal is not None:
            against = self._nearest_to(self.principal, worths, _HELD_AGAINST)
            denials = [claim.id for claim in self.claims if count_negations(claim.quote)]
            first |= {(name, claim_id) for claim_id in denials for name in against}
        return {
            name: {claim_id: value + _FIRST * ((name, claim_id) in first) for claim_id, value in some.items()}
            for name, some in worths.items()
        }

    def _nearest_to(self, claim_id: str, among: Collection[str], most: int) -> list[str]:
        return [name for name in self.choices[claim_id].scores if name in among][:most]

    def _witness(self, name: str) -> Document:
        return self.candidates.origins[name].witness

    def _open_to(self, name: str, standing: OriginScores) -> list[str]:
        """The claims that may be put to an origin: those that it is near to, and as many as a call has room for of
        those that it is half as near to; to a report of the event, and to one of a few in another language, all."""
        witness = self._witness(name)
        near = self.compared.of(witness)
        around = {window for window in self._all_windows if window.holds(witness.published_at)}
        inside = [claim_id for claim_id in near if self.windows[claim_id] in around]
        if standing.reports or (self.candidates.are_few and name in self.candidates.crossing):
            return inside
        heard = [claim_id for claim_id in inside if near[claim_id] >= HEARD]
        if not heard and standing.event is None:
            return []
        ranked = sorted(inside, key=lambda claim_id: (-standing.claims[claim_id], claim_id))
        along = [one for one in ranked[: self.settings.claims_per_call] if near[one] >= _RIDES_ALONG]
        # Of a few, who speaks of the matter at all may tell the main thing in other words.
        main = [one for one in inside if one == self.principal and self.candidates.are_few]
        return list(dict.fromkeys([*heard, *along, *main]))


def _lowered(
    worths: Mapping[str, Mapping[str, float]], retelling: Collection[str]
) -> Mapping[str, Mapping[str, float]]:
    lower = {
        name: {one: value + _OF_RETELLING for one, value in worths[name].items()}
        for name in worths
        if name in retelling
    }
    return {**worths, **lower}
