"""A loopback web site that serves what a test puts there, and remembers what it was asked."""

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

_STARTS_WITHIN_SECONDS = 10.0


@dataclass(frozen=True)
class Served:
    """What an address answers. `endless`: the body again and again. `validate`: an ETag, and 304 for it."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validate: bool = True
    endless: bool = False
    wait: float = 0


class Site:
    """`site.put("/a", …)` serves, `site.asked` are the paths that were asked for, `site.answered` with what status."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.pages: dict[str, Served] = {}
        self.answered: list[tuple[str, int]] = []

    def put(self, path: str, body: str | bytes = b"", content_type: str = "text/html; charset=utf-8", **more: object) -> str:
        """Puts something there, and returns its address."""
        data = body if isinstance(body, bytes) else body.encode()
        self.pages[path] = Served(data, content_type, **more)  # type: ignore[arg-type]  # passed on as they come
        return self.url + path

    def remove(self, path: str, status: int = 410) -> None:
        self.put(path, status=status)

    def asked(self, path: str) -> list[int]:
        """The statuses that one address has answered."""
        return [status for one, status in self.answered if one == path]

    def forget(self) -> None:
        self.answered.clear()

    async def answer(self, request: Request) -> Response:
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        served = self.pages.get(path)
        if served is None:
            self.answered.append((path, 404))
            return PlainTextResponse("there is no such page", 404)
        if served.wait:
            await asyncio.sleep(served.wait)
        headers = {"content-type": served.content_type, **served.headers}
        if served.validate and served.status == 200:
            headers["etag"] = f'"{sha256(served.body).hexdigest()[:16]}"'
            if request.headers.get("if-none-match") == headers["etag"]:
                self.answered.append((path, 304))
                return Response(status_code=304, headers={"etag": headers["etag"]})
        self.answered.append((path, served.status))
        if served.endless:
            return StreamingResponse(_again_and_again(served.body), served.status, headers)
        return Response(served.body, served.status, headers)


async def _again_and_again(body: bytes) -> AsyncIterator[bytes]:
    for _ in range(100_000):
        yield body
        await asyncio.sleep(0)


@contextmanager
def run_site() -> Iterator[Site]:
    """The site on a free port of this machine, in a thread of its own, gone at the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        site = Site(listener.getsockname()[1])
        app = Starlette(routes=[Route("/{path:path}", site.answer)])
        config = uvicorn.Config(app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=0)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + _STARTS_WITHIN_SECONDS
        while not server.started:
            if time.monotonic() > until:
                raise TimeoutError("the site did not start")
            time.sleep(0.005)
        try:
            yield site
        finally:
            server.should_exit = True
            thread.join()
