"""Which of the origins that were found may be heard at all, before it is decided about which claims."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.coverage.search.legs import Hit, Hits
from agent.coverage.search.prominence import Seen, prominence
from agent.coverage.search.scale import Scale
from agent.coverage.search.selection import OriginChoice
from agent.models import Document, Origin
from agent.text.language import primary_language

# Of each language so many origins by what was found of them, and by the names that they share with the article.
_OF_LANGUAGE, _BY_NAME = 40, 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """`are_few`: these are all that there is, so that nothing stands out of them. A claim `chose` some by itself, and
    copies of the article are among them."""

    origins: Mapping[str, Origin]
    chosen: Collection[str]
    crossing: Collection[str]
    are_few: bool

    @property
    def copies(self) -> frozenset[str]:
        """Copies of the article."""
        return frozenset(name for name, origin in self.origins.items() if origin.copy_of_article)

    @property
    def witnesses(self) -> dict[str, Document]:
        """Of all others, by the name of their origin."""
        return {name: one.witness for name, one in self.origins.items() if not one.copy_of_article}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for the claims, by their ids, and what of it may be heard."""

    hits: Mapping[str, Hits]
    usable: Mapping[str, Mapping[str, Document]]
    origins: Mapping[str, Origin]
    choices: Mapping[str, OriginChoice]
    by_name: Mapping[str, float]


def candidates_of(found: Found, scale: Scale, depth: int, few: int) -> Candidates:
    """`few`: so many origins are all compared with every claim; `depth`: see `prominence`."""
    by_id = {origin.id: origin for origin in found.origins.values()}
    seen = [list(_seen(some.hits, found.usable[claim_id], found.origins)) for claim_id, some in found.hits.items()]
    heights = prominence(seen, scale, depth)
    chosen = {name for choice in found.choices.values() for name in choice.scores}
    crossing = {one.origin for some in seen for one in some if one.crossing}
    are_few = len(heights.keys() | found.by_name.keys()) <= few
    ranked = chosen | crossing | found.by_name.keys() if are_few else _best(by_id, heights, found.by_name)
    kept = ranked | {name for name in chosen if by_id[name].copy_of_article}
    return Candidates({name: by_id[name] for name in sorted(kept)}, chosen, crossing | found.by_name.keys(), are_few)


def _best(origins: Mapping[str, Origin], heights: Mapping[str, float], by_name: Mapping[str, float]) -> set[str]:
    return {
        name
        for scores, most in ((heights, _OF_LANGUAGE), (by_name, _BY_NAME))
        for some in _by_language(scores, origins)
        for name in sorted(some, key=lambda name: (-scores[name], name))[:most]
    }


def _by_language(names: Iterable[str], origins: Mapping[str, Origin]) -> list[list[str]]:
    languages: dict[str, list[str]] = {}
    for name in names:
        languages.setdefault(primary_language(origins[name].witness.language), []).append(name)
    return list(languages.values())


def _seen(hits: Sequence[Hit], usable: Mapping[str, Document], origins: Mapping[str, Origin]) -> Iterator[Seen]:
    for hit in hits:
        document = usable.get(hit.document_id)
        if document is not None and not origins[document.id].copy_of_article:
            language = primary_language(document.language)
            yield Seen(origins[document.id].id, language, hit.crossing, hit.comparable, hit.share)
