"""What was added stays, under one id, in one space of vectors, for one process at a time."""

import asyncio
import os
import sqlite3
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Purpose, Unlimited
from agent.coverage.embedding.hashed import HashedVectors, embed_matrix
from agent.coverage.index.catalogue import open_catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.entries import DocumentState
from agent.coverage.index.filling import FillOutcome
from agent.coverage.index.store import Index
from agent.errors import AnalystError, EmbedderMismatch, StoreBusy, StoreError
from agent.models import Budget, Document
from tests.support.shelf import ARTICLE, DENIAL, OPENS, ORANGES, QUAY, CountingEmbedder, report

REPORTS = [report(QUAY, "Bay Agency"), report(DENIAL, "Mole Mail"), report(ORANGES, "Markets")]


async def test_the_same_content_is_added_once(places: Settings) -> None:
    with open_coverage(places, CountingEmbedder()) as coverage:
        first = await coverage.add([*REPORTS, REPORTS[0]])
        second = await coverage.add(REPORTS)
        assert (first.added, first.unchanged, second.added, second.unchanged) == (3, 1, 0, 3)
        assert [one.outlet for one in coverage.documents()] == ["Bay Agency", "Mole Mail", "Markets"]


async def test_a_store_opened_again_finds_what_it_found(places: Settings) -> None:
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS)
        before = await coverage.search(ARTICLE, [OPENS], Unlimited())
    with open_coverage(places, CountingEmbedder()) as coverage:
        assert await coverage.search(ARTICLE, [OPENS], Unlimited()) == before
        assert coverage.stats().documents == 3


async def test_a_removed_document_is_found_no_more(places: Settings) -> None:
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS)
        assert await coverage.remove([REPORTS[0].id, "d-unknown"]) == [REPORTS[0].id]
        found = await coverage.query("the second quay opens again", 10)
        assert REPORTS[0].id not in {one.passage.document_id for one in found}
        assert (await coverage.add(REPORTS)).added == 1


async def test_documents_whose_embedding_failed_are_kept_and_indexed_later(places: Settings) -> None:
    embedder = CountingEmbedder()
    embedder.broken = True
    with open_coverage(places, embedder) as coverage:
        with pytest.raises(AnalystError):
            await coverage.add(REPORTS)
        assert (coverage.stats().documents, coverage.stats().pending) == (3, 3)
    embedder.broken = False
    with open_coverage(places, embedder) as coverage:
        found = await coverage.search(ARTICLE, [OPENS], Unlimited())
        assert {lead.origin.witness.outlet for lead in found.leads} == {"Bay Agency", "Mole Mail"}
        assert coverage.stats().pending == 0


async def test_the_words_that_two_documents_share_stay_when_one_of_them_goes(places: Settings) -> None:
    copy = report(QUAY, "Reprint", hours=1)
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add([*REPORTS, copy])
        await coverage.remove([REPORTS[0].id])
        found = await coverage.query(QUAY, 1)
        assert [one.passage.outlet for one in found] == ["Reprint"]
        await coverage.remove([copy.id])
        assert QUAY not in {one.passage.text for one in await coverage.query(QUAY, 10)}


async def test_words_that_were_printed_before_are_not_embedded_again(places: Settings) -> None:
    embedder = CountingEmbedder()
    with open_coverage(places, embedder) as coverage:
        await coverage.add([report(QUAY, f"Outlet {n}") for n in range(30)])
    assert embedder.asked == [[QUAY]]


async def test_another_embedder_is_refused_until_the_index_is_made_anew(places: Settings) -> None:
    with open_coverage(places, CountingEmbedder("old-space")) as coverage:
        await coverage.add(REPORTS)
    with (
        pytest.raises(EmbedderMismatch, match=r"'old-space'.*'new-space'.*isnad coverage reindex"),
        open_coverage(places, CountingEmbedder("new-space")),
    ):
        pytest.fail("opened with another embedder")
    with open_coverage(places, CountingEmbedder("new-space"), any_embedder=True) as coverage:
        assert coverage.stats().embedder == "old-space"
        await coverage.reindex()
    with open_coverage(places, CountingEmbedder("new-space")) as coverage:
        found = await coverage.search(ARTICLE, [OPENS], Unlimited())
        assert len(found.leads) == 2


async def test_an_empty_store_takes_any_embedder(places: Settings) -> None:
    with open_coverage(places, CountingEmbedder("old-space")) as coverage:
        await coverage.add(REPORTS[:1])
        await coverage.remove([REPORTS[0].id])
    with open_coverage(places, CountingEmbedder("new-space")) as coverage:
        await coverage.add(REPORTS)
        assert coverage.stats().embedder == "new-space"


async def test_vectors_of_another_length_under_the_same_name_are_refused(places: Settings) -> None:
    class Longer(CountingEmbedder):
        async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
            vectors = await super().embed(texts, purpose=purpose, budget=budget)
            return HashedVectors([array("f", [*row, 0.0]) for row in vectors.rows], vectors.usage)

    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS)
    with open_coverage(places, Longer()) as coverage, pytest.raises(EmbedderMismatch, match=r"1024.*1025"):
        await coverage.search(ARTICLE, [OPENS], Unlimited())


async def test_a_second_opening_is_refused_by_the_name_of_the_first(settings: Settings) -> None:
    with (
        open_coverage(settings, CountingEmbedder()),
        pytest.raises(StoreBusy, match=rf"process {os.getpid()} .*chroma run --path .*ISNAD_CHROMA_URL"),
        open_coverage(settings, CountingEmbedder()),
    ):
        pytest.fail("opened twice")
    with open_coverage(settings, CountingEmbedder()):
        pass


async def test_a_lost_index_is_told_and_made_anew(settings: Settings) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS)
    (settings.data_dir / "chroma").rename(settings.data_dir / "gone")
    with open_coverage(settings, CountingEmbedder()) as coverage:
        with pytest.raises(StoreError, match=r"0 of 3 passages.*isnad coverage reindex"):
            await coverage.search(ARTICLE, [OPENS], Unlimited())
        await coverage.reindex()
        assert len((await coverage.search(ARTICLE, [OPENS], Unlimited())).leads) == 2


async def test_a_broken_index_is_told_and_moved_aside_when_it_is_made_anew(settings: Settings) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS)
    (settings.data_dir / "chroma" / "chroma.sqlite3").write_bytes(b"this is not a database" * 500)
    with open_coverage(settings, CountingEmbedder()) as coverage:
        with pytest.raises(StoreError, match="isnad coverage reindex"):
            await coverage.search(ARTICLE, [OPENS], Unlimited())
        await coverage.reindex()
        assert len((await coverage.search(ARTICLE, [OPENS], Unlimited())).leads) == 2
    assert [path.name for path in settings.data_dir.glob("chroma.broken-*")]


def test_a_broken_catalogue_is_told(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True)
    (settings.data_dir / "catalogue.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match=r"catalogue\.sqlite"), open_coverage(settings, CountingEmbedder()):
        pytest.fail("opened a broken catalogue")


def test_a_catalogue_of_another_version_is_left_alone(settings: Settings) -> None:
    with open_coverage(settings, CountingEmbedder()):
        pass
    with sqlite3.connect(settings.data_dir / "catalogue.sqlite") as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'layout'")
    connection.close()
    with pytest.raises(StoreError, match="another version"), open_coverage(settings, CountingEmbedder()):
        pytest.fail("opened another layout")


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(data_dir=tmp_path / "file" / "data")
    with pytest.raises(StoreError, match="ISNAD_DATA_DIR"), open_coverage(settings, CountingEmbedder()):
        pytest.fail("opened a folder in a file")


async def test_searches_side_by_side_and_adding_do_not_disturb_each_other(settings: Settings) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS)
        more = [report(f"{ORANGES} Edition {n}.", f"Markets {n}") for n in range(20)]
        adding = [coverage.add(more[n : n + 5]) for n in range(0, 20, 5)]
        searching = [coverage.search(ARTICLE, [OPENS], Unlimited()) for _ in range(4)]
        found, _ = await asyncio.gather(asyncio.gather(*searching), asyncio.gather(*adding))
        assert [len(one.leads) for one in found] == [2, 2, 2, 2]
        assert coverage.stats().documents == 23


def _random_texts(number: int) -> list[str]:
    chosen = np.random.default_rng(4).integers(0, 400, (number, 30))
    return [" ".join(f"word{n}" for n in row) for row in chosen]


@pytest.mark.parametrize(("vectors", "least"), [(300, 1.0), (2100, 0.98)])
def test_nearest_neighbours_are_those_of_a_full_comparison(tmp_path: Path, vectors: int, least: float) -> None:
    matrix = embed_matrix(_random_texts(vectors))
    index = Index(IndexLocation(tmp_path / "chroma"))
    index.write("space", [f"k{n}" for n in range(vectors)], matrix.tolist(), ["en"] * vectors)
    asked = matrix[::50]
    found = [some["en"] for some in index.query("space", asked.tolist(), 10)]
    exact = np.argsort(-(asked @ matrix.T), axis=1)[:, :10]
    keys = [{near.key for near in some} for some in found]
    recall = np.mean([len(some & {f"k{n}" for n in row}) / 10 for some, row in zip(keys, exact, strict=True)])
    assert recall >= least
    assert found[0][0].similarity == pytest.approx(1, abs=1e-4)
    index.close()


def test_documents_come_back_from_the_catalogue_as_they_went_in(places: Settings) -> None:
    strange = Document.of("a\nb\u202e 😀 \ufffd", title="عنوان", url="https://a.example/?q=1&r=ü", language="ar")
    with open_catalogue(places) as catalogue:
        catalogue.write_pending([strange, *REPORTS])
        assert catalogue.pending(10) == [strange, *REPORTS]
        assert catalogue.get([strange.id, REPORTS[0].id, "d-none"]) == {d.id: d for d in (strange, REPORTS[0])}
        assert catalogue.unknown([strange, report("new")]) == [report("new")]


async def test_of_one_page_the_last_version_is_searched_and_the_earlier_one_kept(
    places: Settings,
) -> None:
    first = Document.of(QUAY, url="https://bay.example/quay", outlet="Bay Agency")
    later = Document.of(f"{QUAY} It was closed for a year.", url="https://www.bay.example/quay/?utm_source=x")
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add([first])
        assert await coverage.add([later]) == FillOutcome(added=1, updated=1)
        assert {one.passage.document_id for one in await coverage.query(QUAY, 10)} == {later.id}
        assert [(one.state, one.reason) for one in coverage.documents(kept=True)] == [
            (DocumentState.SUPERSEDED, later.id)
        ]
        assert await coverage.add([first]) == FillOutcome(unchanged=1)
        assert coverage.page("http://bay.example/quay") == later


async def test_two_versions_that_come_together_are_one_document(places: Settings) -> None:
    versions = [Document.of(f"{QUAY} Edition {n}.", url="https://bay.example/quay") for n in range(3)]
    with open_coverage(places, CountingEmbedder()) as coverage:
        assert await coverage.add(versions) == FillOutcome(added=3, updated=2)
        assert [one.id for one in coverage.documents()] == [versions[2].id]
        assert [one.reason for one in coverage.documents(kept=True)] == [versions[2].id] * 2


async def test_a_page_that_goes_back_to_an_earlier_text_has_that_text_again(places: Settings) -> None:
    first, second = (Document.of(f"{QUAY} Edition {n}.", url="https://bay.example/quay") for n in range(2))
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add([first])
        await coverage.add([second])
        before = (await coverage.arrived_since(0))[-1].seq
        assert await coverage.add([first], standing=True) == FillOutcome(added=1, updated=1)
        assert [one.id for one in coverage.documents()] == [first.id]
        assert [one.reason for one in coverage.documents(kept=True)] == [first.id]
        assert [one.document for one in await coverage.arrived_since(before)] == [first]
        assert {one.passage.document_id for one in await coverage.query(QUAY, 10)} == {first.id}


async def test_of_versions_that_come_together_the_last_one_is_current_however_long(places: Settings) -> None:
    versions = [Document.of(f"{QUAY}{' More.' * n}", url="https://bay.example/quay") for n in (2, 0, 3, 1)]
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add(versions)
        assert [one.id for one in coverage.documents()] == [versions[-1].id]


async def test_a_withdrawn_document_is_kept_with_the_reason_and_can_be_restored(places: Settings) -> None:
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS)
        assert await coverage.withdraw([REPORTS[0].id, "d-unknown"], "retracted by the outlet") == [REPORTS[0].id]
        assert REPORTS[0].id not in {one.passage.document_id for one in await coverage.query(QUAY, 10)}
        assert await coverage.add(REPORTS) == FillOutcome(unchanged=2, withdrawn=1)
        (kept,) = coverage.documents(kept=True)
        assert (kept.state, kept.reason) == (DocumentState.WITHDRAWN, "retracted by the outlet")
        assert await coverage.restore([REPORTS[0].id]) == [REPORTS[0].id]
        assert REPORTS[0].id in {one.passage.document_id for one in await coverage.query(QUAY, 10)}


async def test_documents_are_numbered_in_the_order_of_their_coming(places: Settings) -> None:
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add(REPORTS[:2])
        before = await coverage.arrived_since(0)
        assert [one.document for one in before] == REPORTS[:2]
        await coverage.remove([REPORTS[1].id])
        await coverage.add(REPORTS[2:])
        assert [one.document for one in await coverage.arrived_since(before[-1].seq)] == REPORTS[2:]


async def test_an_earlier_version_that_comes_later_from_a_file_does_not_take_the_place(places: Settings) -> None:
    old, new = (
        Document.of(f"{QUAY} {day}", url="https://bay.example/quay", published_at=datetime(2016, 3, day, tzinfo=UTC))
        for day in (14, 15)
    )
    with open_coverage(places, CountingEmbedder()) as coverage:
        await coverage.add([new])
        assert await coverage.add([old]) == FillOutcome(added=1, updated=1)
        assert [one.id for one in coverage.documents()] == [new.id]
        await coverage.add([old], standing=True)
        assert [one.id for one in coverage.documents()] == [old.id]
