"""Fetching measured on loopback: pages a second over many hosts, and memory while a packed bomb is refused.

`python -m evals.bench.fetching`; the sites run in a process of their own, so that the memory measured is the reader's.
"""

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.config import Settings
from agent.errors import FetchError
from agent.fetch import Fetched, Fetcher, open_fetcher
from evals.bench.timed import megabytes

_HOSTS = 40
_PAGES_PER_HOST = 10
_PAGE = b"<p>" + b"The bridge is shut. " * 1000
_BOMB_MB = 1000
_SERVE = "serve"


async def _measure(ports: list[int], folder: Path) -> None:
    settings = Settings(data_dir=folder, allow_private_urls=True, fetch_delay=0)
    async with open_fetcher(settings) as fetcher:
        began = time.perf_counter()
        pages = sum(await asyncio.gather(*(_pages(fetcher, port) for port in ports)))
        seconds = time.perf_counter() - began
        print(f"{pages} pages of {len(ports)} hosts in {seconds:.2f} s: {pages / seconds:.0f} a second")
        before, began = _peak(), time.perf_counter()
        try:
            await fetcher.get(f"http://127.0.0.1:{ports[0]}/bomb")
        except FetchError as err:
            spent = time.perf_counter() - began
            print(f"{_BOMB_MB} MB packed: {err.reason}, in {spent:.2f} s, {_peak() - before:.0f} MB more at the peak")


async def _pages(fetcher: Fetcher, port: int) -> int:
    urls = [f"http://127.0.0.1:{port}/{n}" for n in range(_PAGES_PER_HOST)]
    return sum([isinstance(await fetcher.get(url), Fetched) for url in urls])


def _peak() -> float:
    return megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


@contextmanager
def _sites() -> Iterator[list[int]]:
    with subprocess.Popen(
        [sys.executable, "-m", "evals.bench.fetching", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        try:
            yield [int(port) for port in child.stdout.readline().split()]
        finally:
            child.terminate()


async def _serve() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(_BOMB_MB)) + packer.flush()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(_answer(head, bomb))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(_HOSTS)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    # Ends with the process that asked for it, whatever becomes of that one.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def _answer(head: bytes, bomb: bytes) -> bytes:
    path = head.split(b" ", 2)[1]
    if path == b"/robots.txt":
        return b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"
    body, packing = (bomb, b"content-encoding: gzip\r\n") if path == b"/bomb" else (_PAGE, b"")
    length = f"content-length: {len(body)}\r\n\r\n".encode()
    return b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n" + packing + length + body


def main() -> None:
    if sys.argv[1:] == [_SERVE]:
        asyncio.run(_serve())
        return
    with tempfile.TemporaryDirectory() as folder, _sites() as ports:
        asyncio.run(_measure(ports, Path(folder)))


if __name__ == "__main__":
    main()
