"""Reading one page: robots.txt, redirects, one more try, and what the status means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import httpx2

from agent.errors import FetchFailed, FetchReason, FetchRefused
from agent.fetch.content import ACCEPT, charset, content_type, is_packed, is_wanted, size_limit, unpacked
from agent.fetch.exchange import BodyLimit, Exchange, HttpReply
from agent.fetch.fetched import Fetched, NotModified, PageGone, PostResponse, Validators, Wanted
from agent.fetch.polite import Host, PolitenessPolicy
from agent.fetch.robots import Robots
from agent.fetch.url import checked_url, host_key, shown
from agent.retry_after import retry_after

_REDIRECTS = 5
_READ = (httpx2.codes.OK, httpx2.codes.NON_AUTHORITATIVE_INFORMATION)
_BUSY = (httpx2.codes.TOO_MANY_REQUESTS, httpx2.codes.SERVICE_UNAVAILABLE)
_BUSY_SECONDS = 5.0
_WORTH_ANOTHER_TRY = (FetchReason.UNREACHABLE, FetchReason.MALFORMED)
_VALIDATOR_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class _Question:
    asked: str
    kind: Wanted
    limit: int
    headers: Mapping[str, str]
    conditional: bool

    @property
    def reading(self) -> BodyLimit:
        return BodyLimit(self.limit, wants=self._wants)

    def _wants(self, response: httpx2.Response) -> bool:
        if response.status_code not in _READ:
            return False
        result = content_type(response.headers)
        if not is_wanted(result, self.kind):
            raise FetchRefused(FetchReason.CONTENT_TYPE, f"it is {result[:80]!r}")
        return True


# What was posted has arrived, whatever the answer looks like: one that needs unpacking is left unread.
_ANSWER = BodyLimit(64 * 1024, cut=True, wants=lambda response: "content-encoding" not in response.headers)


class WebFetcher:
    """Implements `Fetcher`."""

    def __init__(
        self, exchange: Exchange, manners: PolitenessPolicy, robots: Robots, *, private: bool, page_mb: int
    ) -> None:
        self._exchange = exchange
        self._manners = manners
        self._robots = robots
        self._private = private
        self._page_mb = page_mb

    async def get(
        self,
        url: str,
        *,
        kind: Wanted = "page",
        validators: Validators | None = None,
        secret: Mapping[str, str] | None = None,
    ) -> Fetched | NotModified | PageGone:
        given = validators or Validators()
        headers = {"accept": ACCEPT[kind], **_conditions(given)}
        question = _Question(url, kind, size_limit(kind, self._page_mb), headers, given != Validators())
        target = checked_url(url, private=self._private)
        first, seen = _origin(target), set[httpx2.URL]()
        while len(seen) <= _REDIRECTS:
            seen.add(target)
            fields = {**headers, **(secret or {})} if _origin(target) == first else headers
            reply = await self._ask(target, replace(question, headers=fields))
            if not reply.response.has_redirect_location:
                return _outcome(reply, target, question)
            target = self._next(target, reply, seen)
        raise FetchFailed(FetchReason.REDIRECTS, f"{shown(url)} redirects more than {_REDIRECTS} times")

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> PostResponse:
        target = checked_url(url, private=self._private)
        async with self._manners.at_once:
            reply = await self._exchange.ask("POST", target, headers or {}, _ANSWER, body)
        return PostResponse(url, reply.status, reply.body, retry_after(reply.headers))

    async def _ask(self, url: httpx2.URL, question: _Question) -> HttpReply:
        """A second try is made for a connection that broke and a host that is busy: one, whatever comes of it."""
        try:
            return await self._ask_once(url, question)
        except FetchFailed as err:
            if err.status not in _BUSY and err.reason not in _WORTH_ANOTHER_TRY:
                raise
        return await self._ask_once(url, question)

    async def _ask_once(self, url: httpx2.URL, question: _Question) -> HttpReply:
        async with self._manners.turn(host_key(url)) as host:
            self._manners.slow_down(host, await self._robots.check(url))
            reply = await self._exchange.ask("GET", url, question.headers, question.reading)
            if reply.status in _BUSY:
                raise self._busy(url, host, reply)
            return reply

    def _busy(self, url: httpx2.URL, host: Host, reply: HttpReply) -> FetchFailed:
        wait = retry_after(reply.headers)
        self._manners.leave_alone(host, _BUSY_SECONDS if wait is None else wait)
        message = f"{shown(url)} answers {reply.status}: the host is busy"
        return FetchFailed(FetchReason.RATE_LIMITED, message, status=reply.status, retry_after=wait)

    def _next(self, url: httpx2.URL, reply: HttpReply, seen: set[httpx2.URL]) -> httpx2.URL:
        try:
            joined = url.join(reply.headers["location"])
        except (httpx2.InvalidURL, UnicodeError) as err:
            raise FetchFailed(FetchReason.REDIRECTS, f"{shown(url)} redirects to what is no URL") from err
        target = checked_url(str(joined), private=self._private)
        if url.scheme == "https" and target.scheme == "http":
            message = f"{shown(url)} is not read: it redirects from https to plain http, {shown(target)}"
            raise FetchRefused(FetchReason.DOWNGRADE, message)
        if target in seen:
            raise FetchFailed(FetchReason.REDIRECTS, f"{shown(url)} redirects in a circle, to {shown(target)}")
        return target


def _origin(url: httpx2.URL) -> tuple[str, str]:
    return url.scheme, host_key(url)


def _outcome(reply: HttpReply, url: httpx2.URL, question: _Question) -> Fetched | NotModified | PageGone:
    if reply.status == httpx2.codes.NOT_MODIFIED and question.conditional:
        return NotModified(question.asked, str(url))
    if reply.status == httpx2.codes.NOT_FOUND:
        return PageGone(question.asked, str(url), 404)
    if reply.status == httpx2.codes.GONE:
        return PageGone(question.asked, str(url), 410)
    if reply.status not in _READ:
        message = f"{shown(url)} answers {reply.status}"
        raise FetchFailed(FetchReason.STATUS, message, status=reply.status)
    result = content_type(reply.headers)
    return Fetched(
        url=question.asked,
        final_url=str(url),
        status=reply.status,
        content_type=result,
        charset=charset(reply.response),
        body=unpacked(reply.body, question.limit) if is_packed(result, reply.body) else reply.body,
        validators=Validators(_kept(reply, "etag"), _kept(reply, "last-modified")),
    )


def _conditions(validators: Validators) -> dict[str, str]:
    named = {"if-none-match": validators.etag, "if-modified-since": validators.last_modified}
    return {name: value for name, value in named.items() if value is not None and _is_plain(value)}


def _kept(reply: HttpReply, header: str) -> str | None:
    value = reply.headers.get(header)
    return value if value is not None and _is_plain(value) else None


def _is_plain(value: str) -> bool:
    """Fit to be sent back in a header, as it is going to be."""
    return 0 < len(value) <= _VALIDATOR_LENGTH and value.isascii() and value.isprintable()
