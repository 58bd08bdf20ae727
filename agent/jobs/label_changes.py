"""Telling whoever asked for a verification what became of its claims since: a label that changed, a fact-check that
others published, an edit."""

import asyncio

from agent.errors import UnknownJob
from agent.jobs.protocol import Jobs
from agent.storage.reports import EditRecord, Recorded, Reports

# The number of the last change that was looked at, beside the changes themselves.
_LOOKED_AT = "label_changes_told"


async def announce_changes(jobs: Jobs, reports: Reports) -> int:
    """Hands on every change of a label since the last time, and every fact-check that came; how many of them somebody
    is told of.

    Whoever made the change need not know of it, and may have been killed right after: the changes are their own
    outbox. What is handed on twice has one id and is told once. Raises `StoreError`.
    """
    since = int(await asyncio.to_thread(reports.database.fact, _LOOKED_AT) or 0)
    changes = await asyncio.to_thread(lambda: reports.changes(since=since))
    worth_telling = [change for change in changes if change.relabelled or change.reviews]
    known = await jobs.owned({change.run_id for change in worth_telling}, None)
    items = [await _announce(jobs, change) for change in worth_telling if change.run_id in known]
    if changes:
        await asyncio.to_thread(lambda: reports.database.learn(**{_LOOKED_AT: str(changes[-1].number)}))
    return sum(items)


async def announce_edits(jobs: Jobs, reports: Reports) -> int:
    """As `announce_changes`, of every edit that nobody was told of yet."""
    edits = await asyncio.to_thread(reports.unannounced_edits)
    known = await jobs.owned({edit.run_id for edit in edits}, None)
    announced = 0
    for edit in edits:
        if edit.run_id in known:
            announced += await _announce(jobs, edit)
        await asyncio.to_thread(reports.mark_announced, edit)
    return announced


async def _announce(jobs: Jobs, change: Recorded | EditRecord) -> bool:
    try:
        return await jobs.announce(change)
    except UnknownJob:
        # Deleted just now, with all that was known of it.
        return False
