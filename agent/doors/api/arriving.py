"""Ends connections whose request does not arrive whole in time: nobody can hold one open with half a request."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# For the head and the body of one request. What a browser sends on a bad line takes seconds.
REQUEST_SECONDS = 60.0
# For the rest of a request that was answered before it was all sent. It is passed over; many clients read no answer
# before they have sent everything, and would never see one on a connection that is cut off.
LINGERING_SECONDS = 5.0
# Of a request line with its headers, and no more than one reading of the socket beyond. This parser refuses more;
# the quicker one that uvicorn prefers has no bound.
HEAD_BYTES = 32_768
_UNDER_WAY = (h11.IDLE, h11.SEND_BODY)


class TimedConnection(H11Protocol):
    """One connection. The time runs from its opening, and for each later request from the first byte of it."""

    seconds = REQUEST_SECONDS
    lingering_seconds = LINGERING_SECONDS
    _lingers = False
    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        all_sent = self._lingers and self.conn.their_state is not h11.SEND_BODY
        if all_sent or self.conn.their_state not in _UNDER_WAY:
            self._end()
        elif self._limit is None:
            self._begin()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._end()
            self._lingers = True
            self._limit = self.loop.call_later(self.lingering_seconds, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def _begin(self) -> None:
        self._limit = self.loop.call_later(self.seconds, self._give_up)

    def _end(self) -> None:
        self._lingers = False
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _give_up(self) -> None:
        self.transport.abort()
