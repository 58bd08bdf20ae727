"""What callers may spend on tokens."""

from datetime import UTC, datetime
from typing import Protocol

from agent.errors import TokensSpent
from agent.models import FailureReason

_DAY_SECONDS = 86_400


class KeyBudgets(Protocol):
    """What the owners of keys may spend on tokens, each day."""

    def left(self, key_id: str, /) -> int | None:
        """The tokens that a key may still spend today; None for no bound."""

    def spend(self, key_id: str, tokens: int, /) -> None:
        """Adds to what a key has spent today."""


class CallerBudget:
    """What one key may still spend."""

    def __init__(self, budget: KeyBudgets, owner: str) -> None:
        self._budget = budget
        self._owner = owner

    def left(self) -> int | None:
        """The tokens that are left for today; None for no bound."""
        return self._budget.left(self._owner)

    def spend(self, tokens: int) -> None:
        """Adds tokens to what is spent today."""
        self._budget.spend(self._owner, tokens)

    def check(self) -> None:
        """Raises `TokensSpent` when nothing is left for today."""
        if self.left() == 0:
            now = datetime.now(UTC)
            until = _DAY_SECONDS - (now.hour * 3600 + now.minute * 60 + now.second)
            raise TokensSpent(FailureReason.BUDGET, "the model tokens of this key are spent for today (UTC)", until)
