"""A loopback web server that answers what a test tells it, to the byte, and remembers what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ssl import SSLContext

_HEAD_END = b"\r\n\r\n"

# Raw bytes of a whole answer, or the pieces of one that has no end of its own.
Answer = bytes | Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Site:
    """Paths answer in turn from their script, the last answer again and again; other paths answer 404."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[Asked] = []
        self.busy = 0
        self.most_at_once = 0
        self._scripts: dict[str, list[Answer]] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def at(self, path: str, *answers: Answer) -> None:
        self._scripts[path] = list(answers)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._serve_one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        asked = await _read(reader)
        self.asked.append(asked)
        self.busy += 1
        self.most_at_once = max(self.most_at_once, self.busy)
        try:
            # Others get the chance to ask meanwhile, which is what one host is to be spared.
            await asyncio.sleep(0.002)
            answer = self._next(asked.path)
            async for piece in answer() if callable(answer) else _whole(answer):
                writer.write(piece)
                await writer.drain()
        finally:
            self.busy -= 1
        return not callable(answer) and b"connection: close" not in answer[:200]

    def _next(self, path: str) -> Answer:
        script = self._scripts.get(path, [respond(b"no such page", status="404 Not Found")])
        return script.pop(0) if len(script) > 1 else script[0]


@asynccontextmanager
async def open_site(tls: SSLContext | None = None) -> AsyncIterator[Site]:
    """The site on a free port of this machine, gone at the end with all that still hangs on it."""
    site = Site()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await site.serve(reader, writer)
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def respond(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; header names with `_` for `-`. HTML unless told otherwise."""
    named = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines]).encode() + _HEAD_END + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return respond(status=status, location=location)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(_HEAD_END)).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))


async def _whole(answer: bytes) -> AsyncIterator[bytes]:
    yield answer
