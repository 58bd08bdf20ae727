"""Parts that need more than the core: what is missing, and the command that installs it where it is printed."""

import json
import shlex
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from urllib.request import url2pathname

from agent.errors import ConfigurationError

Extra = Literal["html", "web", "documents", "evals", "chat", "mcp", "service", "embedder-e5", "ddgs"]

_DISTRIBUTION = "isnad-newsroom"


def installed_version() -> str:
    """The version of Isnad that runs; "unknown" where it runs from its folder without having been installed."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"


def needs(what: str, extra: Extra) -> str:
    """A sentence for who has met the missing part: `what` it is needed for, and how to get it."""
    return f"{what} needs extra packages. Install them with: {install_command(extra)}"


def check_installed(what: str, extra: Extra, *modules: str) -> None:
    """Raises `ConfigurationError` with the way to install them when some of these modules are not there."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise ConfigurationError(needs(f"{what} ({', '.join(missing)})", extra))


def install_command(extra: Extra) -> str:
    """For this Python. In a checkout the locked versions, else what this installation asks for and has not got.

    It never names the distribution itself: that would install another version over this one.
    """
    try:
        installed = distribution(_DISTRIBUTION)
    except PackageNotFoundError:
        return _pip("-e", f"{Path(__file__).parents[1]}[{extra}]")
    root = _checkout(installed)
    if root is not None:
        locked = root / "requirements" / f"{extra}.txt"
        return _pip("-r", str(locked)) if locked.exists() else _pip("-e", f"{root}[{extra}]")
    return _pip(*missing_requirements(installed.requires or [], extra))


def missing_requirements(texts: list[str], extra: str) -> list[str]:
    """Of the requirements of a distribution, those of an extra that are not installed."""
    from packaging.requirements import Requirement

    wanted = [Requirement(one) for one in texts]
    return [
        f"{one.name}{one.specifier}"
        for one in wanted
        if one.marker is not None
        and one.marker.evaluate({"extra": extra})
        and not one.marker.evaluate({"extra": ""})
        and not _is_there(one.name)
    ]


def _is_there(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _checkout(installed: Distribution) -> Path | None:
    """The folder of an editable installation."""
    parsed = json.loads(installed.read_text("direct_url.json") or "{}")
    if not parsed.get("dir_info", {}).get("editable"):
        return None
    return Path(url2pathname(urlsplit(parsed["url"]).path))


def _pip(*arguments: str) -> str:
    return shlex.join([sys.executable, "-m", "pip", "install", *arguments])
