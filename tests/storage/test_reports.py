"""Reports stay: every version of each, what changed, what was corrected, for several processes at once."""

import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.config import Settings
from agent.coverage.archive import Coverage, open_coverage
from agent.errors import BadInput, EndpointUnreachable, StoreError, UnknownClaim, UnknownRun
from agent.models import Counts, FailureReason, Label, Report, Stance
from agent.storage.compiling import for_driver
from agent.storage.reports import Cause, Change, Reports, Version, open_reports
from agent.storage.reports.statements import DELETE_ORPHAN
from agent.verify.keeping import ReportKeeper
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from evals.servers.forked import Forked
from tests.support import shelf
from tests.support.reports import arabic_report, english_report
from tests.support.scripted import ScriptedAnalyst, draft
from tests.support.shelf import ARTICLE, QUAY, CountingEmbedder

NOW = datetime(2016, 3, 20, tzinfo=UTC)


@pytest.fixture
def reports(places: Settings) -> Iterator[Reports]:
    with open_reports(places) as opened:
        yield opened


def _change(report: Report, new: Label) -> Change:
    finding = report.claims[0]
    cause = Cause(
        document_id="d1", url=None, outlet="Mole Mail", title=None, published_at=None, stance=Stance.CONTRADICTS
    )
    return Change(
        claim_id=finding.id,
        claim=finding.text,
        old_label=finding.label,
        new_label=new,
        documents=(cause,),
        changed_at=NOW,
        analyst="lexical",
    )


def _arabic() -> Report:
    return arabic_report().model_copy(update={"run_id": "arabic-run"})


def _relabelled(report: Report, new: Label) -> Report:
    first, *rest = report.claims
    return report.model_copy(update={"claims": (first.model_copy(update={"label": new}), *rest)})


def test_a_report_comes_back_as_it_went_in(reports: Reports) -> None:
    for report in (english_report(), _arabic()):
        assert reports.save(report)
        assert reports.get(report.run_id) == report


def test_saving_a_run_again_changes_nothing(reports: Reports) -> None:
    report = english_report()
    assert reports.save(report)
    assert not reports.save(_relabelled(report, Label.UNSOURCED))
    assert reports.get(report.run_id) == report
    assert len(reports.versions(report.run_id)) == 1


def test_a_new_version_overwrites_nothing(reports: Reports) -> None:
    report = english_report()
    reports.save(report)
    changed = _relabelled(report, Label.CONTESTED)
    (told,) = reports.add_version(changed, [_change(report, Label.CONTESTED)], after=1) or ()
    assert (told.run_id, told.version) == (report.run_id, 2)
    assert reports.get(report.run_id) == changed
    assert reports.get(report.run_id, 1) == report
    assert reports.changes(report.run_id) == [told]
    assert reports.changes(since=told.number) == []


def test_of_two_next_versions_the_second_is_refused(reports: Reports) -> None:
    report = english_report()
    reports.save(report)
    assert reports.add_version(report, [_change(report, Label.CONTESTED)], after=1)
    assert reports.add_version(report, [_change(report, Label.UNSOURCED)], after=1) is None
    assert [one.new_label for one in reports.changes()] == [Label.CONTESTED]


def test_the_listing_shows_the_latest_version_of_each_run_the_last_run_first(reports: Reports) -> None:
    first, second = english_report(), _arabic()
    reports.save(first)
    reports.save(second)
    reports.add_version(first.model_copy(update={"counts": Counts(contested=9)}), [], after=1)
    assert [(one.run_id, one.version) for one in reports.listing()] == [(second.run_id, 1), (first.run_id, 2)]
    assert reports.listing()[1].counts.contested == 9
    assert reports.get("last") == second


def test_a_correction_stands_beside_the_report(reports: Reports) -> None:
    report = english_report()
    reports.save(report)
    claim = report.claims[0]
    kept = reports.correct("last", claim.id, Label.UNSOURCED, " the second outlet is the first one's twin ", "desk")
    assert reports.corrections() == [kept]
    assert (kept.run_id, kept.version, kept.given, kept.label) == (report.run_id, 1, claim.label, Label.UNSOURCED)
    assert kept.reason == "the second outlet is the first one's twin"
    assert reports.get(report.run_id) == report
    assert reports.corrections("another run") == []


def test_the_words_of_a_claim_are_kept_for_as_long_as_a_report_has_them(reports: Reports) -> None:
    first = english_report()
    reports.save(first)
    words = reports.database.number("SELECT count(*) FROM keys")
    reports.save(first.model_copy(update={"run_id": "another-run"}))
    reports.save(_arabic())
    reports.delete("arabic-run")
    reports.delete("another-run")
    assert reports.database.number("SELECT count(*) FROM keys") == words > 0
    reports.delete(first.run_id)
    assert reports.database.number("SELECT count(*) FROM keys") == 0


def test_forgetting_one_report_reads_the_claims_of_no_other(settings: Settings) -> None:
    query, values = for_driver(DELETE_ORPHAN, "sqlite", {"of_key": "any"})
    with open_reports(settings) as reports, reports.database.reading() as connection:
        plan = [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", values)]
    assert [step for step in plan if step.startswith("SCAN")] == []


class DeletedMeanwhile(Reports):
    """The report goes just after somebody has looked which versions there are."""

    def versions(self, run_id: str) -> list[Version]:
        found = super().versions(run_id)
        self.delete(found[0].run_id)
        return found


def test_a_report_that_is_deleted_while_it_is_asked_for_is_not_there(reports: Reports) -> None:
    report = english_report()
    reports.save(report)
    with pytest.raises(UnknownRun):
        DeletedMeanwhile(reports.database).get(report.run_id)


def test_a_correction_of_nothing_is_refused(reports: Reports) -> None:
    report = english_report()
    reports.save(report)
    with pytest.raises(UnknownClaim, match="c99"):
        reports.correct(report.run_id, "c99", Label.UNSOURCED, "why", "desk")
    with pytest.raises(BadInput, match="reason"):
        reports.correct(report.run_id, report.claims[0].id, Label.UNSOURCED, "  ", "desk")
    with pytest.raises(UnknownRun, match="nothing-like-it"):
        reports.correct("nothing-like-it", "c1", Label.UNSOURCED, "why", "desk")
    assert reports.corrections() == []


def test_unknown_runs_and_versions_are_named(reports: Reports) -> None:
    with pytest.raises(UnknownRun, match="no finished run"):
        reports.get("last")
    reports.save(english_report())
    with pytest.raises(UnknownRun, match="7"):
        reports.get("last", 7)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "reports.sqlite").write_bytes(b"not a database, whatever it is called" * 100)
    with pytest.raises(StoreError, match=r"reports\.sqlite"), open_reports(Settings(data_dir=tmp_path)):
        pytest.fail("opened a file that is no database")


def test_a_file_of_another_layout_is_left_alone(tmp_path: Path) -> None:
    with open_reports(Settings(data_dir=tmp_path)) as reports:
        reports.save(english_report())
    with sqlite3.connect(tmp_path / "reports.sqlite") as connection:
        connection.execute("UPDATE facts SET value = '99' WHERE name = 'layout'")
    connection.close()
    with pytest.raises(StoreError, match="another version"), open_reports(Settings(data_dir=tmp_path)):
        pytest.fail("opened another layout")


WRITING = """
import sys
from pathlib import Path
from agent.config import Settings
from agent.storage.reports import open_reports
from tests.support.reports import english_report

with open_reports(Settings(data_dir=Path(sys.argv[1]))) as reports:
    print("open", flush=True)
    for number in range(40):
        reports.save(english_report().model_copy(update={"run_id": f"{sys.argv[2]}-{number}"}))
"""


def test_several_processes_keep_their_reports_in_one_file(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    command = [sys.executable, "-c", WRITING, str(tmp_path)]
    both = [Forked[bytes]([*command, name], cwd=root, stdout=subprocess.PIPE) for name in ("one", "other")]
    assert [process.communicate(timeout=240) and process.returncode for process in both] == [0, 0]
    with open_reports(Settings(data_dir=tmp_path)) as reports:
        assert len(reports.listing()) == 80


OPENING = draft("The second quay will open again this week")


@asynccontextmanager
async def _verifier(
    settings: Settings, coverage: Coverage, reports: Reports, analyst: ScriptedAnalyst
) -> AsyncIterator[Verifier]:
    async with open_runs(settings) as runs:
        yield Verifier(Parts(analyst, coverage, runs, ReportKeeper(reports, coverage)), settings)


async def test_every_finished_verification_is_kept_once(settings: Settings) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage, open_reports(settings) as reports:
        async with _verifier(settings, coverage, reports, ScriptedAnalyst([OPENING])) as verifier:
            report = await verifier.verify(ARTICLE)
            assert await verifier.resume(report.run_id) == report
        assert reports.get("last") == report
        assert [one.version for one in reports.versions(report.run_id)] == [1]


async def test_a_report_that_a_killed_run_left_unkept_is_kept_on_resuming(
    settings: Settings,
) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage, open_reports(settings) as reports:
        async with open_runs(settings) as runs:
            report = await Verifier(Parts(ScriptedAnalyst([OPENING]), coverage, runs), settings).verify(ARTICLE)
        assert reports.listing() == []
        async with _verifier(settings, coverage, reports, ScriptedAnalyst()) as verifier:
            await verifier.resume("last")
        assert reports.get("last") == report


async def test_a_run_that_failed_is_not_kept(settings: Settings) -> None:
    broken = ScriptedAnalyst(failing_parts={0: EndpointUnreachable(FailureReason.UNREACHABLE, "gone")})
    with open_coverage(settings, CountingEmbedder()) as coverage, open_reports(settings) as reports:
        async with _verifier(settings, coverage, reports, broken) as verifier:
            with pytest.raises(EndpointUnreachable):
                await verifier.verify(ARTICLE)
        assert reports.listing() == []


async def test_what_a_run_can_have_searched_is_noted_before_it_searches(settings: Settings) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage, open_reports(settings) as reports:
        await ReportKeeper(reports, coverage).begin("before")
        await coverage.add([shelf.report(f"{QUAY} Edition {n}", f"Outlet {n}") for n in range(3)])
        await ReportKeeper(reports, coverage).begin("after")
        await ReportKeeper(reports, coverage).begin("before")
        with reports.database.reading() as connection:
            noted = connection.execute("SELECT run_id, looked_to, coverage FROM runs ORDER BY looked_to").fetchall()
        assert noted == [("before", 0, coverage.name), ("after", 3, coverage.name)]
