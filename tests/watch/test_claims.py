"""The index of past claims follows the reports, which are the truth."""

import shutil

from agent.config import Settings
from agent.coverage.retrieve import open_coverage
from agent.models import Label
from agent.reports import open_reports
from agent.watch.claims import PastClaims
from agent.watch.ledger import Ledger
from agent.watch.opening import open_claims
from tests.support.desk import open_desk
from tests.support.reports import english_report
from tests.support.shelf import DENIAL, CountingEmbedder, report

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
        with open_claims(settings) as index:
            claims = PastClaims(Ledger(reports.database), index, coverage)
            await claims.sync()
            (near,) = await claims.near(["The quay opens again on some day of the month."], 0.3)
            assert len(near) == 150
            assert await claims.near(["Oranges"], 0.3) == [[]]
