"""Who asks, and what they may do and see: the one rule of owners."""

from dataclasses import dataclass
from typing import Self

from agent.errors import NotAllowed
from agent.storage.keys import LOCAL, Key, Scope


@dataclass(frozen=True)
class Caller:
    """`name` is what the key is called."""

    id: str
    name: str
    scopes: frozenset[Scope]
    has_budget: bool = False

    @classmethod
    def of(cls, key: Key) -> Self:
        return cls(key.id, key.name, frozenset(key.scopes), has_budget=key.daily_tokens is not None)

    @classmethod
    def here(cls) -> Self:
        """Whoever sits at this machine."""
        return cls(LOCAL, LOCAL, frozenset(Scope))

    def may(self, *scopes: Scope) -> bool:
        return Scope.ADMIN in self.scopes or any(scope in self.scopes for scope in scopes)

    def need(self, *scopes: Scope) -> None:
        """Raises `NotAllowed` when none of these is theirs."""
        if not self.may(*scopes):
            raise NotAllowed(f"this needs a key with the scope {' or '.join(scopes)}")

    @property
    def sees(self) -> str | None:
        """Whose jobs and reports are theirs to see: one's own; None for everybody's."""
        return None if Scope.ADMIN in self.scopes else self.id
