"""What the two legs of a search found for one text: by vector, and by words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agent.coverage.index.entries import Located
from agent.coverage.index.lexical import LexicalMatch, RankedText
from agent.coverage.index.vectors import Near, merged
from agent.coverage.search.scale import HEARD, Scale

# A store may hold texts in any number of languages: those with the nearest passages are looked at, and of all of them
# together so many times as many passages as of one.
_MOST_LANGUAGES, MOST_ACROSS = 12, 8


class Hit(NamedTuple):
    """A passage that was found. `similarity` is the cosine, `match` what its words say; None where that leg alone
    would not have found it among the first. `crossing`: the cosine is one between two languages, and `known`: the
    embedder knows them together."""

    document_id: str
    place: Located
    similarity: float | None = None
    match: LexicalMatch | None = None
    crossing: bool = False
    known: bool = True

    @property
    def share(self) -> float:
        return self.match.share if self.match else 0.0

    def is_near_enough(self, scale: Scale) -> bool:
        return scale.nearness(self.comparable, self.share, crossing=self.crossing) >= HEARD

    @property
    def comparable(self) -> float | None:
        """The cosine, where it tells something."""
        return self.similarity if self.known else None


@dataclass(frozen=True, slots=True)
class Hits:
    """What both legs found for one text. `near_to_the_end`: the last that was found by its vector is heard; `last`
    are the keys of the last by words, where as many as were asked for were found."""

    hits: tuple[Hit, ...]
    near_to_the_end: bool
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BothLegs:
    """What both legs have for one text, `limit` at most: by vector in each language, and by words."""

    limit: int
    near: Mapping[str, Sequence[Near]]
    matches: Sequence[RankedText]


@dataclass(frozen=True, slots=True)
class ComparedByVector:
    """What the vectors found for one text: in its own language and those that nobody knows, in others that the
    embedder knows together with it, and in those that it does not."""

    within: list[Near]
    across: list[Near]
    unknown: list[Near]

    @property
    def all(self) -> tuple[Near, ...]:
        return (*self.unknown, *self.across, *self.within)

    @property
    def keys(self) -> Iterator[str]:
        return (one.key for one in self.all)


def together(lists: Iterable[Sequence[Near]], most: int) -> list[Near]:
    nearest = sorted(lists, key=lambda some: -some[0].similarity if some else 0.0)[:_MOST_LANGUAGES]
    return list(nearest[0][:most]) if len(nearest) == 1 else merged(nearest, most)


def keys_of(near: ComparedByVector, matches: Iterable[RankedText]) -> Iterator[str]:
    yield from near.keys
    yield from (one.key for one in matches)


def hits_of(
    near: ComparedByVector, matches: Sequence[LexicalMatch], places: Mapping[str, Sequence[Located]]
) -> tuple[Hit, ...]:
    similarities = {one.key: one.similarity for one in near.all if one.key in places}
    within = {one.key for one in near.within}
    crossing = {one.key for one in (*near.across, *near.unknown)} - within
    unknown = {one.key for one in near.unknown} - {one.key for one in near.across} - within
    by_words = {one.key: one for one in matches}
    return tuple(
        Hit(place[0], place, similarities.get(key), by_words.get(key), key in crossing, key not in unknown)
        for key in dict.fromkeys([*similarities, *by_words])
        for place in places[key]
    )
