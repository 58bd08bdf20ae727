"""A failure is never a verdict: what could not be judged keeps its label, is told, and waits for the next look."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent.config import Settings
from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable, StoreError
from agent.models import Claim, FailureReason, Judgement, Label, Stance, Step, Witness
from evals.servers.forked import Forked
from tests.support.cutting import LostLatch
from tests.support.desk import OPENING, Desk, open_desk, reads
from tests.support.scripted import Judge, says, unrelated
from tests.support.shelf import DENIAL, ORANGES, QUAY, CountingEmbedder, report

pytestmark = pytest.mark.waits

AGENCY = report(QUAY, "Bay Agency")
MOLE = report(DENIAL, "Mole Mail", hours=30)
TOWN = report(
    "Our reporter heard at the town hall that the second quay would open again this week; the mayor nodded.",
    "Town Paper",
)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    with open_desk(settings) as opened:
        yield opened


def _label(desk: Desk) -> Label | None:
    return desk.reports.get("last").claims[0].label


def _fails_for(words: str, error: Exception) -> Judge:
    def judge(witness: Witness, claim: Claim) -> Judgement | Exception:
        return error if any(words in passage.text for passage in witness.passages) else reads(witness, claim)

    return judge


TIMEOUT = AnalystError(FailureReason.TIMEOUT, "the endpoint went silent")


async def test_a_document_that_could_not_be_heard_leaves_the_old_label_and_is_heard_the_next_time(desk: Desk) -> None:
    await desk.verify()
    desk.analyst.judge_by = _fails_for("union denied", TIMEOUT)
    looked = await desk.look(MOLE)
    (missed,) = looked.missed
    assert (missed.claim_id, missed.failure.step, missed.failure.reason) == ("c1", Step.JUDGE, FailureReason.TIMEOUT)
    assert (looked.changes, len(desk.reports.versions("last"))) == ((), 1)
    desk.analyst.judge_by = reads
    looked = await desk.look()
    assert (looked.documents, len(looked.changes), looked.missed) == (0, 1, ())
    assert _label(desk) is Label.CONTESTED


async def test_support_waits_for_another_witness_who_could_deny_it(desk: Desk) -> None:
    await desk.verify()
    desk.analyst.judge_by = _fails_for("union denied", TIMEOUT)
    await desk.look(AGENCY, MOLE)
    assert _label(desk) is Label.UNSOURCED
    desk.analyst.judge_by = reads
    await desk.look()
    assert _label(desk) is Label.CONTESTED
    assert desk.reports.get("last").claims[0].origins.supporting == 1


async def test_a_denial_stands_whoever_else_could_not_be_heard(desk: Desk) -> None:
    await desk.verify()
    desk.analyst.judge_by = _fails_for("town hall", TIMEOUT)
    looked = await desk.look(MOLE, TOWN)
    assert (_label(desk), looked.missed) == (Label.CONTESTED, ())


async def test_a_claim_left_out_of_an_answer_is_a_failure(desk: Desk) -> None:
    await desk.verify()
    desk.analyst.judge_by = lambda witness, claim: None
    (missed,) = (await desk.look(MOLE)).missed
    assert missed.failure.reason is FailureReason.MALFORMED
    assert len(desk.reports.versions("last")) == 1


async def test_a_forged_quote_changes_nothing(desk: Desk) -> None:
    await desk.verify()
    desk.analyst.judge_by = lambda witness, claim: says(claim, Stance.CONTRADICTS, "the quay has sunk")
    looked = await desk.look(MOLE)
    assert (looked.claims, looked.changes, looked.missed) == (1, (), ())
    assert _label(desk) is Label.UNSOURCED


@pytest.mark.parametrize("error", [EndpointUnreachable, EndpointRejected])
async def test_an_endpoint_that_cannot_answer_stops_the_look_and_everything_waits(
    desk: Desk, error: type[AnalystError]
) -> None:
    await desk.verify()
    desk.analyst.judge_by = _fails_for("union denied", error(FailureReason.UNREACHABLE, "nobody there"))
    with pytest.raises(error):
        await desk.look(AGENCY, MOLE)
    assert len(desk.reports.versions("last")) == 1
    desk.analyst.judge_by = reads
    await desk.look()
    assert _label(desk) is Label.CONTESTED


async def test_an_embedder_that_fails_loses_no_document(settings: Settings) -> None:
    embedder = CountingEmbedder()
    with open_desk(settings, embedder) as desk:
        await desk.verify()
        await desk.coverage.add([MOLE])
        embedder.broken = True
        with pytest.raises(AnalystError):
            await desk.look()
        embedder.broken = False
        await desk.look()
        assert _label(desk) is Label.CONTESTED


def _silent(witness: Witness, claim: Claim) -> Judgement | Exception:
    return TIMEOUT if claim.quote == OPENING.quote else unrelated(claim)


async def test_claims_that_could_not_be_checked_are_checked_by_the_next_look(desk: Desk) -> None:
    await desk.coverage.add([AGENCY, MOLE])
    before = await desk.verify(judge=_silent)
    assert before.counts.failed == 2
    looked = await desk.look()
    assert [(one.old_label, one.new_label) for one in looked.changes] == [
        (None, Label.CONTESTED),
        (None, Label.UNSOURCED),
    ]
    after, whole = desk.reports.get(before.run_id), await desk.verify()
    assert after.counts == whole.counts
    assert [set(one.evidence) for one in after.claims] == [set(one.evidence) for one in whole.claims]
    assert [one.origins for one in after.claims] == [one.origins for one in whole.claims]
    assert desk.reports.get(before.run_id, 1) == before


async def test_a_claim_that_still_cannot_be_checked_stays_a_failure_whatever_comes(desk: Desk) -> None:
    await desk.verify(judge=_silent)
    desk.analyst.judge_by = _silent
    looked = await desk.look(AGENCY)
    assert [missed.claim_id for missed in looked.missed] == ["c1", "c2"]
    assert (looked.changes, desk.reports.get("last").counts.failed) == ((), 2)


async def test_what_fails_on_and_on_is_tried_with_ever_longer_waits(desk: Desk) -> None:
    await desk.verify()
    desk.analyst.judge_by = _fails_for("union denied", TIMEOUT)
    tried = []
    await desk.coverage.add([MOLE])
    for minute in range(100):
        desk.analyst.heard.clear()
        looked = await desk.look()
        tried += [minute] * bool(desk.asked)
        assert (len(looked.missed), looked.postponed) == ((1, 0) if desk.asked else (0, 1))
        desk.clock.now += timedelta(minutes=1)
    assert tried == [0, 1, 2, 6, 22, 86]


async def test_what_waits_is_not_tried_again_for_other_news_and_still_holds_a_label_back(desk: Desk) -> None:
    await desk.verify()
    desk.analyst.judge_by = _fails_for("union denied", TIMEOUT)
    await desk.look(MOLE)
    await desk.look()
    desk.analyst.heard.clear()
    (missed,) = (await desk.look(AGENCY)).missed
    assert (len(desk.asked), missed.failure.reason) == (1, FailureReason.TIMEOUT)
    assert _label(desk) is Label.UNSOURCED
    desk.analyst.judge_by = reads
    desk.clock.now += timedelta(minutes=1)
    await desk.look()
    assert _label(desk) is Label.CONTESTED
    assert desk.reports.get("last").claims[0].origins.supporting == 1


async def test_of_two_that_look_at_once_one_stores_and_nothing_is_told_twice(desk: Desk) -> None:
    await desk.verify()
    await desk.coverage.add([MOLE])
    looks = await asyncio.gather(desk.watch.look(), desk.watch.look())
    assert sum(len(looked.changes) for looked in looks) == 1
    assert [one.version for one in desk.reports.versions("last")] == [1, 2]
    assert len(desk.reports.get("last").claims[0].evidence) == 1


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from agent.config import Settings
from agent.storage.reports import Reports
from tests.support.desk import open_desk
from tests.support.shelf import DENIAL, report

def die(*_, **__):
    print("judged", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    with open_desk(Settings(data_dir=Path(sys.argv[1]))) as desk:
        await desk.verify()
        Reports._record = die
        await desk.look(report(DENIAL, "Mole Mail", hours=30))

asyncio.run(main())
"""


async def test_who_lost_its_turn_at_looking_judges_nothing_and_the_next_look_does(shared: Settings) -> None:
    with open_desk(shared) as desk:
        await desk.coverage.add([AGENCY])
        await desk.verify()
        turns = desk.watch._turns
        latch, turns._latch = turns._latch, LostLatch(turns._latch, shared)
        with pytest.raises(StoreError, match="was lost in the middle"):
            await desk.look(MOLE)
        assert desk.asked == []
        turns._latch = latch
        looked = await desk.look()
        assert (looked.documents, [change.new_label for change in looked.changes]) == (1, [Label.CONTESTED])


async def test_a_kill_between_judging_and_storing_is_made_good_by_the_next_look(settings: Settings) -> None:
    root = Path(__file__).parents[2]
    killed = Forked[str](
        [sys.executable, "-c", KILLED, str(settings.data_dir)],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    out, err = await asyncio.to_thread(killed.communicate, timeout=240)
    assert (killed.returncode, out) == (-signal.SIGKILL, "judged\n"), err
    with open_desk(settings) as desk:
        assert len(desk.reports.versions("last")) == 1
        looked = await desk.look(report(ORANGES, "Markets"))
        assert [change.new_label for change in looked.changes] == [Label.CONTESTED]
        assert len(desk.reports.get("last").claims[0].evidence) == 1
        assert (await desk.look()).changes == ()
