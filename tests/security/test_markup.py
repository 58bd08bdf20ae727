"""Markup in an article, its title and the coverage: through the whole service, and text on every page at the end."""

import json

import pytest

from tests.doors.api.desk import Desk
from tests.doors.test_html import POISON, Page


@pytest.fixture(scope="module")
def poisoned(attacked: Desk) -> str:
    """The page of a report whose every text is hostile."""
    attacked.as_before()
    line = {"text": f"The mayor said that the bridge KB07 was shut. {POISON}", "title": POISON, "outlet": POISON}
    added = attacked.http.post(
        "/v1/coverage", content=json.dumps(line), headers={"Content-Type": "application/x-ndjson"}
    )
    assert added.json()["results"][0]["status"] == 201
    body = {"text": f"The mayor said that the bridge KB07 was shut. {POISON}.", "title": POISON, "outlet": "Ledger"}
    return str(attacked.verified(**body)["id"])


def test_nothing_hostile_is_an_element_of_the_page(desk: Desk, poisoned: str) -> None:
    answer = desk.http.get(f"/v1/verifications/{poisoned}/report.html")
    page = Page(answer.text)
    assert not page.all("script") + page.all("img")
    assert not [name for _, known in page.elements for name in known if name.startswith("on")]
    assert answer.text.count("alert(1)") >= 2
    policy = answer.headers["content-security-policy"]
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("rest", ["", "/report.json", "/report.jsonld", "/report.md", "/events"])
def test_no_other_form_is_taken_for_a_page(desk: Desk, poisoned: str, rest: str) -> None:
    headers = desk.http.get(f"/v1/verifications/{poisoned}{rest}").headers
    assert "html" not in headers["content-type"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_what_was_posted_ends_no_header(desk: Desk, poisoned: str) -> None:
    answer = desk.http.get(f"/v1/verifications/{poisoned}")
    assert answer.status_code == 200
    assert not any("alert" in value for value in answer.headers.values())
