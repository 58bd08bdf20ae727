"""How what is done grows with what is given: seen as a ratio, and so in small texts and on any machine."""

import time
from collections.abc import Callable

# So many times as much is given the second time. What grows with the square would cost 400 times as much.
_MORE = 20
_AT_MOST = 100
_TOO_SHORT_TO_MEASURE = 0.001


def costs_in_proportion(do: Callable[[int], object], times: int) -> bool:
    """Whether `do(times)` costs the processor about so much more than `do` of a twentieth as it is given more."""

    def cost(given: int) -> float:
        begun = time.process_time()
        do(given)
        return time.process_time() - begun

    # No two are given the same, of which an answer might be kept.
    small = min(cost(times // _MORE + more) for more in range(3))
    return any(cost(times + more) < _AT_MOST * max(small, _TOO_SHORT_TO_MEASURE) for more in range(2))
