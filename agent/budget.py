"""The token budget of a run, and estimates of tokens that nobody has counted yet."""

from math import ceil

from agent.errors import AnalystError
from agent.models import FailureReason

# Tokenizers take about four ASCII bytes a token, two to three of other scripts. Guessing high keeps the bound hard.
_ASCII_BYTES_PER_TOKEN = 3
_OTHER_BYTES_PER_TOKEN = 2


def estimate_tokens(text: str) -> int:
    """How many tokens a text may take at most, by its UTF-8 bytes. It is more than common tokenizers make of
    prose."""
    ascii_bytes = len(text.encode("ascii", "ignore"))
    other_bytes = len(text.encode("utf-8", "surrogatepass")) - ascii_bytes
    return ceil(ascii_bytes / _ASCII_BYTES_PER_TOKEN + other_bytes / _OTHER_BYTES_PER_TOKEN)


class RunBudget:
    """A hard limit in tokens; None for no limit. Tokens that are reserved for calls under way count as spent."""

    def __init__(self, limit: int | None, spent: int = 0) -> None:
        self._limit = limit
        self._reserved = 0
        self._spent = spent

    @property
    def spent(self) -> int:
        return self._spent

    def reserve(self, tokens: int) -> None:
        """Reserves tokens for a call. Raises `AnalystError` (reason `budget`) where there are not enough."""
        if self._limit is not None and self._spent + self._reserved + tokens > self._limit:
            raise AnalystError(FailureReason.BUDGET, self._refusal(tokens, self._limit))
        self._reserved += tokens

    def settle(self, reserved: int, spent: int) -> None:
        """Gives back the tokens that were reserved for a call, and counts those that it took."""
        self._reserved -= reserved
        self._spent += spent

    def _refusal(self, tokens: int, limit: int) -> str:
        in_flight = f" and {self._reserved} set aside for calls in flight" if self._reserved else ""
        return (
            f"The next call may take {tokens} tokens; {self._spent} of {limit} are spent{in_flight}. "
            "ISNAD_MAX_TOKENS_PER_ARTICLE sets the limit."
        )
