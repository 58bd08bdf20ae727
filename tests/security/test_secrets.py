"""Everything that can be made to fail is made to fail, and nothing that came out of it holds a secret."""

import json
import time
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from agent.config import Settings
from agent.storage.keys import Scope, open_keys
from evals.servers.endpoint import Pace, SimulatedModel
from evals.servers.wire import Page, Refusal
from tests.doors.api.test_serve import Serving, serving
from tests.support.command import isnad
from tests.support.endpoint import ScriptedEndpoint, run_endpoint

MODEL_KEY = "very-secret-model-key-4711"
PASSWORD = "very-secret-password-4712"
ARTICLE = "The mayor said that the old bridge was shut on Monday. Engineers had found cracks."
_PATH = "/v1/verifications"


@pytest.fixture
def model() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        running.behave(SimulatedModel(Pace(call_seconds=0)).chat)
        yield running


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[str]]]:
    """An address that takes nothing it is told, and what it was told."""
    told: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(str(self.headers) + self.rfile.read(int(self.headers["content-length"])).decode())
            self.send_response(500)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/told", told
        server.shutdown()
        thread.join()


def test_no_failure_tells_a_secret(tmp_path: Path, model: ScriptedEndpoint, receiver: tuple[str, list[str]]) -> None:
    address, told = receiver
    settings = Settings(data_dir=tmp_path / "data")
    with open_keys(settings) as keys:
        key = keys.create("desk", [Scope.ADMIN])
        (secret,) = keys.secrets(keys.named("desk").id)
    url = model.url.replace("//", f"//someone:{PASSWORD}@")
    # Any: beside the settings, which are texts, it has an argument of another type.
    bounds: dict[str, Any] = {"api_key": MODEL_KEY, "base_url": url, "allow_private_urls": "true", "max_tries": "2"}
    with serving(tmp_path, model, **bounds) as service:
        heard = _drive(service, key, model, address)
        (tmp_path / "data" / "keys.sqlite").write_bytes(b"no database" * 1000)
        heard.append(service.http.get(_PATH, headers={"X-API-Key": key}).text)
        log = service.log.read_text()
    everything = "\n".join([*heard, *told, log])
    assert told
    for hidden in (MODEL_KEY, PASSWORD, key, key.rpartition("_")[2], secret, secret.removeprefix("whsec_")):
        assert hidden not in everything
    assert b64decode(secret.removeprefix("whsec_")) not in everything.encode()
    assert ARTICLE[:30] not in log
    # Nor do callers learn where anything is kept.
    assert str(tmp_path) not in "\n".join([*heard, *told])


def _drive(service: Serving, key: str, model: ScriptedEndpoint, address: str) -> list[str]:
    """Every answer, through one run that succeeds and many that fail."""
    with httpx.Client(base_url=service.http.base_url, headers={"X-API-Key": key}, timeout=240) as desk:
        heard: list[httpx.Response] = [
            desk.get(_PATH, headers={"X-API-Key": key + "x"}),
            desk.get(_PATH, headers={"Authorization": f"Basic {key}"}),
        ]
        echoed = f"Incorrect API key provided: {MODEL_KEY}. Ask someone:{PASSWORD}@host."
        for answer in (None, Refusal(401, echoed), Refusal(500, echoed), Page(echoed.encode())):
            if answer is not None:
                model.behave(lambda _, answer=answer: answer)  # type: ignore[misc]  # the answer of this turn
            posted = desk.post(
                _PATH,
                json={"text": f"{ARTICLE} {answer!r:.20}", "callback_url": address},
                headers={"Prefer": "wait=60"},
            )
            place = f"{_PATH}/{posted.json()['id']}"
            _until_told(desk, place)
            heard.append(posted)
            heard += [desk.get(f"{place}/{rest}") for rest in ("events", "deliveries", "corrections")]
            heard += [desk.get(f"{place}/report.{form}") for form in ("json", "html", "md", "jsonld")]
        heard += [desk.get("/metrics"), desk.get("/v1/openapi.json"), desk.get("/healthz")]
        return [str(one.headers) + one.text for one in heard]


def _until_told(desk: httpx.Client, place: str) -> None:
    until = time.monotonic() + 240
    while not desk.get(f"{place}/deliveries").json()["attempts"]:
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://isnad:{PASSWORD}@/isnad",
        f"mysql://isnad:{PASSWORD}@127.0.0.1/isnad",
        f"postgresql://isnad:{PASSWORD}@127.0.0.1:5432/isnad",
    ],
)
def test_a_wrong_setting_is_told_without_the_password_in_it(url: str) -> None:
    shown = isnad("keys", "list", database_url=url)
    assert shown.code != 0
    assert PASSWORD not in shown.out + shown.err


def test_settings_show_no_secret() -> None:
    settings = Settings(
        api_key=MODEL_KEY,
        embedding_api_key=MODEL_KEY,
        database_url=f"postgresql://isnad:{PASSWORD}@127.0.0.1:5432/isnad",
        chroma_url="http://127.0.0.1:8001",
    )
    shown = f"{settings!r} {settings} {json.dumps(settings.model_dump(mode='json'), default=str)}"
    assert MODEL_KEY not in shown
    assert PASSWORD not in shown


def test_the_file_of_keys_is_its_owners_alone(settings: Settings) -> None:
    with open_keys(settings) as keys:
        keys.create("desk", [Scope.READ])
        files = list(settings.data_dir.glob("keys.sqlite*"))
        assert files
        assert {oct(file.stat().st_mode & 0o077) for file in files} == {"0o0"}
