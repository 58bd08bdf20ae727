"""Connections that never ask, ask slowly, ask twice in one, or only listen."""

import socket
import time
from contextlib import ExitStack, suppress

import pytest

from agent.doors.api.arriving import TimedConnection
from agent.service.followers import MOST, MOST_OF_ONE, Followers
from agent.storage.keys import Scope
from evals.servers.wire import Hang
from tests.doors.api.desk import PATIENCE, Desk
from tests.doors.api.test_errors import refused
from tests.security.wire import answered, connected, heard

pytestmark = pytest.mark.waits

# More than one reading of a socket brings.
_MUCH = 1_000_000
_HEAD = b"POST /v1/verifications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /v1/ver",
        b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        _HEAD + b"Content-Length: 100\r\n\r\n{",
        _HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n",
    ],
)
def test_half_a_request_does_not_hold_its_connection(
    desk: Desk, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TimedConnection, "seconds", 0.2)
    with connected(desk) as raw:
        raw.sendall(begun)
        heard(raw)


def test_a_drip_of_bytes_counts_as_no_progress(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimedConnection, "seconds", 0.3)
    until = time.monotonic() + PATIENCE
    with connected(desk) as raw, suppress(ConnectionError):
        raw.sendall(b"GET /healthz HTTP/1.1\r\n")
        while True:
            assert time.monotonic() < until
            raw.sendall(b"X-Drip: 1\r\n")
            time.sleep(0.02)


def test_whoever_waits_for_an_answer_is_not_cut_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TimedConnection, "seconds", 0.2)
    answer = desk.http.post("/v1/verifications", json={"text": "The mayor said so."}, headers={"Prefer": "wait=60"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"x" * _MUCH,
        b"".join(b"X-%d: v\r\n" % n for n in range(100_000)),
        b"Cookie: " + b"a=b; " * 200_000,
    ],
)
def test_a_head_without_end_is_refused(desk: Desk, head: bytes) -> None:
    sent = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head + b"\r\n\r\n"
    # None: it hung up so early that its answer was lost on the way.
    assert answered(desk, sent) in ([400], [])


def test_an_address_without_end_is_refused(desk: Desk) -> None:
    sent = b"GET /healthz?" + b"q" * _MUCH + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    assert answered(desk, sent) in ([400], [])


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Content-Length: +4\r\n",
        b"Content-Length: 0x4\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Content-Length : 4\r\n",
        b"X: a\rTransfer-Encoding: chunked\r\n",
        b"X: a\x00b\r\n",
    ],
)
def test_a_request_of_uncertain_length_is_one_request_and_refused(desk: Desk, head: bytes) -> None:
    """Where a proxy and we disagree on the end of a request, its rest would be another caller's next one."""
    hidden = b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    statuses = answered(desk, _HEAD + head + b"\r\n0\r\n\r\n" + hidden)
    assert statuses in ([400], [501])


def test_chunks_decide_where_both_lengths_are_told_and_the_connection_ends(desk: Desk) -> None:
    hidden = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    both = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % (5 + len(hidden))
    statuses = answered(desk, _HEAD + both + b"0\r\n\r\n" + hidden)
    assert 200 not in statuses[:1]


def test_a_key_has_so_many_streams_and_they_are_given_back(desk: Desk) -> None:
    desk.model.behave(lambda _: Hang())
    job = desk.posted(text="The mayor said that the bridge was shut.")
    place = f"/v1/verifications/{job}/events"
    open_ = []
    for _ in range(MOST_OF_ONE):
        raw = socket.create_connection(("127.0.0.1", desk.http.base_url.port or 80), timeout=PATIENCE)
        raw.sendall(
            f"GET {place} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: {desk.http.headers['authorization']}\r\n\r\n".encode()
        )
        assert raw.recv(12) == b"HTTP/1.1 200"
        open_.append(raw)
    refused(desk.http.get(place), 429, "streams")
    other = {"Authorization": f"Bearer {desk.service.keys.create('watcher', [Scope.ADMIN])}"}
    with desk.http.stream("GET", place, headers=other) as answer:
        assert answer.status_code == 200
    for raw in open_:
        raw.close()
    until = time.monotonic() + PATIENCE
    while _status(desk, place) == 429:
        assert time.monotonic() < until
        time.sleep(0.05)
    desk.http.post(f"/v1/verifications/{job}/cancel")


def _status(desk: Desk, place: str) -> int:
    with desk.http.stream("GET", place) as answer:
        return answer.status_code


def test_all_keys_together_have_so_many_streams() -> None:
    followers = Followers()
    with ExitStack() as stack:
        for number in range(MOST):
            assert stack.enter_context(followers.place(f"key {number % 10}"))
        with followers.place("another") as free:
            assert not free
        assert str(MOST) in str(followers.refusal("another"))
    with followers.place("another") as free:
        assert free
