"""Whoever follows or waits, by whatever door, has a place; where there is none, each door says so in its own way."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from agent.service.followers import MOST_OF_ONE
from agent.storage.keys import Scope
from evals.servers.wire import Hang
from tests.doors.api.desk import ARTICLE, PATIENCE, Desk
from tests.doors.api.test_errors import refused
from tests.doors.mcp.newsroom import words

_PATH = "/v1/verifications"


class Follower:
    """Somebody with a key of their own, signed in to the web page too, and a verification that does not end."""

    def __init__(self, desk: Desk) -> None:
        desk.model.behave(lambda _: Hang())
        self.desk = desk
        self.key = desk.service.keys.create(f"follower {secrets.token_hex(4)}", [Scope.VERIFY])
        self.id = self.key.split("_")[1]
        place = str(desk.http.base_url).rstrip("/")
        self.http = httpx.Client(
            base_url=place, timeout=PATIENCE, headers={"Authorization": f"Bearer {self.key}", "Origin": place}
        )
        assert self.http.post("/sign-in", data={"key": self.key}).status_code == 303
        self.job = str(self.http.post(_PATH, json={"text": fresh()}).json()["id"])
        self.events = f"{_PATH}/{self.job}/events"

    @contextmanager
    def places_taken(self, places: int) -> Iterator[None]:
        with ExitStack() as stack:
            for _ in range(places):
                assert stack.enter_context(self.desk.service.followers.place(self.id))
            yield

    def until(self, so_many: Callable[[int], bool]) -> None:
        """Until so many places are taken."""
        until = time.monotonic() + PATIENCE
        while not so_many(self.desk.service.followers.of(self.id)):
            assert time.monotonic() < until
            time.sleep(0.05)

    def leave(self) -> None:
        """Everything that waits comes to its end."""
        with self.desk.service.followers.place(self.id):
            for one in self.http.get(_PATH).json()["verifications"]:
                self.http.post(f"{_PATH}/{one['id']}/cancel")
        self.http.close()


@pytest.fixture
def follower(desk: Desk) -> Iterator[Follower]:
    one = Follower(desk)
    yield one
    one.leave()


def fresh() -> str:
    """Asked by nobody before, so that no kept answer ends the waiting."""
    return f"{ARTICLE} It was the {secrets.token_hex(4)} that was hit."


def _wait(one: Follower) -> object:
    return one.http.post(_PATH, json={"text": fresh()}, headers={"Prefer": "wait=60"})


def _check(one: Follower) -> object:
    return one.http.post("/v1/claims/check", json={"statement": fresh()[:200]})


def _complete(one: Follower) -> object:
    message = {"role": "user", "content": f"/check {fresh()[:200]}"}
    return one.http.post("/v1/chat/completions", json={"model": "isnad", "messages": [message]})


def _watch(one: Follower) -> object:
    return one.http.get(f"/verifications/{one.job}/events")


def _call_tool(one: Follower) -> object:
    return asyncio.run(_called(one))


async def _called(one: Follower) -> tuple[bool, str]:
    headers = {"Authorization": f"Bearer {one.key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=PATIENCE) as http,
        Client(streamable_http_client(f"{one.http.base_url}/mcp", http_client=http)) as client,
    ):
        answer = await client.call_tool("verify_article", {"text": fresh()})
        return answer.is_error, words(answer)


@pytest.mark.parametrize("door", [_wait, _check, _complete, _watch, _call_tool])
def test_who_follows_by_any_door_has_a_place(follower: Follower, door: Callable[[Follower], object]) -> None:
    following = Thread(target=door, args=(follower,))
    following.start()
    follower.until(lambda places: places > 0)
    until = time.monotonic() + PATIENCE
    while following.is_alive():
        assert time.monotonic() < until
        for one in follower.http.get(_PATH).json()["verifications"]:
            follower.http.post(f"{_PATH}/{one['id']}/cancel")
        following.join(0.5)
    follower.until(lambda places: places == 0)


def test_where_there_is_no_place_every_door_says_so(follower: Follower) -> None:
    with follower.places_taken(MOST_OF_ONE):
        answer = follower.http.get(follower.events)
        refused(answer, 429, "streams")
        assert answer.headers["retry-after"] == "10"
        told = follower.http.post("/v1/chat/completions", json={"model": "isnad", "messages": []} | _SAYING)
        assert told.status_code == 429
        assert told.headers["retry-after"] == "10"
        assert told.json()["error"]["type"] == "rate_limit_error"
        refused(follower.http.get("/mcp", headers={"Accept": "text/event-stream"}), 429, "streams")
        is_error, said = asyncio.run(_called(follower))
        assert is_error
        assert "streams of this key" in said


def test_who_would_wait_is_answered_at_once_where_there_is_no_place(follower: Follower) -> None:
    with follower.places_taken(MOST_OF_ONE):
        posted = follower.http.post(_PATH, json={"text": fresh()}, headers={"Prefer": "wait=60"})
        assert posted.status_code == 202
        assert "preference-applied" not in posted.headers
        checked = follower.http.post("/v1/claims/check", json={"statement": fresh()[:200]})
        assert checked.status_code == 202
        assert checked.json()["verification"]["state"] != "succeeded"
        assert checked.headers["location"].startswith(_PATH)


def test_a_page_comes_back_later_where_there_is_no_place(follower: Follower) -> None:
    """A browser takes an error for the end, and would load the page again and again."""
    thread = follower.http.post("/threads").headers["location"]
    with follower.places_taken(MOST_OF_ONE):
        for place in (f"/verifications/{follower.job}", thread):
            answer = follower.http.get(f"{place}/events")
            assert answer.status_code == 200
            assert "retry: 10000" in answer.text
            assert "event:" not in answer.text


_SAYING = {"messages": [{"role": "user", "content": "/help"}]}
