"""What is done to every request and every answer, whatever the route: bounds, headers, counts, a line in the log."""

import logging
import time
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.doors.api.metrics import Metrics
from agent.tracing import TraceSpan, span

_log = logging.getLogger("isnad.http")
# A body that is too large is read to its end if it is no larger than so many times what is allowed.
_PATIENCE = 4
_TRACE_HEADERS = ("traceparent", "tracestate")
_QUIET = ("/healthz", "/readyz", "/metrics")


class BoundedBody:
    """Answers 413 as soon as a body is larger than `most_bytes`, or says that it will be. `larger` gives a higher
    bound for some paths."""

    def __init__(self, app: ASGIApp, most_bytes: int, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._most = most_bytes
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], self._most)
        value = dict(scope["headers"]).get(b"content-length", b"0")
        announced = int(value) if value.isdigit() else 0
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if max(announced, received) <= most:
                return message
            # A client that is still talking when we hang up would never see the answer, so it is heard for a while.
            while message.get("more_body") and received < _PATIENCE * most:
                message = await receive()
                received += len(message.get("body", b""))
            raise HTTPException(413, f"a request may have {most:,} bytes", {"Connection": "close"})

        await self._app(scope, counted, send)


class MetricsMiddleware:
    """Adds headers to every answer and counts and logs it by its route. The path and the body are never logged."""

    def __init__(self, app: ASGIApp, metrics: Metrics, headers: Mapping[str, str]) -> None:
        self._app = app
        self._metrics = metrics
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        incoming = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        parent = {name: incoming[name] for name in _TRACE_HEADERS if name in incoming}
        with span(scope["method"], {"http.request.method": scope["method"]}, parent=parent) as mark:
            await self._observed(scope, receive, send, mark)

    async def _observed(self, scope: Scope, receive: Receive, send: Send, mark: TraceSpan) -> None:
        started = time.perf_counter()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                self._note(scope, message["status"], time.perf_counter() - started, mark)
            await send(message)

        await self._app(scope, receive, noted)

    def _note(self, scope: Scope, status: int, seconds: float, mark: TraceSpan) -> None:
        route = getattr(scope.get("route"), "path", "none")
        self._metrics.answered(scope["method"], route, status, seconds)
        job = scope.get("path_params", {}).get("verification_id")
        mark.rename(f"{scope['method']} {route}")
        mark.set({"http.route": route, "http.response.status_code": status, "isnad.job": job})
        if route not in _QUIET:
            fields = {"route": route, "status": status, "ms": round(seconds * 1000, 1), "job": job}
            _log.info("%s %s %s", scope["method"], route, status, extra=fields)
