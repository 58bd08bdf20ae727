"""Any process of the service is killed, again and again at drawn moments, while jobs and documents come in."""

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import count
from random import Random

from evals.bench.stories import build_story
from evals.reliability.figure import Figure
from evals.reliability.fleet import DATABASE, Fleet, Part
from evals.reliability.killed import ended, paid_twice
from evals.reliability.receiving import Receiver
from evals.reliability.service import PATIENCE, Service
from evals.reliability.signs import hits, longest_standstill, read_logs, signs_of

_CLAIMS = 4
_DOCUMENTS = 3
_POSTERS = 4
_BETWEEN_KILLS = (0.2, 3.0)
_IDLE_SECONDS = 20.0
_AWAY = (0.0, 2.0)
_BETWEEN_POSTS = (0.5, 3.0)
_STUCK_SECONDS = 60.0


def anyone_killed(seed: int, fleet: Fleet, receiver: Receiver, kills: int) -> Figure:
    """The moments and who is killed are drawn; jobs are posted until the last kill, each until it is accepted."""
    service = fleet.service
    load = _Load(service, receiver.url, seed)
    with ThreadPoolExecutor(_POSTERS + 1 + len(fleet.parts)) as pool:
        killing = pool.submit(_kill, fleet, Random(f"{seed} kills"), kills, pool)
        for posting in [pool.submit(load.add_until, killing.done) for _ in range(_POSTERS)]:
            posting.result()
        killing.result()
    states = ended(service, list(load.texts))
    untold = _untold(receiver, list(load.texts))
    shown = [service.shown(job) for job in load.texts]
    calls = service.record.chats
    logged = read_logs(fleet.logs)
    signs = signs_of(load.texts, calls, logged)
    stood = [longest_standstill(some, hits(job, fleet.kills, logged, DATABASE)) for job, some in signs.items()]
    ends = Counter(states.values())
    told: dict[str, float | int | str | None] = {
        "kills": len(fleet.kills),
        **{f"kills of {name}": number for name, number in sorted(Counter(one.part for one in fleet.kills).items())},
        "accepted": len(states),
        "lost": len(states) - ends["succeeded"] - ends["failed"],
        "failed": ends["failed"],
        "failed_for": ", ".join(sorted({one["failure"]["code"] for one in shown if one.get("failure")})),
        "duplicates": len(set(service.listed()) - set(load.texts)),
        "incomplete": sum(not one["result"]["complete"] for one in shown if one.get("result")),
        "calls": len(calls),
        "finished_calls_paid_twice": paid_twice(calls, fleet.took_answers, fleet.database_away),
        "webhooks_missing": len(untold),
        "webhooks_of_nothing": len(receiver.taken.keys() - {_webhook(job) for job in load.texts}),
        "webhook_deliveries": receiver.taken.total(),
        "documents_acknowledged": len(load.documents),
        "documents_lost": sum(not service.forget_document(one) for one in sorted(load.documents)),
        "stood_still_after_a_kill_s": round(max(stood, default=0.0), 1),
        "stood_still_s": round(max(map(longest_standstill, signs.values()), default=0.0), 1),
        "stuck": sum(seconds > _STUCK_SECONDS for seconds in stood),
        "longest_job_s": round(max(map(_seconds, shown), default=0.0), 1),
    }
    promised = (
        "lost",
        "failed",
        "duplicates",
        "finished_calls_paid_twice",
        "webhooks_missing",
        "webhooks_of_nothing",
        "documents_lost",
        "stuck",
    )
    return Figure("anyone_killed", seed, told, dict.fromkeys(promised, 0))


class _Load:
    """`texts` has the article of every job that was accepted, `documents` the ids of those that were."""

    def __init__(self, service: Service, callback_url: str, seed: int) -> None:
        self.texts: dict[str, str] = {}
        self.documents: set[str] = set()
        self._service = service
        self._callback_url = callback_url
        self._seed = seed
        self._rng = Random(f"{seed} load")
        self._numbers = count()

    def add_until(self, done: Callable[[], bool]) -> None:
        while not done():
            self._add(next(self._numbers))
            time.sleep(self._rng.uniform(*_BETWEEN_POSTS))

    def _add(self, number: int) -> None:
        story = build_story(_CLAIMS, "shared", seed=self._seed * 1000 + number)
        lines = [one.model_dump_json(exclude={"id"}) for one in story.documents[:_DOCUMENTS]]
        answer = self._service.insisted(
            "/v1/coverage", content="\n".join(lines).encode(), headers={"Content-Type": "application/x-ndjson"}
        )
        self.documents |= {one["document_id"] for one in answer["results"] if one["status"] in (200, 201)}
        body = {"text": story.article.text, "callback_url": self._callback_url}
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"{self._seed}-{number}"}
        job = self._service.insisted("/v1/verifications", content=json.dumps(body).encode(), headers=headers)
        self.texts[job["id"]] = story.article.text


def _kill(fleet: Fleet, rng: Random, kills: int, pool: ThreadPoolExecutor) -> None:
    """At drawn moments after the model was asked again: how fast this machine starts processes decides nothing.

    Whoever is away is left alone until it is started; a process that has hardly begun is not.
    """
    record = fleet.service.record
    coming: dict[str, Future[None]] = {}
    for _ in range(kills):
        before, until = len(record.calls), time.monotonic() + _IDLE_SECONDS
        while len(record.calls) == before and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(rng.uniform(*_BETWEEN_KILLS))
        part, away = rng.choice(fleet.parts), rng.uniform(*_AWAY)
        if part.name in coming:
            coming[part.name].result()
        fleet.kill(part)
        coming[part.name] = pool.submit(_start, fleet, part, away)
    for one in coming.values():
        one.result()


def _start(fleet: Fleet, part: Part, away: float) -> None:
    time.sleep(away)
    fleet.start(part)


def _untold(receiver: Receiver, jobs: Sequence[str]) -> set[str]:
    wanted = {_webhook(job) for job in jobs}
    until = time.monotonic() + PATIENCE
    while not wanted <= receiver.taken.keys() and time.monotonic() < until:
        time.sleep(0.2)
    return wanted - receiver.taken.keys()


def _webhook(job: str) -> str:
    return f"msg_{job}"


def _seconds(shown: dict[str, str]) -> float:
    if not shown.get("ended_at"):
        return 0.0
    posted, ended_at = (datetime.fromisoformat(shown[name]) for name in ("created_at", "ended_at"))
    return (ended_at - posted).total_seconds()
