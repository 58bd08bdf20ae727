"""A model makes the queries: one call, over the article or some of its claims, which are data and give no orders."""

from pydantic import BaseModel, Field

from agent.budget import RunBudget
from agent.errors import AnalystError
from agent.gather.queries import SearchQuery, SearchSetting, Subject
from agent.gather.query_maker import LexicalQueryMaker, MadeQueries
from agent.gather.wording import plain_words
from agent.llm import Chat
from agent.models import Budget, Usage
from agent.prompts import Fence, render
from agent.text.language import UNKNOWN, primary_language

_MOST_CHARS = 6_000
_MOST_CLAIMS = 30
_MOST_WORDS = 7


# Docstrings would be sent with every call.
class WrittenQuery(BaseModel):
    words: str = Field(max_length=300)
    language: str = Field(max_length=20)


class WrittenQueries(BaseModel):
    queries: list[WrittenQuery] = Field(max_length=40)


class ModelQueryMaker:
    """Implements `QueryMaker`. Where the model gives none, the built-in words do."""

    def __init__(self, chat: Chat, fence: Fence) -> None:
        self._chat = chat
        self._fence = fence

    async def make(self, subject: Subject, setting: SearchSetting, most: int, budget: Budget) -> MadeQueries:
        prompt = render(
            "queries",
            {
                "material": self._fence("article", _material(subject)),
                "most": str(most),
                "languages": ", ".join(setting.languages),
            },
        )
        try:
            answer = await self._chat.ask(prompt, WrittenQueries, budget=budget)
        except AnalystError as err:
            return await _without_model(subject, setting, most, err.usage or Usage(), str(err))
        made = _queries(answer.value, subject, setting, most)
        if not made:
            return await _without_model(subject, setting, most, answer.usage, "it wrote none")
        return MadeQueries(queries=made, usage=answer.usage)


async def _without_model(subject: Subject, setting: SearchSetting, most: int, usage: Usage, why: str) -> MadeQueries:
    made = await LexicalQueryMaker().make(subject, setting, most, RunBudget(0))
    return made.model_copy(
        update={"usage": usage, "note": f"the queries are the built-in ones, as the model gave none: {why}"}
    )


def _material(subject: Subject) -> str:
    article = subject.article
    day = f"published: {article.published_at:%Y-%m-%d}" if article.published_at else ""
    text = "\n".join(claim.text for claim in subject.claims[:_MOST_CLAIMS]) or article.text
    return "\n".join(filter(None, [day, f"title: {article.title}" if article.title else "", text[:_MOST_CHARS]]))


def _queries(written: WrittenQueries, subject: Subject, setting: SearchSetting, most: int) -> tuple[SearchQuery, ...]:
    """Plain words alone: whatever an article has made of the model, it can name no site and use no operator."""
    made: dict[tuple[str, ...], SearchQuery] = {}
    for one in written.queries:
        language = primary_language(one.language.strip().casefold())
        if language == UNKNOWN:
            language = subject.language
        if words := plain_words(one.words, _MOST_WORDS):
            made.setdefault(words, SearchQuery(words=words, language=language, country=setting.edition(language)))
    return tuple(made.values())[:most]
