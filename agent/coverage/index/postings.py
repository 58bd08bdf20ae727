"""BM25 in tables of PostgreSQL, with nothing installed there: which term stands how often in which text.

The figures are those of `ScannedTexts`, so that one installation finds what the other does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    Double,
    Integer,
    Select,
    TableValuedAlias,
    Text,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from agent.coverage.index.scanning import LENGTH_SHARE, SATURATION, rarity
from agent.coverage.index.word_statements import LAST
from agent.storage import Connection, given, given_list
from agent.storage.tables.catalogue import postings, totals, vocabulary
from agent.storage.tables.catalogue import texts_on_server as _texts

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

_ADD = insert(_texts)
_REMOVE = (
    delete(_texts).where(_texts.c.key.in_(given_list("keys"))).returning(_texts.c.id, _texts.c.terms, _texts.c.length)
)
_NAMED = vocabulary.c.term.in_(given_list("terms"))
_HELD = select(vocabulary.c.term, vocabulary.c.texts).where(_NAMED)
_WEIGHED = select(vocabulary.c.id, vocabulary.c.texts).where(_NAMED).order_by(vocabulary.c.term)
_TOTALS = select(totals.c.texts, totals.c.words)
_FORGET_TOTALS = update(totals).values(texts=0, words=0)
_ADD_TO_TOTALS = update(totals).values(
    texts=totals.c.texts + given("more_texts"), words=totals.c.words + given("more_words")
)

_POSTED = ("terms", "texts", "frequencies", "lengths")
_PAIRED = ("terms", "texts")


def _rows(name: str, **columns: "tuple[str, TypeEngine[Any]]") -> TableValuedAlias:
    """Lists of one length that the server takes apart into rows: for each column its parameter and its type."""
    lists = [cast(given(parameter), ARRAY(kind)) for parameter, kind in columns.values()]
    taken = func.unnest(*lists).table_valued(*(column(key, kind) for key, (_, kind) in columns.items()))
    return taken.render_derived(name=name)


_NUMBER, _WORD = Integer(), Text()
_posted = _rows(
    "posted",
    term=("terms", _NUMBER),
    text=("texts", _NUMBER),
    frequency=("frequencies", _NUMBER),
    length=("lengths", _NUMBER),
)
_ADD_POSTINGS = insert(postings).from_select(list(_posted.c.keys()), select(_posted))
_gone = _rows("gone", term=("terms", _NUMBER), text=("texts", _NUMBER))
_REMOVE_POSTINGS = delete(postings).where(postings.c.term == _gone.c.term, postings.c.text == _gone.c.text)
_named = _rows("named", term=("words", _WORD))
_NAME = insert(vocabulary).from_select(
    ["term"], select(_named.c.term).where(~exists().where(vocabulary.c.term == _named.c.term))
)
_counted = _rows("counted", term=("words", _WORD), more=("more", _NUMBER))
_COUNT_IN = (
    update(vocabulary)
    .where(vocabulary.c.term == _counted.c.term)
    .values(texts=vocabulary.c.texts + _counted.c.more)
    .returning(vocabulary.c.term, vocabulary.c.id)
)
_FORGET_WORDS = delete(vocabulary).where(vocabulary.c.texts == 0, vocabulary.c.term.in_(select(_named.c.term)))
_asked = _rows("asked", term=("numbers", _NUMBER), weight=("weights", Double()))
_LENGTHENED = 1 - LENGTH_SHARE + LENGTH_SHARE * postings.c.length / cast(given("usual"), Double())
_SCORE = func.sum(
    _asked.c.weight * postings.c.frequency * (SATURATION + 1) / (postings.c.frequency + SATURATION * _LENGTHENED)
).label("score")
_scored = select(postings.c.text, _SCORE).join_from(_asked, postings, _asked.c.term == postings.c.term)


def _best_of(scored: "Select[tuple[int, float]]") -> "Select[tuple[str, float]]":
    ordered = scored.group_by(postings.c.text).order_by(_SCORE.desc(), postings.c.text)
    found = ordered.limit(given("most")).subquery("found")
    return (
        select(_texts.c.key, found.c.score)
        .join_from(found, _texts, _texts.c.id == found.c.text)
        .order_by(found.c.score.desc(), found.c.text)
    )


_BEST = _best_of(_scored)
_BEST_AMONG = _best_of(_scored.where(postings.c.text == func.any(cast(given("among"), ARRAY(_NUMBER)))))
_NUMBERS = select(_texts.c.id, _texts.c.key).where(_texts.c.key.in_(given_list("keys")))


class Postings:
    """A `Ranking`. How many texts hold a term, and how long all are, is kept and not counted with each question."""

    def write(self, connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
        last = connection.execute(LAST).fetchone()[0]
        counted = [Counter(terms.split()) for _, terms in texts]
        rows = [
            {"id": number, "key": key, "terms": terms, "length": counts.total()}
            for number, ((key, terms), counts) in enumerate(zip(texts, counted, strict=True), last + 1)
        ]
        connection.executemany(_ADD, rows)
        ids = _counted_in(connection, Counter(term for counts in counted for term in counts))
        posted = [
            (ids[term], row["id"], frequency, row["length"])
            for row, counts in zip(rows, counted, strict=True)
            for term, frequency in counts.items()
        ]
        columns = [list(column) for column in zip(*posted, strict=True)] or [[], [], [], []]
        connection.execute(_ADD_POSTINGS, dict(zip(_POSTED, columns, strict=True)))
        _add_to_totals(connection, len(rows), sum(counts.total() for counts in counted))

    def remove(self, connection: Connection, keys: Sequence[str]) -> None:
        taken = connection.execute(_REMOVE, {"keys": keys})
        gone = [(number, set(terms.split()), length) for number, terms, length in taken]
        ids = _counted_in(connection, Counter({term: 0 for _, terms, _ in gone for term in terms}))
        pairs = [(ids[term], number) for number, terms, _ in gone for term in terms]
        columns = [list(column) for column in zip(*pairs, strict=True)] or [[], []]
        connection.execute(_REMOVE_POSTINGS, dict(zip(_PAIRED, columns, strict=True)))
        less = Counter(term for _, terms, _ in gone for term in terms)
        _counted_in(connection, Counter({term: -number for term, number in less.items()}))
        connection.execute(_FORGET_WORDS, {"words": list(less)})
        _add_to_totals(connection, -len(gone), -sum(length for _, _, length in gone))

    def clear(self, connection: Connection) -> None:
        # Core has no word for it, and to delete millions of rows takes minutes.
        connection.execute("TRUNCATE texts, postings, vocabulary")
        connection.execute(_FORGET_TOTALS)

    def settle(self, connection: Connection) -> None:
        """There is nothing to get ready."""

    def held(self, connection: Connection, terms: Sequence[str]) -> dict[str, int]:
        return dict(connection.execute(_HELD, {"terms": terms}).fetchall())

    def numbers(self, connection: Connection, keys: Sequence[str]) -> dict[int, str]:
        return dict(connection.execute(_NUMBERS, {"keys": keys}).fetchall())

    def best(
        self,
        connection: Connection,
        asked: Sequence[Sequence[str]],
        limit: int,
        among: Mapping[int, str] | None = None,
    ) -> list[list[tuple[str, float]]]:
        texts, words = connection.execute(_TOTALS).fetchone()
        some = None if among is None else list(among)
        return [self._best(connection, terms, limit, texts, words, some) if terms else [] for terms in asked]

    def _best(
        self,
        connection: Connection,
        terms: Sequence[str],
        limit: int,
        texts: int,
        words: int,
        among: Sequence[int] | None,
    ) -> list[tuple[str, float]]:
        asked = connection.execute(_WEIGHED, {"terms": terms})
        weights = [(number, rarity(held, texts)) for number, held in asked]
        if not weights:
            return []
        numbers, weighing = [number for number, _ in weights], [weight for _, weight in weights]
        values = {"usual": words / texts, "numbers": numbers, "weights": weighing, "most": limit}
        if among is None:
            return connection.execute(_BEST, values).fetchall()
        return connection.execute(_BEST_AMONG, {**values, "among": among}).fetchall()


def _counted_in(connection: Connection, counts: Counter[str]) -> dict[str, int]:
    """The numbers of terms, which are held by so many more texts from now on."""
    values = {"words": list(counts), "more": list(counts.values())}
    connection.execute(_NAME, {"words": values["words"]})
    return dict(connection.execute(_COUNT_IN, values).fetchall())


def _add_to_totals(connection: Connection, texts: int, words: int) -> None:
    connection.execute(_ADD_TO_TOTALS, {"more_texts": texts, "more_words": words})
