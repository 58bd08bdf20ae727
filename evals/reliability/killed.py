"""Jobs that are posted while the service is killed at drawn moments."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import pairwise
from random import Random

from evals.bench.stories import build_story
from evals.reliability.figure import Figure
from evals.reliability.receiving import Receiver
from evals.reliability.service import PATIENCE, Service
from evals.servers.wire import Call

_FENCE = re.compile(r"(</?\w+)-[0-9a-f]+>")
# An answer is kept within milliseconds of its last byte; on a machine with ten times the work that it can do, within
# this.
_KEPT_SECONDS = 3.0
# The endpoint finds out only so much later that whoever asked is dead; until then it answers, and nobody reads it.
_UNNOTICED_SECONDS = 0.5
_ENDED = frozenset({"succeeded", "failed", "cancelled", "lost"})
_POSTS = 40
_CLAIMS = 3


def one_key(seed: int, service: Service) -> Figure:
    """Many post the same under one key at once."""

    def post(_: int) -> str:
        body = {"text": "The mayor said that the bridge was shut on Monday."}
        answer = service.http.post("/v1/verifications", json=body, headers={"Idempotency-Key": f"seed-{seed}"})
        return str(answer.json()["id"])

    with ThreadPoolExecutor(_POSTS) as pool:
        ids = set(pool.map(post, range(_POSTS)))
    return Figure("idempotency", seed, {"posts": _POSTS, "jobs_per_key": len(ids)}, {"jobs_per_key": 1})


def under_kills(seed: int, service: Service, receiver: Receiver, jobs: int, kills: int) -> Iterator[Figure]:
    rng = Random(seed)
    killed_after = sorted(rng.sample(range(1, jobs), kills))
    accepted: list[str] = []
    earlier = len(service.record.chats)
    for number in range(jobs):
        text = build_story(_CLAIMS, "shared", seed=seed * 1000 + number).article.text
        if (job := service.posted(text, callback_url=receiver.url)) is not None:
            accepted.append(job)
        if number in killed_after:
            time.sleep(rng.random())
            service.kill()
    states = ended(service, accepted)
    yield _jobs_figure(seed, service, service.record.chats[earlier:], states, kills)
    yield _delivery_figure(seed, accepted, receiver)


def ended(service: Service, jobs: Sequence[str]) -> dict[str, str]:
    """The state of each job, once it is a last one or patience is at its end."""
    states = dict.fromkeys(jobs, "waiting")
    until = time.monotonic() + PATIENCE + len(jobs)
    while time.monotonic() < until and any(state not in _ENDED for state in states.values()):
        for job, state in states.items():
            states[job] = state if state in _ENDED else service.state(job)
        time.sleep(0.2)
    return states


def _jobs_figure(seed: int, service: Service, calls: Sequence[Call], states: dict[str, str], kills: int) -> Figure:
    ends = Counter(states.values())
    number = len(states)
    lost = number - ends["succeeded"] - ends["failed"]
    told: dict[str, float | int | str | None] = {
        "accepted": number,
        "kills": kills,
        "lost_per_1000": round(1000 * lost / number, 1),
        "failed": ends["failed"],
        "calls": len(calls),
        "finished_calls_paid_twice": paid_twice(calls, service.killed_at),
    }
    return Figure("jobs_under_kills", seed, told, {"lost_per_1000": 0, "failed": 0, "finished_calls_paid_twice": 0})


def paid_twice(
    calls: Sequence[Call], killed_at: Sequence[float], database_away: Sequence[tuple[float, float]] = ()
) -> int:
    """Calls that were made again although the answer could have been kept for a while when the next kill came."""
    asked: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls:
        words = _FENCE.sub(r"\1", "\n".join(message.content for message in call.asked.messages))
        asked[sha256(words.encode()).hexdigest()].append(call)
    return sum(
        min((kill for kill in killed_at if kill > first.ended - _UNNOTICED_SECONDS), default=again.started)
        > _KEPT_SECONDS + next((back for gone, back in database_away if gone <= first.ended < back), first.ended)
        for told in asked.values()
        for first, again in pairwise(told)
        if first.ended < again.started
    )


def _delivery_figure(seed: int, accepted: Sequence[str], receiver: Receiver) -> Figure:
    """An effect is what a receiver does with an id that it has not seen: once for each job, never for another."""
    wanted = {f"msg_{job}" for job in accepted}
    until = time.monotonic() + PATIENCE
    while not wanted <= receiver.taken.keys() and time.monotonic() < until:
        time.sleep(0.2)
    told: dict[str, float | int | str | None] = {
        "jobs": len(wanted),
        "effects": len(receiver.taken),
        "deliveries": receiver.taken.total(),
        "effects_missing": len(wanted - receiver.taken.keys()),
        "effects_of_nothing": len(receiver.taken.keys() - wanted),
    }
    return Figure("webhooks", seed, told, {"effects_missing": 0, "effects_of_nothing": 0})
