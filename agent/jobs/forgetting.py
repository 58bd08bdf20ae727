"""Forgetting what a job has left behind: its report with all versions and corrections, and the steps of its run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.config import Settings
from agent.reports import Reports
from agent.runs import Runs, open_runs

# Whatever names a run in the file of reports, also in tables that others add to it.
_OF_RUN = """
SELECT tables.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' AND columns.name = 'run_id'
"""
# The words of claims are kept apart, for as long as a claim has them.
_ORPHANS = "DELETE FROM keys WHERE key NOT IN (SELECT key FROM claims)"


class Forgetting:
    """Opened with `open_forgetting`. The answer cache is not searched: it forgets what is long unused by itself."""

    def __init__(self, reports: Reports, runs: Runs) -> None:
        self._reports = reports
        self._runs = runs

    async def forget(self, run_id: str) -> None:
        """Raises `StoreError`; what was never there is no error."""
        await self._runs.adelete_thread(run_id)
        await asyncio.to_thread(self._forget_report, run_id)

    def _forget_report(self, run_id: str) -> None:
        with self._reports.database.writing() as connection:
            for (table,) in connection.execute(_OF_RUN).fetchall():
                connection.execute(f"DELETE FROM {table} WHERE run_id = ?", (run_id,))
            connection.execute(_ORPHANS)


@asynccontextmanager
async def open_forgetting(settings: Settings, reports: Reports) -> AsyncIterator[Forgetting]:
    async with open_runs(settings.data_dir) as runs:
        yield Forgetting(reports, runs)
