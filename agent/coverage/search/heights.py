"""How far documents stand above what has nothing to do with an article, for each of its claims.

A report of the same event in another language has a lower cosine than unrelated pages in the claim's own. So each is
held against what else there is in its language, in spreads of the cosine, which mean the same for any embedder. A
page counts by its nearest passage and by its nearest sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from agent.coverage.embedding.embed import Traits, is_crossing
from agent.coverage.index.vectors import matrix_of, part_of
from agent.coverage.search.nearest import PassageQuery

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float32]"

# So many passages of a language hardly are about one matter: their middle one is about another.
FEWEST_SAMPLED, MOST_SAMPLED = 48, 160
# What meets two claims is hardly there by chance.
_BEST_CLAIMS = 2
_OF_CLAIMS, _OF_TITLE = 0.5, 0.3
_LEAST_SPREAD = 1e-3


@dataclass(frozen=True)
class EmbeddedText:
    """A text as vectors: its passages, in rows, and the sentences of each where these are known. `columns` are those
    that are compared across languages."""

    language: str
    passages: Floats
    sentences: "Sequence[Floats | None]"
    columns: slice | None = None

    @cached_property
    def whole(self) -> Floats:
        return part_of(self.passages, None)

    @cached_property
    def part(self) -> Floats:
        return part_of(self.passages, self.columns)

    @cached_property
    def by_sentence(self) -> "_Sentences | None":
        import numpy as np

        known = [(number, some) for number, some in enumerate(self.sentences) if some is not None and len(some)]
        if not known:
            return None
        starts = np.cumsum([0, *(len(some) for _, some in known[:-1])])
        return _Sentences([number for number, _ in known], starts, np.concatenate([some for _, some in known]))


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of all passages that have some, in rows: `starts` tells where those of each begin."""

    passages: list[int]
    starts: "npt.NDArray[np.intp]"
    rows: Floats


@dataclass(frozen=True, slots=True)
class Heights:
    """For every text its height above its language for each claim, and for all that the article is about.

    `measured`: there is enough else in the store to be higher than; otherwise the texts stand against each other.
    """

    claims: Floats
    event: Floats
    measured: bool


def measure(
    texts: Sequence[EmbeddedText], sampled: Mapping[str, EmbeddedText], sought: Sequence[PassageQuery], traits: Traits
) -> Heights:
    """`sampled` holds passages of each language, drawn without regard to the article."""
    import numpy as np

    spoken, asked = sought[0].language, _Asked.of(sought, traits)
    usual = {
        language: _likeness(one, asked, spoken, traits)
        for language, one in sampled.items()
        if len(one.passages) >= FEWEST_SAMPLED and _tells(spoken, language, traits)
    }
    likeness = _of_each(texts, asked, spoken, traits)
    languages = [one.language for one in texts]
    passage, sentence, titled = (
        _above(likeness[kind], languages, {name: some[kind] for name, some in usual.items()}, spoken)
        for kind in range(3)
    )
    value = np.array([_tells(spoken, language, traits) for language in languages], bool)[:, None]
    heights = np.where(value, (passage + sentence) / 2, 0.0)
    if not usual:
        return Heights(heights, np.zeros(len(texts), np.float32), measured=False)
    best = np.sort(heights, axis=1)[:, -_BEST_CLAIMS:].sum(axis=1) / _BEST_CLAIMS
    about = np.where(value, titled, 0.0).mean(axis=1) / _spread_of_means(usual, spoken)
    return Heights(heights, _OF_CLAIMS * best + _OF_TITLE * about, measured=True)


def _tells(spoken: str, language: str, traits: Traits) -> bool:
    """Whether the cosine of texts in two languages, or in one, tells anything."""
    return traits.crosses(spoken, language)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is sought, in rows of length 1: its own words as they are compared within a language, these as they are
    compared across languages, and after the article's title."""

    within: Floats
    meant: Floats
    titled: Floats

    @classmethod
    def of(cls, sought: Sequence[PassageQuery], traits: Traits) -> "_Asked":
        own = matrix_of([one.vector for one in sought])
        titled = matrix_of([one.across for one in sought])
        return cls(part_of(own, None), part_of(own, traits.across), part_of(titled, traits.across))


def _likeness(text: EmbeddedText, asked: _Asked, spoken: str, traits: Traits) -> Floats:
    """For every passage and claim the cosine of the passage, that of its nearest sentence, and that of the passage
    with the claim after the article's title."""
    import numpy as np

    crossing = is_crossing(spoken, text.language)
    if not crossing and not _knows(spoken, traits):
        return np.stack([text.whole @ asked.within.T] * 3)
    meant = text.part @ asked.meant.T
    nearest = meant.copy()
    if (known := text.by_sentence) is not None:
        nearest[known.passages] = np.maximum.reduceat(known.rows @ asked.meant.T, known.starts, axis=0)
    passages = meant if crossing else text.whole @ asked.within.T
    return np.stack([passages, nearest, text.part @ asked.titled.T])


def _of_each(texts: Sequence[EmbeddedText], asked: _Asked, spoken: str, traits: Traits) -> Floats:
    """The likeness of each text by its best passages."""
    import numpy as np

    likeness = np.zeros((3, len(texts), len(asked.within)), np.float32)
    for crossing in (False, True):
        numbers = [n for n, one in enumerate(texts) if is_crossing(spoken, one.language) is crossing]
        if numbers:
            some = [texts[number] for number in numbers]
            starts = np.cumsum([0, *(len(one.passages) for one in some[:-1])])
            every = _likeness(_together(some), asked, spoken, traits)
            likeness[:, numbers] = np.maximum.reduceat(every, starts, axis=1)
    return likeness


def _together(texts: Sequence[EmbeddedText]) -> EmbeddedText:
    """The passages of several texts that are compared alike: one product is quicker than one for each."""
    import numpy as np

    passages = np.concatenate([one.passages for one in texts])
    sentences = [some for one in texts for some in one.sentences]
    return EmbeddedText(texts[0].language, passages, sentences, texts[0].columns)


def _knows(language: str, traits: Traits) -> bool:
    return traits.languages is None or language in traits.languages


def _above(likeness: Floats, languages: Sequence[str], usual: "Mapping[str, Floats]", spoken: str) -> Floats:
    import numpy as np

    if not usual:
        middle = np.median(likeness, axis=0) if len(likeness) else 0.0
        return (likeness - middle) / max(float(likeness.std()) if likeness.size else 0.0, _LEAST_SPREAD)
    levels = {name: np.median(some, axis=0) for name, some in usual.items()}
    abroad = [level for name, level in levels.items() if is_crossing(spoken, name)]
    untold = np.mean(abroad or list(levels.values()), axis=0)
    rows: list[Floats] = [np.asarray(levels.get(name, untold), np.float32) for name in languages]
    level = np.stack(rows) if rows else likeness
    return (likeness - level) / _spread(usual, levels)


def _spread(usual: "Mapping[str, Floats]", levels: "Mapping[str, Floats]") -> float:
    import numpy as np

    squares = [float(((some - levels[name]) ** 2).mean()) for name, some in usual.items()]
    return max(float(np.mean(squares) ** 0.5), _LEAST_SPREAD)


def _spread_of_means(usual: "Mapping[str, Floats]", spoken: str) -> float:
    """How far passages that are about something else lie apart in what they share with all claims together."""
    import numpy as np

    means = [
        _above(some[2], [name] * some.shape[1], {one: every[2] for one, every in usual.items()}, spoken).mean(axis=1)
        for name, some in usual.items()
    ]
    return max(float(np.concatenate(means).std()), _LEAST_SPREAD)
