"""How many calls may be in flight at once: few at first, more while the endpoint keeps up, fewer when it refuses."""

import asyncio
from collections import deque

# An endpoint that takes so many at once may take more, and says so by answering; many that run on one machine do not.
_AT_FIRST = 64
# Most refusals are about calls in a minute, and not about those in flight.
_LEAST = 16


class CallSlots:
    """`most` is never exceeded. Whoever comes first goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._allowed = min(most, _AT_FIRST)
        self._line: deque[asyncio.Future[None]] = deque()
        self.taken = 0

    async def __aenter__(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        self._hand_out()
        try:
            await turn
        except asyncio.CancelledError:
            # The slot came at the same moment.
            if not turn.cancelled():
                self._give_back()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._give_back()

    def answered(self) -> None:
        """One slot more, where there was none left."""
        if self.taken == self._allowed < self._most:
            self._allowed += 1
            self._hand_out()

    def refused(self) -> None:
        """Half of those that are taken. Of many that are refused at once only the first counts: there are still too
        many in flight when the others are told."""
        if self.taken <= self._allowed:
            self._allowed = min(self._allowed, max(_LEAST, self.taken // 2))

    def _give_back(self) -> None:
        self.taken -= 1
        self._hand_out()

    def _hand_out(self) -> None:
        while self._line and self.taken < self._allowed:
            turn = self._line.popleft()
            if not turn.done():
                self.taken += 1
                turn.set_result(None)
