"""Whether the readers of a document see some words of it, and whether these still hold."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar
from xml.etree.ElementTree import Element

Key = TypeVar("Key", bound=Hashable)

# Word has no more levels of styles.
_LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True)
class TextStyle:
    """None where nothing is said of it, so that what stands around it counts."""

    hidden: bool | None = None
    struck: bool | None = None

    def over(self, other: "TextStyle") -> "TextStyle":
        """This look where it says something, and otherwise the other."""
        return TextStyle(
            other.hidden if self.hidden is None else self.hidden,
            other.struck if self.struck is None else self.struck,
        )


PLAIN = TextStyle()


def layered(looks: Iterable[TextStyle]) -> TextStyle:
    """What several looks come to, the uppermost first."""
    return reduce(TextStyle.over, looks, PLAIN)


def inherited(key: Key, styles: Mapping[Key, Element], above: Callable[[Element], Key]) -> Iterator[Element]:
    """A style and those that it stands on, each named by the one before it; a circle ends."""
    for _ in range(_LONGEST_CHAIN):
        style = styles.get(key)
        if style is None:
            return
        yield style
        key = above(style)
