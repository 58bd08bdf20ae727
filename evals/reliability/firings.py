"""A look by the clock every few seconds, and two workers whose clocks both strike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from evals.reliability.figure import Figure
from evals.servers.cluster import Cluster, until

_EVERY_SECONDS = 2
# What a worker says at the end of every look: also of one that is kept nowhere, because another had done it.
_ENDINGS = ("looked: ", "watch failed")
# In the place where the engine keeps what was done.
_DONE = """
SELECT workflow_uuid, executor_id, step.started_at_epoch_ms, step.completed_at_epoch_ms
FROM dbos.workflow_status JOIN dbos.operation_outputs AS step USING (workflow_uuid)
WHERE step.function_name = 'watch'
"""


@dataclass(frozen=True)
class Firing:
    """`due` as the clock had it, `began` and `ended` in milliseconds."""

    due: datetime
    worker: str
    began: int
    ended: int


def schedule_firings(seed: int, cluster: Cluster, firings: int) -> Figure:
    """Nothing is drawn: the clocks are those of the workers. They have a database of their own: with
    nothing in it a look is quick."""
    assert cluster.postgres is not None
    url = cluster.postgres.create_database()
    every = f"*/{_EVERY_SECONDS} * * * * *"
    workers = [cluster.worker(watch_every=every, database_url=url) for _ in range(2)]
    for worker in workers:
        worker.until_told("Isnad works")
    until(lambda: len(_done(url)) >= firings, f"{firings} looks", 60.0 + 2 * _EVERY_SECONDS * firings)
    for worker in workers:
        worker.stop()
    done = _done(url)
    looks = sum(worker.told.count(ending) for worker in workers for ending in _ENDINGS)
    told: dict[str, float | int | str | None] = {
        "every_seconds": _EVERY_SECONDS,
        "firings": len(done),
        "workers": len({one.worker for one in done}),
        "missed": missed(done),
        "doubled": looks - len(done),
        "overlapping": overlapping(done),
    }
    return Figure("schedule_firings", seed, told, {"doubled": 0, "overlapping": 0})


def _done(database_url: str) -> list[Firing]:
    import psycopg

    with psycopg.connect(database_url) as connection:
        rows = connection.execute(_DONE).fetchall()
    return [Firing(_due(name), worker, began, ended) for name, worker, began, ended in rows]


def _due(name: str) -> datetime:
    return datetime.fromisoformat(name.partition("-")[2].partition("-")[2])


def missed(done: Sequence[Firing]) -> int:
    """Times between the first and the last that nobody did; one that comes late is left out, not made up for."""
    due = sorted({one.due for one in done})
    return round((due[-1] - due[0]).total_seconds() / _EVERY_SECONDS) + 1 - len(due) if due else 0


def overlapping(done: Sequence[Firing]) -> int:
    """How often one began before the one before it had ended."""
    ordered = sorted(done, key=lambda one: one.began)
    return sum(second.began < first.ended for first, second in pairwise(ordered))
