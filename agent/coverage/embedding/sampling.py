"""Passages of a store drawn without regard to anything: what its languages usually hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from agent.coverage.search.heights import FEWEST_SAMPLED, MOST_SAMPLED
from agent.storage import Database
from agent.storage.tables.catalogue import documents, passages
from agent.text.language import primary_language

_DRAWN = 2000

_FIRST_KEYS = select(passages.c.key).distinct().order_by(passages.c.key).limit(_DRAWN)
_SAMPLE = (
    select(passages.c.key, documents.c.language)
    .distinct()
    .join(documents, documents.c.id == passages.c.document_id)
    .where(passages.c.key.in_(_FIRST_KEYS))
    .order_by(passages.c.key, documents.c.language)
)


def sampled_keys(database: Database) -> Mapping[str, Sequence[str]]:
    """Keys of passages by their primary language, of languages that have enough: as good as at random, for a key is a
    digest, and always the same."""
    with database.reading() as connection:
        rows = connection.execute(_SAMPLE).fetchall()
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, language in rows:
        found[primary_language(language)].setdefault(key)
    return {language: list(keys)[:MOST_SAMPLED] for language, keys in found.items() if len(keys) >= FEWEST_SAMPLED}
