"""What we ask the engine's table ourselves: in one statement each, which finds its rows through an index."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from agent.jobs.database import translated
from agent.jobs.naming import WEBHOOK_WORKFLOW, WORKFLOW, webhooks_of
from agent.jobs.records import JobState
from agent.jobs.standing import statuses_of
from agent.storage import slices

if TYPE_CHECKING:
    from sqlalchemy import Engine


def _in(*states: JobState) -> str:
    statuses = ", ".join(f"'{status}'" for status in statuses_of(*states))
    return f"status IN ({statuses})"


# These stand in questions as they stand in an index: by that the database knows that it may use it.
UNDER_WAY = _in(JobState.QUEUED, JobState.RUNNING)
WEBHOOKS = f"name = '{WEBHOOK_WORKFLOW}'"
OF_JOB = "substr(workflow_uuid, 1, 33)"

_UNDER_WAY = (
    f"SELECT count(*) FILTER (WHERE authenticated_user = :owner), count(*) FILTER (WHERE {_in(JobState.QUEUED)})"
    f" FROM {{table}} WHERE name = :name AND {UNDER_WAY}"
)
_COUNT = "SELECT count(*) FROM {table} WHERE name = :name AND {states} AND {owner}"
_OWNED = "SELECT workflow_uuid, name, authenticated_user FROM {table} WHERE workflow_uuid IN :ids"
_WEBHOOKS = f"SELECT workflow_uuid FROM {{table}} WHERE {WEBHOOKS} AND {OF_JOB} = :beginning"


class Questions:
    """Blocking. Every method raises `StoreError`."""

    def __init__(self, engine: "Engine", table: str) -> None:
        self._engine = engine
        self._table = table

    def under_way(self, owner: str) -> tuple[int, int]:
        """How many jobs of an owner wait or run, and how many of all wait; in one look, as every post needs both."""
        query = text(_UNDER_WAY.format(table=self._table))
        with translated(), self._engine.connect() as connection:
            mine, waiting = connection.execute(query, {"name": WORKFLOW, "owner": owner}).one()
        return int(mine), int(waiting)

    def count(self, states: tuple[JobState, ...], owner: str | None) -> int:
        whose = "authenticated_user = :owner" if owner is not None else "1 = 1"
        narrower = f" AND {UNDER_WAY}" if not any(state.ended for state in states) else ""
        query = text(_COUNT.format(table=self._table, states=_in(*states) + narrower, owner=whose))
        told = {"name": WORKFLOW} | ({"owner": owner} if owner is not None else {})
        with translated(), self._engine.connect() as connection:
            return int(connection.execute(query, told).scalar_one())

    def owned(self, job_ids: Collection[str], owner: str | None) -> frozenset[str]:
        """Asked by their ids alone: a database may think that an owner has fewer jobs than there are ids."""
        query = text(_OWNED.format(table=self._table)).bindparams(bindparam("ids", expanding=True))
        found: list[str] = []
        with translated(), self._engine.connect() as connection:
            for some in slices(sorted(job_ids)):
                rows = connection.execute(query, {"ids": list(some)})
                found += [one for one, name, whose in rows if name == WORKFLOW and owner in (None, whose)]
        return frozenset(found)

    def webhooks(self, job_id: str) -> list[str]:
        """The ids of all workflows that tell of a job."""
        query = text(_WEBHOOKS.format(table=self._table))
        with translated(), self._engine.connect() as connection:
            return list(connection.execute(query, {"beginning": webhooks_of(job_id)}).scalars())
