"""The interface of sources that are searched for coverage. They answer with addresses to fetch, never with
evidence."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from pydantic import AwareDatetime

from agent.models import Frozen


class SourceName(StrEnum):
    SEARXNG = "searxng"
    GDELT = "gdelt"
    GOOGLE_NEWS = "google-news"
    BRAVE = "brave"
    SERPER = "serper"
    MEDIA_CLOUD = "media-cloud"
    DDGS = "ddgs"
    FEEDS = "feeds"


class SearchQuestion(Frozen):
    """What a source is asked: words in the language `language`, the most telling first. `country` is the edition that
    is asked, where a source has several. `written_in` narrows the answer to texts in another language than that of
    the words. `since` and `until` are the first and the last day, both included. With `earliest_first` the oldest
    hits come first. With `sites`, only these are searched."""

    words: tuple[str, ...]
    language: str
    country: str | None = None
    written_in: str | None = None
    since: date | None = None
    until: date | None = None
    earliest_first: bool = False
    sites: tuple[str, ...] = ()
    limit: int = 20

    @property
    def text(self) -> str:
        return " ".join(self.words)


class SourceHit(Frozen):
    """A place where something may be reported. `url` is None where the source does not give the address itself."""

    url: str | None
    title: str = ""
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    source: SourceName


class SourceFault(StrEnum):
    """Why a source did not answer. Only after `QUESTION` is the next question worth asking now."""

    KEY = "key"
    QUOTA = "quota"
    SETTING = "setting"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    MALFORMED = "malformed"
    QUESTION = "question"


class SourceError(Exception):
    """Raised where a source has no answer. Its message holds no key and no words of the question. `retry_after` is
    for how many seconds the source asked to be left alone."""

    def __init__(self, fault: SourceFault, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.fault = fault
        self.retry_after = retry_after


class SourceLimits(Frozen):
    """How a source may be asked. `pause` are the seconds between two questions. `dated`: it can be asked for a range
    of days. `by_site`: it can be asked for single sites. `speaks` is the language in which it indexes everything;
    None where it searches each language in its own words."""

    pause: float = 0.0
    questions: int = 10
    dated: bool = False
    by_site: bool = False
    speaks: str | None = None


class NewsSource(Protocol):
    """A service that can be searched for coverage."""

    @property
    def name(self) -> SourceName: ...

    @property
    def limits(self) -> SourceLimits: ...

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        """The hits for a question, the likeliest first. Asks once. Raises `SourceError`."""
