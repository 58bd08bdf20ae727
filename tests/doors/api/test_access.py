"""Who may do what: every line of it with a real key on a real service."""

import httpx
import psycopg
import pytest

from agent.storage.keys import Scope
from tests.doors.api.desk import ARTICLE, ON_BOTH, Desk
from tests.doors.api.test_errors import refused

pytestmark = ON_BOTH


@pytest.fixture
def desk(guarded: Desk) -> Desk:
    guarded.as_before()
    return guarded


def client(desk: Desk, *scopes: Scope, **bounds: int) -> httpx.Client:
    """With a key of these scopes."""
    number = len(desk.service.keys.listing())
    key = desk.service.keys.create(f"desk {number}", scopes, **bounds)
    return httpx.Client(base_url=desk.http.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=240)


def test_without_a_good_key_nothing_is_answered(desk: Desk) -> None:
    key = desk.service.keys.create("gone", [Scope.ADMIN])
    desk.service.keys.revoke("gone")
    for headers in (
        {},
        {"Authorization": f"Bearer {key}"},
        {"X-API-Key": key},
        {"Authorization": f"Bearer {key[:-1]}x"},
        {"Authorization": "Bearer isnad_" + "0" * 8 + "_guess"},
        {"Authorization": "Basic b3duZXI6"},
        {"X-API-Key": "é".encode()},
    ):
        answer = desk.http.get("/v1/verifications", headers=headers)  # type: ignore[arg-type]  # bytes are fine
        refused(answer, 401, "key")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    for open_to_all in ("/healthz", "/readyz", "/v1/openapi.json"):
        assert desk.http.get(open_to_all).status_code == 200


def test_a_key_may_do_what_its_scopes_say(desk: Desk) -> None:
    with (
        client(desk, Scope.READ) as reader,
        client(desk, Scope.COVERAGE) as other,
        client(desk, Scope.ADMIN) as admin,
    ):
        assert reader.get("/v1/verifications").status_code == 200
        refused(reader.post("/v1/verifications", json={"text": ARTICLE}), 403, "scope")
        refused(other.get("/v1/verifications"), 403, "scope")
        refused(reader.get("/metrics"), 403, "scope")
        assert "isnad_jobs" in admin.get("/metrics").text


def test_only_a_key_for_coverage_reads_a_document(desk: Desk) -> None:
    path = "/v1/coverage/dffffffffffffffffffff"
    refused(desk.http.get(path), 401, "key")
    with client(desk, Scope.READ, Scope.VERIFY) as reader, client(desk, Scope.COVERAGE) as other:
        refused(reader.get(path), 403, "scope")
        refused(other.get(path), 404, "not-found")


def test_only_a_key_for_coverage_follows(desk: Desk) -> None:
    path = "/v1/coverage/followed"
    with client(desk, Scope.VERIFY) as other, client(desk, Scope.COVERAGE) as mine:
        for answer in (
            other.get(path),
            other.post(path, json={"url": "https://harbour.example/feed"}),
            other.delete(path, params={"url": "https://harbour.example/feed"}),
        ):
            refused(answer, 403, "scope")
        assert mine.get(path).json() == {"followed": []}


def test_a_key_may_come_in_either_header(desk: Desk) -> None:
    key = desk.service.keys.create("either", [Scope.READ])
    assert desk.http.get("/v1/verifications", headers={"X-API-Key": key}).status_code == 200


def test_what_belongs_to_another_key_looks_like_nothing(desk: Desk) -> None:
    with client(desk, Scope.VERIFY) as mine, client(desk, Scope.VERIFY) as yours, client(desk, Scope.ADMIN) as admin:
        posted = mine.post("/v1/verifications", json={"text": ARTICLE}, headers={"Prefer": "wait=60"})
        place = posted.headers["location"]
        assert mine.get(place).status_code == 200
        nothing = yours.get(place.replace(posted.json()["id"], "0" * 32))
        for answer in (
            yours.get(place),
            yours.get(f"{place}/report.json"),
            yours.get(f"{place}/events"),
            yours.post(f"{place}/cancel"),
            yours.delete(place),
        ):
            refused(answer, 404, "not-found")
            told = answer.text.replace(posted.json()["id"], "0" * 32)
            assert told == nothing.text
        assert yours.get("/v1/verifications").json()["verifications"] == []
        assert posted.json()["id"] in admin.get("/v1/verifications").text
        assert admin.get(place).status_code == 200


def test_a_key_has_so_many_requests_a_minute(desk: Desk) -> None:
    with client(desk, Scope.READ, requests_per_minute=3) as busy, client(desk, Scope.READ) as other:
        assert [busy.get("/v1/verifications").status_code for _ in range(3)] == [200, 200, 200]
        answer = busy.get("/v1/verifications")
        refused(answer, 429, "rate-limit")
        assert 0 < int(answer.headers["retry-after"]) <= 61
        assert other.get("/v1/verifications").status_code == 200


def test_a_key_has_so_many_tokens_a_day(desk: Desk) -> None:
    with client(desk, Scope.VERIFY, daily_tokens=90_000) as frugal:
        fresh = {"text": "The ferryman said that the river was too high on Friday. The mill had stopped."}
        first = frugal.post("/v1/verifications", json=fresh, headers={"Prefer": "wait=60"}).json()
        assert first["state"] == "succeeded"
        assert first["result"]["tokens"] > 0
        key = next(key for key in desk.service.keys.listing() if key.daily_tokens == 90_000)
        assert desk.service.keys.left(key.id) == 90_000 - first["result"]["tokens"]
        desk.service.keys.spend(key.id, 90_000)
        answer = frugal.post("/v1/verifications", json={"text": ARTICLE})
        refused(answer, 429, "token-budget")
        assert int(answer.headers["retry-after"]) > 0
        assert frugal.get("/v1/verifications").status_code == 200


def test_a_key_has_so_many_verifications_at_a_time(desk: Desk) -> None:
    from evals.servers.wire import Hang

    desk.model.behave(lambda _: Hang())
    with client(desk, Scope.VERIFY) as greedy:
        mine = [greedy.post("/v1/verifications", json={"text": ARTICLE}).headers["location"] for _ in range(2)]
        refused(greedy.post("/v1/verifications", json={"text": ARTICLE}), 429, "queue-full")
        for place in mine:
            assert greedy.post(f"{place}/cancel").status_code == 200
        assert greedy.post("/v1/verifications", json={"text": ARTICLE}).status_code == 202


def test_no_answer_and_no_file_holds_a_key(desk: Desk) -> None:
    key = desk.service.keys.create("secret", [Scope.ADMIN])
    answer = desk.http.get("/v1/verifications", headers={"X-API-Key": key + "x"})
    assert key not in answer.text
    held = [
        file.name for file in desk.service.settings.data_dir.glob("*.sqlite*") if key.encode() in file.read_bytes()
    ]
    assert held == []
    if (url := desk.service.settings.database_url) is not None:
        with psycopg.connect(url.get_secret_value()) as connection:
            rows = connection.execute("SELECT keys::text FROM isnad_keys AS keys").fetchall()
        assert "secret" in str(rows)
        assert key not in str(rows)
        assert key.rpartition("_")[2] not in str(rows)
