"""Whose message is being answered."""

from contextvars import ContextVar

from agent.service.workspace import Workspace
from agent.storage.keys import Scope

entered: ContextVar[Workspace] = ContextVar("workspace")


def workspace(*scopes: Scope) -> Workspace:
    """The workspace of the caller, who has one of these scopes; raises `NotAllowed`."""
    mine = entered.get()
    mine.need(*scopes)
    return mine
