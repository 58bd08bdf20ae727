"""The lexical leg: passages by their words, beside the catalogue, so that what was written is there.

A text stands in it under the same key as its vector. What is searched is built from words alone: nothing that a
claim says can be syntax.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from agent.coverage.index import word_statements as statements
from agent.coverage.index.edition import EditionCache
from agent.coverage.index.ranking import build_ranking
from agent.coverage.index.rarity import look_up
from agent.coverage.index.vectors import Matrix
from agent.coverage.index.words import words
from agent.coverage.search.names import names_in
from agent.coverage.search.numbers import joined, parts_of
from agent.storage import Connection, Database, slices

# Stored with the collection: texts told in other terms are another index.
TERMS = "words-stems-names-4"
# Scripts written without spaces: a stretch of them is told by its pairs of letters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+")
_STEM = "_"
_NAME = "__"
# Common words cost most and tell least: five in six texts that a query would score hold nothing else of it.
_LEAST_RARITY = 0.3
_MOST_WORDS = 32
_MOST_SCORED = 20_000


class RankedText(NamedTuple):
    """A text found by its words. `score` is BM25."""

    key: str
    score: float


class LexicalMatch(NamedTuple):
    """A text found by its words. `score` is BM25; `share` is the part of the rarity of the asked words it holds."""

    key: str
    score: float
    share: float


class Lexical:
    """Blocking; raises `StoreError`, as all that is done with the database does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._edition = EditionCache(database, "texts_edition")
        self._ranking = build_ranking(database, self._edition)

    def write(self, texts: Mapping[str, str]) -> None:
        """Puts texts in under their keys; what stands there is left."""
        with self._database.writing() as connection:
            self._edition.renew()
            for keys in slices(sorted(texts)):
                known = {row[0] for row in connection.execute(statements.KNOWN, {"keys": keys})}
                fresh = [(key, _indexed_text(texts[key])) for key in keys if key not in known]
                self._ranking.write(connection, fresh)

    def remove(self, keys: Iterable[str]) -> None:
        with self._database.writing() as connection:
            self._edition.renew()
            for some in slices(sorted(set(keys))):
                self._ranking.remove(connection, some)

    def clear(self) -> None:
        with self._database.writing() as connection:
            self._edition.renew()
            self._ranking.clear(connection)

    def settle(self) -> None:
        """See `Ranking.settle`."""
        with self._database.reading() as connection:
            self._ranking.settle(connection)

    def count(self) -> int:
        return self._edition.get("texts", lambda: self._database.number(statements.COUNT))

    def query(self, text: str, limit: int) -> list[LexicalMatch]:
        """The texts that hold the most and the rarest of the words of `text`, best first."""
        (ranked,), asked = self.ranked([text], limit), term_query(text)
        told = self.stored_terms([one.key for one in ranked])
        return [LexicalMatch(*one, asked.share_of(told[one.key].split())) for one in ranked if one.key in told]

    def ranked(
        self, texts: Sequence[str], limit: int, among: Mapping[int, str] | None = None
    ) -> list[list[RankedText]]:
        """The same for each of some texts, without looking at what is found. With `among` nothing is found but these,
        by their `numbers`."""
        with self._database.reading() as connection:
            told = self._telling(connection, [term_query(text).words for text in texts])
            asked = [sorted({term for word in some for term in _terms(word)}) for some in told]
            found = self._ranking.best(connection, asked, limit, among)
        # By the negative score, so that equal ones are in the order of their keys.
        return [[RankedText(key, -less) for less, key in sorted([(-n, key) for key, n in some])] for some in found]

    def numbers(self, keys: Iterable[str]) -> dict[int, str]:
        """The keys of the known ones of some texts, by the numbers of these."""
        found: dict[int, str] = {}
        with self._database.reading() as connection:
            for some in slices(sorted(set(keys))):
                found |= self._ranking.numbers(connection, some)
        return found

    def _telling(self, connection: Connection, asked: Sequence[Sequence[str]]) -> list[list[str]]:
        """Of each the words that are asked for: the rarest in this store, until the texts to be scored are too
        many."""
        stems = {word: _stem(word) for some in asked for word in some}
        held: dict[str, int] = {}
        for part in slices(sorted({*stems.values()})):
            held |= self._ranking.held(connection, part)
        telling = []
        for some in asked:
            known = sorted((held[stems[word]], word) for word in some if stems[word] in held)
            reached = accumulate(number for number, _ in known)
            pairs = zip(known, reached, strict=True)
            telling.append([word for (number, word), sum_ in pairs if sum_ - number < _MOST_SCORED])
        return telling

    def holding(self, terms: Sequence[str], limit: int) -> list[str]:
        """The keys of the texts that hold the most and the rarest of some terms, best first."""
        with self._database.reading() as connection:
            (found,) = self._ranking.best(connection, [sorted(terms)], limit)
        return [key for key, _ in found]

    def held(self, terms: Iterable[str]) -> dict[str, int]:
        """How many texts hold each of some terms; those that none holds are left out."""
        found: dict[str, int] = {}
        with self._database.reading() as connection:
            for some in slices(sorted(set(terms))):
                found |= self._ranking.held(connection, some)
        return found

    def terms_of(self, keys: Iterable[str], among: Collection[str]) -> dict[str, frozenset[str]]:
        """Those of some terms that each of some texts holds."""
        wanted = frozenset(among)
        return {key: wanted.intersection(terms.split()) for key, terms in self.stored_terms(keys).items()}

    def stored_terms(self, keys: Iterable[str]) -> dict[str, str]:
        """The terms of some texts as they are stored, with spaces between them."""
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for some in slices(sorted(set(keys))):
                found |= connection.execute(statements.TOLD, {"keys": some}).fetchall()
        return found


@lru_cache(maxsize=1024)
def term_query(text: str) -> "TermQuery":
    """A claim's text is asked for by each step of a search."""
    return TermQuery(text)


class TermQuery:
    """What is looked for: of a long text the rarest words."""

    def __init__(self, text: str) -> None:
        fields = {word: look_up(word).rarity for word in _pieces(text)}
        rare = [word for word in fields if fields[word] >= _LEAST_RARITY] or list(fields)
        self.words = sorted(rare, key=lambda word: (-fields[word], word))[:_MOST_WORDS]
        self.masses = {_stem(word): fields[word] for word in self.words}
        self.stems = frozenset(self.masses)
        self.whole = sum(self.masses.values()) or 1.0

    def share_of(self, terms: Collection[str]) -> float:
        """The part of the rarity of all its stems that stands among some terms, 0 to 1."""
        return sum([mass for stem, mass in self.masses.items() if stem in terms]) / self.whole


def shares_of(asked: Sequence[TermQuery], texts: Sequence[Collection[str]]) -> Matrix:
    """A row for each text, by its terms, with its share of each of what is asked."""
    import numpy as np

    stems = list(dict.fromkeys(stem for one in asked for stem in one.stems))
    held = np.array([[stem in terms for stem in stems] for terms in texts], np.float64).reshape(
        len(texts), len(stems)
    )
    columns = dict(zip(stems, held.T, strict=True))
    shares = np.zeros((len(texts), len(asked)))
    for number, one in enumerate(asked):
        # One after another, as they are summed for a single text: a sum in another order is another number.
        for stem, mass in one.masses.items():
            shares[:, number] += mass * columns[stem]
        shares[:, number] /= one.whole
    return shares


def _indexed_text(text: str) -> str:
    terms = filter(None, map(_terms_of, joined(text).split()))
    return " ".join([*terms, *(name_term(name) for name in names_in(text))])


@lru_cache(maxsize=1 << 16)
def _terms_of(token: str) -> str:
    """Of what stands between two spaces."""
    return " ".join(term for word in _pieces_of(token) for term in _terms(word))


def name_term(name: str) -> str:
    """What stands for a name of `names_in` among the terms of a text."""
    return _NAME + name


def _terms(word: str) -> Iterator[str]:
    """Both, because a word as it stands says more than its stem, and its stem is found in more places."""
    yield word
    yield _stem(word)


def _stem(word: str) -> str:
    return _STEM + look_up(word).stem


def _pieces(text: str) -> Iterator[str]:
    """The words of a text, numbers whole and in their parts; stretches without spaces in pairs of letters, each a
    word."""
    return _pieces_of(joined(text))


def _pieces_of(joined_text: str) -> Iterator[str]:
    for word in words(joined_text):
        if word.isascii() or not _UNSPACED.search(word):
            yield word
            yield from parts_of(word)
            continue
        at = 0
        for stretch in _UNSPACED.finditer(word):
            yield from filter(None, (word[at : stretch.start()],))
            letters = stretch[0]
            yield from (letters[i : i + 2] for i in range(max(1, len(letters) - 1)))
            at = stretch.end()
        yield from filter(None, (word[at:],))
