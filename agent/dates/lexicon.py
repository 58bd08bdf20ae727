"""Names of one or several words, and what they mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from agent.dates.tokens import Token, tokens_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NameMatch(Generic[T]):
    """A name of `length` tokens, and all that it can mean."""

    meanings: frozenset[T]
    length: int


class Lexicon(Generic[T]):
    """Phrases, with the entry that each stands for; the longest that fits is the one that is read."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], set[T]]] = {}
        for name, meaning in entries:
            words = tuple(token.text for token in tokens_of(name))
            self._by_first.setdefault(words[0], {}).setdefault(words, set()).add(meaning)
        for first, names in self._by_first.items():
            self._by_first[first] = dict(sorted(names.items(), key=lambda one: -len(one[0])))

    def match(self, tokens: Sequence[Token], at: int) -> NameMatch[T] | None:
        """The longest name that begins at a token."""
        if at >= len(tokens):
            return None
        for words, meanings in self._by_first.get(tokens[at].text, {}).items():
            if all(token.text == word for token, word in zip(tokens[at : at + len(words)], words, strict=False)) and (
                at + len(words) <= len(tokens)
            ):
                return NameMatch(frozenset(meanings), len(words))
        return None


def names_in(listed: str) -> Iterator[str]:
    """Names that a table lists with commas between them."""
    return (name.strip() for name in listed.split(",") if name.strip())


def entries_of(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names in the rows of a table, each with the key of its row."""
    return ((name, key) for key, listed in table.items() for name in names_in(listed))
