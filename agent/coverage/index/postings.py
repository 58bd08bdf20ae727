"""BM25 in tables of PostgreSQL, with nothing installed there: which term stands how often in which text.

The figures are those of `ScannedTexts`, so that one installation finds what the other does.
"""

from collections import Counter
from collections.abc import Sequence

from agent.coverage.index.scanning import LENGTH_SHARE, SATURATION, rarity
from agent.storage import Connection, marks


class Postings:
    """A `Ranking`. How many texts hold a term, and how long all are, is kept and not counted with each question."""

    def write(self, connection: Connection, texts: Sequence[tuple[str, str]]) -> None:
        last = connection.execute("SELECT coalesce(max(id), 0) FROM texts").fetchone()[0]
        counted = [Counter(terms.split()) for _, terms in texts]
        rows = [
            (number, key, terms, counts.total())
            for number, ((key, terms), counts) in enumerate(zip(texts, counted, strict=True), last + 1)
        ]
        connection.executemany("INSERT INTO texts (id, key, terms, length) VALUES (?, ?, ?, ?)", rows)
        ids = _counted_in(connection, Counter(term for counts in counted for term in counts))
        postings = [
            (ids[term], number, frequency, length)
            for (number, _, _, length), counts in zip(rows, counted, strict=True)
            for term, frequency in counts.items()
        ]
        columns = [list(column) for column in zip(*postings, strict=True)] or [[], [], [], []]
        connection.execute(
            "INSERT INTO postings SELECT * FROM unnest(?::int[], ?::int[], ?::int[], ?::int[])", columns
        )
        _add_to_totals(connection, len(rows), sum(row[3] for row in rows))

    def remove(self, connection: Connection, keys: Sequence[str]) -> None:
        query = f"DELETE FROM texts WHERE key IN ({marks(keys)}) RETURNING id, terms, length"
        gone = [(number, set(terms.split()), length) for number, terms, length in connection.execute(query, keys)]
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
        connection.execute("UPDATE totals SET texts = 0, words = 0")

    def settle(self, connection: Connection) -> None:
        """There is nothing to get ready."""

    def held(self, connection: Connection, terms: Sequence[str]) -> dict[str, int]:
        query = f"SELECT term, texts FROM vocabulary WHERE term IN ({marks(terms)})"
        return dict(connection.execute(query, terms).fetchall())

    def best(self, connection: Connection, terms: Sequence[str], limit: int) -> list[tuple[str, float]]:
        texts, words = connection.execute("SELECT texts, words FROM totals").fetchone()
        query = f"SELECT id, texts FROM vocabulary WHERE term IN ({marks(terms)}) ORDER BY term"
        weights = [(number, rarity(held, texts)) for number, held in connection.execute(query, terms)]
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
    connection.execute("UPDATE totals SET texts = texts + ?, words = words + ?", (texts, words))
