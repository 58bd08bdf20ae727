"""What belongs to the visitor: somebody else's looks like none at all."""

import asyncio

from agent.doors.api.problems import Refused
from agent.doors.api.service import Service
from agent.doors.web.entering import Visitor
from agent.jobs import Job, JobState
from agent.models import Report


async def own_job(verification_id: str, looking: Visitor, service: Service) -> Job:
    """Raises `Refused`, and `UnknownJob`, which says the same in the same words."""
    job = await service.jobs.get(verification_id)
    if looking.caller.sees not in (None, job.owner):
        raise Refused(404, f"there is no verification {verification_id!r}")
    return job


async def own_report(verification_id: str, looking: Visitor, service: Service, version: int | None = None) -> Report:
    """Raises `Refused` where there is none, yet or at all."""
    job = await own_job(verification_id, looking, service)
    if job.state is not JobState.SUCCEEDED:
        raise Refused(409, f"there is no report: the verification is {job.state}")
    return await asyncio.to_thread(service.reports.get, job.id, version)
