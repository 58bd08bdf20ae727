"""Passages of a store drawn without regard to anything: what its languages usually hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from agent.coverage.search.heights import FEWEST_SAMPLED, MOST_SAMPLED
from agent.storage import Database
from agent.text.language import primary_language

_DRAWN = 2000


def sampled_keys(database: Database) -> Mapping[str, Sequence[str]]:
    """Keys of passages by their primary language, of languages that have enough: as good as at random, for a key is a
    digest, and always the same."""
    query = (
        "SELECT DISTINCT key, language FROM passages JOIN documents ON id = document_id"
        " WHERE key IN (SELECT DISTINCT key FROM passages ORDER BY key LIMIT ?) ORDER BY key, language"
    )
    with database.reading() as connection:
        rows = connection.execute(query, (_DRAWN,)).fetchall()
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, language in rows:
        found[primary_language(language)].setdefault(key)
    return {language: list(keys)[:MOST_SAMPLED] for language, keys in found.items() if len(keys) >= FEWEST_SAMPLED}
