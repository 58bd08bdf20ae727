"""One store for several processes, on PostgreSQL and a Chroma server: nothing lost, nothing doubled."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.errors import EmbedderMismatch
from agent.models import Document
from evals.servers.forked import Forked
from tests.support.shelf import ARTICLE, DENIAL, OPENS, QUAY, CountingEmbedder, report

ROOT = str(Path(__file__).parents[2])
# Each adds batches, half of them the same as the other's, takes some out again, and searches in between.
ADDING = """
import asyncio, os, sys
from pathlib import Path
from agent.config import load_settings
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.coverage.archive import open_coverage
from tests.support.shelf import QUAY, report

async def main(name, batches):
    with open_coverage(load_settings(data_dir=Path(name)), HashedEmbedder()) as coverage:
        print("open", flush=True)
        for batch in range(batches):
            own = [report(f"{QUAY} Edition{batch}sheet{n} of {name}.", f"Outlet {n}") for n in range(3)]
            both = [report(f"{QUAY} Edition{batch}sheet{n}.", f"Outlet {n}") for n in range(3)]
            gone = report(f"{QUAY} Passing{batch}.", "Passing")
            await coverage.add([*own, *both, gone])
            assert await coverage.query(f"{QUAY} Edition{batch}sheet0 of {name}.", 3)
            await coverage.remove([gone.id])
            print(batch + 1, flush=True)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@contextmanager
def _adding(shared: Settings, name: str, batches: int) -> Iterator["subprocess.Popen[str]"]:
    assert shared.database_url is not None
    assert shared.chroma_url is not None
    places = {"ISNAD_DATABASE_URL": shared.database_url.get_secret_value(), "ISNAD_CHROMA_URL": shared.chroma_url}
    with Forked[str](
        [sys.executable, "-c", ADDING, str(shared.data_dir / name), str(batches)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **places},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _lines(process: "subprocess.Popen[str]") -> Iterator[str]:
    assert process.stdout is not None
    return iter(process.stdout)


async def _holds(shared: Settings, name: str, batches: int) -> None:
    """All that a process was told is added is found by its words, and stands there once."""
    with open_coverage(shared, HashedEmbedder()) as coverage:
        await coverage.query(QUAY, 1)
        listed = [one.id for one in coverage.documents()]
        assert len(listed) == len(set(listed))
        assert (coverage.stats().pending, coverage.stats().passages) == (0, len(listed))
        own = str(shared.data_dir / name)
        told = [
            report(f"{QUAY} Edition{batch}sheet{n}{of}.", f"Outlet {n}")
            for batch in range(batches)
            for n in range(3)
            for of in ("", f" of {own}")
        ]
        assert {document.id for document in told} <= set(listed)
        for document in told[::7]:
            found = await coverage.query(document.text, 5)
            assert document.id in {one.passage.document_id for one in found}


def test_two_processes_that_add_and_search_at_once_lose_and_double_nothing(shared: Settings) -> None:
    with ExitStack() as stack:
        both = [stack.enter_context(_adding(shared, name, 6)) for name in ("one", "other")]
        assert [list(_lines(process))[-1:] for process in both] == [["6\n"], ["6\n"]]
    for name in ("one", "other"):
        asyncio.run(_holds(shared, name, 6))
    asyncio.run(_is_whole(shared, documents=6 * 9))


async def _is_whole(shared: Settings, documents: int) -> None:
    with open_coverage(shared, HashedEmbedder()) as coverage:
        assert coverage.stats().documents == documents
        arrived = await coverage.arrived_since(0)
        assert sorted({one.seq for one in arrived}) == [one.seq for one in arrived]
        assert len(arrived) == documents
        # Vectors, words and passages are as many.
        assert coverage._index.count(coverage._filling.space) == documents
        assert coverage._lexical.count() == documents


def test_after_a_kill_all_that_was_told_as_added_is_there_and_the_other_process_goes_on(shared: Settings) -> None:
    with _adding(shared, "killed", 1000) as killed, _adding(shared, "other", 6) as other:
        lines = _lines(killed)
        told = [next(lines) for _ in range(3)]
        os.kill(killed.pid, signal.SIGKILL)
        told += lines
        assert list(_lines(other))[-1:] == ["6\n"]
    asyncio.run(_holds(shared, "killed", int(told[-1])))
    asyncio.run(_holds(shared, "other", 6))


async def test_an_index_that_another_process_made_anew_is_searched_as_before(shared: Settings) -> None:
    with (
        open_coverage(shared, CountingEmbedder()) as one,
        open_coverage(shared, CountingEmbedder()) as other,
    ):
        await one.add([report(QUAY, "Bay Agency"), report(DENIAL, "Mole Mail")])
        before = await one.search(ARTICLE, [OPENS], Unlimited())
        await other.reindex()
        assert await one.search(ARTICLE, [OPENS], Unlimited()) == before


async def test_an_index_that_another_process_made_with_another_embedder_is_not_searched(
    shared: Settings,
) -> None:
    with open_coverage(shared, CountingEmbedder()) as one:
        await one.add([report(QUAY, "Bay Agency")])
        with open_coverage(shared, CountingEmbedder("new-space"), any_embedder=True) as other:
            await other.reindex()
        with pytest.raises(EmbedderMismatch):
            await one.search(ARTICLE, [OPENS], Unlimited())


async def test_a_document_with_an_endless_address_and_strange_characters_is_kept_as_it_is(shared: Settings) -> None:
    strange = Document.of(f"{QUAY}\x00 \ufdd0", url="https://a.example/" + "é1" * 9000, title="\ud800", outlet="Ä")
    with open_coverage(shared, HashedEmbedder()) as coverage:
        assert (await coverage.add([strange])).added == 1
        (found,) = await coverage.query(QUAY, 1)
        assert found.passage.text in strange.text
        assert coverage.page(strange.url or "") == strange
        assert (await coverage.add([strange])).unchanged == 1
        assert await coverage.remove([strange.id]) == [strange.id]
