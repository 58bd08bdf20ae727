"""What `isnad doctor` says of the scheduled tasks: the same as `GET /v1/schedules`."""

from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from agent.doors.cli.check import Check
from agent.errors import IsnadError
from agent.extras import install_command
from agent.faults import exit_code

if TYPE_CHECKING:
    from agent.config import Settings
    from agent.jobs.records import ClockRun, Timed

_NEEDED = ("dbos", "croniter", "sqlalchemy")


async def check_schedules(settings: "Settings") -> list[Check]:
    """One check for each schedule. One whose last run failed is shown as bad, without an exit code: its next run may
    succeed."""
    if any(find_spec(package) is None for package in _NEEDED):
        return [Check("schedules", "note", f"none without the service: {install_command('service')}")]
    from agent.jobs import JobState
    from agent.jobs.access import open_jobs
    from agent.jobs.clockwork import build_crons
    from agent.jobs.database import is_made

    timed: tuple[Timed, ...] = ()
    try:
        wanted = build_crons(settings)
        if is_made(settings):
            with open_jobs(settings) as jobs:
                timed = await jobs.schedules()
    except IsnadError as err:
        return [Check("schedules", "bad", str(err), exit_code(err))]
    if not timed:
        return [Check("schedules", "note", "none yet: the service has not run here")]
    checks = []
    for one in timed:
        failed = one.last_run is not None and one.last_run.state is JobState.FAILED
        checks.append(Check(one.name, "bad" if failed else "ok", _describe(one)))
    # As the settings of this command have it, the next start of the service would change these.
    known = {one.name: one.cron for one in timed}
    changed = sorted(name for name in known.keys() | wanted if known.get(name) != wanted.get(name))
    if changed:
        checks.append(Check("schedules", "note", f"the service ran last with other times for: {', '.join(changed)}"))
    return checks


def _describe(one: "Timed") -> str:
    lines = [f"{one.cron} (UTC), next {_moment(one.next_at)}"]
    if one.running_since is not None:
        lines.append(f"one was begun {_moment(one.running_since)} and has not ended")
    lines.append(_ended(one.last_run) if one.last_run is not None else "no run has ended yet")
    return "; ".join(lines)


def _ended(run: "ClockRun") -> str:
    text = f"last run {run.state} {_moment(run.ended_at)}"
    if run.began_at is not None:
        text += f" after {(run.ended_at - run.began_at).total_seconds():.1f} s"
    return f"{text}: {run.problem.message}" if run.problem is not None else text


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
