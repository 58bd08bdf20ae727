"""The patterns of words that texts are held against, made ready while a run waits for something else.

There are about seventy, some of ten thousand characters, and to make them takes longer than to use them on a whole
run's texts.
"""

from functools import lru_cache

from agent.coverage.origins.cited import cites_outlet_of
from agent.coverage.origins.credits import credits_of
from agent.coverage.origins.sentence_source import source_told
from agent.models import Article
from agent.text.corrections import disowned_in, notes_in
from agent.text.retractions import retracted_in

# The colon and the name matter: without them some patterns are not asked for.
_TEXT = "Nothing new: all is as it was, the Bay Sheet reported."


@lru_cache(maxsize=1)
def load_word_patterns() -> None:
    """Once in a process; those that know an outlet's name are made when there is one. Blocking."""
    article = Article(text=_TEXT, language="en", outlet="Bay Sheet")
    credits_of(article)
    cites_outlet_of(article, _TEXT)
    source_told(_TEXT, (), "en")
    notes_in(_TEXT)
    disowned_in(_TEXT)
    retracted_in(_TEXT)
