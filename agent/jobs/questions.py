"""What we ask the engine's table ourselves: in one statement each, which finds its rows through an index."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from agent.jobs.database import translated
from agent.jobs.engine_table import Workflows
from agent.jobs.naming import WORKFLOW, webhooks_of
from agent.jobs.records import JobState
from agent.storage import given, given_list, slices

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Questions:
    """Blocking. Every method raises `StoreError`."""

    def __init__(self, engine: "Engine", workflows: Workflows) -> None:
        self._engine = engine
        self._workflows = workflows
        c = workflows.columns
        mine, waiting = c.authenticated_user == given("owner"), workflows.is_in(JobState.QUEUED)
        self._count = select(func.count()).select_from(workflows.table).where(c.name == WORKFLOW)
        self._under_way = (
            select(func.count().filter(mine), func.count().filter(waiting))
            .select_from(workflows.table)
            .where(c.name == WORKFLOW, workflows.under_way)
        )
        self._owned = select(c.workflow_uuid, c.name, c.authenticated_user).where(
            c.workflow_uuid.in_(given_list("ids"))
        )
        self._webhooks = select(c.workflow_uuid).where(
            workflows.is_webhook, workflows.job_of_webhook == given("beginning")
        )

    def under_way(self, owner: str) -> tuple[int, int]:
        """How many jobs of an owner wait or run, and how many of all wait; in one look, as every post needs both."""
        with translated(), self._engine.connect() as connection:
            mine, waiting = connection.execute(self._under_way, {"owner": owner}).one()
        return int(mine), int(waiting)

    def count(self, states: tuple[JobState, ...], owner: str | None) -> int:
        counted = self._count.where(self._workflows.is_in(*states))
        if not any(state.ended for state in states):
            counted = counted.where(self._workflows.under_way)
        if owner is not None:
            counted = counted.where(self._workflows.columns.authenticated_user == owner)
        with translated(), self._engine.connect() as connection:
            return int(connection.execute(counted).scalar_one())

    def owned(self, job_ids: Collection[str], owner: str | None) -> frozenset[str]:
        """Asked by their ids alone: a database may think that an owner has fewer jobs than there are ids."""
        found: list[str] = []
        with translated(), self._engine.connect() as connection:
            for some in slices(sorted(job_ids)):
                rows = connection.execute(self._owned, {"ids": list(some)})
                found += [one for one, name, whose in rows if name == WORKFLOW and owner in (None, whose)]
        return frozenset(found)

    def webhooks(self, job_id: str) -> list[str]:
        """The ids of all workflows that tell of a job."""
        with translated(), self._engine.connect() as connection:
            return list(connection.execute(self._webhooks, {"beginning": webhooks_of(job_id)}).scalars())
