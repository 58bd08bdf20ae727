"""Counts for Prometheus."""

from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from agent.jobs import JobState
from agent.jobs.records import Timed

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset({"GET", "POST", "DELETE", "HEAD", "OPTIONS"})


class Metrics:
    """Counts of one application, apart from those of any other in the process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "isnad_http_requests_total", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "isnad_http_request_seconds",
            "Time until an answer began.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._jobs = Gauge("isnad_jobs", "Verifications by state.", ("state",), registry=self._registry)
        self._workers = Gauge("isnad_workers", "Workers that live.", registry=self._registry)
        self._failed = Gauge(
            "isnad_schedule_failed",
            "1 where the last run by the clock failed, 0 where it did not.",
            ("schedule",),
            registry=self._registry,
        )
        self._ended = Gauge(
            "isnad_schedule_last_end_seconds",
            "When the last run by the clock ended, in Unix time.",
            ("schedule",),
            registry=self._registry,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """`route` is the pattern of a path: a path would be a series for every verification."""
        method = method if method in _METHODS else "other"
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(seconds)

    def standing(self, state: JobState, jobs: int) -> None:
        self._jobs.labels(state).set(jobs)

    def living(self, workers: int | None) -> None:
        """None where the process itself is the one worker."""
        self._workers.set(1 if workers is None else workers)

    def timed(self, schedules: Sequence[Timed]) -> None:
        """What is done by the clock no more is left out."""
        self._failed.clear()
        self._ended.clear()
        for one in schedules:
            if one.last_run is not None:
                self._failed.labels(one.name).set(one.last_run.state is JobState.FAILED)
                self._ended.labels(one.name).set(one.last_run.ended_at.timestamp())

    def text(self) -> bytes:
        return generate_latest(self._registry)
