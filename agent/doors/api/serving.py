"""Listening, answering, and stopping in order."""

import asyncio
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import uvicorn
from fastapi import FastAPI

from agent.config import Settings
from agent.doors.api.access import is_loopback
from agent.doors.api.app import open_app
from agent.doors.api.arriving import HEAD_BYTES, TimedConnection
from agent.doors.api.service import open_service
from agent.errors import ConfigurationError
from agent.service.address import address_of, announced
from agent.storage.keys import open_keys

# Answers under way get so long when the service is stopped; whoever follows a verification takes it up again later.
_ANSWERS_SECONDS = 3
# Longer than clients keep a connection that they do not use: who hangs up first cuts off no request.
_IDLE_SECONDS = 75


class Server(uvicorn.Server):
    """Leaves signals alone: uvicorn would end the process by them before the worker has come to an end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def check_keys(settings: Settings, host: str) -> str:
    """What to say about it; raises `ConfigurationError` rather than answer others without a key."""
    with open_keys(settings) as keys:
        open_door = keys.none_was_made()
    if open_door and not is_loopback(host):
        raise ConfigurationError(
            f"there is no key yet, so the service listens on this machine only and not on {host!r}. "
            "Make one with `isnad keys create NAME`, or leave --host out."
        )
    return " and answers this machine only, without a key; `isnad keys create NAME` makes one" if open_door else ""


@contextmanager
def bind(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket; raises `ConfigurationError`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=512)
        # Every connection inherits it. asyncio sets it only where the protocol number is told, which here it is not:
        # without it the body of an answer waits 40 ms for the caller to acknowledge its head.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as err:
        raise ConfigurationError(f"cannot listen on {host}, port {port}: {err.strerror or err}") from err
    with listening:
        yield listening


def listening_config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=TimedConnection,
        h11_max_incomplete_event_size=HEAD_BYTES,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=_ANSWERS_SECONDS,
        timeout_keep_alive=_IDLE_SECONDS,
    )


async def serve_until_stopped(settings: Settings, listening: socket.socket, greeting: str, *, works: bool) -> None:
    """Until SIGTERM or SIGINT: then no request and no job is taken any more, and what is under way is given its time.

    The greeting is said once it answers. Raises what the stores raise when they cannot be opened.
    """
    # Answers are short and verifications are not: whoever answers gets its turn five times as soon.
    sys.setswitchinterval(0.001)
    async with open_service(settings, works=works) as service, open_app(service) as app:
        server = Server(listening_config(app))
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, _stop, server)
        host, port = listening.getsockname()[:2]
        address = address_of(host, port, service.operator_key)
        # One that leaves the work to others may have none who does what a command asks for.
        with announced(settings.data_dir, address) if works else nullcontext():
            _say(greeting)
            await server.serve(sockets=[listening])


def _stop(server: Server) -> None:
    if not server.should_exit:
        _say("Isnad stops, and gives what is under way some time to finish")
    # Asked twice, open answers are not waited for.
    server.force_exit = server.should_exit
    server.should_exit = True


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
