"""Media Cloud, the open archive of online news: `GET /api/search/story-list` with a key in `Authorization`."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from pydantic import SecretStr

from agent.fetch.service import ServiceClient, ServiceReply
from agent.gather.answers import Json, check_status, hit, hits_of, moment, plain, read_json
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName
from agent.gather.wording import any_of

_NAME, _SETTING = "Media Cloud", "ISNAD_MEDIA_CLOUD_API_KEY"
_ADDRESS = "https://search.mediacloud.org/api/search/story-list"
_PLATFORM = "onlinenews-mediacloud"
# Two questions a minute are allowed, and each week so many.
_LIMITS = SourceLimits(pause=31.0, questions=3, dated=True, by_site=True)
_USUAL_DAYS = timedelta(days=30)


class MediaCloudSource:
    """Implements `NewsSource`. Without `collections` all that it has is searched, which takes long."""

    name = SourceName.MEDIA_CLOUD
    limits = _LIMITS

    def __init__(
        self, client: ServiceClient, key: SecretStr, collections: str | None = None, address: str = _ADDRESS
    ) -> None:
        self._client = client
        self._key = key
        self._collections = collections
        self._address = address

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        until = question.until or datetime.now(UTC).date()
        items = [*question.words, f"language:{question.language}", any_of("canonical_domain", question.sites)]
        asked = {
            "q": " AND ".join(filter(None, items)),
            "start": (question.since or until - _USUAL_DAYS).isoformat(),
            "end": until.isoformat(),
            "platform": _PLATFORM,
            "page_size": str(question.limit),
        }
        if question.earliest_first:
            asked["sort_order"] = "asc"
        if self._collections is not None:
            asked["cs"] = self._collections.replace(" ", "")
        headers = {"accept": "application/json", "authorization": f"Token {self._key.get_secret_value()}"}
        reply = await self._client.ask("GET", f"{self._address}?{urlencode(asked)}", headers)
        _check(reply)
        return hits_of(_NAME, read_json(_NAME, reply.body).get("stories"), _hit)[: question.limit]


def _check(reply: ServiceReply) -> None:
    """What is over the quota of the week is told as forbidden."""
    if reply.status == 403 and "quota" in plain(reply.body[:600].decode("utf-8", "replace")).casefold():
        raise SourceError(SourceFault.QUOTA, f"{_NAME}: what the key may ask in a week is used up")
    check_status(_NAME, reply, _SETTING)


def _hit(fields: Mapping[str, Json]) -> SourceHit | None:
    return hit(
        SourceName.MEDIA_CLOUD,
        fields.get("url"),
        fields.get("title"),
        fields.get("media_name"),
        moment(fields.get("publish_date")),
    )
