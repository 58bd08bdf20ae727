"""One seed gives one run; a promise that is not kept is named."""

import asyncio
import json
import math
import threading
import time
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from evals.reliability.fetching import fetching
from evals.reliability.figure import Figure
from evals.reliability.firings import Firing, missed, overlapping
from evals.reliability.killed import paid_twice
from evals.reliability.orders import orders
from evals.reliability.poisoned import poisoned
from evals.reliability.receiving import Receiver
from evals.reliability.signs import Kill, hits, longest_standstill, read_logs, signs_of
from evals.reliability.simulation import Draw
from evals.reliability.speed import slope
from evals.reliability.troubled import troubled
from evals.reliability.virtual_time import VirtualLoop
from evals.servers.wire import Call
from evals.servers.wire_format import Asked, Message

pytestmark = pytest.mark.waits


def test_one_seed_gives_the_same_lines_and_another_seed_others() -> None:
    first, again = (
        (
            asyncio.run(troubled(3, 1)).line,
            fetching(3, 3, 4, 2).line,
            asyncio.run(poisoned(3, 1)).line,
            asyncio.run(orders(3, 1)).line,
            _drawn(3),
        )
        for _ in range(2)
    )
    assert first == again
    assert first[1] != fetching(4, 3, 4, 2).line
    assert first[-1] != _drawn(4)


def _drawn(seed: int) -> list[bool]:
    draw = Draw(seed, 0.5)
    return [draw.trouble("thing") is not None for _ in range(30)]


def test_in_a_world_of_trouble_no_label_is_wrong_and_trouble_there_was() -> None:
    told = json.loads(asyncio.run(troubled(1, 2)).line)
    assert told["wrong_labels"] == 0
    assert told["labelled_as_without_trouble"] > 0
    assert any(value for name, value in told.items() if name.startswith("injected"))


def test_whatever_outlets_do_nothing_acknowledged_is_lost_no_page_is_anothers_and_the_next_look_heals() -> None:
    figure = fetching(2, 4, 6, 2)
    assert figure.broken == []
    assert set(figure.promised) == {
        "acknowledged_lost",
        "taken_for_another",
        "failures_unnamed",
        "missing_after_a_calm_round",
    }
    assert figure.values["acknowledged"]
    assert figure.values["failures"]
    assert sum(name.startswith("injected") for name in figure.values) > 5


def test_waits_take_no_time_and_come_after_what_threads_do() -> None:
    happened: list[str] = []
    slow = threading.Event()

    async def wait(hours: int) -> None:
        await asyncio.sleep(3600 * hours)
        happened.append(f"{hours} h")

    async def work() -> None:
        await asyncio.to_thread(slow.wait, 0.2)
        happened.append("thread")

    async def run() -> float:
        await asyncio.gather(wait(20), wait(10), work())
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(run()) == 20 * 3600
    assert happened == ["thread", "10 h", "20 h"]


def test_a_model_that_obeys_gets_no_forged_quote_in() -> None:
    told = json.loads(asyncio.run(poisoned(1, 1)).line)
    assert told["forged_quotes_accepted"] == 0
    assert told["labels_flipped_by_1"] > 0  # it did obey


def test_orders_in_what_is_read_make_nothing_happen_and_the_same_wish_of_a_person_does() -> None:
    told = json.loads(asyncio.run(orders(1, 1)).line)
    assert told["stories_with_orders_read"] == told["stories"]
    assert told["actions_triggered"] == 0
    assert told["added_by_the_person"] == 1


def test_a_promise_that_is_not_kept_is_named() -> None:
    figure = Figure("kills", 1, {"lost": 1, "calls": 7}, {"lost": 0})
    assert figure.broken == ["lost"]
    assert json.loads(figure.line)["broken"] == ["lost"]
    assert Figure("kills", 1, {"lost": 0}, {"lost": 0}).broken == []


def _call(started: float, ended: float, words: str = "which claims?") -> Call:
    asked = Asked(model="m", messages=[Message(role="user", content=words)])
    return Call("/v1/chat/completions", asked, {}, started, ended)


def test_only_a_call_that_had_ended_before_the_kill_is_paid_twice() -> None:
    assert paid_twice([_call(0, 1), _call(10, 11)], [5]) == 1
    assert paid_twice([_call(0, 3), _call(10, 11)], [5]) == 0  # it was under way, or hardly over
    assert paid_twice([_call(0, math.inf), _call(10, 11)], [5]) == 0
    assert paid_twice([_call(0, 1), _call(10, 11)], [2, 9]) == 0  # the first kill took it
    assert paid_twice([_call(0, 2.1), _call(10, 11)], [2, 9]) == 0  # whoever asked was dead when it was answered
    assert paid_twice([_call(0, 1), _call(10, 11)], [6], [(0.5, 4)]) == 0  # it could not be kept before
    assert paid_twice([_call(0, 1), _call(10, 11, "another question")], [5]) == 0
    assert paid_twice([_call(0, 1, "<a-12>x"), _call(10, 11, "<a-34>x")], [5]) == 1


def test_a_receiver_refuses_some_messages_the_first_time_and_acts_once_for_an_id() -> None:
    receiver = Receiver(Random(1))
    first = [receiver.take(f"msg_{number}") for number in range(40)]
    again = [receiver.take(f"msg_{number}") for number in range(40)]
    assert set(first) == {204, 503}
    assert set(again) == {204}
    assert len(receiver.taken) == 40


def _line(at: int, message: str, job: str = "a") -> str:
    return json.dumps({"time": datetime.fromtimestamp(at, UTC).isoformat(), "message": message, "job": job})


def test_a_job_stands_still_between_two_signs_of_it_and_anew_from_each_kill_that_hit_it() -> None:
    logged = read_logs(
        {
            "worker-1": "\n".join([_line(0, "job begins"), "Isnad works", _line(1, "job begins", "b")]),
            "worker-2": "\n".join([_line(70, "job begins"), _line(75, "job finished")]),
        }
    )
    kills = [Kill("worker-2", 5), Kill("worker-1", 30), Kill("postgres", 40), Kill("worker-1", 72)]
    assert hits("a", kills, logged, "postgres") == [30, 40]
    asked = time.monotonic()
    signs = signs_of(
        {"a": "The dam held. It rained.", "b": "It did not."}, [_call(asked, math.inf, "Was it? It did not.")], logged
    )
    assert signs["a"] == [0, 70, 75]
    assert len(signs["b"]) == 2
    assert longest_standstill(signs["a"]) == 70
    assert longest_standstill(signs["a"], [30, 40]) == 30
    assert longest_standstill([]) == 0


def test_the_slope_of_what_grows_evenly_is_what_it_grows_by() -> None:
    assert slope([5, 7, 9]) == 2
    assert slope([3, 3, 3]) == 0


def _firing(second: int, began: int, ended: int) -> Firing:
    return Firing(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second), "worker", began, ended)


def test_a_time_that_nobody_did_is_missed_and_two_at_once_overlap() -> None:
    assert missed([]) == 0
    assert missed([_firing(0, 0, 1), _firing(2, 2000, 2001), _firing(4, 4000, 4001)]) == 0
    assert missed([_firing(0, 0, 1), _firing(6, 6000, 6001)]) == 2
    assert overlapping([_firing(3, 10, 20), _firing(0, 0, 10)]) == 0
    assert overlapping([_firing(3, 9, 20), _firing(0, 0, 10)]) == 1
