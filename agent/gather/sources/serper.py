"""Serper, which asks Google News: `POST /news` with a key in `X-API-KEY`."""

import json
from collections.abc import Mapping
from datetime import date

from pydantic import SecretStr

from agent.fetch.service import ServiceClient, ServiceReply
from agent.gather.answers import Json, check_status, hit, hits_of, moment, plain, read_json
from agent.gather.source import SearchQuestion, SourceError, SourceFault, SourceHit, SourceLimits, SourceName
from agent.gather.wording import with_sites

_NAME, _SETTING = "Serper", "ISNAD_SERPER_API_KEY"
_ADDRESS = "https://google.serper.dev/news"
# Each question costs a credit, each ten results beyond the first ten another one.
_LIMITS = SourceLimits(questions=8, dated=True, by_site=True)


class SerperSource:
    """Implements `NewsSource`."""

    name = SourceName.SERPER
    limits = _LIMITS

    def __init__(self, client: ServiceClient, key: SecretStr, address: str = _ADDRESS) -> None:
        self._client = client
        self._key = key
        self._address = address

    async def search(self, question: SearchQuestion) -> tuple[SourceHit, ...]:
        asked: dict[str, str | int] = {
            "q": with_sites(question.text, question.sites),
            "hl": question.language,
            "num": min(question.limit, 20),
        }
        if question.country is not None:
            asked["gl"] = question.country.lower()
        if question.since is not None and question.until is not None:
            asked["tbs"] = f"cdr:1,cd_min:{_american(question.since)},cd_max:{_american(question.until)}"
        headers = {
            "accept": "application/json",
            "content-type": "application/json",
            "x-api-key": self._key.get_secret_value(),
        }
        reply = await self._client.ask("POST", self._address, headers, json.dumps(asked).encode())
        _check(reply)
        return hits_of(_NAME, read_json(_NAME, reply.body).get("news"), _hit)[: question.limit]


def _american(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _check(reply: ServiceReply) -> None:
    """An account without credits is told as a bad question."""
    if reply.status == 400 and "credit" in plain(reply.body[:600].decode("utf-8", "replace")).casefold():
        raise SourceError(SourceFault.QUOTA, f"{_NAME}: the credits of the key are used up")
    check_status(_NAME, reply, _SETTING)


def _hit(fields: Mapping[str, Json]) -> SourceHit | None:
    """Most dates are told as so many hours ago, which is no date."""
    return hit(
        SourceName.SERPER, fields.get("link"), fields.get("title"), fields.get("source"), moment(fields.get("date"))
    )
