"""A Chroma server for tests and measurements: on loopback, in a folder of its own, gone at the end."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.servers.owned import note_server, owned_folder
from evals.servers.scratch import scratch_folder

_STARTS_WITHIN_SECONDS = 240.0
_STOPS_WITHIN_SECONDS = 240.0


@contextmanager
def run_chroma() -> Iterator[str]:
    """Its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with owned_folder("isnad-chroma-", scratch_folder()) as folder:
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder / "data")]
        command += ["--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        note_server(folder, process.pid, signal.SIGKILL)
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait(_STOPS_WITHIN_SECONDS)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the Chroma server did not start")
