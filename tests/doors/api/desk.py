"""A whole service on loopback: uvicorn, worker, stores, and a simulated model behind an endpoint."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

from agent.config import Settings
from agent.doors.api.app import open_app
from agent.doors.api.service import Service, open_service
from agent.doors.api.serving import Server, bind, listening_config
from evals.servers.endpoint import Pace, SimulatedModel
from tests.support.endpoint import ScriptedEndpoint

PATIENCE = 240.0
# For tests that are to pass on files and on PostgreSQL and a Chroma server.
ON_BOTH = pytest.mark.parametrize("stores", ["files", "servers"], indirect=True, scope="module")
ARTICLE = "The mayor said that the old bridge was shut on Monday. Engineers had found cracks in two of its piers."


@dataclass(frozen=True)
class Desk:
    """`model.behave(...)` says what the model does; `as_before` lets it answer again."""

    http: httpx.Client
    service: Service
    model: ScriptedEndpoint

    def as_before(self) -> None:
        self.model.reset()
        self.model.behave(SimulatedModel(Pace(call_seconds=0)).chat)

    def post(self, **body: object) -> httpx.Response:
        return self.http.post("/v1/verifications", json=body or {"text": ARTICLE}, headers={"Prefer": "wait=60"})

    def posted(self, **body: object) -> str:
        """The id of a verification that has been accepted."""
        answer = self.http.post("/v1/verifications", json=body or {"text": ARTICLE})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def verified(self, **body: object) -> dict[str, object]:
        """A verification that has ended, with its report."""
        answer = self.post(**body)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        assert found["state"] == "succeeded", found
        return found


@contextmanager
def run_desk(settings: Settings, model: ScriptedEndpoint, *, works: bool = True) -> Iterator[Desk]:
    opened: Future[tuple[Service, Server]] = Future()

    async def serve() -> None:
        async with open_service(settings, works=works) as service, open_app(service) as app:
            server = Server(listening_config(app))
            opened.set_result((service, server))
            await server.serve(sockets=[listening])

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception as err:
            if opened.done():
                raise
            opened.set_exception(err)

    with bind("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=run)
        thread.start()
        service, server = opened.result(PATIENCE)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            with httpx.Client(base_url=address, timeout=PATIENCE) as http:
                yield Desk(http, service, model)
        finally:
            server.should_exit = True
            thread.join()
