"""Signing in, and who sees what: over HTTP as a browser speaks it, and the page at the door in a browser."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import httpx
import pytest
from playwright.sync_api import expect

from agent.config import Settings
from agent.doors.web.session import Sessions, open_sessions
from agent.messages import load_words
from agent.storage import Layout, open_database
from agent.storage.keys import Key, Scope
from tests.doors.api.desk import PATIENCE, Desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.people import LANGUAGES, check_for_readers

_TICKET = "0" * 32
_KEY = Key(id="abc", name="desk", scopes=(Scope.READ,), created_at=datetime.now(UTC), renewals=2)


class Person:
    """A browser with its cookies, signed in with a key of that name."""

    def __init__(self, desk: Desk, name: str, *scopes: Scope) -> None:
        self.place = str(desk.http.base_url).rstrip("/")
        self.http = httpx.Client(base_url=self.place, timeout=PATIENCE, headers={"Origin": self.place})
        self.key = desk.service.keys.create(name, scopes or (Scope.VERIFY, Scope.READ))
        self.signed = self.http.post("/sign-in", data={"key": f" {self.key}\n", "next": "/"})

    def verified(self, text: str) -> str:
        """Where the report is."""
        sent = self.http.post("/verifications", data={"text": text, "ticket": token_hex(16)})
        assert sent.status_code == 303, sent.text
        place = sent.headers["location"]
        self.http.get(f"{place}/events")
        return place


@pytest.fixture
def person(guarded: Desk, request: pytest.FixtureRequest) -> Iterator[Person]:
    one = Person(guarded, request.node.name)
    yield one
    one.http.close()


def test_nobody_gets_in_without_a_key(guarded: Desk) -> None:
    for path in ("/", "/verifications/" + "a" * 32, "/threads/abc"):
        answer = guarded.http.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?next=%2F")
    refused = guarded.http.post(
        "/sign-in", data={"key": "isnad_00000000_nothing"}, headers={"Origin": str(guarded.http.base_url).rstrip("/")}
    )
    assert refused.status_code == 401
    assert load_words("en", "web")("web.key_refused") in refused.text
    assert "set-cookie" not in refused.headers


@LANGUAGES
def test_the_page_at_the_door_is_fit_for_readers_before_and_after_a_wrong_key(
    guarded: Desk, new_page: NewPage, language: str
) -> None:
    page = new_page(locale=language)
    page.goto(str(guarded.http.base_url))
    expect(page.locator("#key")).to_be_visible()
    check_for_readers(page)
    page.fill("#key", "isnad_00000000_nothing")
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_be_visible()
    check_for_readers(page)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(person: Person) -> None:
    cookie = person.signed.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert person.key not in cookie
    assert person.http.get("/").status_code == 200


def test_the_cookie_is_secure_where_the_page_is(guarded: Desk) -> None:
    key = guarded.service.keys.create("secure", [Scope.READ])
    place = str(guarded.http.base_url).rstrip("/")
    behind = {"Origin": place, "X-Forwarded-Proto": "https"}
    assert "Secure" in guarded.http.post("/sign-in", data={"key": key}, headers=behind).headers["set-cookie"]


def test_revoking_the_key_ends_the_session(guarded: Desk, person: Person) -> None:
    place = person.verified("The mayor said that the bridge is shut.")
    assert person.http.get(place).status_code == 200
    guarded.service.keys.revoke(person.key.split("_")[1])
    assert person.http.get(place).headers["location"].startswith("/sign-in")
    assert person.http.get(f"{place}/events").headers["location"].startswith("/sign-in")
    assert person.http.get(place, headers={"HX-Request": "true"}).headers["hx-redirect"].startswith("/sign-in")


def test_signing_out_ends_the_session_and_no_other(person: Person) -> None:
    cookie = person.http.cookies["isnad_session"]
    with httpx.Client(base_url=person.place, timeout=PATIENCE, headers={"Origin": person.place}) as elsewhere:
        elsewhere.post("/sign-in", data={"key": person.key})
        assert person.http.post("/sign-out").headers["location"] == "/sign-in"
        assert person.http.get("/").status_code == 303
        copied = httpx.get(person.place, headers={"Cookie": f"isnad_session={cookie}"}, timeout=PATIENCE)
        assert copied.status_code == 303
        assert elsewhere.get("/").status_code == 200


def test_a_key_that_is_renewed_signs_out_and_keeps_what_it_has_had_verified(guarded: Desk, person: Person) -> None:
    place = person.verified("The harbour office said that the ferry was moved on Sunday.")
    after = guarded.service.keys.renew(person.key.split("_")[1])
    assert person.http.get(place).status_code == 303
    assert person.http.post("/sign-in", data={"key": person.key}).status_code == 401
    assert person.http.post("/sign-in", data={"key": after, "next": place}).headers["location"] == place
    assert person.http.get(place).status_code == 200
    asked = httpx.get(f"{person.place}/v1{place}", headers={"Authorization": f"Bearer {after}"}, timeout=PATIENCE)
    assert asked.json()["state"] == "succeeded"


def test_signing_out_without_a_session_is_no_trouble(guarded: Desk) -> None:
    place = str(guarded.http.base_url).rstrip("/")
    for cookie in ("", "isnad_session=nothing"):
        assert guarded.http.post("/sign-out", headers={"Origin": place, "Cookie": cookie}).status_code == 303


def test_a_cookie_that_was_changed_or_made_elsewhere_is_none(guarded: Desk, person: Person) -> None:
    cookie = person.http.cookies["isnad_session"]
    with open_database(Settings(), Layout("any", "any", "1", "")) as nothing:
        forged = Sessions(b"another secret altogether", nothing).begin(
            _KEY.model_copy(update={"id": person.key.split("_")[1], "renewals": 0})
        )
    for told in (forged, cookie[:-2] + "xx", cookie[1:], "", "a.b.c", "é"):
        answer = httpx.get(person.place, headers=[(b"Cookie", f"isnad_session={told}".encode())], timeout=PATIENCE)
        assert answer.status_code == 303, told


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/verifications", "/sentences", "/threads", "/sign-out", "/sign-in", "/look"])
def test_a_form_of_another_site_is_refused(person: Person, path: str, headers: dict[str, str]) -> None:
    answer = person.http.post(path, data={"text": "The mayor said so.", "ticket": _TICKET}, headers=headers)
    assert answer.status_code == 403
    assert person.http.get("/").status_code == 200


def test_a_form_without_any_sign_of_where_it_came_from_is_refused(guarded: Desk) -> None:
    assert guarded.http.post("/look", data={"language": "ar"}).status_code == 403


def test_two_people_never_see_each_others_reports_and_conversations(guarded: Desk, person: Person) -> None:
    other = Person(guarded, f"other than {person.key[:14]}")
    place = person.verified("The mayor said that the secret bridge is shut.")
    thread = person.http.post(f"{place}/turns", data={"message": "/claims"}).headers["location"].partition("#")[0]
    assert "secret bridge" in person.http.get(thread).text
    gone = [
        other.http.get(place),
        other.http.get(f"{place}?claim=1"),
        other.http.get(f"{place}/events"),
        other.http.get(f"{place}/report.json"),
        other.http.get(thread),
        other.http.get(f"{thread}/events"),
        other.http.get(f"{thread}/files/1/1"),
        other.http.post(f"{place}/turns", data={"message": "/claims"}),
        other.http.post(f"{place}/cancel"),
        other.http.post(f"{place}/delete", data={"sure": "yes"}),
        other.http.post(f"{place}/claims/1/corrections", data={"label": "unsourced", "reason": "x", "who": "y"}),
        other.http.post(f"{thread}/turns", data={"message": "/claims"}),
        other.http.post(f"{thread}/decisions", data={"question": "x", "yes": "true"}),
        other.http.post(f"{thread}/name", data={"title": "mine"}),
        other.http.post(f"{thread}/delete", data={"sure": "yes"}),
    ]
    assert [answer.status_code for answer in gone] == [404] * len(gone)
    assert not any("secret bridge" in answer.text for answer in gone)
    assert "secret bridge" not in other.http.get("/").text
    assert person.http.get(place).status_code == person.http.get(thread).status_code == 200
    other.http.close()


def test_each_of_several_things_is_shown_with_files_of_its_own(person: Person) -> None:
    place = person.verified("The mayor said that the tall bridge is shut.")
    said = {"message": "export as md; then export as json"}
    thread = person.http.post(f"{place}/turns", data=said).headers["location"].partition("#")[0]
    events = person.http.get(f"{thread}/events").text
    assert events.count('<li class="answer"') == 2
    places = re.findall(rf"{re.escape(thread)}/files/\d+/1", events)
    assert len(set(places)) == 2
    md, as_json = (person.http.get(one) for one in places)
    assert (md.headers["content-type"].partition(";")[0], as_json.json()["schema_version"]) == ("text/markdown", "1")
    assert events.count("files/") == person.http.get(thread).text.count("files/")


def test_a_key_that_only_reads_changes_nothing(guarded: Desk) -> None:
    reader = Person(guarded, "reader", Scope.READ)
    answer = reader.http.post("/verifications", data={"text": "The mayor said so.", "ticket": _TICKET})
    assert answer.status_code == 403
    assert "scope verify" in answer.text
    reader.http.close()


def test_a_form_that_is_sent_twice_makes_one_verification(person: Person) -> None:
    sent = [
        person.http.post("/verifications", data={"text": "The bridge is shut.", "ticket": "d" * 32}) for _ in range(2)
    ]
    assert sent[0].headers["location"] == sent[1].headers["location"]


def test_what_goes_on_is_taken_up_after_the_last_event_that_was_seen(person: Person) -> None:
    place = person.verified("The mayor said that the bridge is shut. The minister said that it is open.")
    whole = person.http.get(f"{place}/events").text
    rest = person.http.get(f"{place}/events", headers={"Last-Event-ID": "3"}).text
    assert "id: 1\n" in whole
    assert "id: 3\n" not in rest
    assert rest.count("event: progress") == whole.count("event: progress") - 3
    assert "event: ended" in rest


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_link_leads_away_after_signing_in(guarded: Desk, person: Person, wanted: str) -> None:
    answer = person.http.post("/sign-in", data={"key": person.key, "next": wanted})
    assert answer.headers["location"] == "/"
    assert f'value="{wanted}"' not in person.http.get("/sign-in", params={"next": wanted}).text


def test_every_page_says_what_a_browser_may_do(person: Person) -> None:
    for path in ("/", "/sign-in", "/verifications/" + "a" * 32):
        headers = person.http.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "private, no-store"


def test_script_and_style_are_kept_by_browsers_until_they_change(person: Person) -> None:
    page = person.http.get("/sign-in").text
    style = next(part.partition('"')[0] for part in page.split('href="') if part.startswith("/assets/"))
    assert "immutable" in person.http.get(style).headers["cache-control"]
    assert person.http.get("/assets/000/style.css").headers["cache-control"] == "no-cache"
    assert person.http.get("/assets/000/ar.toml").status_code == 404
    assert person.http.get("/assets/000/..%2F..%2F..%2Fmessages%2Far.toml").status_code == 404


def test_the_pages_are_not_part_of_the_described_api(person: Person) -> None:
    paths = person.http.get("/v1/openapi.json").json()["paths"]
    assert [path for path in paths if not path.startswith(("/v1/", "/healthz", "/readyz", "/metrics"))] == []


def test_a_sign_in_outlives_a_restart_and_is_good_nowhere_else(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "here")
    with open_sessions(settings) as sessions:
        cookie = sessions.begin(_KEY)
    with open_sessions(settings) as sessions, open_sessions(Settings(data_dir=tmp_path / "elsewhere")) as others:
        session = sessions.read(cookie)
        assert session is not None
        assert (session.key, session.renewals) == (_KEY.id, _KEY.renewals)
        assert others.read(cookie) is None
        sessions.end(cookie)
    with open_sessions(settings) as sessions:
        assert sessions.read(cookie) is None
