"""Whether the service lives, is ready, and how it does. None of it tells anything of an article."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from pydantic import Field

from agent.doors.api.access import Admin, Reader
from agent.doors.api.metrics import Metrics
from agent.doors.api.problems import Answers, ProblemResponse, answers
from agent.doors.api.service import Served
from agent.extras import installed_version
from agent.jobs import JobState
from agent.models import Frozen

router = APIRouter(tags=["service"])
_TEXT: Answers = {200: {"content": {"text/plain": {}}, "description": "Prometheus text."}}


class Health(Frozen):
    status: str = "ok"


class Readiness(Health):
    workers: int | None = Field(
        None, description="How many workers live, where several share the work; verifications are taken without any."
    )


@router.get("/healthz", summary="Whether the process lives")
async def healthz() -> Health:
    return Health()


@router.get("/readyz", responses=answers(503), summary="Whether verifications are taken and done")
async def readyz(service: Served) -> Readiness:
    """503 while the worker, the database or the coverage store is not there."""
    if not service.worker.alive:
        raise ProblemResponse(503, "the worker has stopped", headers={"Retry-After": "5"})
    await service.jobs.count(JobState.QUEUED)
    await service.worker.ask(service.coverage.reach())
    return Readiness(workers=await service.jobs.workers())


class ServiceCard(Frozen):
    """What answers here, and who reads: a model, or the built-in analyst."""

    version: str = Field(examples=["1.0.0"])
    analyst: Literal["model", "lexical"]
    model: str | None = Field(None, examples=["gpt-5-mini"])


@router.get(
    "/v1/service",
    responses=answers(401, 403, 429, 503),
    summary="What answers here",
)
async def get_service(_: Reader, service: Served) -> ServiceCard:
    """What a command asks before it has its work done here."""
    settings = service.settings
    reads = settings.uses_model
    model = settings.model if reads else None
    return ServiceCard(version=installed_version(), analyst="model" if reads else "lexical", model=model)


@router.get(
    "/metrics",
    response_class=Response,
    responses=_TEXT | answers(401, 403, 429, 503),
    summary="Counts for Prometheus",
)
async def metrics(_: Admin, service: Served, request: Request) -> Response:
    counts: Metrics = request.app.state.metrics
    for state in JobState:
        counts.standing(state, await service.jobs.count(state))
    counts.living(await service.jobs.workers())
    counts.timed(await service.jobs.schedules())
    return Response(counts.text(), media_type=CONTENT_TYPE_LATEST)
