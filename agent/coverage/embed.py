"""An embedder turns texts into vectors of one space: an endpoint's, or the built-in one of `hashed.py`."""

from collections.abc import Sequence
from typing import Protocol

from agent.analyst import Budget
from agent.models import Usage


class Vectors(Protocol):
    """One row per text, in the order of the texts, all of one length; and what they cost."""

    @property
    def rows(self) -> Sequence[Sequence[float]]: ...

    @property
    def usage(self) -> Usage: ...


class Embedder(Protocol):
    """May also tell, as attributes, how its cosines are to be taken: see `HashedEmbedder`."""

    @property
    def id(self) -> str:
        """Names the space: vectors made under another id cannot be compared with these."""

    async def embed(self, texts: Sequence[str], *, budget: Budget) -> Vectors:
        """Raises `AnalystError` when there are no usable vectors for all texts."""


class Unlimited:
    """The budget of work that no article pays for, such as filling the store."""

    def reserve(self, tokens: int) -> None: ...

    def settle(self, reserved: int, spent: int) -> None: ...
