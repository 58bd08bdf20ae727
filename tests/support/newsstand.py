"""A loopback web site of a newspaper: serves what a test puts there, and remembers what it answered."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml"
XML = "application/xml"
_STARTS_WITHIN_SECONDS = 240.0
_HELD_AT_MOST_SECONDS = 240.0


@dataclass(frozen=True)
class Served:
    """`endless`: the body again and again. `wait` is in seconds, before the answer; `held`, until that is set."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    endless: bool = False
    wait: float = 0
    held: threading.Event | None = None


class Newsstand:
    """Every answer has an ETag, and is 304 to who has it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.other = f"http://localhost:{port}"
        self.answered: list[tuple[str, int]] = []
        self._served: dict[str, Served] = {}

    def put(self, path: str, body: str | bytes, content_type: str = HTML) -> str:
        """Puts something there, and returns its address."""
        return self.serve(path, Served(body if isinstance(body, bytes) else body.encode(), content_type))

    def serve(self, path: str, served: Served) -> str:
        self._served[path] = served
        return self.url + path

    def statuses(self, path: str) -> list[int]:
        """What one address has answered since `forget`."""
        return [status for one, status in self.answered if one == path]

    def clear(self) -> None:
        """Empties it."""
        self._served.clear()
        self.forget()

    def forget(self) -> None:
        self.answered.clear()

    async def answer(self, request: Request) -> Response:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        served = self._served.get(path)
        if served is None:
            self.answered.append((path, 404))
            return PlainTextResponse("there is no such page", 404)
        await asyncio.sleep(served.wait)
        if served.held is not None:
            await asyncio.to_thread(served.held.wait, _HELD_AT_MOST_SECONDS)
        tag = served.headers.get("etag", f'"{sha256(served.body).hexdigest()[:16]}"')
        if served.status == 200 and request.headers.get("if-none-match") == tag:
            self.answered.append((path, 304))
            return Response(status_code=304, headers={"etag": tag})
        self.answered.append((path, served.status))
        headers = {"content-type": served.content_type, "etag": tag, **served.headers}
        if served.endless:
            return StreamingResponse(_again_and_again(served.body), served.status, headers)
        return Response(served.body, served.status, headers)


async def _again_and_again(body: bytes) -> AsyncIterator[bytes]:
    for _ in range(100_000):
        yield body
        await asyncio.sleep(0)


@contextmanager
def run_newsstand() -> Iterator[Newsstand]:
    """The site on a free port of this machine, in a thread of its own, gone at the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        stand = Newsstand(listener.getsockname()[1])
        app = Starlette(routes=[Route("/{path:path}", stand.answer)])
        config = uvicorn.Config(app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=0)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + _STARTS_WITHIN_SECONDS
        while not server.started:
            if time.monotonic() > until:
                raise TimeoutError("the newsstand did not open")
            time.sleep(0.005)
        try:
            yield stand
        finally:
            server.should_exit = True
            thread.join()


def page(text: str, title: str = "Harbour news", *, head: str = "", language: str = "en") -> str:
    """A page with an article in it."""
    return (
        f'<html lang="{language}"><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def story(number: int) -> str:
    """A short report like no other."""
    return (
        f"Ship number {number} came into the harbour on Monday with {number * 7} tons of grain, its captain said. "
        f"It had waited in the roads for {number + 2} days, and berth {number} was free for it at last."
    )


def rss(*items: str, title: str = "Bay Agency") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>"
    )


def item(link: str, title: str = "News", *, date: str = "", content: str = "", guid: str = "") -> str:
    parts = [f"<title>{title}</title><link>{link}</link>"]
    if date:
        parts.append(f"<pubDate>{date}</pubDate>")
    if guid:
        parts.append(f"<guid>{guid}</guid>")
    if content:
        parts.append(f"<content:encoded><![CDATA[{content}]]></content:encoded>")
    return f"<item>{''.join(parts)}</item>"


def sitemap(*entries: tuple[str, str]) -> str:
    """Of addresses with the days of their last change."""
    urls = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
