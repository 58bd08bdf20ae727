"""Several API processes on one database are one service to whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest
from pydantic import SecretStr

from agent.config import Settings
from agent.storage.keys import Scope
from evals.servers.wire import Hang
from evals.servers.wire_format import Asked
from tests.doors.api.desk import PATIENCE, Desk, run_desk
from tests.doors.api.test_errors import refused
from tests.support.endpoint import run_endpoint


@pytest.fixture
def two(database_url: str, chroma_url: str, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    def settings(name: str) -> Settings:
        return Settings(
            data_dir=tmp_path / name,
            database_url=SecretStr(database_url),
            chroma_url=chroma_url,
            model="simulated",
            base_url=model.url,
            api_key="none",
            shutdown_grace=0,
        )

    with (
        run_endpoint() as model,
        run_desk(settings("one"), model, works=False) as one,
        run_desk(settings("other"), model, works=False) as other,
    ):
        yield one, other


def test_a_key_has_one_minute_at_all_of_them(two: tuple[Desk, Desk]) -> None:
    one, other = two
    busy = one.service.keys.create("busy", [Scope.READ], requests_per_minute=4)
    idle = other.service.keys.create("idle", [Scope.READ], requests_per_minute=4)
    asked = [
        desk.http.get("/v1/verifications", headers={"X-API-Key": busy})
        for desk in (one, other, one, other, one, other)
    ]
    assert [answer.status_code for answer in asked[:4]] == [200] * 4
    for answer in asked[4:]:
        refused(answer, 429, "rate-limit")
        assert 0 < int(answer.headers["retry-after"]) <= 61
    assert other.http.get("/v1/verifications", headers={"X-API-Key": idle}).status_code == 200


def test_a_conversation_has_one_turn_at_a_time_at_all_of_them(two: tuple[Desk, Desk]) -> None:
    one, other = two
    asked = Event()

    def hang(_: Asked) -> Hang:
        asked.set()
        return Hang()

    one.model.behave(hang)
    key = one.service.keys.create("person", [Scope.VERIFY])
    with _signed_in(one, key) as here, _signed_in(other, key) as there:
        thread = here.post("/threads").headers["location"]
        assert here.post(f"{thread}/turns", data={"message": "which of the two is newer?"}).status_code == 303
        assert asked.wait(PATIENCE)
        for person in (here, there):
            assert person.post(f"{thread}/turns", data={"message": "and now?"}).status_code == 409


def test_who_signs_out_at_one_is_signed_out_at_all(two: tuple[Desk, Desk]) -> None:
    one, other = two
    with _signed_in(one, one.service.keys.create("leaver", [Scope.READ])) as here:
        cookie = {"Cookie": f"isnad_session={here.cookies['isnad_session']}"}
        assert other.http.get("/", headers=cookie).status_code == 200
        here.post("/sign-out")
        assert other.http.get("/", headers=cookie).status_code == 303


@contextmanager
def _signed_in(desk: Desk, key: str) -> Iterator[httpx.Client]:
    place = str(desk.http.base_url).rstrip("/")
    with httpx.Client(base_url=place, headers={"Origin": place}, timeout=PATIENCE) as person:
        assert person.post("/sign-in", data={"key": key}).status_code == 303
        yield person
