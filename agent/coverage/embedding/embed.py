"""An embedder turns texts into vectors of one space, and tells how these are to be compared."""

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
    """The cosines under which a passage bears on nothing: one in the claim's language, and one in another."""

    within: float
    across: float

    def of(self, *, crossing: bool) -> float:
        return self.across if crossing else self.within


@dataclass(frozen=True, slots=True)
class Traits:
    """How an embedder's cosines are to be taken.

    `rank_weight` is what their ranking counts beside that of the words. `floors` stand until the store has measured
    its own, which it does at once where they are not `settled`, and else when it holds enough.

    `languages` are the primary subtags that it compares with each other; None: all of them, for all that is known.
    `across` are the columns of a row that compare across languages; None: all of them. `by_sentence`: it is quick
    enough to embed each sentence of a passage too. `shortened`: the index holds `across` in fewer columns, and whole
    rows stand beside it.
    """

    rank_weight: float
    floors: Floors
    languages: frozenset[str] | None = frozenset()
    across: slice | None = None
    settled: bool = True
    by_sentence: bool = False
    shortened: bool = False

    def crosses(self, one: str, other: str) -> bool:
        """Whether texts in two languages can be compared by their vectors; one that nobody knows is tried."""
        if self.languages is None or not is_crossing(one, other):
            return True
        return {one, other} <= self.languages


class EmbeddedTexts(Protocol):
    """One row per text, in the order of the texts, all of one length; and what they cost."""

    @property
    def rows(self) -> Sequence[Sequence[float]]: ...

    @property
    def usage(self) -> Usage: ...


class Embedder(Protocol):
    @property
    def id(self) -> str:
        """Names the space: vectors made under another id cannot be compared with these."""

    @property
    def traits(self) -> Traits: ...

    def warm(self) -> None:
        """Loads what takes time to load, so that the first text does not have to wait for it. Blocking."""

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> EmbeddedTexts:
        """Raises `AnalystError` when there are no usable vectors for all texts."""


class Unlimited:
    """The budget of work that no article pays for, such as filling the store."""

    def reserve(self, tokens: int) -> None: ...

    def settle(self, reserved: int, spent: int) -> None: ...


def describe_languages(traits: Traits) -> str:
    """Which languages an embedder compares with each other, for people."""
    if traits.languages is None:
        return "which languages it compares with each other is not known"
    if not traits.languages:
        return "compares texts of one language only"
    return f"compares {len(traits.languages)} languages with each other: {' '.join(sorted(traits.languages))}"


def is_crossing(one: str, other: str) -> bool:
    """Whether two primary subtags are those of two languages, as far as anybody knows."""
    return one != other and UNKNOWN not in (one, other)


def uncomparable(languages: Mapping[str, int], own: str, traits: Traits) -> dict[str, int]:
    """Of so many documents in each language, those that the vectors cannot compare with texts in this one: by the
    primary subtag, most first."""
    spoken = primary_language(own)
    left: Counter[str] = Counter()
    for language, count in languages.items():
        if not traits.crosses(spoken, primary_language(language)):
            left[primary_language(language)] += count
    return dict(left.most_common())
