"""Forgetting how things went that ended long ago and that nobody asks for by name: times of the clock, deliveries."""

from datetime import datetime

from dbos import DBOSClient

from agent.jobs.duties import NAMES
from agent.jobs.naming import WEBHOOK_WORKFLOW, duty_of
from agent.jobs.records import JobState
from agent.jobs.status import statuses_of
from agent.jobs.timetable import last_ended

# The engine deletes what it is given in one transaction: nobody waits long for one of so many.
_AT_ONCE = 500
_ENDED = tuple(statuses_of(*(state for state in JobState if state.ended)))
_PRUNED = (WEBHOOK_WORKFLOW, *map(duty_of, NAMES))


def prune(client: DBOSClient, before: datetime) -> int:
    """How many ended before and are gone now; of each duty the last run stays. Blocking.

    What has ended never begins again, and no time of a schedule comes again that is older than its last one.
    """
    kept = {run.workflow_id for name in NAMES if (run := last_ended(client, name)) is not None}
    forgotten = 0
    while old := _old(client, before, len(kept)) - kept:
        client.delete_workflows(list(old))
        forgotten += len(old)
    return forgotten


def _old(client: DBOSClient, before: datetime, kept: int) -> set[str]:
    """Some that ended before, and more than those that are kept if there are more."""
    found = client.list_workflows(
        name=list(_PRUNED),
        status=list(_ENDED),
        completed_before=before.isoformat(),
        limit=_AT_ONCE + kept,
        load_input=False,
        load_output=False,
    )
    return {one.workflow_id for one in found}
