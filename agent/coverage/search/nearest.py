"""The passages nearest to some texts, by vector and by word: keys from both legs, places from the catalogue."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from agent.coverage.embedding.embed import Traits, is_crossing
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.entries import Located, PlaceRow
from agent.coverage.index.lexical import Lexical, LexicalMatch, RankedText, shares_of, term_query
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import AnyRows, Matrix, Near, matrix_of, similarities
from agent.coverage.search.around import PassagesAround, PlacesAround, passages_around
from agent.coverage.search.legs import MOST_ACROSS, BothLegs, ComparedByVector, Hits, hits_of, keys_of, together
from agent.coverage.search.scale import BARELY_OUT, HEARD, Scale
from agent.text.language import UNKNOWN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_NONE: frozenset[str] = frozenset()
# What most searches come to in the end, where the first passages are copies or of other days.
_FEWEST_ASKED = 96
# One of the first hardly ever is not enough to see that there is more.
_TOLD_AT_ONCE = 16

# Of some documents, by their ids, those that may bear on what is asked.
Bearing: TypeAlias = Callable[[Collection[str]], Collection[str]]


def _all(ids: Collection[str]) -> Collection[str]:
    return ids


@dataclass(frozen=True, slots=True)
class PassageQuery:
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
        return self.text, self.language, matrix_of([self.abroad]).tobytes()


@dataclass(frozen=True, slots=True)
class PassageLikeness:
    """Of passages, by their keys: how near each is to what is sought, what part of its words each holds, by its name;
    which of the asked terms, and in which of the `rows` its vector stands."""

    near: Mapping[str, Mapping[str, float]]
    shares: Mapping[str, Mapping[str, float]]
    terms: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    rows: "npt.NDArray[np.float32]"

    def rows_of(self, keys: Sequence[str]) -> "npt.NDArray[np.float32]":
        """The vectors of some passages."""
        return self.rows[[self.numbers[key] for key in keys]]

    def nearest_of(self, keys: Sequence[str]) -> dict[str, float]:
        """How near the nearest of some passages is to each."""
        return _most(self.near[key] for key in keys)

    def share_of(self, keys: Sequence[str]) -> dict[str, float]:
        """The largest part of its words that one of some passages holds of each."""
        return _most(self.shares[key] for key in keys)


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
        self._asked: dict[tuple[tuple[str, str, bytes], object], BothLegs] = {}
        self._places: dict[str, Sequence[PlaceRow]] = {}
        self._stems: set[str] = set()
        self._told: dict[str, frozenset[str]] = {}

    def query(
        self,
        sought: Sequence[PassageQuery],
        limit: int,
        bearing: Bearing = _all,
        around: PassagesAround | None = None,
    ) -> list[Hits]:
        """For each the passages under the `limit` nearest keys of each language, and under those of most words;
        those of the same words share a key. Told are those of documents that are `bearing`, or those `around` where
        all of these are known."""
        asked = self.both_legs(sought, limit, around)
        near = [
            self._compared(one.language, {name: near[:limit] for name, near in found.near.items()}, limit)
            for one, found in zip(sought, asked, strict=True)
        ]
        legs = list(zip(near, [found.matches[:limit] for found in asked], strict=True))
        places: Mapping[str, Sequence[Located]]
        if around is not None:
            places = around.places
        else:
            places = self._places_of({key for some, words in legs for key in keys_of(some, words)}, bearing)
        self._tell([one.key for _, words in legs for one in words if one.key in places])
        return [
            Hits(
                hits_of(near, self._matches(one.text, words, places), places),
                len(near.within) >= limit and self._is_near_enough(near.within[limit - 1]),
                # By words the order is not that of the share, so that one of the last ones tells little.
                tuple(one.key for one in words[-(limit // 4 + 1) :]) if len(words) == limit else (),
            )
            for one, (near, words) in zip(sought, legs, strict=True)
        ]

    def are_cut(self, sought: Sequence[PassageQuery], hits: Sequence[Hits]) -> list[bool]:
        """Of each, whether there is more that may be near enough than what was found for it."""
        cut = [one.near_to_the_end for one in hits]
        for at in range(0, max((len(one.last) for one in hits), default=0), _TOLD_AT_ONCE):
            open_still = [number for number, known in enumerate(cut) if not known]
            some = {number: hits[number].last[at : at + _TOLD_AT_ONCE] for number in open_still}
            self._tell([key for keys in some.values() for key in keys])
            for number, keys in some.items():
                asked = term_query(sought[number].text)
                shares = (asked.share_of(self._told[key]) for key in keys if key in self._told)
                cut[number] = any(self.scale.nearness(None, share) >= HEARD for share in shares)
        return cut

    def _places_of(self, keys: set[str], bearing: Bearing) -> dict[str, list[Located]]:
        known = self._places
        if fresh := keys - known.keys():
            known |= dict.fromkeys(fresh, ())
            known |= self._catalogue.rows_under(fresh)
        rows = [row for key in keys for row in known[key]]
        wanted = bearing({row[0] for row in rows})
        inside: dict[str, list[Located]] = defaultdict(list)
        for row in rows:
            if row[0] in wanted:
                inside[row[4]].append(Located._make(row))
        return inside

    def _tell(self, keys: Iterable[str]) -> None:
        self._told |= self.lexical.terms_of([key for key in keys if key not in self._told], self._stems)

    def _matches(
        self, text: str, found: Iterable[RankedText], places: Mapping[str, Sequence[Located]]
    ) -> list[LexicalMatch]:
        asked, told = term_query(text), self._told
        return [
            LexicalMatch(*one, asked.share_of(told[one.key]))
            for one in found
            if one.key in places and one.key in told
        ]

    def around(self, found: PlacesAround) -> PassagesAround:
        """The passages that stand there, to be compared one by one."""
        return passages_around(found, self._catalogue, self.lexical, self._index, self._space)

    def both_legs(
        self, sought: Sequence[PassageQuery], limit: int, around: PassagesAround | None = None
    ) -> list[BothLegs]:
        """What each leg has for each, so many at least: what was asked for with a smaller limit is hardly ever asked
        again."""
        stems = {stem for one in sought for stem in term_query(one.text).stems}
        if not stems <= self._stems:
            self._stems |= stems
            self._told.clear()
        alone = around if around is not None and around.rows is not None else None
        names = [(one.name, alone.name if alone else None) for one in sought]
        missing = {
            name: one
            for name, one in zip(names, sought, strict=True)
            if name not in self._asked or self._asked[name].limit < limit
        }
        if missing:
            some = list(missing.values())
            # Of other days nothing has to be passed over.
            wide = limit if alone else max(limit, _FEWEST_ASKED)
            by_language = self._index.query(
                self._space,
                [one.vector for one in some],
                wide,
                languages=[one.language for one in some],
                across=self.traits.across,
                abroad=[one.across for one in some],
                among=alone.rows if alone else None,
            )
            matches = self.lexical.ranked([one.text for one in some], wide, alone.numbers if alone else None)
            self._asked |= {
                name: BothLegs(wide, near, words)
                for name, near, words in zip(missing, by_language, matches, strict=True)
            }
        return [self._asked[name] for name in names]

    def _compared(self, spoken: str, found: Mapping[str, Sequence[Near]], limit: int) -> ComparedByVector:
        """What was found by vector: in the language of the text, and in those others with the nearest passages."""
        within = [some for language, some in found.items() if not is_crossing(spoken, language)]
        others = [(language, some) for language, some in found.items() if some and is_crossing(spoken, language)]
        known = [some for language, some in others if self.traits.crosses(spoken, language)]
        unknown = [some for language, some in others if not self.traits.crosses(spoken, language)]
        most = MOST_ACROSS * limit
        return ComparedByVector(together(within, most), together(known, most), together(unknown, most))

    def _is_near_enough(self, near: Near) -> bool:
        return self.scale.nearness(near.similarity, None) >= HEARD

    def places(self, document_ids: Iterable[str]) -> dict[str, list[Located]]:
        """The passages of some documents, in order."""
        return self._catalogue.passages_of(document_ids)

    def compare(
        self,
        sought: Mapping[str, PassageQuery],
        passages: Iterable[Located],
        languages: Mapping[str, str],
        terms: Collection[str] = (),
    ) -> PassageLikeness:
        """How near some passages are to each of what is sought, and which of these `terms` and its own they hold.
        `languages` are those of the documents."""
        fields = {place.key: languages[place.document_id] for place in passages}
        vectors = self._index.vectors(self._space, fields)
        rows = matrix_of(list(vectors.values()))
        asked = [term_query(one.text) for one in sought.values()]
        held = self.lexical.terms_of(vectors, {*terms, *(stem for one in asked for stem in one.stems)})
        shares = shares_of(asked, [held.get(key, _NONE) for key in vectors])
        near = self._nearness(list(sought.values()), [fields[key] for key in vectors], rows, shares)
        numbers = {key: number for number, key in enumerate(vectors)}
        near_by_name, shares_by_name = (_by_name(vectors, sought, some) for some in (near, shares))
        return PassageLikeness(near_by_name, shares_by_name, held, numbers, rows)

    def vectors(self, keys: Iterable[str]) -> dict[str, Sequence[float]]:
        """The vectors of some passages."""
        return self._index.vectors(self._space, keys)

    def _nearness(
        self, sought: Sequence[PassageQuery], languages: Sequence[str], rows: AnyRows, shares: Matrix
    ) -> Matrix:
        """A row for each of some rows, whose texts are in these languages."""
        import numpy as np

        each = list(dict.fromkeys(languages))
        rows_of = [each.index(language) for language in languages]
        crossing, known = (
            np.array([[holds(one.language, language) for one in sought] for language in each], bool).reshape(
                len(each), len(sought)
            )[rows_of]
            for holds in (is_crossing, self.traits.crosses)
        )
        within = similarities(rows, [one.vector for one in sought])
        across = similarities(rows, [one.across for one in sought], self.traits.across)
        # It tells little, but which claim comes first has to go by something.
        by_vector = np.minimum(self.scale.nearnesses(across, np.zeros_like(shares), crossing=True), BARELY_OUT)
        by_words = self.scale.nearnesses(np.full_like(shares, -np.inf), shares)
        return np.where(
            crossing,
            np.where(known, self.scale.nearnesses(across, shares, crossing=True), np.maximum(by_words, by_vector)),
            self.scale.nearnesses(within, shares),
        )


def _by_name(keys: Iterable[str], names: Iterable[str], rows: Matrix) -> dict[str, dict[str, float]]:
    each = list(names)
    return {key: dict(zip(each, row, strict=True)) for key, row in zip(keys, rows.tolist(), strict=True)}


def _most(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The most of each name in some rows, which all have the same names in one order; nothing is less than 0."""
    some = list(rows)
    columns = zip(*(row.values() for row in some), strict=True)
    return {name: max(0.0, *column) for name, column in zip(some[0], columns, strict=True)} if some else {}
