"""Outlets on a network of their own, in this process, that misbehave as drawn: what they answer to a fetcher."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from ssl import SSLContext

import httpcore2

from evals.reliability.simulation import Draw

_DAY = "2026-03-{day:02}T08:00:00Z"
_MARK = re.compile(r"\bR\d+-\d+\b")
_DRIP_SECONDS = 5.0
_HOURS = 7200
_PIECE = b"x" * 65_536
_OVERSIZED_PIECES = 100
_HEAD_END = b"\r\n\r\n"
_END = b""


class Mishap(StrEnum):
    """What an outlet may do instead of answering."""

    RATE_LIMITED = "429"
    AWAY_FOR_HOURS = "429 for hours"
    BUSY = "503"
    ERROR = "500"
    GONE = "404"
    HUNG_UP = "hung up"
    CUT = "cut body"
    DRIP = "slow drip"
    WRONG_TYPE = "wrong content type"
    CIRCLE = "redirect loop"
    ELSEWHERE = "redirect to another page"
    OVERSIZED = "oversized"
    WRONG_CHARSET = "wrong charset"
    FORGED = "another outlet's address"


# What a failure has to say when this was the last that the outlet did.
TOLD = {
    Mishap.RATE_LIMITED: "the host is busy",
    Mishap.AWAY_FOR_HOURS: "the host is busy",
    Mishap.BUSY: "the host is busy",
    Mishap.ERROR: "answers 500",
    Mishap.GONE: "answers 404",
    Mishap.HUNG_UP: "does not answer in proper HTTP",
    Mishap.CUT: "does not answer in proper HTTP",
    Mishap.DRIP: "was not read in",
    Mishap.WRONG_TYPE: "image/png",
    Mishap.CIRCLE: "redirects in a circle",
    Mishap.OVERSIZED: "more",
}
# Of the whole host, whatever page was asked for; and of the time that a page has, with all its tries.
TOLD_OF_ANY = ("asks to be left alone", "nothing of this host is read", TOLD[Mishap.DRIP])


@dataclass(frozen=True)
class Page:
    """`edition` counts from 1; the text of every edition of every page is like no other."""

    outlet: int
    number: int

    @property
    def url(self) -> str:
        return f"http://outlet-{self.outlet}.example/{self.number}"

    @property
    def mark(self) -> str:
        return f"R{self.outlet}-{self.number}"

    def text(self, edition: int) -> str:
        return (
            f"{self.mark} came into the harbour on Monday with {100 + edition} tons of grain, Captain Müller said. "
            f"قالت إدارة الميناء إن السفينة {self.mark} انتظرت {edition + 2} أيام قبل أن تدخل الميناء. "
            f"Berth {self.number} had been free for {self.mark} since noon, and edition {edition} ends here."
        )


def marks(text: str) -> set[str]:
    """Of which pages a text tells."""
    return set(_MARK.findall(text))


class Press:
    """`last` is what came of the newest question for a URL, None when it was answered as it should be."""

    def __init__(self, seed: int, outlets: int, pages: int, share: float) -> None:
        self.pages = [Page(outlet, number) for outlet in range(outlets) for number in range(pages)]
        self.feeds = [f"http://outlet-{outlet}.example/feed" for outlet in range(outlets)]
        self.editions = dict.fromkeys(self.pages, 1)
        self.mishaps: Counter[Mishap | str] = Counter()
        self.last: dict[str, Mishap | None] = {}
        self.answers = 0
        self._rng = Random(f"{seed} editions")
        self._draw = Draw(seed, share)

    def print_anew(self, share: float) -> None:
        """Some pages have a new edition."""
        for page in self.pages:
            self.editions[page] += self._rng.random() < share

    def calm(self) -> None:
        """All goes well from now on."""
        self._draw = Draw(0, 0)

    def answer(self, head: str) -> Iterator[bytes | float]:
        """Pieces of the answer, and pauses between them in seconds; `b""` hangs up."""
        self.answers += 1
        path, _, query = head.split(" ", 2)[1].partition("?")
        host = re.search(r"(?i)^host: *(\S+)", head, re.MULTILINE)
        url = f"http://{host[1] if host else ''}{path}"
        if query:
            return iter([self._circle(url)])
        rng = self._draw.trouble(url)
        if path == "/robots.txt":
            return iter(self._rules(rng))
        kind = rng.choice(_OF_FEEDS if path == "/feed" else list(Mishap)) if rng else None
        self.last[url] = kind
        outlet = int(url.partition("outlet-")[2].partition(".")[0])
        if path == "/feed":
            tag, content, content_type = None, self._feed(outlet), "application/atom+xml"
        else:
            page = Page(outlet, int(path[1:]))
            tag, content, content_type = (
                f'"{self.editions[page]}"',
                self._page(page, kind),
                "text/html; charset=utf-8",
            )
        if kind is not None and rng is not None:
            self.mishaps[kind] += 1
            return iter(self._spoiled(kind, rng, url, content, content_type))
        if tag is not None and f"if-none-match: {tag}" in head.casefold():
            return iter([_answer(b"", "304 Not Modified", etag=tag)])
        return iter([_answer(content, content_type=content_type, etag=tag or "")])

    def _rules(self, rng: Random | None) -> Iterable[bytes]:
        if rng is None or rng.random() < 0.7:
            return [_answer(b"", "404 Not Found")]
        self.mishaps["robots.txt 503"] += 1
        return [_answer(b"", "503 Busy")]

    def _spoiled(
        self, kind: Mishap, rng: Random, url: str, content: bytes, content_type: str
    ) -> Iterable[bytes | float]:
        match kind:
            case Mishap.RATE_LIMITED:
                return [_answer(b"", "429 Too Many Requests", retry_after=str(rng.randrange(1, 50)))]
            case Mishap.AWAY_FOR_HOURS:
                return [_answer(b"", "429 Too Many Requests", retry_after=str(_HOURS))]
            case Mishap.BUSY:
                return [_answer(b"", "503 Service Unavailable")]
            case Mishap.ERROR:
                return [_answer(b"", "500 Internal Server Error")]
            case Mishap.GONE:
                return [_answer(b"", "404 Not Found")]
            case Mishap.HUNG_UP:
                return [_END]
            case Mishap.CUT:
                whole = _answer(content, content_type=content_type)
                return [whole[: -len(content) // 2], _END]
            case Mishap.DRIP:
                whole = _answer(content, content_type=content_type)
                return [piece for byte in whole for piece in (_DRIP_SECONDS, bytes([byte]))]
            case Mishap.WRONG_TYPE:
                return [_answer(b"\x89PNG\r\n\x1a\n" + content, content_type="image/png")]
            case Mishap.CIRCLE:
                return [self._circle(url)]
            case Mishap.ELSEWHERE:
                return [_answer(b"", "302 Found", location=self._other(url).url)]
            case Mishap.OVERSIZED:
                head = _answer(b"", content_type=content_type, content_length="")
                return [head, *[_PIECE] * _OVERSIZED_PIECES, _END]
            case Mishap.WRONG_CHARSET:
                told = rng.choice(("windows-1256", "iso-8859-1", "utf-16", "ascii", "none-such"))
                return [_answer(content, content_type=f"text/html; charset={told}")]
            case Mishap.FORGED:
                return [_answer(content, content_type=content_type)]

    def _circle(self, url: str) -> bytes:
        return _answer(b"", "302 Found", location=f"{url}?again")

    def _other(self, url: str) -> Page:
        at = next(place for place, page in enumerate(self.pages) if page.url == url)
        first = at - self.pages[at].number
        return self.pages[first + (self.pages[at].number + 1) % (len(self.pages) // len(self.feeds))]

    def _page(self, page: Page, kind: Mishap | None) -> bytes:
        named = Page((page.outlet + 1) % len(self.feeds), page.number) if kind is Mishap.FORGED else page
        return (
            f'<html lang="en"><head><title>Harbour news</title><link rel="canonical" href="{named.url}"></head>'
            f"<body><article><h1>Harbour news</h1><p>{page.text(self.editions[page])}</p></article></body></html>"
        ).encode()

    def _feed(self, outlet: int) -> bytes:
        entries = "".join(
            f'<entry><id>{page.url}</id><title>Harbour news</title><link href="{page.url}"/>'
            f"<updated>{_DAY.format(day=edition)}</updated></entry>"
            for page, edition in self.editions.items()
            if page.outlet == outlet
        )
        return (
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>x</id>'
            f"<title>Outlet {outlet}</title><updated>2026-03-01T08:00:00Z</updated>{entries}</feed>"
        ).encode()


# What says nothing of a feed is left out.
_OF_FEEDS = [
    kind for kind in Mishap if kind not in (Mishap.ELSEWHERE, Mishap.WRONG_CHARSET, Mishap.FORGED)
]  # fmt: skip


def _answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    named = {"content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines]).encode() + _HEAD_END + body


class PressNetwork(httpcore2.AsyncMockBackend):
    """Every connection leads to the press. To be dialled below the guard."""

    def __init__(self, press: Press) -> None:
        super().__init__([])
        self._press = press

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        return _Connection(self._press)

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """A public address for any name."""
        return ["93.184.216.34"]


class _Connection(httpcore2.AsyncNetworkStream):
    def __init__(self, press: Press) -> None:
        self._press = press
        self._asked = b""
        self._coming: Iterator[bytes | float] = iter(())

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        self._asked += buffer
        if self._asked.endswith(_HEAD_END):
            self._coming, self._asked = self._press.answer(self._asked.decode("latin-1")), b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        for piece in self._coming:
            if isinstance(piece, bytes):
                return piece
            await asyncio.sleep(piece)
        return _END

    async def aclose(self) -> None:
        self._coming = iter(())

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore2.AsyncNetworkStream:
        return self

    def get_extra_info(self, info: str) -> object:
        return None
