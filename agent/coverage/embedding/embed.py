"""The interface of embedders, which turn texts into vectors of one space."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from agent.models import Budget, Frozen, Usage
from agent.text.language import UNKNOWN, primary_language


class Purpose(StrEnum):
    """What a text is embedded for: some models put a question and its answer near to each other only when they are
    told which is which."""

    QUERY = "query"
    PASSAGE = "passage"


class Floors(Frozen):
    """The cosines from which on a passage bears on a claim: in the claim's language, and in another one."""

    within: float
    across: float

    def of(self, *, crossing: bool) -> float:
        return self.across if crossing else self.within


@dataclass(frozen=True, slots=True)
class Traits:
    """How the cosines of an embedder are to be read. `rank_weight` is what its ranking counts, where that of the
    words counts 1. `floors` hold until the store has measured its own: at once where they are not `settled`, else
    when it has enough documents. `languages` are the primary subtags of the languages that can be compared with each
    other, None for all; `across` are the columns of a vector that compare across languages, None for all.
    `by_sentence`: it is quick enough to embed each sentence of a passage too. `shortened`: the index holds fewer
    columns of `across`, and the whole vectors are kept beside it."""

    rank_weight: float
    floors: Floors
    languages: frozenset[str] | None = frozenset()
    across: slice | None = None
    settled: bool = True
    by_sentence: bool = False
    shortened: bool = False

    def crosses(self, one: str, other: str) -> bool:
        """Whether texts in two languages can be compared by their vectors. It is tried where a language is not
        known."""
        if self.languages is None or not is_crossing(one, other):
            return True
        return {one, other} <= self.languages


class EmbeddedTexts(Protocol):
    """One row for each text, in the order of the texts, all of one length; and what they cost."""

    @property
    def rows(self) -> Sequence[Sequence[float]]: ...

    @property
    def usage(self) -> Usage: ...


class Embedder(Protocol):
    @property
    def id(self) -> str:
        """The name of the vector space. Vectors with another name cannot be compared with these."""

    @property
    def traits(self) -> Traits: ...

    def warm(self) -> None:
        """Loads what takes time to load, so that the first text does not have to wait for it. Blocking."""

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> EmbeddedTexts:
        """Embeds texts. Raises `AnalystError` where there is no usable vector for one of them."""


class Unlimited:
    """A budget without a bound, for work that no article pays for, such as filling the store."""

    def reserve(self, tokens: int) -> None: ...

    def settle(self, reserved: int, spent: int) -> None: ...


def describe_languages(traits: Traits) -> str:
    """The languages that an embedder compares with each other, in words for a person."""
    if traits.languages is None:
        return "which languages it compares with each other is not known"
    if not traits.languages:
        return "compares texts of one language only"
    return f"compares {len(traits.languages)} languages with each other: {' '.join(sorted(traits.languages))}"


def is_crossing(one: str, other: str) -> bool:
    """Whether two primary subtags are those of two different languages. False where one of them is not known."""
    return one != other and UNKNOWN not in (one, other)


def uncomparable(languages: Mapping[str, int], own: str, traits: Traits) -> dict[str, int]:
    """How many documents of each language the vectors cannot compare with texts in the language `own`, by the primary
    subtag, the most frequent first."""
    spoken = primary_language(own)
    left: Counter[str] = Counter()
    for language, count in languages.items():
        if not traits.crosses(spoken, primary_language(language)):
            left[primary_language(language)] += count
    return dict(left.most_common())
