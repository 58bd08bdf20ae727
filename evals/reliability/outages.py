"""The database crashes while two workers are in the middle of jobs, and stays away for a drawn while."""

import time
from collections import Counter
from random import Random

from evals.bench.stories import Story, build_story
from evals.reliability.figure import Figure
from evals.reliability.fleet import Fleet
from evals.reliability.killed import ended, paid_twice
from evals.reliability.service import Service
from evals.servers.cluster import until

_CLAIMS = 6
_JOBS = 3
_AWAY_SECONDS = 3.0
_HEADERS = {"Content-Type": "application/x-ndjson"}


def outages(seed: int, fleet: Fleet, crashes: int) -> Figure:
    """Some jobs are posted before each crash, and one more while the database is away."""
    rng, service = Random(seed), fleet.service
    stories = [build_story(_CLAIMS, "shared", seed=seed * 1000 + number) for number in range(crashes * _JOBS)]
    accepted: list[str] = []
    crashed_at: list[float] = []
    under_way = refused = 0
    earlier = len(service.record.chats)
    for number in range(crashes):
        accepted += _begun(service, stories[number * _JOBS : (number + 1) * _JOBS])
        time.sleep(1.5 + rng.random())
        under_way += sum(service.state(job) == "running" for job in accepted)
        crashed_at.append(time.monotonic())
        refused += _crashed(service, rng.random() * _AWAY_SECONDS)
    states = ended(service, accepted)
    calls = service.record.chats[earlier:]
    ends = Counter(states.values())
    told: dict[str, float | int | str | None] = {
        "crashes": crashes,
        "accepted": len(accepted),
        "under_way": under_way,
        "refused_while_away": refused,
        "lost": len(states) - ends["succeeded"] - ends["failed"],
        "failed": ends["failed"],
        "calls": len(calls),
        "finished_calls_paid_twice": paid_twice(calls, crashed_at),
    }
    promised: dict[str, float | int] = {
        "refused_while_away": crashes,
        "lost": 0,
        "failed": 0,
        "finished_calls_paid_twice": 0,
    }
    return Figure("database_outages", seed, told, promised)


def _begun(service: Service, stories: list[Story]) -> list[str]:
    """The jobs of the stories, once the model was asked for the first of them."""
    before = len(service.record.chats)
    for story in stories:
        lines = [document.model_dump_json(exclude={"id"}) for document in story.documents]
        service.http.post("/v1/coverage", content="\n".join(lines), headers=_HEADERS)
    jobs = [service.posted(story.article.text) for story in stories]
    until(lambda: len(service.record.chats) > before, "a job to begin")
    return [job for job in jobs if job is not None]


def _crashed(service: Service, seconds: float) -> bool:
    """Away for so long, and back; whether a job that was posted in between was refused."""
    postgres = service.cluster.postgres
    assert postgres is not None
    postgres.crash()
    refused = service.posted("The mayor said that the bridge was shut on Monday.") is None
    time.sleep(seconds)
    postgres.start()
    return refused
