"""What a run cost: calls, tokens, money, time."""

from collections.abc import Mapping
from typing import Protocol

from pydantic import Field

from agent.models.sets import Step
from agent.models.texts import Frozen


class Usage(Frozen):
    """Model use. `cost` is in the currency of the configured prices, None where none are configured."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None

    def __add__(self, other: "Usage") -> "Usage":
        known = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=sum(known) if known else None,
        )

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


class TotalUsage(Usage):
    by_step: dict[Step, Usage] = Field(default_factory=dict)

    @property
    def whole(self) -> Usage:
        """Without the steps."""
        return self + Usage()

    def with_more(self, later: Mapping[Step, Usage]) -> "TotalUsage":
        """With what was spent on some steps later."""
        steps = {step: self.by_step.get(step, Usage()) + usage for step, usage in later.items()}
        total = sum(later.values(), start=self.whole)
        return TotalUsage(**dict(total), by_step=self.by_step | steps)


class Timings(Frozen):
    """Wall time in seconds; steps of one kind run side by side, so they do not add up to the total."""

    total_s: float = 0.0
    by_step: dict[str, float] = Field(default_factory=dict)


class Budget(Protocol):
    """What a run may still spend."""

    def reserve(self, tokens: int) -> None:
        """Set tokens aside before a call; raises `AnalystError` (reason `budget`) when they are not there."""

    def settle(self, reserved: int, spent: int) -> None:
        """Give back a reservation and book what the call really cost."""
