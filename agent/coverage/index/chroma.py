"""Chroma, embedded or on a server: opened, closed, its errors told. Only this and the index import chromadb."""

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from agent.errors import ConfigurationError, StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client

_PORTS = {"http": 80, "https": 443}
_UNUSED: Mapping[str, Mapping[str, object]] = {
    "opentelemetry.exporter.otlp.proto.grpc.trace_exporter": {"OTLPSpanExporter": None},
    "chromadb.api.async_client": {"AsyncClient": None},
    "jsonschema": {"ValidationError": ValueError},
}
_loading = Lock()


@dataclass(frozen=True, slots=True)
class IndexLocation:
    """Where the index stands: in a folder, or on a server when there is a `url`."""

    folder: Path
    url: str | None = None

    def __str__(self) -> str:
        return self.url or str(self.folder)


def open_client(place: IndexLocation) -> "Client":
    """Within `translated`, which loads chromadb. Raises `ConfigurationError` for an address that is none."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    if place.url is None:
        # Chroma would read `.env` on its own; only what is said here counts.
        quiet = ChromaSettings(_env_file=None, anonymized_telemetry=False)
        try:
            return cast("Client", chromadb.PersistentClient(str(place.folder), settings=quiet))
        except AttributeError:
            # Chroma keeps a client that could not start, trips over it at the next try, and then forgets it.
            return cast("Client", chromadb.PersistentClient(str(place.folder), settings=quiet))
    address = urlsplit(place.url)
    if address.scheme not in _PORTS or not address.hostname:
        raise ConfigurationError(f"ISNAD_CHROMA_URL: {place.url!r} is not an http or https address.")
    host, port = address.hostname, address.port or _PORTS[address.scheme]
    quiet = ChromaSettings(
        _env_file=None,
        anonymized_telemetry=False,
        chroma_server_host=host,
        chroma_server_http_port=port,
        # Certificates take longer to load than a search takes, and by http there are none to check.
        chroma_server_ssl_verify=False if address.scheme == "http" else None,
    )
    return cast("Client", chromadb.HttpClient(host, port, ssl=address.scheme == "https", settings=quiet))


def close_client(client: "Client") -> None:
    """A client of a server, and the other one within it, would leave their connections open."""
    client.close()
    for one in (client, client._admin_client):
        session = getattr(getattr(one, "_server", None), "_session", None)
        if session is not None:
            session.close()


@contextmanager
def translated(place: IndexLocation) -> Iterator[None]:
    """What goes wrong with Chroma inside is a `StoreError` that tells the place and what to do."""
    with _loaded_lean():
        import httpx
        from chromadb.errors import ChromaError

    try:
        yield
    # ValueError is how the client tells that no server answers.
    except (ChromaError, ValueError, OSError, httpx.HTTPError) as err:
        raise StoreError(f"cannot use the passage index in {str(place)!r}: {err}. {_advice(place)}") from err


def _advice(place: IndexLocation) -> str:
    if place.url:
        return "Check that the Chroma server of ISNAD_CHROMA_URL runs."
    return "Check permissions and free space; `isnad coverage reindex` builds the index anew."


@contextmanager
def _loaded_lean() -> Iterator[None]:
    """Chroma loads what is never used here, a third of its time: gRPC and protobuf for an exporter of traces, its
    asynchronous client, and a checker of the settings of its own embedders."""
    # Runs that begin side by side load it in threads of their own.
    with _loading:
        left_out = {} if "chromadb" in sys.modules else {n: one for n, one in _UNUSED.items() if n not in sys.modules}
        for name, contents in left_out.items():
            sys.modules[name] = _StandIn(name, contents)
        try:
            yield
        finally:
            for name in left_out:
                del sys.modules[name]


class _StandIn(ModuleType):
    """Has what is taken from a module while others are loaded; what is asked for later is the module's own."""

    def __init__(self, name: str, contents: Mapping[str, object]) -> None:
        super().__init__(name)
        self.__dict__.update(contents)

    def __getattr__(self, name: str) -> object:
        # Not what the import system asks a module for.
        if name.startswith("__") or sys.modules.get(self.__name__) is self:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(self.__name__), name)
