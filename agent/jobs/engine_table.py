"""The engine's table of its workflows, as far as we ask it, and the indices that our own questions need."""

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Index, MetaData, Table, Text, func, literal
from sqlalchemy import text as sql

from agent.config import Settings
from agent.jobs.naming import WEBHOOK_WORKFLOW
from agent.jobs.records import JobState
from agent.jobs.status import statuses_of

# On PostgreSQL the engine keeps its tables apart from ours.
_SCHEMA = "dbos"


class Workflows:
    """The table, and conditions on it.

    What stands in an index stands in questions word for word, and no value of it is a parameter: by that a database
    knows that it may use the index.
    """

    def __init__(self, schema: str | None) -> None:
        self.table = Table(
            "workflow_status",
            MetaData(),
            Column("workflow_uuid", Text, primary_key=True),
            Column("name", Text),
            Column("status", Text),
            Column("authenticated_user", Text),
            Column("created_at", BigInteger),
            Column("updated_at", BigInteger),
            schema=schema,
        )
        self.columns = c = self.table.c
        self.under_way = self.is_in(JobState.QUEUED, JobState.RUNNING)
        self.is_webhook: ColumnElement[bool] = c.name == _written(WEBHOOK_WORKFLOW)
        self.job_of_webhook: ColumnElement[str] = func.substr(c.workflow_uuid, sql("1"), sql("33"))
        # The engine's own are for its work. Every post asks what is under way, every page of a listing asks by owner,
        # and whoever looks for the webhooks of a job knows what their ids begin with. None begins with the name of
        # the workflow: SQLite thinks that few rows have one, and would leave better ways for it.
        self.indices = (
            Index("isnad_jobs_under_way", c.authenticated_user, c.status, c.name, **_only(self.under_way)),
            Index("isnad_jobs_by_owner", c.authenticated_user, c.created_at, c.status),
            Index("isnad_webhooks_by_job", self.job_of_webhook, **_only(self.is_webhook)),
        )

    def is_in(self, *states: JobState) -> ColumnElement[bool]:
        return self.columns.status.in_([_written(status) for status in statuses_of(*states)])


def _written(value: str) -> ColumnElement[str]:
    return literal(value, Text, literal_execute=True)


def _only(condition: ColumnElement[bool]) -> dict[str, Any]:
    return {"sqlite_where": condition, "postgresql_where": condition}


WORKFLOWS, SHARED_WORKFLOWS = Workflows(None), Workflows(_SCHEMA)


def table_of(settings: Settings) -> Workflows:
    """Where the engine keeps how its workflows stand."""
    return WORKFLOWS if settings.database_url is None else SHARED_WORKFLOWS
