"""What bounds the verifications of an hour."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.bench.capacity import Load, capacity

GUIDE = Path(__file__).parents[2] / "docs" / "service.md"
CALM = Load(workers=1, jobs_at_once=4, call_seconds=10, calls=4, cpu=0.1, cores=8, search=0.1)


def test_with_a_slow_model_each_worker_adds_what_the_first_one_does() -> None:
    one, two, four = (capacity(replace(CALM, workers=n)) for n in (1, 2, 4))
    assert one.bound_by == four.bound_by == "places for jobs"
    assert one.jobs_an_hour == pytest.approx(3600 * 4 / 20.2, rel=0.01)
    assert two.jobs_an_hour == pytest.approx(2 * one.jobs_an_hour, rel=0.01)
    assert four.jobs_an_hour == pytest.approx(4 * one.jobs_an_hour, rel=0.01)


@pytest.mark.parametrize(("workers", "measured", "computed"), [(1, 436, 431), (2, 868, 862), (4, 1721, 1725)])
def test_what_docs_service_md_says_was_measured_is_near_what_is_computed(
    workers: int, measured: int, computed: int
) -> None:
    told = capacity(Load(workers=workers, jobs_at_once=2, call_seconds=8, calls=2)).jobs_an_hour
    assert told == pytest.approx(computed, abs=1)
    assert measured == pytest.approx(told, rel=0.1)
    assert f"| {workers} | {measured:,} | {computed:,} |" in GUIDE.read_text("utf-8")


@pytest.mark.parametrize(
    ("load", "bound"),
    [
        (replace(CALM, workers=8, cpu=4, cores=2), "processors"),
        (replace(CALM, calls=300, calls_at_once=8), "calls at once"),
        (replace(CALM, calls_a_minute=4), "calls a minute"),
        (replace(CALM, workers=99, jobs_at_once=50, cores=99, search=2), "store"),
        (replace(CALM, workers=99, jobs_at_once=50, cores=99, commits_a_second=10), "database"),
    ],
)
def test_the_lowest_bound_is_the_capacity_and_is_named(load: Load, bound: str) -> None:
    told = capacity(load)
    assert told.bound_by == bound
    assert told.jobs_an_hour == min(told.bounds.values())


def test_more_workers_than_cores_do_no_more_work_of_a_processor() -> None:
    few, many = (capacity(replace(CALM, workers=n, jobs_at_once=40, cores=2, cpu=5)) for n in (2, 20))
    assert few.jobs_an_hour == many.jobs_an_hour


def test_no_deployment_has_no_capacity() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        capacity(replace(CALM, workers=0))
