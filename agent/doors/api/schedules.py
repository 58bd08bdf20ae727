"""What the service does by the clock."""

from fastapi import APIRouter

from agent.doors.api.access import Admin, Keyed
from agent.doors.api.problems import answers
from agent.doors.api.service import Served
from agent.jobs.records import Timed
from agent.models import Frozen

router = APIRouter(tags=["service"], route_class=Keyed)


class Schedules(Frozen):
    schedules: tuple[Timed, ...]


@router.get("/v1/schedules", responses=answers(401, 403, 429, 503), summary="What is done by the clock")
async def list_schedules(_: Admin, service: Served) -> Schedules:
    """Looks at what changes earlier labels, at followed feeds, and evaluations, as they are configured. In UTC."""
    return Schedules(schedules=await service.jobs.schedules())
