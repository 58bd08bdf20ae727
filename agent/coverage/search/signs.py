"""What is the same in every language: names by their sound, and figures; what a text shares of an article's."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log, log2

from agent.coverage.index.lexical import Lexical, name_term, term_query
from agent.coverage.search.names import names_in
from agent.models import Article, Claim

# As if so many other texts stood in the store: of a few, one that all of them hold is rare nevertheless.
_OTHERS = 1000
_SHORTEST_NAME, _USUAL_NAME = 2, 3
# A name that an article repeats is what it is about: each time it is told twice as often counts so much more.
_REPEATED = 0.7
_FEWEST_DIGITS = 2
_BEST_NAMES = 2
_MOST_ASKED = 24


@dataclass(frozen=True, slots=True)
class Signs:
    """Terms of texts, with what each of them tells: `names` of the whole article, and by claim its own names and
    figures."""

    names: Mapping[str, float]
    named: Mapping[str, Mapping[str, float]]
    figures: Mapping[str, Mapping[str, float]]

    @property
    def terms(self) -> set[str]:
        """All that is looked for in texts."""
        return {*self.names, *chain.from_iterable((*self.named.values(), *self.figures.values()))}

    @property
    def telling(self) -> list[str]:
        """The names that are worth looking for by themselves, the most telling first."""
        return sorted(self.names, key=lambda term: (-self.names[term], term))[:_MOST_ASKED]

    def of_event(self, terms: Collection[str]) -> float:
        """What the names that a text shares with the article tell."""
        return sum(sorted((value for term, value in self.names.items() if term in terms), reverse=True)[:_BEST_NAMES])

    def of_report(self, passages: Iterable[Collection[str]]) -> float:
        """The same of the names that stand together in one passage: a long page holds some of any."""
        return max((self.of_event(terms) for terms in passages), default=0.0)

    def of_claim(self, claim_id: str, terms: Collection[str], *, by_name: bool) -> tuple[float, float]:
        """What the figures and, where these count, the names tell that a text shares with a claim."""
        return _weight_shared(self.figures[claim_id], terms), _weight_shared(
            self.named[claim_id], terms
        ) if by_name else 0.0


def _weight_shared(values: Mapping[str, float], terms: Collection[str]) -> float:
    # Most claims have no figure, and most texts are in the claim's language.
    return sum([value for term, value in values.items() if term in terms]) if values else 0.0


def signs_of(article: Article, claims: Iterable[Claim], lexical: Lexical) -> Signs:
    """The names of an article, and the names and figures of each claim, by their terms: the rarer in the store, the
    more each weighs."""
    claims = list(claims)
    result = names_in(f"{article.title or ''}. {article.text}")
    named = {claim.id: set(names_in(f"{claim.quote} {claim.text}")) for claim in claims}
    figures = {claim.id: _figures(claim) for claim in claims}
    terms = {name_term(name) for some in (result, *named.values()) for name in some}
    held, texts = lexical.held(terms | {one for some in figures.values() for one in some}), lexical.count() + _OTHERS

    def rarity(term: str) -> float:
        return log(texts / (held.get(term, 0) + 1)) / log(texts)

    def name(sound: str) -> float:
        return (len(sound) - _SHORTEST_NAME) / _USUAL_NAME * rarity(name_term(sound))

    return Signs(
        names={
            name_term(sound): name(sound) * (1 + _REPEATED * log2(times))
            for sound, times in result.items()
            if name_term(sound) in held
        },
        named={key: {name_term(sound): name(sound) for sound in some} for key, some in named.items()},
        figures={key: {one: rarity(one) for one in some} for key, some in figures.items()},
    )


def _figures(claim: Claim) -> set[str]:
    words = term_query(claim.quote).words
    return {
        word for word in words if word[0].isdigit() and sum(letter.isdigit() for letter in word) >= _FEWEST_DIGITS
    }
