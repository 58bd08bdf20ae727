"""Bytes on a connection to the service, as no client library would send them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.doors.api.desk import PATIENCE, Desk


@contextmanager
def connected(desk: Desk) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", desk.http.base_url.port or 80), timeout=PATIENCE) as raw:
        yield raw


def heard(raw: socket.socket) -> bytes:
    """Everything until the service hangs up."""
    told = b""
    try:
        while piece := raw.recv(65536):
            told += piece
    except ConnectionError:
        pass
    return told


def answered(desk: Desk, sent: bytes) -> list[int]:
    """The status of every answer to these bytes, after which nothing more is sent."""
    with connected(desk) as raw:
        # It may have hung up before everything was said.
        with suppress(OSError):
            raw.sendall(sent)
            raw.shutdown(socket.SHUT_WR)
        told = heard(raw)
    return [int(line.split()[1]) for line in told.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
