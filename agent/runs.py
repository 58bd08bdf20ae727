"""Where runs are kept: LangGraph checkpoints in SQLite, which bring back only the types that a run's state holds."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from agent import analyst, models, state
from agent.coverage import found
from agent.errors import StoreError

if TYPE_CHECKING:
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

_FILE = "runs.sqlite"


@asynccontextmanager
async def open_runs(data_dir: Path) -> AsyncIterator["AsyncSqliteSaver"]:
    """A checkpointer on `data_dir/runs.sqlite`; raises `StoreError` when the file cannot be used."""
    import aiosqlite
    from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    kept = [kind for module in (models, analyst, state, found) for kind in _own_types(module)]
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        async with aiosqlite.connect(data_dir / _FILE) as connection:
            await connection.execute("PRAGMA journal_mode=WAL")
            # A killed process loses nothing in this mode; only a power cut could cost the last step.
            await connection.execute("PRAGMA synchronous=NORMAL")
            yield AsyncSqliteSaver(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=kept))
    except (OSError, aiosqlite.Error) as err:
        raise StoreError(f"cannot keep runs in {data_dir / _FILE}: {err}. ISNAD_DATA_DIR names the folder.") from err


def _own_types(module: ModuleType) -> Iterator[type]:
    for kind in vars(module).values():
        if isinstance(kind, type) and issubclass(kind, models.Frozen | Enum):
            yield kind
