"""What a run was: enough to repeat it, and to know why two runs differ. Nothing secret stands in it."""

import platform
import subprocess
from datetime import datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from agent.config import Settings
from agent.models import AnalystInfo, Frozen
from evals.running.items import Spent

ROOT = Path(__file__).parents[1]
_PACKAGES = ("isnad-newsroom", "inspect-ai", "langgraph", "openai", "chromadb", "numpy", "scipy")
# Settings that hold addresses; a password may stand in one.
_ADDRESSES = ("base_url", "embedding_base_url", "chroma_url")
_SECRET = {"api_key", "embedding_api_key"}


class Request(Frozen):
    """What was asked for. Two equal requests ask the same questions of the same code in the same way."""

    suite: str
    suites: tuple[str, ...]
    sets: tuple[str, ...] = ()
    split: str = "dev"
    limit: int | None = None
    data: str | None = None
    data_hashes: dict[str, str]
    analyst: AnalystInfo
    revision: str | None
    settings: dict[str, str | int | float | bool | None]


class Manifest(Frozen):
    """`spent` sums what all answers took; `wall_seconds` is what the run took, less where they ran side by side."""

    request: Request
    versions: dict[str, str]
    started_at: datetime
    ended_at: datetime
    wall_seconds: float
    resumed: bool
    spent: Spent


def revision() -> str | None:
    """The git revision of the code, with a digest of what is changed beside it; None outside of a repository."""
    head = _git("rev-parse", "HEAD")
    if head is None:
        return None
    changed = _git("diff", "HEAD", "--", "agent", "evals", "prompts") or ""
    return head.strip() + (f"+{sha256(changed.encode()).hexdigest()[:12]}" if changed else "")


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def public_settings(settings: Settings) -> dict[str, str | int | float | bool | None]:
    """The settings without keys, without passwords in addresses, and without where things are kept."""
    told = settings.model_dump(mode="json", exclude={*_SECRET, "data_dir", "answer_cache_mb"})
    return {name: _without_login(value) if name in _ADDRESSES else value for name, value in told.items()}


def _without_login(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
