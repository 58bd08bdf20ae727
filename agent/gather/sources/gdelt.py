"""GDELT's DOC 2.0 API: what online news of the world reported, searched in English whatever it was written in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from urllib.parse import urlencode

from agent.fetch.service import ServiceClient, ServiceReply
from agent.gather.answers import Json, check_status, hit, hits_of, malformed, moment, plain, read_json
from agent.gather.places import language_name
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName
from agent.gather.wording import any_of

_NAME = "GDELT"
_ADDRESS = "https://api.gdeltproject.org/api/v2/doc/doc"
# It wants five seconds between two questions.
_LIMITS = SourceLimits(pause=5.5, questions=8, dated=True, by_site=True, speaks="en")
# All words have to be there, and each makes less come back.
_MOST_WORDS = 4
_SHORTEST_WORD = 3
_SEEN = "%Y%m%dT%H%M%SZ"
_PLEASE_WAIT = "please limit requests"


class GdeltSource:
    """Implements `NewsSource`."""

    name = SourceName.GDELT
    limits = _LIMITS

    def __init__(self, client: ServiceClient, address: str = _ADDRESS) -> None:
        self._client = client
        self._address = address

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        words = [word for word in question.words if len(word) >= _SHORTEST_WORD][:_MOST_WORDS]
        if not words:
            raise SourceError(SourceFault.QUESTION, f"{_NAME} takes no words as short as these")
        asked = [*words, any_of("domainis", question.sites)]
        if question.written_in is not None and (language := language_name(question.written_in)):
            asked.append(f"sourcelang:{language}")
        given = {
            "query": " ".join(filter(None, asked)),
            "mode": "artlist",
            "format": "json",
            "maxrecords": str(question.limit),
            "sort": "dateasc" if question.earliest_first else "hybridrel",
            **_days(question.since, question.until),
        }
        reply = await self._client.ask("GET", f"{self._address}?{urlencode(given)}")
        return hits_of(_NAME, _read(reply).get("articles"), _hit)[: question.limit]


def _days(since: date | None, until: date | None) -> dict[str, str]:
    if since is None or until is None:
        return {}
    last = min(datetime.combine(until, time(23, 59, 59), UTC), datetime.now(UTC))
    return {"startdatetime": f"{since:%Y%m%d}000000", "enddatetime": f"{last:%Y%m%d%H%M%S}"}


def _read(reply: ServiceReply) -> dict[str, Json]:
    """What it has to complain of it says in a sentence, with a status of 200."""
    sentence = plain(reply.body[:600].decode("utf-8", "replace"))
    if _PLEASE_WAIT in sentence.casefold():
        raise SourceError(SourceFault.BUSY, f"{_NAME} wants to be asked less often", _LIMITS.pause)
    check_status(_NAME, reply)
    if not reply.body.strip():
        return {}
    if not reply.body.lstrip().startswith((b"{", b"\xef\xbb\xbf")):
        if "<" in reply.body[:600].decode("utf-8", "replace") or not sentence:
            raise malformed(_NAME)
        raise SourceError(SourceFault.QUESTION, f"{_NAME} does not take the question: {sentence[:200]}")
    return read_json(_NAME, reply.body)


def _hit(fields: Mapping[str, Json]) -> SourceHit | None:
    seen = moment(fields.get("seendate"), _SEEN)
    return hit(SourceName.GDELT, fields.get("url"), fields.get("title"), fields.get("domain"), seen)
