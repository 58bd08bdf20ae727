"""SearXNG, a metasearch engine that one runs oneself: `GET /search?format=json`."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import unquote, urlencode, urlsplit

from agent.fetch.service import ServiceClient
from agent.gather.answers import Json, check_status, hit, hits_of, moment, plain, read_json
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName
from agent.gather.wording import range_to_now, with_sites

_NAME = "SearXNG"
# It asks many engines in our name, and they are quick to shut their doors.
_LIMITS = SourceLimits(pause=1.0, questions=12, by_site=True)
# The ranges that it knows end now, whatever was asked for.
_RANGES = ((1, "day"), (7, "week"), (31, "month"), (366, "year"))
_MOST_NAMED = 3


class SearxngSource:
    """Implements `NewsSource`. Its address may carry a name and a password."""

    name = SourceName.SEARXNG
    limits = _LIMITS

    def __init__(self, client: ServiceClient, address: str) -> None:
        self._client = client
        parts = urlsplit(address)
        place = parts.netloc.rpartition("@")[2]
        self._url = f"{parts.scheme}://{place}{parts.path.rstrip('/').removesuffix('/search')}/search"
        self._headers = {"accept": "application/json", **_authorization(parts.username, parts.password)}

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        asked = {
            "q": with_sites(question.text, question.sites),
            "format": "json",
            "categories": "news",
            "language": question.language,
        }
        if (range_ := range_to_now(question.since, datetime.now(UTC).date(), _RANGES)) is not None:
            asked["time_range"] = range_
        reply = await self._client.ask("GET", f"{self._url}?{urlencode(asked)}", self._headers)
        if reply.status == 403:
            raise SourceError(
                SourceFault.SETTING, f"{_NAME} answers 403: put json into search.formats of its settings.yml"
            )
        check_status(_NAME, reply)
        parsed = read_json(_NAME, reply.body)
        found = hits_of(_NAME, parsed.get("results"), _hit)
        if not found and (silent := _silent(parsed.get("unresponsive_engines"))):
            raise SourceError(SourceFault.UNREACHABLE, f"the engines of {_NAME} do not answer: {silent}")
        return found[: question.limit]


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    if user is None and password is None:
        return {}
    text = f"{unquote(user or '')}:{unquote(password or '')}"
    return {"authorization": f"Basic {b64encode(text.encode()).decode()}"}


def _hit(fields: Mapping[str, Json]) -> SourceHit | None:
    return hit(
        SourceName.SEARXNG, fields.get("url"), fields.get("title"), published_at=moment(fields.get("publishedDate"))
    )


def _silent(parsed: Json) -> str:
    """The engines, each with its reason, as it tells them: pairs in a list."""
    if not isinstance(parsed, list):
        return ""
    named = [": ".join(filter(None, map(plain, one[:2]))) for one in parsed if isinstance(one, list)]
    return ", ".join([*named[:_MOST_NAMED], *["…"] * (len(named) > _MOST_NAMED)])
