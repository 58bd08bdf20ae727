"""Makes the queries for sources: from the words and names of the article, or by a model where one is configured."""

from typing import Protocol

from agent.analyst.lexical import LexicalAnalyst
from agent.analyst.parts import cut_parts
from agent.budget import RunBudget
from agent.gather.queries import SearchQuery, SearchSetting, Subject, make_queries
from agent.models import Article, Budget, Claim, Frozen, Usage
from agent.verify.claims import collect

# Claims further down than this rarely tell what an article is about.
_MOST_CHARS = 20_000
_MOST_CLAIMS = 100
_SENTENCES_AT_ONCE = 40


class MadeQueries(Frozen):
    """Queries, and in `note` why they were made in another way than the settings ask for."""

    queries: tuple[SearchQuery, ...]
    usage: Usage = Usage()
    note: str | None = None


class QueryMaker(Protocol):
    async def make(self, subject: Subject, setting: SearchSetting, most: int, budget: Budget) -> MadeQueries:
        """At most so many. Raises nothing that the built-in words can stand in for."""


class LexicalQueryMaker:
    """Makes queries by rules alone: the same queries each time."""

    async def make(self, subject: Subject, setting: SearchSetting, most: int, budget: Budget) -> MadeQueries:
        return MadeQueries(queries=make_queries(await with_claims(subject), setting, most))


async def with_claims(subject: Subject) -> Subject:
    """The subject with the claims that the built-in analyst finds in it, where it has none."""
    if subject.claims:
        return subject
    return subject.model_copy(update={"claims": await _claims_of(subject.article)})


async def _claims_of(article: Article) -> tuple[Claim, ...]:
    analyst = LexicalAnalyst(embedder="")
    opening = article.model_copy(update={"text": article.text[:_MOST_CHARS]})
    drafts = []
    for part in cut_parts(opening, _SENTENCES_AT_ONCE):
        read = await analyst.extract(opening, part, RunBudget(None))
        drafts += [(part, draft) for draft in read.drafts]
    return collect(opening, drafts, _MOST_CLAIMS).claims
