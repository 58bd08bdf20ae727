"""What a command needs beyond the core, said before it is missed."""

from importlib.util import find_spec

from agent.errors import ConfigurationError


def check_installed(extra: str, *packages: str) -> None:
    """Raises `ConfigurationError` with the way to install them when some of these are not there."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise ConfigurationError(
            f"this needs {', '.join(missing)}: install it with `pip install 'isnad[{extra}]'` and try again."
        )
