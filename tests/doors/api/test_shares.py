"""Links to a report, by the API: made, followed without a key, listed and revoked by whoever may see the report."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pytest

from agent.storage.keys import Scope
from tests.doors.api.desk import ARTICLE, PATIENCE, Desk
from tests.doors.api.test_access import client
from tests.doors.api.test_errors import refused


@pytest.fixture
def mine(guarded: Desk) -> Iterator[httpx.Client]:
    guarded.as_before()
    with client(guarded, Scope.VERIFY) as one:
        yield one


@pytest.fixture
def shares(mine: httpx.Client) -> str:
    """Where links to a report of `mine` are made."""
    posted = mine.post("/v1/verifications", json={"text": ARTICLE}, headers={"Prefer": "wait=60"})
    return f"/v1/reports/{posted.json()['id']}/shares"


def _followed(desk: Desk, link: str) -> httpx.Response:
    here = link.replace(link.partition("/shared/")[0], str(desk.http.base_url).rstrip("/"))
    return httpx.get(here, timeout=PATIENCE)


def test_a_link_leads_anybody_to_the_report_until_it_is_revoked(
    guarded: Desk, mine: httpx.Client, shares: str
) -> None:
    made = mine.post(shares, json={"days": 2})
    assert made.status_code == 201
    link = made.json()
    ends, began = (datetime.fromisoformat(link[name]) for name in ("until", "made_at"))
    assert ends - began == timedelta(days=2)
    shown = _followed(guarded, link["url"])
    assert shown.status_code == 200
    assert "old bridge" in shown.text
    assert f'<time datetime="{ends.isoformat()}">' in shown.text
    assert mine.get(shares).json() == {"shares": [link]}
    assert mine.delete(f"{shares}/{link['id']}").status_code == 204
    assert mine.get(shares).json() == {"shares": []}
    assert _followed(guarded, link["url"]).status_code == 404
    refused(mine.delete(f"{shares}/{link['id']}"), 404, "not-found")


def test_nobody_shares_or_revokes_what_is_anothers(guarded: Desk, mine: httpx.Client, shares: str) -> None:
    link = mine.post(shares, json={}).json()
    with client(guarded, Scope.VERIFY) as other, client(guarded, Scope.READ) as reader:
        for answer in (
            other.post(shares, json={}),
            other.get(shares),
            other.delete(f"{shares}/{link['id']}"),
        ):
            refused(answer, 404, "not-found")
        refused(reader.post(shares, json={}), 403, "scope")
        refused(reader.get(shares), 403, "scope")
        theirs = other.post("/v1/verifications", json={"text": ARTICLE}, headers={"Prefer": "wait=60"}).json()["id"]
        refused(other.delete(f"/v1/reports/{theirs}/shares/{link['id']}"), 404, "not-found")
    assert mine.get(shares).json()["shares"] == [link]
    refused(guarded.http.get(shares), 401, "key")


@pytest.mark.parametrize("days", [0, 91, -1, 1.5, "x"])
def test_a_link_is_good_for_a_day_to_three_months(mine: httpx.Client, shares: str, days: object) -> None:
    refused(mine.post(shares, json={"days": days}), 422, "invalid")
