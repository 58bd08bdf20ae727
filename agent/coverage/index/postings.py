"""BM25 in tables of PostgreSQL, with nothing installed there: which term stands how often in which text.

The figures are those of `ScannedTexts`, so that one installation finds what the other does. Statements that take
lists apart on the server are text.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from agent.coverage.index.scanning import LENGTH_SHARE, SATURATION, rarity
from agent.coverage.index.word_statements import LAST
from agent.storage import Connection, given, given_list
from agent.storage.tables.catalogue import texts_on_server as _texts
from agent.storage.tables.catalogue import totals, vocabulary

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
        postings = [
            (ids[term], row["id"], frequency, row["length"])
            for row, counts in zip(rows, counted, strict=True)
            for term, frequency in counts.items()
        ]
        columns = [list(column) for column in zip(*postings, strict=True)] or [[], [], [], []]
        connection.execute(
            "INSERT INTO postings SELECT * FROM unnest(?::int[], ?::int[], ?::int[], ?::int[])", columns
        )
        _add_to_totals(connection, len(rows), sum(counts.total() for counts in counted))

    def remove(self, connection: Connection, keys: Sequence[str]) -> None:
        taken = connection.execute(_REMOVE, {"keys": keys})
        gone = [(number, set(terms.split()), length) for number, terms, length in taken]
        ids = _counted_in(connection, Counter({term: 0 for _, terms, _ in gone for term in terms}))
        pairs = [(ids[term], number) for number, terms, _ in gone for term in terms]
        columns = [list(column) for column in zip(*pairs, strict=True)] or [[], []]
        connection.execute(
            "DELETE FROM postings USING unnest(?::int[], ?::int[]) AS gone (term, text)"
            " WHERE postings.term = gone.term AND postings.text = gone.text",
            columns,
        )
        less = Counter(term for _, terms, _ in gone for term in terms)
        _counted_in(connection, Counter({term: -number for term, number in less.items()}))
        connection.execute("DELETE FROM vocabulary WHERE texts = 0 AND term = ANY (?::text[])", (list(less),))
        _add_to_totals(connection, -len(gone), -sum(length for _, _, length in gone))

    def clear(self, connection: Connection) -> None:
        connection.execute("TRUNCATE texts, postings, vocabulary")
        connection.execute(_FORGET_TOTALS)

    def settle(self, connection: Connection) -> None:
        """There is nothing to get ready."""

    def held(self, connection: Connection, terms: Sequence[str]) -> dict[str, int]:
        return dict(connection.execute(_HELD, {"terms": terms}).fetchall())

    def best(
        self, connection: Connection, asked: Sequence[Sequence[str]], limit: int
    ) -> list[list[tuple[str, float]]]:
        texts, words = connection.execute(_TOTALS).fetchone()
        return [self._best(connection, terms, limit, texts, words) if terms else [] for terms in asked]

    def _best(
        self, connection: Connection, terms: Sequence[str], limit: int, texts: int, words: int
    ) -> list[tuple[str, float]]:
        asked = connection.execute(_WEIGHED, {"terms": terms})
        weights = [(number, rarity(held, texts)) for number, held in asked]
        if not weights:
            return []
        score = (
            f"weight * frequency * {SATURATION + 1}"
            f" / (frequency + {SATURATION} * ({1 - LENGTH_SHARE} + {LENGTH_SHARE} * length / ?::float8))"
        )
        query = (
            f"SELECT key, score FROM (SELECT text, sum({score}) AS score"
            " FROM unnest(?::int[], ?::float8[]) AS asked (term, weight) JOIN postings USING (term)"
            " GROUP BY text ORDER BY score DESC, text LIMIT ?) AS found JOIN texts ON texts.id = text"
            " ORDER BY score DESC, text"
        )
        numbers, value = [number for number, _ in weights], [weight for _, weight in weights]
        return connection.execute(query, (words / texts, numbers, value, limit)).fetchall()


def _counted_in(connection: Connection, counts: Counter[str]) -> dict[str, int]:
    """The numbers of terms, which are held by so many more texts from now on."""
    terms, more = list(counts), list(counts.values())
    connection.execute(
        "INSERT INTO vocabulary (term) SELECT term FROM unnest(?::text[]) AS asked (term)"
        " WHERE NOT EXISTS (SELECT 1 FROM vocabulary WHERE vocabulary.term = asked.term)",
        (terms,),
    )
    query = (
        "UPDATE vocabulary SET texts = texts + more FROM unnest(?::text[], ?::int[]) AS asked (term, more)"
        " WHERE vocabulary.term = asked.term RETURNING vocabulary.term, id"
    )
    return dict(connection.execute(query, (terms, more)).fetchall())


def _add_to_totals(connection: Connection, texts: int, words: int) -> None:
    connection.execute(_ADD_TO_TOTALS, {"more_texts": texts, "more_words": words})
