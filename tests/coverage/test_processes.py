"""A store and other processes: killed while writing, busy elsewhere, full, or behind a server."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.errors import StoreBusy, StoreError
from evals.servers.cluster import until
from evals.servers.forked import Forked
from tests.support.shelf import ARTICLE, OPENS, QUAY, report

ROOT = str(Path(__file__).parents[2])
ADDING = """
import asyncio, sys
from pathlib import Path
from agent.config import Settings
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.coverage.archive import open_coverage
from tests.support.shelf import QUAY, report

async def main():
    with open_coverage(Settings(data_dir=Path(sys.argv[1])), HashedEmbedder()) as coverage:
        print("open", flush=True)
        for batch in range(1000):
            await coverage.add([report(f"{QUAY} Edition{batch}sheet{n}.", f"Outlet {n}") for n in range(10)])
            print(10 * (batch + 1), flush=True)

asyncio.run(main())
"""


@contextmanager
def _adding(data_dir: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", ADDING, str(data_dir)]
    with Forked[str](command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def _lines(process: "subprocess.Popen[str]") -> Iterator[str]:
    assert process.stdout is not None
    return iter(process.stdout)


def test_a_store_in_use_is_refused_by_name_and_after_a_kill_all_that_was_told_as_added_is_there(
    settings: Settings,
) -> None:
    with _adding(settings.data_dir) as process:
        lines = _lines(process)
        assert next(lines) == "open\n"
        with pytest.raises(StoreBusy, match=rf"process {process.pid} "), open_coverage(settings, HashedEmbedder()):
            pytest.fail("opened while another process writes")
        told = [next(lines) for _ in range(3)]
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        told += lines
    asyncio.run(_finds_all_of(settings, acknowledged=int(told[-1])))


async def _finds_all_of(settings: Settings, acknowledged: int) -> None:
    with open_coverage(settings, HashedEmbedder()) as coverage:
        assert coverage.stats().documents >= acknowledged
        assert (await coverage.search(ARTICLE, [OPENS], Unlimited())).leads
        assert (coverage.stats().pending, coverage.stats().passages) == (0, coverage.stats().documents)
        for batch in range(acknowledged // 10):
            (nearest,) = await coverage.query(f"{QUAY} Edition{batch}sheet0.", 1)
            assert nearest.passage.text.endswith(f"Edition{batch}sheet0.")


FULL = """
import asyncio, resource, signal, sys
from pathlib import Path
from agent.config import Settings
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.coverage.archive import open_coverage
from agent.errors import StoreError
from tests.support.shelf import QUAY, report

async def main():
    with open_coverage(Settings(data_dir=Path(sys.argv[1])), HashedEmbedder()) as coverage:
        await coverage.add([report(QUAY, "First")])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        for n in range(400):
            await coverage.add([report(f"{QUAY} Edition {n}." * 50, f"Outlet {n}")])

try:
    asyncio.run(main())
except StoreError as err:
    print("told:", err)
"""


def test_a_disk_that_is_full_is_told_and_what_was_added_stays(settings: Settings) -> None:
    ended = _run(FULL, str(settings.data_dir))
    assert "told: cannot use" in ended.stdout, ended.stderr
    assert "First" in asyncio.run(_outlets(settings))


def _run(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *arguments]
    with Forked[str](command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        out, err = process.communicate(timeout=240)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


async def _outlets(settings: Settings) -> set[str | None]:
    with open_coverage(settings, HashedEmbedder()) as coverage:
        return {one.passage.outlet for one in await coverage.query(QUAY, 1000)}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(tmp_path / "served")]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(listens, "the Chroma server to start")


# In a process of its own: Chroma's client leaves its connections open.
SHARED = """
import asyncio, sys
from pathlib import Path
from agent.config import Settings
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.coverage.archive import open_coverage
from tests.support.shelf import ARTICLE, DENIAL, OPENS, QUAY, report

async def main():
    shared = Settings(data_dir=Path(sys.argv[1]), chroma_url=sys.argv[2])
    with open_coverage(shared, HashedEmbedder()) as one, open_coverage(shared, HashedEmbedder()) as other:
        await asyncio.gather(one.add([report(QUAY, "Bay Agency")]), other.add([report(DENIAL, "Mole Mail")]))
        found = await one.search(ARTICLE, [OPENS], Unlimited())
        print(sorted(lead.origin.witness.outlet for lead in found.leads), other.stats().documents)

asyncio.run(main())
"""


def test_with_a_server_several_may_share_one_store(settings: Settings, server: str) -> None:
    ended = _run(SHARED, str(settings.data_dir), server)
    assert ended.stdout == "['Bay Agency', 'Mole Mail'] 2\n", ended.stderr


async def test_a_server_that_is_not_there_is_told(settings: Settings) -> None:
    nowhere = settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    with open_coverage(nowhere, HashedEmbedder()) as coverage:
        with pytest.raises(StoreError, match="ISNAD_CHROMA_URL"):
            await coverage.add([report(QUAY, "Bay Agency")])
        assert coverage.stats().pending == 1


_SIDE_BY_SIDE = """
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from agent.coverage.index.chroma import IndexLocation, translated

def load(_):
    with translated(IndexLocation(Path("nowhere"))):
        pass

with ThreadPoolExecutor(8) as threads:
    list(threads.map(load, range(8)))
"""


def test_runs_that_begin_side_by_side_load_the_index_once() -> None:
    # A new Python: here it is loaded already.
    subprocess.run([sys.executable, "-c", _SIDE_BY_SIDE], check=True, cwd=Path(__file__).parents[2])
