"""Links to reports, by the clock: each leads there until its time has come, and never again."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from agent.config import Settings
from agent.doors.web.shares import Shares
from agent.storage import open_database
from agent.storage.schema import SHARES

_DAY = 24 * 3600


@dataclass
class _Clock:
    now: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def shares(places: Settings, clock: _Clock) -> Iterator[Shares]:
    places.data_dir.mkdir(exist_ok=True)
    with open_database(places, SHARES) as database:
        yield Shares(b"0" * 32, database, clock)


def test_a_link_leads_to_its_report_until_its_last_second(shares: Shares, clock: _Clock) -> None:
    link = shares.begin("run-1", 2, "desk")
    longer = shares.begin("run-1", 3, "desk")
    clock.now += 2 * _DAY - 1
    assert shares.read(link.token) == link.model_copy(update={"token": ""})
    assert [one.id for one in shares.open_of("run-1")] == sorted([link.id, longer.id])
    clock.now += 1
    assert shares.read(link.token) is None
    assert [one.id for one in shares.open_of("run-1")] == [longer.id]


def test_what_is_over_or_revoked_stays_so(shares: Shares, clock: _Clock) -> None:
    link = shares.begin("run-1", 2, "desk")
    assert not shares.revoke("run-2", link.id)
    assert shares.revoke("run-1", link.id)
    assert shares.read(link.token) is None
    clock.now -= _DAY
    assert shares.read(link.token) is None
    over = shares.begin("run-1", 1, "desk")
    clock.now += 2 * _DAY
    # Making another lengthens none.
    shares.begin("run-1", 90, "desk")
    assert shares.read(over.token) is None


def test_a_link_that_is_long_over_is_forgotten_and_leads_nowhere(shares: Shares, clock: _Clock) -> None:
    link = shares.begin("run-1", 1, "desk")
    clock.now += 32 * _DAY
    shares.begin("run-1", 1, "desk")
    clock.now -= 31.5 * _DAY
    assert shares.read(link.token) is None


@pytest.mark.parametrize("at", [0, 5, -2])
def test_a_link_that_is_changed_in_one_letter_leads_nowhere(shares: Shares, at: int) -> None:
    letters = list(shares.begin("run-1", 1, "desk").token)
    assert shares.read("".join(letters)) is not None
    letters[at] = "A" if letters[at] != "A" else "B"
    assert shares.read("".join(letters)) is None
