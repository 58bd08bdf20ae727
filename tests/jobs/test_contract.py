"""What a plugin has to take, and to refuse: tried on receivers that do it right and wrong."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tests.support.command import isnad, piped

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
Answer = Callable[[bytes, Mapping[str, str]], int]


@contextmanager
def _plugin(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(answer(body, {name.lower(): value for name, value in self.headers.items()}))
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hook"
        finally:
            server.shutdown()
            thread.join()


def _verified(body: bytes, headers: Mapping[str, str]) -> int:
    try:
        Webhook(SECRET).verify(body, dict(headers))
    except WebhookVerificationError:
        return 401
    return 204


class _Once:
    """Refuses what comes with an id and a time that it has seen: somebody has listened."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> int:
        status = _verified(body, headers)
        sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if status == 204 and sent in self._seen:
            return 409
        self._seen.add(sent)
        return status


def _unverified(body: bytes, headers: Mapping[str, str]) -> int:
    return 204


def _known_kinds_alone(body: bytes, headers: Mapping[str, str]) -> int:
    return 500 if b"archived" in body else _verified(body, headers)


def _redirecting(body: bytes, headers: Mapping[str, str]) -> int:
    return 302


@pytest.mark.parametrize("answer", [_verified, _Once()])
def test_a_plugin_that_verifies_is_right(answer: Answer) -> None:
    with _plugin(answer) as url:
        told = isnad("contract-test", url, "--secret", SECRET)
    assert (told.code, told.out.count("✓"), told.out.count("✗")) == (0, 13, 0)


@pytest.mark.parametrize(("answer", "wrong"), [(_unverified, 5), (_known_kinds_alone, 1), (_redirecting, 13)])
def test_what_a_plugin_does_wrong_is_told(answer: Answer, wrong: int) -> None:
    with _plugin(answer) as url:
        told = isnad("contract-test", url, "--secret", SECRET, "--json")
    assert (told.code, told.out.count('"problem":null')) == (3, 13 - wrong)


def test_an_address_where_nobody_answers_is_told() -> None:
    told = isnad("contract-test", "http://127.0.0.1:9/hook", "--secret", SECRET)
    assert (told.code, told.out.count("no answer")) == (3, 13)


def test_the_secret_may_come_through_a_pipe() -> None:
    with _plugin(_verified) as url:
        told = piped(f"{SECRET}\n".encode(), "contract-test", url)
    assert (told.code, told.out.count("✓"), told.err) == (0, 13, "")
    without = piped(b"", "contract-test", "http://127.0.0.1:9/hook")
    assert (without.code, without.out) == (2, "")


def test_what_is_no_address_is_a_wrong_use() -> None:
    told = isnad("contract-test", "cms.example/hook", "--secret", SECRET)
    assert (told.code, told.out, "'cms.example/hook'" in told.err) == (2, "", True)


def test_a_secret_that_is_none_is_a_wrong_use() -> None:
    told = isnad("contract-test", "http://127.0.0.1:9/hook", "--secret", "open sesame")
    assert (told.code, "sesame" in told.err) == (2, False)
