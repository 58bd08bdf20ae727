"""Whatever is sent, the answer is a problem by RFC 9457, and never a 500."""

import json
import socket
from collections.abc import Iterator

import httpx
import pytest

from agent.doors.api.problems import MEDIA_TYPE
from agent.doors.api.taking import VerificationRequest, taken
from agent.errors import FetchRefused
from tests.doors.api.desk import ARTICLE, PATIENCE, Desk

UNKNOWN = "/v1/verifications/" + "0" * 32


def refused(answer: httpx.Response, status: int, kind: str) -> dict[str, object]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE), answer.text
    problem: dict[str, object] = answer.json()
    assert (problem["status"], problem["type"]) == (status, f"urn:isnad:problem:{kind}")
    assert problem["title"]
    return problem


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"text": ARTICLE, "html": "<p>x</p>"}, ""),
        ({"text": 7}, "/text"),
        ({"text": ARTICLE, "unheard": 1}, "/unheard"),
        ({"text": ARTICLE, "title": ""}, "/title"),
        ({"text": ARTICLE, "published_at": "03/04/2026"}, "/published_at"),
        ({"text": ARTICLE, "published_at": "yesterday"}, "/published_at"),
        ({"text": ARTICLE, "language": "Klingon!"}, "/language"),
        ({"text": ARTICLE, "url": "javascript:alert(1)"}, "/url"),
        ({"text": ARTICLE, "options": {"max_claims": 0}}, "/options/max_claims"),
        ({"text": ARTICLE, "options": {"max_claims": 10**30}}, "/options/max_claims"),
        ({"blocks": []}, "/blocks"),
        ({"blocks": [{"id": "a"}]}, "/blocks/0"),
        ({"blocks": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_what_is_wrong_with_a_request_is_pointed_at(desk: Desk, body: object, pointer: str) -> None:
    answer = desk.http.post("/v1/verifications", json=body)
    problem = refused(answer, 422, "invalid")
    errors = problem["errors"]
    assert isinstance(errors, list)
    assert errors[0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"text": " \n "}, "no words"),
        ({"text": "1234 5678"}, "no words"),
        ({"text": "word " * 50_000}, "too long"),
        ({"html": "<p></p>"}, "no article"),
        ({"blocks": [{"id": "a", "html": "<br>"}]}, "no words"),
        ({"url": "ftp://ledger.example/x"}, "web address"),
        ({"url": "http://user:pass@ledger.example/x"}, "user name"),
    ],
)
def test_what_is_no_article_is_refused_before_it_is_accepted(desk: Desk, body: object, told: str) -> None:
    assert told in desk.http.post("/v1/verifications", json=body).text


def test_private_addresses_are_refused_unless_they_are_opened(desk: Desk) -> None:
    closed = desk.service.settings.model_copy(update={"allow_private_urls": False})
    with pytest.raises(FetchRefused):
        taken(VerificationRequest(url="http://127.0.0.1:9200/_search"), closed)


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (b'{"text": "half', 400, "malformed"),
        (b"[" * 100_000, 400, "malformed"),
        (b'{"a":' * 50_000, 400, "malformed"),
        (b'{"options": {"max_claims": ' + b"9" * 5000 + b"}}", 400, "malformed"),
        (b'{"text": "\xff\xfe"}', 400, "malformed"),
        (b'{"text": "' + b"x" * 1_200_000 + b'"}', 413, "too-large"),
        (b"", 422, "invalid"),
    ],
)
def test_bodies_made_to_hurt_are_refused(desk: Desk, content: bytes, status: int, kind: str) -> None:
    headers = {"Content-Type": "application/json"}
    refused(desk.http.post("/v1/verifications", content=content, headers=headers), status, kind)


def test_a_body_of_untold_length_is_bounded_too(desk: Desk) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"text": "'
        while True:
            yield b"x" * 10_000

    headers = {"Content-Type": "application/json"}
    try:
        answer = desk.http.post("/v1/verifications", content=endless(), headers=headers)
    except httpx.TransportError:
        # The service has answered and hung up before this client was done with talking.
        return
    refused(answer, 413, "too-large")


def test_lone_surrogates_are_stored_and_shown_as_replacements(desk: Desk) -> None:
    content = json.dumps({"text": ARTICLE + " \ud800.", "title": "\udfff"})
    answer = desk.http.post(
        "/v1/verifications", content=content, headers={"Content-Type": "application/json", "Prefer": "wait=60"}
    )
    assert answer.status_code in (200, 422)
    assert "\ud800" not in answer.text


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_only_json_is_read(desk: Desk, kind: str) -> None:
    content = json.dumps({"text": ARTICLE})
    answer = desk.http.post("/v1/verifications", content=content, headers={"Content-Type": kind})
    detail = str(refused(answer, 415, "media-type")["detail"])
    assert "Content-Type: application/json" in detail
    assert repr(kind) in detail


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([], [{"pointer": "", "detail": "a JSON object is needed here"}]),
        ({"text": 7}, [{"pointer": "/text", "detail": "a text is needed here"}]),
        ({"text": ARTICLE, "unheard": 1}, [{"pointer": "/unheard", "detail": "there is no such field"}]),
        ({"blocks": []}, [{"pointer": "/blocks", "detail": "at least 1 are needed here, not 0"}]),
        ({"blocks": [{"id": "a"}]}, [{"pointer": "/blocks/0", "detail": "a block has either text or html"}]),
        ({"blocks": [{"text": "x"}]}, [{"pointer": "/blocks/0/id", "detail": "this is needed"}]),
    ],
)
def test_complaints_are_told_in_words_of_json(desk: Desk, body: object, told: list[dict[str, str]]) -> None:
    problem = refused(desk.http.post("/v1/verifications", json=body), 422, "invalid")
    assert problem["errors"] == told
    assert str(problem["detail"]).endswith(told[0]["detail"])


def test_a_body_that_is_missing_and_an_id_that_is_none_are_told_in_plain_words(desk: Desk) -> None:
    answer = desk.http.post("/v1/verifications", content=b"", headers={"Content-Type": "application/json"})
    assert refused(answer, 422, "invalid")["errors"] == [{"pointer": "", "detail": "a body is needed: a JSON object"}]
    (problem,) = desk.http.get("/v1/verifications/last").json()["errors"]
    assert problem["detail"] == "nothing here has such a name"


def test_a_field_of_a_long_name_makes_no_long_answer(desk: Desk) -> None:
    answer = desk.http.post("/v1/verifications", json={"text": ARTICLE, "x" * 100_000: 1})
    refused(answer, 422, "invalid")
    assert len(answer.content) < 2000


def test_where_json_breaks_off_is_told(desk: Desk) -> None:
    headers = {"Content-Type": "application/json"}
    answer = desk.http.post("/v1/verifications", content='{"text": "Shut.",', headers=headers)
    refused(answer, 400, "malformed")
    assert "after 17 characters" in answer.text


def test_a_browser_gets_a_page_where_there_is_nothing_and_a_program_a_problem(desk: Desk) -> None:
    reads_pages = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = desk.http.get("/no/such/page", headers=reads_pages)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    refused(desk.http.get("/no/such/page"), 404, "not-found")
    refused(desk.http.get("/v1/nothing", headers=reads_pages), 404, "not-found")


def test_an_address_that_is_none_leads_to_those_that_are(desk: Desk) -> None:
    assert "/v1/openapi.json" in str(refused(desk.http.get("/v1/verifications/"), 404, "not-found")["detail"])
    assert "GET, POST" in str(refused(desk.http.put("/v1/verifications"), 405, "method")["detail"])


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", UNKNOWN, 404, "not-found"),
        ("GET", UNKNOWN + "/events", 404, "not-found"),
        ("GET", UNKNOWN + "/report.json", 404, "not-found"),
        ("DELETE", UNKNOWN, 404, "not-found"),
        ("POST", UNKNOWN + "/cancel", 404, "not-found"),
        ("GET", "/v1/verifications/..%2f..%2fetc%2fpasswd", 404, "not-found"),
        ("GET", "/v1/verifications/%00", 422, "invalid"),
        ("GET", "/v1/verifications/last", 422, "invalid"),
        ("GET", "/v1/verifications?cursor=e30", 422, "invalid"),
        ("GET", "/v1/verifications?cursor=%ff%ff", 422, "invalid"),
        ("GET", "/v1/verifications?limit=1000", 422, "invalid"),
        ("GET", "/v1/verifications?state=done", 422, "invalid"),
        ("PUT", "/v1/verifications", 405, "method"),
        ("GET", "/docs", 404, "not-found"),
    ],
)
def test_paths_that_lead_nowhere(desk: Desk, method: str, path: str, status: int, kind: str) -> None:
    refused(desk.http.request(method, path), status, kind)


def test_forms_that_are_none(desk: Desk) -> None:
    refused(desk.http.get(f"/v1/verifications/{desk.verified()['id']}/report.exe"), 422, "invalid")


@pytest.mark.parametrize("headers", [{"Last-Event-ID": "-1"}, {"Last-Event-ID": "x" * 50}])
def test_event_numbers_that_are_none(desk: Desk, headers: dict[str, str]) -> None:
    job = desk.verified()["id"]
    refused(desk.http.get(f"/v1/verifications/{job}/events", headers=headers), 422, "invalid")


def test_keys_with_line_breaks_reach_no_header(desk: Desk) -> None:
    host, port = desk.http.base_url.host, desk.http.base_url.port
    body = json.dumps({"text": ARTICLE}).encode()
    with socket.create_connection((host, port or 80), timeout=PATIENCE) as raw:
        raw.sendall(
            b"POST /v1/verifications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Idempotency-Key: a\x0bb\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        )
        answer = raw.recv(65536)
    assert answer.split(b" ")[1] in (b"400", b"422")


def test_pages_of_other_hosts_are_not_answered_without_a_key(desk: Desk) -> None:
    refused(desk.http.get("/v1/verifications", headers={"Host": "evil.example"}), 403, "forbidden")
    refused(desk.http.get("/v1/verifications", headers={"Origin": "https://evil.example"}), 403, "forbidden")
    refused(desk.http.get("/mcp", headers={"Host": "192.0.2.7"}), 403, "forbidden")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_what_comes_through_a_proxy_is_not_answered_without_a_key(desk: Desk, header: str) -> None:
    """A proxy on this machine asks by this machine's name, for whoever asks the proxy."""
    refused(desk.http.get("/v1/verifications", headers={header: "192.0.2.7"}), 403, "forbidden")


def test_every_answer_carries_the_headers_that_browsers_obey(desk: Desk) -> None:
    for path in ("/healthz", UNKNOWN, "/v1/openapi.json"):
        headers = desk.http.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_the_description_tells_every_error_of_every_operation(desk: Desk) -> None:
    described = desk.http.get("/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if path == "/healthz":
                continue
            told = operation["responses"]
            assert operation["summary"], path
            assert "503" in told, path
            if path.startswith(("/v1/chat", "/v1/models")):
                # In OpenAI's form: test_completions.
                assert {"401", "403", "429"} <= told.keys(), (method, path)
                assert "FaultBody" in str(told["401"]["content"]["application/json"])
            elif path.startswith("/v1"):
                assert {"401", "403", "429"} <= told.keys(), (method, path)
                assert MEDIA_TYPE in told["401"]["content"], (method, path)
                # Where nothing is sent, nothing can be wrong with it.
                sent = operation.get("parameters") or operation.get("requestBody")
                assert "422" in told or not sent, (method, path)
                assert "HTTPValidationError" not in json.dumps(operation), (method, path)
