"""What a source of coverage is asked, and what it answers: places to look at, and never evidence."""

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
    """Words to search for, the telling ones first, in the language `language`. `country` is whose edition is asked,
    where a source has several.

    `written_in` narrows to texts in a language, where the words are in another. `since` and `until` are the first and
    the last day; with `earliest_first` what was told first is wanted. With `sites`, nothing from elsewhere is.
    """

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
    """Where something may be reported. `url` is None where the source does not tell the address itself."""

    url: str | None
    title: str = ""
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    source: SourceName


class SourceFault(StrEnum):
    """Why a source did not answer. After `question` the next question may be answered; after the others not now."""

    KEY = "key"
    QUOTA = "quota"
    SETTING = "setting"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    MALFORMED = "malformed"
    QUESTION = "question"


class SourceError(Exception):
    """A source has no answer: whoever asks tells so beside what others found. Holds no key and no words that were
    searched for. `retry_after`: seconds for which it asked to be left alone."""

    def __init__(self, fault: SourceFault, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.fault = fault
        self.retry_after = retry_after


class SourceLimits(Frozen):
    """How a source may be asked: `pause` seconds between two questions, at most so many questions.

    `dated`: it can be asked for a range of days; `by_site`: for some sites alone. `speaks` is the one language in
    which it searches everything, None where it searches each language in its own words.
    """

    pause: float = 0.0
    questions: int = 10
    dated: bool = False
    by_site: bool = False
    speaks: str | None = None


class NewsSource(Protocol):
    """Somewhere to ask for coverage."""

    @property
    def name(self) -> SourceName: ...

    @property
    def limits(self) -> SourceLimits: ...

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        """What it knows, the likeliest first. Asks once; raises `SourceError`."""
