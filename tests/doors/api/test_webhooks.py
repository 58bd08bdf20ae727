import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from standardwebhooks.webhooks import Webhook

from agent.config import Settings
from agent.doors.api.taking import VerificationRequest, taken
from agent.errors import FetchRefused
from agent.jobs.records import JobProblem
from agent.jobs.webhooks import Ended, Notice
from agent.storage.keys import LOCAL, open_keys
from tests.doors.api.desk import ARTICLE, ON_BOTH, PATIENCE, Desk
from tests.doors.api.test_errors import refused
from tests.support.command import isnad


@dataclass
class Received:
    url: str
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def _receiver() -> Iterator[Received]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        received = Received(f"http://127.0.0.1:{server.server_port}/told")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield received
        finally:
            server.shutdown()
            thread.join()


@ON_BOTH
def test_whoever_asked_is_told_in_a_way_that_can_be_checked(desk: Desk) -> None:
    old = desk.service.keys.secrets(LOCAL)[0]
    new = desk.service.keys.rotate(LOCAL)
    with _receiver() as received:
        job = desk.posted(text=ARTICLE, callback_url=received.url)
        until = time.monotonic() + PATIENCE
        while not desk.http.get(f"/v1/verifications/{job}/deliveries").json()["attempts"]:
            assert time.monotonic() < until
            time.sleep(0.05)
        ((headers, body),) = received.calls
    for secret in (old, new):
        told = Webhook(secret).verify(body, headers)
        assert (told["type"], told["data"]["id"]) == ("verification.completed", job)
    assert headers["webhook-id"] == f"msg_{job}"
    assert ARTICLE[:20].encode() not in body
    (attempt,) = desk.http.get(f"/v1/verifications/{job}/deliveries").json()["attempts"]
    assert (attempt["status"], attempt["problem"]) == (204, None)


def test_addresses_that_are_none_are_refused_before_anything_is_accepted(desk: Desk) -> None:
    for address in ("ftp://cms.example/told", "http://cms.example:22/told", "http://a:b@cms.example/told"):
        answer = desk.http.post("/v1/verifications", json={"text": ARTICLE, "callback_url": address})
        refused(answer, 422, "invalid")


def test_an_address_of_a_private_network_is_refused_where_it_is_posted(desk: Desk) -> None:
    open_ = desk.service.settings
    closed = open_.model_copy(update={"allow_private_urls": False})
    for address in ("http://10.0.0.1/told", "https://[::1]/told"):
        posted = VerificationRequest.model_validate({"text": ARTICLE, "callback_url": address})
        with pytest.raises(FetchRefused):
            taken(posted, closed)
        assert taken(posted, open_).callback_url == address
    with pytest.raises(FetchRefused):
        taken(VerificationRequest.model_validate({"url": "http://169.254.169.254/"}), open_)


def test_the_secret_is_shown_and_changed_by_command(settings: Settings) -> None:
    first = isnad("keys", "webhook-secret").out.strip()
    assert isnad("keys", "webhook-secret").out.strip() == first
    second = isnad("keys", "webhook-secret", "--rotate").out.strip()
    assert second != first
    with open_keys(settings) as keys:
        assert keys.secrets(LOCAL) == (second, first)
    assert isnad("keys", "webhook-secret", "nobody").code == 2


def test_the_verification_is_named_by_its_whole_address_where_the_service_knows_its_own() -> None:
    ended = JobProblem(code="fetch", message="it did not answer")
    notice = Notice.of("f" * 32, "desk", "https://cms.example/told", ended)
    path = f"/v1/verifications/{'f' * 32}"
    for base, address in {
        None: path,
        "https://checks.ledger.example/": f"https://checks.ledger.example{path}",
    }.items():
        sent = notice.addressed(base)
        assert Ended.model_validate_json(sent.body).data.verification == address
        assert (sent.id, sent.url) == (notice.id, notice.url)
