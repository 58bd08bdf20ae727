"""What is kept of a text, so that its copies can be found without reading it.

Of every text some of its runs are kept, those with the smallest numbers, about one in six. Two texts that share runs
share kept ones, whatever their lengths. A sketch of fixed size for whole texts does not give that: a copy of 30 % of
a report has little in common with it as a whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple, TypeAlias

from agent.coverage.origins.likeness import COPY_SHARE, Runs, may_be_copy
from agent.models import CopyLink

_KEPT_ONE_IN, _FEWEST_KEPT, _MOST_KEPT = 6, 32, 256
# In standard errors. A copy of the article that is taken for a report of its own would corroborate it: whoever may be
# one is read.
DOUBT_OF_ARTICLE = 4.0


class SketchSize(NamedTuple):
    """How many runs the text with a number in the store has, and how many of them are kept."""

    document: int
    runs: int
    kept: int


# What is known of a document without reading it: its id, the day on which it was published, as the catalogue has it,
# and the fields of its `SketchSize`. A search meets thousands of them.
OutlineRow: TypeAlias = tuple[str, str | None, int, int, int]


@dataclass(frozen=True, slots=True)
class ReportCopies:
    """One report in the store: its documents by their ids, in the order of their coming, and how many more there
    are."""

    sizes: Mapping[str, SketchSize]
    links: tuple[CopyLink, ...]
    more: int

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.sizes)

    def first(self) -> int:
        """The number of its first document."""
        return next(iter(self.sizes.values())).document


@dataclass(frozen=True, slots=True)
class SharedRuns:
    """What a text has in common with the stored documents. `runs` is how many runs the text has, `held` how many kept
    runs it shares with each document, by the document's number, and `uncut` the part of its runs, from 0 to 1, of
    which all holders were counted."""

    runs: int
    held: Mapping[int, int]
    uncut: float

    def may_be_copy(self, size: SketchSize | tuple[int, int, int]) -> bool:
        """Whether a document may hold the text or be held by it."""
        document, runs, kept = size
        shared = self.held.get(document, 0)
        if self.uncut == 1.0 and kept == runs:
            return may_be_copy(self.runs, runs, shared)
        expected = expected_share(self.runs, runs, kept, self.uncut)
        return shared + DOUBT_OF_ARTICLE * sqrt(shared + 1) >= expected and may_be_copy(self.runs, runs, runs)


def sketch(runs: Runs) -> list[int]:
    """The runs of a text that are kept: the same one in six for every text, within bounds."""
    count = min(max(len(runs) // _KEPT_ONE_IN, _FEWEST_KEPT), _MOST_KEPT)
    kept: list[int] = runs[:count].tolist()
    return kept


def uncut_part(cut: int, runs: Runs) -> float:
    """The part of a text's runs of which all holders were looked at, where of `cut` ones some were not."""
    return 1 - cut / max(len(runs), 1)


def expected_share(runs: int, size: int, kept: int, uncut: float) -> float:
    """How many of the kept runs of a text with `size` runs a text with `runs` must have, if one copies the other."""
    return COPY_SHARE * min(runs, size) * kept / max(size, 1) * uncut
