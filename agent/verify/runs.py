"""Where runs are kept: checkpoints that bring back only the types that a run's state holds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from langgraph.checkpoint.base import BaseCheckpointSaver

from agent import analyst, models
from agent.config import Settings
from agent.coverage.search import found
from agent.storage.checkpoints import CheckpointLocation, open_saver
from agent.verify import state

_PLACE = CheckpointLocation("runs.sqlite")


@asynccontextmanager
async def open_runs(settings: Settings, *, worker: str | None = None) -> AsyncIterator[BaseCheckpointSaver[str]]:
    """A checkpointer on the shared database or on `data_dir/runs.sqlite`; raises `StoreError` when it cannot be used.

    `worker` names one that shares its runs with others: see `SharedRuns`.
    """
    async with open_saver(settings, (models, analyst, state, found), _PLACE, worker=worker) as runs:
        yield runs
