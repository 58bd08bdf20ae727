"""Reads what a host's robots.txt allows (RFC 9309), with protego, and keeps it for a while."""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx2
from protego import Protego

from agent.errors import FetchError, FetchFailed, FetchReason, FetchRefused
from agent.fetch.exchange import BodyLimit, HttpReply
from agent.fetch.url import checked_url, shown
from agent.retry_after import retry_after

# The name under which a robots.txt can speak to us.
ROBOT = "Isnad"
# The least that has to be read by the RFC; what comes after it is ignored there too.
_READ_BYTES = 500 * 1024
_REDIRECTS = 5
_SITES_REMEMBERED = 512
_GOOD_FOR_SECONDS = 24 * 3600.0
_RETRY_AFTER_SECONDS = 300.0

# Our name ends where a name does: "Isnad/1.2" is us, "Isnad-news" is not.
_NAMES_US = re.compile(rf"\s*user[- ]?agent(?:\s*:|\s)\s*{ROBOT}(?![\w-])", re.IGNORECASE)
# With the spellings that protego reads.
_DEFINED = re.compile(r"\s*(user[- ]?agent|allow|diss?all?ow|diasllow|disallaw)(?:\s*:|\s)", re.IGNORECASE)

Ask = Callable[[httpx2.URL, BodyLimit], Awaitable[HttpReply]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows robots. `all_rules` are all its rules, `access` those of them that say who may read what.
    `silence` is what stands in the way where the host could not be asked: nothing is allowed until it can be."""

    all_rules: Protego
    access: Protego
    until: float
    silence: str | None = None

    @property
    def pause(self) -> float:
        """The seconds that the host wants between two requests. 0 where it does not say."""
        rate = self.all_rules.request_rate(ROBOT)
        spread = rate.seconds / rate.requests if rate else 0.0
        return max(self.all_rules.crawl_delay(ROBOT) or 0.0, spread)

    def check(self, url: httpx2.URL, now: float) -> None:
        """Raises `FetchRefused` for an address that the rules close, and `FetchFailed` while they cannot be had. The
        moment `now` is one of the clock of `until`."""
        if self.silence is not None:
            raise FetchFailed(FetchReason.ROBOTS, self.silence, retry_after=self.until - now)
        if not self.access.can_fetch(str(url), ROBOT):
            raise FetchRefused(FetchReason.ROBOTS, f"{shown(url)} is not read: the host's robots.txt asks us not to")


class Robots:
    """The rules of each host. They are fetched once and kept for a while."""

    def __init__(self, ask: Ask, *, private: bool, clock: Callable[[], float]) -> None:
        self._ask = ask
        self._private = private
        self._clock = clock
        self._sites: OrderedDict[str, Rules] = OrderedDict()

    async def check(self, url: httpx2.URL) -> float:
        """The seconds that the host wants between two requests, 0 where it does not say.

        Raises `FetchRefused` for an address that is not allowed, `FetchFailed` where the host could not say, and what
        a request for the page would raise where the host cannot be reached.
        """
        rules = await self._rules(url)
        rules.check(url, self._clock())
        return rules.pause

    async def _rules(self, url: httpx2.URL) -> Rules:
        site = str(url.join("/"))
        rules = self._sites.get(site)
        if rules is None or rules.until <= self._clock():
            rules = self._sites[site] = await self._load(url.join("/robots.txt"))
        self._sites.move_to_end(site)
        while len(self._sites) > _SITES_REMEMBERED:
            self._sites.popitem(last=False)
        return rules

    async def _load(self, url: httpx2.URL) -> Rules:
        reply = await self._ask(url, BodyLimit(_READ_BYTES, cut=True, wants=_has_rules))
        try:
            reply = await self._followed(reply, url)
        except FetchError:
            # Its redirect leads nowhere, or where we do not go: as good as no robots.txt.
            return self._parsed("")
        if reply.status == httpx2.codes.TOO_MANY_REQUESTS or reply.status >= httpx2.codes.INTERNAL_SERVER_ERROR:
            return self._silent(reply, url)
        return self._parsed(reply.body.decode("utf-8-sig", "replace") if _has_rules(reply.response) else "")

    async def _followed(self, reply: HttpReply, url: httpx2.URL) -> HttpReply:
        for _ in range(_REDIRECTS):
            if not reply.response.has_redirect_location:
                return reply
            url = checked_url(str(url.join(reply.headers["location"])), private=self._private)
            reply = await self._ask(url, BodyLimit(_READ_BYTES, cut=True, wants=_has_rules))
        return reply

    def _parsed(self, text: str) -> Rules:
        lines = [f"User-agent: {ROBOT}" if _NAMES_US.match(line) else line for line in text.splitlines()]
        told = Protego.parse("\n".join(lines))
        return Rules(told, _access(lines) or told, self._clock() + _GOOD_FOR_SECONDS)

    def _silent(self, reply: HttpReply, url: httpx2.URL) -> Rules:
        wait = retry_after(reply.headers) or _RETRY_AFTER_SECONDS
        message = f"{shown(url)} answers {reply.status}: nothing of this host is read before it can be asked"
        return Rules(Protego(), Protego(), self._clock() + min(wait, _GOOD_FOR_SECONDS), message)


def _access(lines: Sequence[str]) -> Protego | None:
    """Where we are named: the rules without records that the RFC does not define.

    For protego 0.7 a `Crawl-delay` between two names ends the group of the first, which is then let in. Where only
    all robots are named, many hosts mean it so.
    """
    if not any(map(_NAMES_US.match, lines)):
        return None
    return Protego.parse("\n".join(filter(_DEFINED.match, lines)))


def _has_rules(response: httpx2.Response) -> bool:
    return response.status_code == httpx2.codes.OK
