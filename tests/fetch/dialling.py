"""What stands below the guard in tests: nothing, or a network in which a public address leads to a loopback site."""

from collections.abc import Iterable

import httpcore2

PUBLIC = "93.184.216.34"


class Dialled(httpcore2.AsyncMockBackend):
    """Connects to nothing and remembers to where; `dead` addresses do not answer."""

    def __init__(self, *dead: str) -> None:
        super().__init__([])
        self.addresses: list[str] = []
        self._dead = dead

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.addresses.append(host)
        if host in self._dead:
            raise httpcore2.ConnectError("connection refused")
        return await super().connect_tcp(host, port, timeout, local_address, socket_options)


class Rerouted(httpcore2.AnyIOBackend):
    """Every connection goes to one loopback port; `addresses` are those that were asked for."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.port = 0

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.addresses.append(host)
        return await super().connect_tcp("127.0.0.1", self.port, timeout, local_address, socket_options)
