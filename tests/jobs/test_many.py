"""With very many jobs kept, what every caller asks is still found through an index."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from agent.config import Settings
from agent.jobs import Jobs
from agent.jobs.client import DbosJobs
from tests.jobs.handlers import ScriptedHandler, at_work, request
from tests.jobs.test_jobs import _PATIENCE

_QUESTIONS: dict[str, tuple[Callable[[Jobs, str], Awaitable[object]], str]] = {
    "a post": (lambda jobs, _: jobs.enqueue(request(), owner="desk"), "isnad_jobs_under_way"),
    "a listing": (lambda jobs, _: jobs.page(datetime.now(UTC), owner="desk"), "isnad_jobs_by_owner"),
    "the tries of a webhook": (lambda jobs, job_id: jobs.attempts(job_id), "isnad_webhooks_by_job"),
}


@pytest.mark.parametrize("question", _QUESTIONS)
async def test_what_is_asked_often_looks_at_no_job_that_it_is_not_about(settings: Settings, question: str) -> None:
    ask, index = _QUESTIONS[question]
    asked: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, statement: str, parameters: Any, *___: object) -> None:
        if statement.lstrip().startswith("SELECT") and "workflow_status" in statement:
            asked.append((statement, parameters))

    async with at_work(settings, ScriptedHandler()) as jobs:
        job = await jobs.enqueue(request(), owner="desk")
        await jobs.wait(job.id, _PATIENCE)
        assert isinstance(jobs, DbosJobs)
        engine = jobs._engine
        event.listen(engine, "before_cursor_execute", note)
        await ask(jobs, job.id)
        event.remove(engine, "before_cursor_execute", note)
        plans = [_plan(engine, *one) for one in asked]
    assert any(index in plan for plan in plans), plans


def _plan(engine: Engine, statement: str, parameters: Any) -> str:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # So few rows are read quickest without any index.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_sort = off")
            told = "EXPLAIN " + statement
        else:
            told = "EXPLAIN QUERY PLAN " + statement
        return "\n".join(str(row) for row in connection.exec_driver_sql(told, parameters))
