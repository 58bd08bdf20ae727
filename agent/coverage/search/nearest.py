"""The passages nearest to some texts, by vector and by word: keys from both legs, places from the catalogue."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agent.coverage.embedding.embed import Floors, Traits, is_crossing
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import Located
from agent.coverage.index.lexical import Lexical, LexicalMatch, TermQuery
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Near, cosines, merged
from agent.text.language import UNKNOWN

# Measured on public sets: one in eighty unrelated passages holds so much of the rarity of a claim's words, and of
# those that bear on a claim of names and numbers, and that the vectors miss, nearly all do.
LEAST_SHARE = 0.3
HEARD = 1.0
_BARELY_OUT = 0.99
# A store may hold texts in any number of languages: those with the nearest passages are looked at, and of all of them
# together so many times as many passages as of one.
_MOST_LANGUAGES, _MOST_ACROSS = 12, 8
_NONE: frozenset[str] = frozenset()
# What most searches come to in the end, where the first passages are copies or of other days.
_FEWEST_ASKED = 96


@dataclass(frozen=True, slots=True)
class Sought:
    """A text that passages are wanted for, its vector, and the primary subtag of its language.

    `abroad` is the vector that passages in other languages are compared with, where it is another one.
    """

    text: str
    vector: Sequence[float]
    language: str = UNKNOWN
    abroad: Sequence[float] = ()

    @property
    def across(self) -> Sequence[float]:
        return self.abroad if len(self.abroad) else self.vector

    @property
    def name(self) -> tuple[str, str, bytes]:
        """The same for what finds the same: in one language a text has one vector."""
        return self.text, self.language, array("f", self.abroad).tobytes()


@dataclass(frozen=True, slots=True)
class Scale:
    """How an embedder's cosines are to be taken: under their floor they say nothing; `weight` is what their ranking
    counts beside that of the words."""

    floors: Floors
    weight: float = 1.0

    def nearness(self, similarity: float | None, share: float | None, *, crossing: bool = False) -> float:
        """What both legs say together; `HEARD` or more when either of them alone finds it near enough to be heard.

        `crossing`: between two languages, where the cosine has a floor of its own.
        """
        floor = self.floors.of(crossing=crossing)
        cosine = (similarity or 0.0) / max(floor, 1e-9)
        words = (share or 0.0) / LEAST_SHARE
        if (similarity is not None and similarity >= floor) or words >= HEARD:
            return max(cosine + words, HEARD)
        return min(max(cosine, 0.0) + words, _BARELY_OUT)


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

    def is_heard(self, scale: Scale) -> bool:
        return scale.nearness(self.comparable, self.share, crossing=self.crossing) >= HEARD

    @property
    def comparable(self) -> float | None:
        """The cosine, where it tells something."""
        return self.similarity if self.known else None


@dataclass(frozen=True, slots=True)
class Hits:
    """What both legs found for one text. `is_cut`: there is more that may be near enough."""

    hits: tuple[Hit, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class PassageLikeness:
    """Of passages, by their keys: how near each is to what is sought, what part of its words each holds, by its name;
    and their terms and vectors."""

    near: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, Mapping[str, float]]
    terms: Mapping[str, frozenset[str]]
    vectors: Mapping[str, Sequence[float]]


class Nearest:
    """Looks into one space of the index, and into the words. Blocking."""

    def __init__(
        self, catalogue: Catalogue, lexical: Lexical, index: Index, space: str, scale: Scale, traits: Traits
    ) -> None:
        self._catalogue = catalogue
        self.lexical = lexical
        self._index = index
        self._space = space
        self.scale = scale
        self.traits = traits
        self._asked: dict[tuple[str, str, bytes], _BothLegs] = {}

    def query(self, sought: Sequence[Sought], limit: int) -> list[Hits]:
        """For each the passages under the `limit` nearest keys of each language, and under those of most words;
        those of the same words share a key."""
        asked = self._both_legs(sought, limit)
        near = [
            self._compared(one.language, {name: near[:limit] for name, near in found.near.items()}, limit)
            for one, found in zip(sought, asked, strict=True)
        ]
        legs = list(zip(near, [found.matches[:limit] for found in asked], strict=True))
        keys = [key for some, words in legs for key in (*some.keys, *(match.key for match in words))]
        places = self._catalogue.with_keys(keys)
        return [Hits(_hits(some, words, places), self._is_cut(some, words, limit)) for some, words in legs]

    def _both_legs(self, sought: Sequence[Sought], limit: int) -> list["_BothLegs"]:
        """What each leg has for each, so many at least: what was asked for with a smaller limit is hardly ever asked
        again."""
        names = [one.name for one in sought]
        missing = {
            name: one
            for name, one in zip(names, sought, strict=True)
            if name not in self._asked or self._asked[name].limit < limit
        }
        if missing:
            some, wide = list(missing.values()), max(limit, _FEWEST_ASKED)
            by_language = self._index.query(
                self._space,
                [one.vector for one in some],
                wide,
                languages=[one.language for one in some],
                across=self.traits.across,
                abroad=[one.across for one in some],
            )
            matches = [self.lexical.query(one.text, wide) for one in some]
            self._asked |= {
                name: _BothLegs(wide, near, words)
                for name, near, words in zip(missing, by_language, matches, strict=True)
            }
        return [self._asked[name] for name in names]

    def _compared(self, spoken: str, found: Mapping[str, Sequence[Near]], limit: int) -> "_Compared":
        """What was found by vector: in the language of the text, and in those others with the nearest passages."""
        within = [some for language, some in found.items() if not is_crossing(spoken, language)]
        others = [(language, some) for language, some in found.items() if some and is_crossing(spoken, language)]
        known = [some for language, some in others if self.traits.crosses(spoken, language)]
        unknown = [some for language, some in others if not self.traits.crosses(spoken, language)]
        most = _MOST_ACROSS * limit
        return _Compared(_together(within, most), _together(known, most), _together(unknown, most))

    def _is_cut(self, near: "_Compared", matches: Sequence[LexicalMatch], limit: int) -> bool:
        # By words the order is not that of the share, so that one of the last ones tells little.
        last = matches[-(limit // 4 + 1) :] if len(matches) == limit else []
        more_words = any(self.scale.nearness(None, match.share) >= HEARD for match in last)
        return more_words or (len(near.within) >= limit and self._is_heard(near.within[limit - 1]))

    def _is_heard(self, near: Near) -> bool:
        return self.scale.nearness(near.similarity, None) >= HEARD

    def places(self, document_ids: Iterable[str]) -> dict[str, list[Located]]:
        """The passages of some documents, in order."""
        return self._catalogue.passages_of(document_ids)

    def compare(
        self, sought: Mapping[str, Sought], passages: Iterable[Located], languages: Mapping[str, str]
    ) -> PassageLikeness:
        """How near some passages are to each of what is sought. `languages` are those of the documents."""
        fields = {place.key: languages[place.document_id] for place in passages}
        vectors = self._index.vectors(self._space, fields)
        rows = list(vectors.values())
        within = cosines(rows, [one.vector for one in sought.values()])
        across = cosines(rows, [one.across for one in sought.values()], self.traits.across)
        terms = self.lexical.terms_of(vectors)
        asked = {name: TermQuery(one.text) for name, one in sought.items()}
        shares = {key: {name: one.share(terms.get(key, _NONE)) for name, one in asked.items()} for key in vectors}
        near = {
            key: {
                name: self._nearness(one.language, fields[key], same, other, shares[key][name])
                for (name, one), same, other in zip(sought.items(), within[at], across[at], strict=True)
            }
            for at, key in enumerate(vectors)
        }
        return PassageLikeness(near, shares, terms, vectors)

    def vectors(self, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The vectors of some passages."""
        return self._index.vectors(self._space, keys)

    def _nearness(self, spoken: str, language: str, within: float, across: float, share: float) -> float:
        if not is_crossing(spoken, language):
            return self.scale.nearness(within, share)
        if self.traits.crosses(spoken, language):
            return self.scale.nearness(across, share, crossing=True)
        # It tells little, but which claim comes first has to go by something.
        by_vector = self.scale.nearness(across, None, crossing=True)
        return max(self.scale.nearness(None, share), min(by_vector, _BARELY_OUT))


@dataclass(frozen=True, slots=True)
class _BothLegs:
    """What both legs have for one text, `limit` at most: by vector in each language, and by words."""

    limit: int
    near: Mapping[str, Sequence[Near]]
    matches: Sequence[LexicalMatch]


@dataclass(frozen=True, slots=True)
class _Compared:
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


def _together(lists: Iterable[Sequence[Near]], most: int) -> list[Near]:
    nearest = sorted(lists, key=lambda some: -some[0].similarity if some else 0.0)[:_MOST_LANGUAGES]
    return merged(nearest, most)


def _hits(
    near: _Compared, matches: Sequence[LexicalMatch], places: Mapping[str, Sequence[Located]]
) -> tuple[Hit, ...]:
    similarities = {one.key: one.similarity for one in near.all}
    within = {one.key for one in near.within}
    crossing = {one.key for one in (*near.across, *near.unknown)} - within
    unknown = {one.key for one in near.unknown} - {one.key for one in near.across} - within
    by_words = {one.key: one for one in matches}
    return tuple(
        Hit(place.document_id, place, similarities.get(key), by_words.get(key), key in crossing, key not in unknown)
        for key in dict.fromkeys([*similarities, *by_words])
        for place in places.get(key, ())
    )
