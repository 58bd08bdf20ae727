"""The passages nearest to some texts, by vector and by word: keys from both legs, places from the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.coverage.catalogue import Catalogue
from agent.coverage.embed import Floors, Traits
from agent.coverage.entries import Located
from agent.coverage.lexical import Lexical, Match
from agent.coverage.store import Index
from agent.coverage.vectors import Near, cosines, merged
from agent.language import UNKNOWN

# Measured on public sets: one in eighty unrelated passages holds so much of the rarity of a claim's words, and of
# those that bear on a claim of names and numbers, and that the vectors miss, nearly all do.
_LEAST_SHARE = 0.3
HEARD = 1.0
_BARELY_OUT = 0.99


@dataclass(frozen=True, slots=True)
class Sought:
    """A text that passages are wanted for, its vector, and the primary subtag of its language."""

    text: str
    vector: Sequence[float]
    language: str = UNKNOWN


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
        words = (share or 0.0) / _LEAST_SHARE
        if (similarity is not None and similarity >= floor) or words >= HEARD:
            return max(cosine + words, HEARD)
        return min(max(cosine, 0.0) + words, _BARELY_OUT)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `similarity` is the cosine, `match` what its words say; None where that leg alone
    would not have found it among the first."""

    place: Located
    similarity: float | None = None
    match: Match | None = None

    @property
    def document_id(self) -> str:
        return self.place.document_id

    def is_heard(self, scale: Scale) -> bool:
        return scale.nearness(self.similarity, self.match.share if self.match else None) >= HEARD


@dataclass(frozen=True, slots=True)
class Hits:
    """What both legs found for one text. `is_cut`: there is more that may be near enough."""

    hits: tuple[Hit, ...]
    is_cut: bool


class Nearest:
    """Looks into one space of the index, and into the words. Blocking."""

    def __init__(
        self, catalogue: Catalogue, lexical: Lexical, index: Index, space: str, scale: Scale, traits: Traits
    ) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._index = index
        self._space = space
        self.scale = scale
        self.traits = traits

    def query(self, sought: Sequence[Sought], limit: int) -> list[Hits]:
        """For each the passages under the `limit` nearest keys of each leg; those of the same words share a key."""
        rows, spoken = [one.vector for one in sought], [one.language for one in sought]
        by_language = self._index.query(self._space, rows, limit, languages=spoken, across=self.traits.across)
        near = [merged(some.values(), limit) for some in by_language]
        matches = [self._lexical.query(one.text, limit) for one in sought]
        legs = list(zip(near, matches, strict=True))
        places = self._catalogue.with_keys(one.key for pair in legs for some in pair for one in some)
        return [Hits(_hits(some, words, places), self._is_cut(some, words, limit)) for some, words in legs]

    def _is_cut(self, near: Sequence[Near], matches: Sequence[Match], limit: int) -> bool:
        # By words the order is not that of the share, so that one of the last ones tells little.
        last = matches[-(limit // 4 + 1) :] if len(matches) == limit else []
        more_words = any(self.scale.nearness(None, match.share) >= HEARD for match in last)
        return more_words or (len(near) == limit and self.scale.nearness(near[-1].similarity, None) >= HEARD)

    def places(self, document_ids: Iterable[str]) -> dict[str, list[Located]]:
        """The passages of some documents, in order."""
        return self._catalogue.passages_of(document_ids)

    def compare(self, sought: Mapping[str, Sought], passages: Iterable[Located]) -> dict[str, dict[str, float]]:
        """By the key of a passage and the name of what is sought, how near they are."""
        keys = {place.key for place in passages}
        vectors = self._index.vectors(self._space, keys)
        likeness = cosines(list(vectors.values()), [one.vector for one in sought.values()])
        shares = self._lexical.shares([one.text for one in sought.values()], vectors)
        none = [0.0] * len(sought)
        return {
            key: {
                name: self.scale.nearness(similarity, share)
                for name, similarity, share in zip(sought, row, shares.get(key, none), strict=True)
            }
            for key, row in zip(vectors, likeness, strict=True)
        }


def _hits(near: Sequence[Near], matches: Sequence[Match], places: Mapping[str, Sequence[Located]]) -> tuple[Hit, ...]:
    similarities = {one.key: one.similarity for one in near}
    by_words = {one.key: one for one in matches}
    return tuple(
        Hit(place, similarities.get(key), by_words.get(key))
        for key in dict.fromkeys([*similarities, *by_words])
        for place in places.get(key, ())
    )
