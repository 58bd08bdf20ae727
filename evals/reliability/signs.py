"""Signs of life of a job: it begins, the model is asked and answers, it ends. In between it stands still."""

import json
import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from evals.servers.wire import Call

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]")
_BEGINS, _ENDS = "job begins", "job finished"


@dataclass(frozen=True)
class Kill:
    """`at` is in seconds since the epoch."""

    part: str
    at: float


@dataclass(frozen=True)
class Logged:
    """What a worker wrote of a job."""

    worker: str
    job: str
    message: str
    at: float


def read_logs(logs: Mapping[str, str]) -> list[Logged]:
    """In order of time, from what each worker has written."""
    found = [one for worker, told in logs.items() for one in _read(worker, told)]
    return sorted(found, key=lambda one: one.at)


def _read(worker: str, told: str) -> Iterator[Logged]:
    for line in told.splitlines():
        if f'"{_BEGINS}"' in line or f'"{_ENDS}"' in line:
            one = json.loads(line)
            yield Logged(worker, one["job"], one["message"], datetime.fromisoformat(one["time"]).timestamp())


def signs_of(texts: Mapping[str, str], calls: Sequence[Call], logged: Sequence[Logged]) -> dict[str, list[float]]:
    """By job, in order. `texts` has the article of each; no two have a sentence in common."""
    signs: dict[str, list[float]] = {job: [] for job in texts}
    epoch = time.time() - time.monotonic()
    sentences = {sentence.strip(): job for job, text in texts.items() for sentence in _SENTENCE.findall(text)}
    for call in calls:
        for job in {job for sentence, job in sentences.items() if sentence in call.asked.user}:
            signs[job] += [epoch + moment for moment in (call.started, call.ended) if moment < math.inf]
    for one in logged:
        if one.job in signs:
            signs[one.job].append(one.at)
    return {job: sorted(found) for job, found in signs.items()}


def hits(job: str, kills: Sequence[Kill], logged: Sequence[Logged], everybodys: str) -> list[float]:
    """The kills of whoever had begun the job last, and of the part that is `everybodys`."""
    begun = [one for one in logged if one.job == job and one.message == _BEGINS]
    found = []
    for kill in kills:
        holder = next((one.worker for one in reversed(begun) if one.at <= kill.at), None)
        if kill.part in (holder, everybodys):
            found.append(kill.at)
    return found


def longest_standstill(signs: Sequence[float], hit: Sequence[float] = ()) -> float:
    """The longest time without a sign, counted anew from each kill that hit it."""
    if not signs:
        return 0.0
    within = [moment for moment in hit if signs[0] < moment < signs[-1]]
    return max((later - sooner for sooner, later in pairwise(sorted([*signs, *within]))), default=0.0)
