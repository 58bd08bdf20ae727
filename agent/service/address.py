"""Where the server of a data folder answers: it says so in a file there, for whoever may read the folder."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import ValidationError

from agent.config import Settings
from agent.errors import ConfigurationError, StoreBusy, StoreError
from agent.models import Frozen

_FILE = "server.json"
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class ServerAddress(Frozen):
    """`key` opens everything at `url`. `pid` is the process that answers, where it is on this machine."""

    url: str
    key: str | None = None
    pid: int | None = None


def address_of(host: str, port: int, key: str) -> ServerAddress:
    """That of this process, which listens there."""
    reached = _ANYWHERE.get(host, host)
    shown = f"[{reached}]" if ":" in reached else reached
    return ServerAddress(url=f"http://{shown}:{port}", key=key, pid=os.getpid())


@contextmanager
def announced(data_dir: Path, address: ServerAddress) -> Iterator[None]:
    """Stands in the data folder for as long as this lasts, readable to its owner alone. Raises `StoreError`."""
    place = data_dir / _FILE
    fresh = place.with_name(f"{_FILE}-{os.getpid()}")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600, exist_ok=False)
        fresh.write_text(address.model_dump_json(), "utf-8")
        fresh.replace(place)
    except OSError as err:
        raise StoreError(f"cannot write in {str(data_dir)!r}: {err.strerror}. ISNAD_DATA_DIR names another.") from err
    try:
        yield
    finally:
        # Another may have come since, on a database that several share.
        if _read(place) == address:
            with suppress(OSError):
                place.unlink()


def wanted_address(settings: Settings) -> ServerAddress | None:
    """Where a command is to have its work done; None for in its own process. Whether anybody answers there is not
    looked at. Raises `ConfigurationError`."""
    value = settings.server.get_secret_value()
    if value == "off":
        return None
    if value != "auto":
        return _elsewhere(value)
    found = _read(settings.data_dir / _FILE)
    return found if found is not None and found.pid is not None and _lives(found.pid) else None


def check_alone(settings: Settings, why: str) -> None:
    """Raises `StoreBusy` while a server of this machine runs on the data folder."""
    address = wanted_address(settings)
    if address is not None and address.pid is not None and settings.chroma_url is None:
        raise StoreBusy(
            f"isnad serve runs on this data folder (process {address.pid}), and {why}: end it "
            "first, and start it again afterwards"
        )


def _elsewhere(text: str) -> ServerAddress:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError("ISNAD_SERVER is auto, off, or an address: https://:KEY@isnad.example")
    if parts.password and parts.scheme == "http" and not _is_near(parts.hostname):
        raise ConfigurationError("ISNAD_SERVER would send its key where anybody can read it: use https://")
    place = parts.netloc.rpartition("@")[2]
    key = unquote(parts.password) if parts.password else None
    return ServerAddress(url=f"{parts.scheme}://{place}{parts.path.rstrip('/')}", key=key)


def _is_near(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _read(place: Path) -> ServerAddress | None:
    """What is not there, or cannot be read, leads nowhere."""
    try:
        return ServerAddress.model_validate(json.loads(place.read_text("utf-8")))
    except (OSError, ValueError, ValidationError):
        return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return pid > 0
    return pid > 0
