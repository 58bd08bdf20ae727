"""Isnad: who else says so, who says otherwise, and are they really someone else?

As a library: `open_verifier(Settings())` gives a `Verifier`, which makes a `Report` of an `Article`. What fails
raises an `IsnadError`. The names are loaded with their first use, so that importing this package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.app import open_verifier
    from agent.config import Settings
    from agent.errors import IsnadError
    from agent.models import Article, Claim, Evidence, Finding, Label, Report
    from agent.verify.verifier import Verifier

__all__ = [
    "Article",
    "Claim",
    "Evidence",
    "Finding",
    "IsnadError",
    "Label",
    "Report",
    "Settings",
    "Verifier",
    "open_verifier",
]

_HOMES = {
    "Settings": "agent.config",
    "IsnadError": "agent.errors",
    "Verifier": "agent.verify.verifier",
    "open_verifier": "agent.app",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "agent.models")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
