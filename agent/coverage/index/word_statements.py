"""What is asked of the tables of words, and written in them."""

from sqlalchemy import delete, func, insert, select

from agent.storage import ForEach, given, given_list, insert_new, insert_or_update
from agent.storage.tables.catalogue import texts, words_log
from agent.storage.tables.facts import facts

_UNDER = texts.c.key.in_(given_list("keys"))
_NUMBERED = texts.c.id.in_(given_list("ids"))
_TERMS = select(texts.c.id, texts.c.terms)

KNOWN = select(texts.c.key).where(_UNDER)
TOLD = select(texts.c.key, texts.c.terms).where(_UNDER)
COUNT = select(func.count()).select_from(texts)
LAST = select(func.coalesce(func.max(texts.c.id), 0))
ADD = insert(texts)
REMOVE = delete(texts).where(_UNDER).returning(texts.c.id)
CLEAR = delete(texts)
KEYS = select(texts.c.id, texts.c.key).where(_NUMBERED)
NUMBERS = select(texts.c.id, texts.c.key).where(_UNDER)
EVERY = _TERMS
TERMS = _TERMS.where(_NUMBERED)

# What the engine has yet to follow.
LOGGED = select(words_log.c.id)
LOG = insert_new(words_log)
# SQLite takes what stands behind a query without WHERE for a part of the query.
LOG_ALL = ForEach(
    lambda fresh: (
        fresh(words_log).from_select(["id"], select(texts.c.id).where(texts.c.id > 0)).on_conflict_do_nothing()
    )
)
CLEAR_LOG = delete(words_log)

_ENGINE = facts.c.name == given("known")
MADE = select(facts.c.value).where(_ENGINE)
MAKE = insert_or_update(facts, "value")
UNMAKE = delete(facts).where(_ENGINE)
