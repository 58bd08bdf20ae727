"""Who has no key costs no more than the head of a request, and hears so at once."""

import re
import socket
import time
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest

from agent.doors.api.arriving import TimedConnection
from agent.doors.web.routes import ROUTERS
from tests.doors.api.desk import Desk
from tests.security.wire import connected, heard

_MUCH = 1_000_000
_SIGNING = ("/sign-in", "/look")
_STRANGERS = (
    "",
    "Authorization: Bearer isnad_00000000_guess\r\n",
    "X-API-Key: guess\r\nCookie: isnad_session=guess\r\n",
)


def _head(desk: Desk, path: str, kind: str, more: str = "") -> bytes:
    host = f"127.0.0.1:{desk.http.base_url.port}"
    named = re.sub(r"\{(\w+)\}", lambda one: "0" * 32 if one[1] == "verification_id" else "1", path)
    return (
        f"POST {named} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {_MUCH}\r\n{more}\r\n"
    ).encode()


def _bodies(desk: Desk) -> Iterator[tuple[str, str]]:
    """Every address of the API that reads what is posted to it, with its media type."""
    for path, item in desk.http.get("/v1/openapi.json").json()["paths"].items():
        for kind in item.get("post", {}).get("requestBody", {}).get("content", {}):
            yield path, kind
    yield "/mcp", "application/json"


def _forms() -> list[str]:
    routes = [route for router in ROUTERS for route in router.routes]
    return [str(route.path) for route in routes if "POST" in getattr(route, "methods", ())]


def _status(raw: socket.socket) -> int:
    """Of the next answer, which is heard to its end."""
    with HTTPResponse(raw) as answer:
        answer.begin()
        answer.read()
        return answer.status


@pytest.mark.parametrize("stranger", _STRANGERS)
def test_a_stranger_is_refused_before_the_body_is_sent(desk: Desk, stranger: str) -> None:
    asked = list(_bodies(desk))
    assert len(asked) >= 6
    for path, kind in asked:
        with connected(desk) as raw:
            raw.sendall(_head(desk, path, kind, stranger))
            assert _status(raw) == 401, path


def test_whoever_is_not_signed_in_is_sent_to_sign_in_before_a_form_is_sent(desk: Desk) -> None:
    forms = [path for path in _forms() if path not in (*_SIGNING, "/sign-out")]
    assert len(forms) >= 10
    for path in forms:
        with connected(desk) as raw:
            raw.sendall(_head(desk, path, "application/x-www-form-urlencoded", _STRANGERS[2]))
            assert _status(raw) == 303, path


@pytest.mark.parametrize("path", _SIGNING)
@pytest.mark.parametrize("length", [f"Content-Length: {_MUCH}", "Transfer-Encoding: chunked"])
def test_a_form_that_is_for_anybody_is_short(desk: Desk, path: str, length: str) -> None:
    head = _head(desk, path, "application/x-www-form-urlencoded")
    with connected(desk) as raw:
        raw.sendall(head.replace(f"Content-Length: {_MUCH}".encode(), length.encode()))
        assert _status(raw) == 413


def test_nobody_is_asked_to_send_what_will_not_be_read(desk: Desk) -> None:
    with connected(desk) as raw:
        raw.sendall(_head(desk, "/v1/verifications", "application/json", "Expect: 100-continue\r\n"))
        assert _status(raw) == 401


def test_who_sends_everything_before_reading_sees_the_answer_and_may_ask_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TimedConnection, "lingering_seconds", 4.0)
    with connected(desk) as raw:
        raw.sendall(_head(desk, "/v1/verifications", "application/json"))
        assert _status(raw) == 401
        raw.sendall(b" " * _MUCH)
        # The time for the rest of the first request is no bound on the next.
        time.sleep(4.2)
        raw.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert _status(raw) == 200


def test_who_was_refused_and_goes_on_holding_the_connection_is_let_go(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TimedConnection, "lingering_seconds", 0.2)
    with connected(desk) as raw:
        raw.sendall(_head(desk, "/v1/verifications", "application/json"))
        assert b" 401 " in heard(raw)
