"""Brave's News Search API: `GET /res/v1/news/search` with a key in `X-Subscription-Token`."""

from collections.abc import Mapping
from urllib.parse import urlencode

from pydantic import SecretStr

from agent.fetch.service import ServiceClient, ServiceReply
from agent.gather.answers import Json, check_status, hit, hits_of, moment, read_json
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName
from agent.gather.wording import with_sites

_NAME, _SETTING = "Brave", "ISNAD_BRAVE_API_KEY"
_ADDRESS = "https://api.search.brave.com/res/v1/news/search"
# One question a second is what its smallest plan allows.
_LIMITS = SourceLimits(pause=1.1, questions=8, dated=True, by_site=True)
_MOST_RESULTS = 50
_LONGEST_QUESTION, _MOST_WORDS = 400, 50
# Its own names for some languages; one that it does not know it refuses, so that is left out.
_LANGUAGES = {"zh": "zh-hans", "ja": "jp", "pt": "pt-pt", "no": "nb"} | {
    code: code
    for code in (
        "ar eu bn bg ca hr cs da nl en et fi fr gl de gu he hi hu is it kn ko lv lt ms ml mr nb pl pa ro ru sr sk sl"
        " es sv ta te th tr uk vi"
    ).split()
}


class BraveSource:
    """Implements `NewsSource`."""

    name = SourceName.BRAVE
    limits = _LIMITS

    def __init__(self, client: ServiceClient, key: SecretStr, address: str = _ADDRESS) -> None:
        self._client = client
        self._key = key
        self._address = address

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        asked = {
            "q": _bounded(with_sites(question.text, question.sites), question.text),
            "count": str(min(question.limit, _MOST_RESULTS)),
            "country": "ALL",
            "spellcheck": "0",
        }
        if (language := _LANGUAGES.get(question.language)) is not None:
            asked["search_lang"] = language
        if question.since is not None and question.until is not None:
            asked["freshness"] = f"{question.since.isoformat()}to{question.until.isoformat()}"
        headers = {"accept": "application/json", "x-subscription-token": self._key.get_secret_value()}
        reply = await self._client.ask("GET", f"{self._address}?{urlencode(asked)}", headers)
        _check(reply)
        return hits_of(_NAME, read_json(_NAME, reply.body).get("results"), _hit)[: question.limit]


def _bounded(whole: str, words: str) -> str:
    """Too many sites make too long a question: then without them."""
    return whole if len(whole) <= _LONGEST_QUESTION and len(whole.split()) <= _MOST_WORDS else words


def _check(reply: ServiceReply) -> None:
    """Of several limits, the one of the month is no matter of waiting; a bad key comes as a bad question."""
    code = _code(reply)
    if reply.status == 429:
        left = _numbers(reply.headers.get("x-ratelimit-remaining", ""))
        resets = _numbers(reply.headers.get("x-ratelimit-reset", ""))
        if code == "QUOTA_LIMITED" or (len(left) > 1 and left[-1] == 0):
            raise SourceError(SourceFault.QUOTA, f"{_NAME}: what the plan of the key allows is used up")
        if "retry-after" not in reply.headers and resets:
            wait = float(min(resets))
            raise SourceError(SourceFault.BUSY, f"{_NAME} asks to be left alone, for {wait:.0f} s (429)", wait)
    if code in ("SUBSCRIPTION_TOKEN_INVALID", "OPTION_NOT_IN_PLAN", "RESOURCE_NOT_ALLOWED"):
        raise SourceError(SourceFault.KEY, f"{_NAME} does not take the key ({code}): look at {_SETTING}")
    check_status(_NAME, reply, _SETTING)


def _code(reply: ServiceReply) -> str | None:
    if reply.status == 200:
        return None
    try:
        error = read_json(_NAME, reply.body).get("error")
    except SourceError:
        return None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else None


def _numbers(text: str) -> list[int]:
    return [
        int(one) for one in text.replace(" ", "").split(",") if one.isascii() and one.isdecimal() and len(one) < 12
    ]


def _hit(fields: Mapping[str, Json]) -> SourceHit | None:
    place = fields.get("meta_url")
    host = place.get("hostname") if isinstance(place, dict) else None
    return hit(SourceName.BRAVE, fields.get("url"), fields.get("title"), host, moment(fields.get("page_age")))
