"""What calls cost: tokens as the endpoint counts them, money where prices are configured."""

from dataclasses import dataclass

from agent.config import Settings
from agent.models import Usage

_PER_MILLION = 1_000_000


@dataclass(frozen=True)
class Prices:
    """Per million tokens, in a currency of the reader's choice. Cached tokens cost like others unless told."""

    prompt: float
    cached: float
    completion: float

    def of(self, prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> float:
        """The price of a call; cached tokens are among those of the prompt."""
        fresh = prompt_tokens - cached_tokens
        return (
            fresh * self.prompt + cached_tokens * self.cached + completion_tokens * self.completion
        ) / _PER_MILLION


@dataclass(frozen=True)
class Meter:
    """What is counted for each call; without prices a call has no cost."""

    prices: Prices | None = None

    @classmethod
    def of_chat(cls, settings: Settings) -> "Meter":
        if settings.prices is None:
            return cls()
        prompt, completion, *rest = map(float, settings.prices.split())
        return cls(Prices(prompt, cached=rest[0] if rest else prompt, completion=completion))

    def call(self, prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> Usage:
        """The usage of one call that was answered. An endpoint may count more cached than sent: that is capped."""
        cached_tokens = min(cached_tokens, prompt_tokens)
        return Usage(
            calls=1,
            prompt_tokens=prompt_tokens,
            cached_tokens=cached_tokens,
            completion_tokens=completion_tokens,
            cost=self.prices and self.prices.of(prompt_tokens, cached_tokens, completion_tokens),
        )

    def known(self) -> Usage:
        """The usage of an answer that was known already."""
        return Usage(cost=0.0 if self.prices else None)
