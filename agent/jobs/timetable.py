"""What is done by the clock, when, and how it went the last time."""

from collections.abc import Sequence
from itertools import count

from dbos import DBOSClient, WorkflowStatus

from agent.jobs.duties import TOO_LATE
from agent.jobs.naming import duty_of
from agent.jobs.records import JobState, Timed
from agent.jobs.status import statuses_of, timed_of

# So many at once: behind one that takes long, the times that are left out pile up.
_AT_ONCE = 100
_RUNNING = tuple(statuses_of(JobState.RUNNING))
_ENDED = tuple(statuses_of(*(state for state in JobState if state.ended)))


def read_timetable(client: DBOSClient) -> tuple[Timed, ...]:
    """By name. Blocking."""
    return tuple(
        timed_of(one, _running(client, one["schedule_name"]), last_ended(client, one["schedule_name"]))
        for one in sorted(client.list_schedules(), key=lambda one: one["schedule_name"])
    )


def last_ended(client: DBOSClient, duty: str) -> WorkflowStatus | None:
    """The last run that has ended, of those that are remembered."""
    for page in count():
        found = _latest(client, duty, _ENDED, page)
        for run in found:
            if run.output != TOO_LATE:
                return run
        if len(found) < _AT_ONCE:
            return None
    raise AssertionError("pages never end")


def _running(client: DBOSClient, duty: str) -> WorkflowStatus | None:
    return next(iter(_latest(client, duty, _RUNNING)), None)


def _latest(client: DBOSClient, duty: str, statuses: Sequence[str], page: int = 0) -> list[WorkflowStatus]:
    return client.list_workflows(
        name=duty_of(duty),
        status=list(statuses),
        sort_desc=True,
        limit=_AT_ONCE,
        offset=page * _AT_ONCE,
        load_input=False,
    )
