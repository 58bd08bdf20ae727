"""The progress line: what it says, and that it is silent where nobody looks."""

from collections.abc import AsyncIterator
from io import StringIO

from rich.console import Console

from agent.doors.cli.progress import shown
from agent.doors.tally import RunTally
from agent.events import (
    ArticleSplit,
    ClaimLabelled,
    ClaimsCollected,
    CoverageFound,
    Event,
    PartRead,
    RunFinished,
    RunStarted,
    WitnessHeard,
)
from agent.models import Label, Usage
from tests.support.reports import english_report

ONE_CALL = Usage(calls=1, prompt_tokens=900, completion_tokens=100)
RUN: list[Event] = [
    RunStarted(run_id="r1"),
    ArticleSplit(parts=2),
    PartRead(claims=3, usage=ONE_CALL),
    PartRead(claims=0, failed=True, usage=ONE_CALL),
    ClaimsCollected(claims=3),
    CoverageFound(origins=2, hearings=4),
    WitnessHeard(origin="o1", claims=3, usage=ONE_CALL),
    ClaimLabelled(claim_id="c1", label=Label.CONTESTED),
    RunFinished(report=english_report()),
]


async def stream(events: list[Event]) -> AsyncIterator[Event]:
    for event in events:
        yield event


def line_after(count: int) -> str:
    tally = RunTally()
    for event in RUN[:count]:
        tally.take(event)
    return tally.line


def test_the_line_tells_step_claims_calls_and_tokens() -> None:
    assert line_after(1) == "Starting · 0 claims"
    assert line_after(3) == "Reading the article, part 1/2 · 3 claims · 1 model calls, 1,000 tokens"
    assert line_after(7) == "Hearing the witnesses 1/4 · 3 claims · 3 model calls, 3,000 tokens · 1 failed"
    assert line_after(8).startswith("Labelling, claim 1/3 ")


def test_a_resumed_run_says_so() -> None:
    tally = RunTally()
    tally.take(RunStarted(run_id="r1", resumed=True))
    assert tally.line.startswith("Resuming")


async def test_every_event_is_passed_on_and_a_file_gets_nothing() -> None:
    out = StringIO()
    passed = [event async for event in shown(stream(RUN), Console(file=out, force_terminal=False))]
    assert passed == RUN
    assert out.getvalue() == ""


async def test_a_terminal_gets_the_line_and_has_it_cleared_before_the_report() -> None:
    out = StringIO()
    console = Console(file=out, force_terminal=True, width=100, _environ={})
    async for event in shown(stream(RUN), console):
        if isinstance(event, RunFinished):
            assert "1/3" in out.getvalue()
            assert out.getvalue().endswith("\x1b[2K"), "the line stands where the report will be printed"
