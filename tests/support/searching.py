"""A loopback search service: answers as a test says, and remembers how it was asked."""

import json
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

JSON = "application/json"


@dataclass(frozen=True)
class Asked:
    """One request: what its query or form said, its headers, its body."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        told = json.loads(self.body)
        assert isinstance(told, dict)
        return told


@dataclass(frozen=True)
class Answer:
    body: bytes
    status: int = 200
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, told: object, status: int = 200, **headers: str) -> "Answer":
        """As JSON; a text as it is."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(told, str):
            return cls(told.encode(), status, "text/html; charset=utf-8", named)
        return cls(json.dumps(told, ensure_ascii=False).encode(), status, JSON, named)


class SearchService:
    """The answers of a path come in their order, the last one again and again."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = defaultdict(list)

    def answers(self, path: str, *told: object) -> str:
        """Puts answers there, and returns the address."""
        self._answers[path] = [one if isinstance(one, Answer) else Answer.of(one) for one in told]
        return self.url + path

    def clear(self) -> None:
        self.asked.clear()
        self._answers.clear()

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        asked = Asked(path, dict(request.query_params), dict(request.headers), await request.body())
        self.asked.append(asked)
        there = self._answers.get(path)
        if not there:
            return Response("there is no such service", 404)
        told = there.pop(0) if len(there) > 1 else there[0]
        return Response(told.body, told.status, {"content-type": told.content_type, **told.headers})


@contextmanager
def run_search_service() -> Iterator[SearchService]:
    """On a free port of this machine, in a thread of its own, gone at the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        service = SearchService(listener.getsockname()[1])
        app = Starlette(routes=[Route("/{path:path}", service.answer, methods=["GET", "POST"])])
        config = uvicorn.Config(app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=0)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield service
        finally:
            server.should_exit = True
            thread.join()
