"""The index of past claims follows the reports, which are the truth."""

import shutil
from array import array
from collections.abc import Sequence
from dataclasses import replace

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Floors, Purpose
from agent.coverage.embedding.hashed import HASHED_DIMENSION, HashedEmbedder, HashedVectors
from agent.models import Budget, Label
from agent.storage.reports import open_reports
from agent.watch.ledger import Ledger
from agent.watch.past_claims import FOLDER, PastClaims, past_claims_in
from tests.support.desk import open_desk
from tests.support.reports import english_report
from tests.support.shelf import DENIAL, CountingEmbedder, report

LEAST = Floors(within=0.3, across=0.3)
MOLE = report(DENIAL, "Mole Mail", hours=30)


async def test_each_claim_is_embedded_once_all_in_one_call(settings: Settings) -> None:
    embedder = CountingEmbedder()
    with open_desk(settings, embedder) as desk:
        await desk.verify()
        await desk.verify()
        embedder.asked.clear()
        await desk.look()
        await desk.look()
        assert [len(texts) for texts in embedder.asked] == [2]


async def test_a_lost_index_is_made_anew(settings: Settings) -> None:
    with open_desk(settings) as desk:
        await desk.verify()
        await desk.look()
    shutil.rmtree(settings.data_dir / "claims")
    with open_desk(settings) as desk:
        assert len((await desk.look(MOLE)).changes) == 1


async def test_a_broken_index_is_set_aside_and_made_anew(settings: Settings) -> None:
    with open_desk(settings) as desk:
        await desk.verify()
        await desk.look()
    (settings.data_dir / "claims" / "chroma.sqlite3").write_bytes(b"this is not a database" * 500)
    with open_desk(settings) as desk:
        assert len((await desk.look(MOLE)).changes) == 1


async def test_another_embedder_gets_an_index_of_its_own(settings: Settings) -> None:
    with open_desk(settings, CountingEmbedder("old-space")) as desk:
        await desk.verify()
        await desk.look()
    with open_coverage(settings, CountingEmbedder("new-space"), any_embedder=True) as coverage:
        await coverage.reindex()
    with open_desk(settings, CountingEmbedder("new-space")) as desk:
        await desk.look(MOLE)
        assert desk.reports.get("last").claims[0].label is Label.CONTESTED


async def test_a_passage_finds_all_claims_that_are_near_however_many(settings: Settings) -> None:
    sample = english_report()
    findings = tuple(
        sample.claims[0].model_copy(update={"id": f"c{n}", "text": f"The quay opens again on day {n} of the month."})
        for n in range(150)
    )
    with open_coverage(settings, CountingEmbedder()) as coverage, open_reports(settings) as reports:
        reports.save(sample.model_copy(update={"claims": findings}))
        claims = past_claims_in(coverage, Ledger(reports.database))
        await claims.sync()
        (near,) = await claims.near(["The quay opens again on some day of the month."], ["en"], LEAST)
        assert len(near) == 150
        assert await claims.near(["Oranges"], ["en"], LEAST) == [[]]


class MeaningEmbedder(CountingEmbedder):
    """Hashed words, and beside them one and the same meaning."""

    traits = replace(
        HashedEmbedder.traits,
        languages=frozenset({"ar", "en"}),
        across=slice(HASHED_DIMENSION, HASHED_DIMENSION + 1),
    )

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        hashed = await super().embed(texts, purpose=purpose, budget=budget)
        return HashedVectors([array("f", [*row, 1.0]) for row in hashed.rows], hashed.usage)


async def test_a_claim_stands_in_the_language_of_its_article(settings: Settings) -> None:
    with (
        open_coverage(settings, MeaningEmbedder("meaning")) as coverage,
        open_reports(settings) as reports,
    ):
        reports.save(english_report())
        index = coverage.beside(FOLDER)
        claims = PastClaims(Ledger(reports.database), index, coverage)
        await claims.sync()
        assert index.languages(claims.space) == ["en"]
        alike = Floors(within=0.9, across=0.9)
        # What is said in another language has no words in common, and is compared by the meaning alone.
        foreign, native = await claims.near(["الرصيف الثاني", "Oranges"], ["ar", "en"], alike)
        assert len(foreign) == len({finding.text for finding in english_report().claims})
        assert native == []
        assert await claims.near(["الرصيف الثاني"], ["ar"], Floors(within=0.9, across=1.1)) == [[]]
