"""Who is taken for whom: keys that come twice, callers behind a proxy, ids and cursors that nobody gave out."""

import hmac
from base64 import urlsafe_b64encode

import httpx
import pytest

from agent.config import Settings
from agent.storage.keys import Scope, open_keys
from tests.doors.api.desk import ARTICLE, PATIENCE, Desk
from tests.doors.api.test_errors import refused

_PATH = "/v1/verifications"


@pytest.mark.parametrize("name", [b"Authorization", b"X-API-Key"])
def test_two_keys_in_one_request_are_none(desk: Desk, name: bytes) -> None:
    """A proxy may have looked at the one that we do not look at."""
    good = desk.http.headers["authorization"].encode()
    told = good if name == b"Authorization" else good.removeprefix(b"Bearer ")
    for other in (told, b"Bearer isnad_00000000_x"):
        with httpx.Client(base_url=desk.http.base_url, timeout=PATIENCE) as bare:
            answer = bare.get(_PATH, headers=[(name, told), (name, other)])
        refused(answer, 401, "key")


def test_every_key_that_is_told_costs_one_comparison_that_tells_no_time(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[int, int]] = []
    true_comparison = hmac.compare_digest

    def noted(one: str, other: str) -> bool:
        compared.append((len(one), len(other)))
        return true_comparison(one, other)

    monkeypatch.setattr("agent.storage.keys.compare_digest", noted)
    with open_keys(settings) as keys:
        good = keys.create("good", [Scope.READ])
        gone = keys.create("gone", [Scope.READ])
        keys.revoke("gone")
        told = (good, gone, good[:-1], good.upper(), "isnad_00000000_guess", "isnad", "", "\u0661", "x" * 100_000)
        known = [keys.recognise(one) for one in told]
    assert [key is not None for key in known] == [True] + [False] * 8
    # Digests of one length, whatever was told: neither the place nor the length of a mistake shows.
    assert compared == [(64, 64)] * len(told)


@pytest.mark.parametrize(
    "place",
    [
        b'{"before": "0001-01-01T00:00:00+23:59", "seen": []}',
        b'{"before": "9999-12-31T23:59:59-23:59", "seen": []}',
        b'{"before": -62135596800, "seen": []}',
        b'{"before": 1e308, "seen": []}',
        b'{"before": "2026-01-01T00:00:00Z", "seen": ["%"]}',
        b'{"before": "2026-01-01T00:00:00Z", "seen": ["00000000\' OR 1=1 --"]}',
        b'{"before": "2026-01-01T00:00:00Z", "owner": null}',
        b"[" * 5000,
    ],
)
def test_a_cursor_that_nobody_gave_out_shows_nothing_of_others(desk: Desk, place: bytes) -> None:
    with desk_of(desk) as other:
        theirs = other.post(_PATH, json={"text": ARTICLE}, headers={"Prefer": "wait=60"}).json()["id"]
    answer = desk.http.get(_PATH, params={"cursor": urlsafe_b64encode(place).decode()})
    assert answer.status_code in (200, 422)
    assert theirs not in answer.text


@pytest.mark.parametrize(
    "told",
    ["0" * 32 + "%0a", "0" * 31 + "G", "0" * 33, "..%2fkeys", "%2e%2e%2fkeys", "%00" * 32, "\u0660" * 32, "*", "%25"],
)
@pytest.mark.parametrize("rest", ["", "/report.json", "/events", "/deliveries", "/corrections"])
def test_an_id_that_is_none_reaches_no_store(desk: Desk, told: str, rest: str) -> None:
    assert desk.http.get(f"{_PATH}/{told}{rest}").status_code in (404, 422)


@pytest.mark.parametrize("told", ["d" + "0" * 20 + "%0a", "..%2f..%2fkeys.sqlite", "d' OR 1=1 --", "%00"])
def test_a_document_id_that_is_none_deletes_nothing(desk: Desk, told: str) -> None:
    assert desk.http.delete(f"/v1/coverage/{told}").status_code in (404, 422)


def test_the_key_of_another_owner_is_another_key(desk: Desk) -> None:
    """Ids of jobs come from idempotency keys: the same one of two callers never meets."""
    header = {"Idempotency-Key": "the-same"}
    mine = desk.http.post(_PATH, json={"text": ARTICLE}, headers=header).json()["id"]
    with desk_of(desk) as other:
        theirs = other.post(_PATH, json={"text": ARTICLE}, headers=header)
        assert theirs.status_code == 202
        assert theirs.json()["id"] != mine
        refused(other.get(f"{_PATH}/{mine}"), 404, "not-found")


def desk_of(desk: Desk) -> httpx.Client:
    """A client with a key of its own."""
    key = desk.service.keys.create(f"other {len(desk.service.keys.listing())}", [Scope.VERIFY])
    return httpx.Client(base_url=desk.http.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=240)
