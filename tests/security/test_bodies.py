"""Bodies that are small to send and dear to read, or that two readers would read in two ways."""

import gzip
import json
import time

import pytest

from agent.coverage.intake.metadata import Rejection
from agent.coverage.intake.page import read_page
from agent.doors.api.editor_blocks import lay_out
from tests.doors.api.desk import ARTICLE, Desk
from tests.doors.api.test_errors import refused

pytestmark = pytest.mark.long

_JSON = {"Content-Type": "application/json"}
_PATH = "/v1/verifications"
# Far more than any of them takes, and far less than the hours that a square would.
_AT_MOST = 60.0


@pytest.mark.parametrize(
    "content",
    [
        b'{"blocks": [' + b"{}," * 300_000 + b"{}]}",
        b'{"blocks": [{"id": "a", ' + b",".join(b'"k%d": 1' % n for n in range(100_000)) + b"}]}",
        b'{"options": {' + b",".join(b'"k%d": 1' % n for n in range(100_000)) + b"}}",
        b"{" + b",".join(b'"k%d": 1' % n for n in range(100_000)) + b"}",
    ],
)
def test_a_refusal_is_small_however_much_was_wrong(desk: Desk, content: bytes) -> None:
    answer = desk.http.post(_PATH, content=content, headers=_JSON)
    refused(answer, 422, "invalid")
    assert len(answer.content) < 20_000


@pytest.mark.parametrize("path", [_PATH + "/" + "0" * 32 + "/claims/c1/corrections", "/v1/claims/check"])
def test_other_routes_look_at_no_more_keys(desk: Desk, path: str) -> None:
    content = b"{" + b",".join(b'"k%d": 1' % n for n in range(100_000)) + b"}"
    answer = desk.http.post(path, content=content, headers=_JSON)
    assert answer.status_code in (404, 422)
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    "unit", ["<![CDATA[", "<!-", "<!--", "<a b='", '<a b="', "<a ", "</", "<?", "<!", "<script></s ", "<title>", "&#"]
)
@pytest.mark.parametrize("end", ["", ">"])
def test_markup_that_is_never_ended_is_read_in_one_go(unit: str, end: str) -> None:
    began = time.thread_time()
    lay_out([("a", unit * 100_000 + end, True)])
    assert time.thread_time() - began < _AT_MOST


def test_what_is_begun_and_never_ended_is_no_text() -> None:
    for cut in ("<a href='", "<!-- note", "<b", "<?php"):
        assert lay_out([("a", f"<p>The bridge is shut.</p>{cut} is open", True)]).text == "The bridge is shut."
    assert lay_out([("a", "Fewer than 3 < 4 < 5 boats", True)]).text == "Fewer than 3 < 4 < 5 boats"


def test_a_page_that_is_all_tags_is_refused_before_it_is_read() -> None:
    (rejection,) = read_page(b"<p><b>" * 200_000 + b"The bridge is shut.", "page.html")
    assert isinstance(rejection, Rejection)
    assert "tags" in rejection.reason


def test_a_packed_body_is_not_unpacked(desk: Desk) -> None:
    bomb = gzip.compress(b'{"text": "' + b" " * 50_000_000 + b'"}')
    answer = desk.http.post(_PATH, content=bomb, headers=_JSON | {"Content-Encoding": "gzip"})
    assert answer.status_code in (400, 415, 422)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 400, "0.5"])
def test_numbers_that_are_none_are_refused(desk: Desk, number: str) -> None:
    content = f'{{"text": "{ARTICLE}", "options": {{"max_claims": {number}}}}}'
    refused(desk.http.post(_PATH, content=content, headers=_JSON), 422, "invalid")


@pytest.mark.parametrize(
    "line",
    [
        {"text": ARTICLE, "published_at": float("nan")},
        {"text": ARTICLE, "published_at": float("inf")},
        {"text": ARTICLE, "published_at": 1e300},
        {"text": ARTICLE, "published_at": -1e300},
        {"text": ARTICLE, "published_at": "9" * 1000},
    ],
)
def test_a_line_of_coverage_with_an_impossible_date_does_no_harm(desk: Desk, line: dict[str, object]) -> None:
    answer = desk.http.post(
        "/v1/coverage", content=json.dumps(line), headers={"Content-Type": "application/x-ndjson"}
    )
    assert answer.status_code == 207
    (result,) = answer.json()["results"]
    assert result["status"] in (200, 201, 422)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json; charset=utf-7",
        "application/xml",
        "text/json",
        "application/json, text/plain",
        "application/x-json",
        "",
    ],
)
def test_a_kind_that_is_not_json_is_never_guessed(desk: Desk, kind: str) -> None:
    content = "<a>" if "json;" in kind else json.dumps({"text": ARTICLE})
    answer = desk.http.post(_PATH, content=content, headers={"Content-Type": kind})
    assert answer.status_code == (400 if "json;" in kind else 415), answer.text


@pytest.mark.parametrize("key", ["k" * 256, "k\u00e9", "a b", "\u0661"])
def test_an_idempotency_key_is_short_and_plain(desk: Desk, key: str) -> None:
    answer = desk.http.post(_PATH, json={"text": ARTICLE}, headers=[(b"Idempotency-Key", key.encode())])
    refused(answer, 422, "invalid")


# A third of what may come, in a ninth of the time: what grows with the square is found as surely.
_AT_MOST_FOR_A_THIRD = 7.0
_SAID = "<p>The flood killed seventeen people in the valley on Wednesday night.</p>"


@pytest.mark.parametrize(
    "body",
    [
        _SAID * 1_000,
        "<div class='related-a b c'>" * 240 + _SAID * 1_000,
        "<p>Read also: <a href='/x'>Another story of the flood</a></p>" * 1_000,
        "<aside class='correction'>Correction: an earlier version said that 17 people died.</aside>" * 1_000,
        "<div class='offer'><p>Subscribe now to continue reading.</p></div>" * 1_000,
        "<table>" * 200 + "<tr><td>a<td>1" * 1_000,
        "<table>" + "<tr><td rowspan=9999 colspan=9999>a<td>1" * 1_000,
        "<table><tr>" + "<td>1" * 7_700,
        "<blockquote>" * 200 + (_SAID + "<footer>Ola</footer>") * 700,
        "<p>" + "17<sup>1</sup>" * 1_000,
        "<p>" + "x<a href='#a'>1</a>" * 1_000,
        "<p>" + "<sup>" * 7_700,
        "<div hidden><article>" * 5_000,
        "<div><time datetime='2024-03-14T09:40'>09:40</time><p>It rose.</p></div>" * 1_000,
        "<pre>" + "line of text\n" * 7_000,
        "<p>" + "[1]" * 33_000,
        "<dl>" + "<dt>a<dd>b" * 1_700,
        "<figure>" * 200 + "<figcaption>(photo by </figcaption>" * 1_000,
        "<p>" + "an earlier version of this article said " * 7_000,
        "“" * 1_000 + "” — Ola\n" * 1_000,
    ],
    ids=(
        "paragraphs deep read-also corrections offers tables-in-tables spans cells quotations marks links-to-notes"
        " raised hidden times lines brackets terms captions notes signatures"
    ).split(),
)  # fmt: skip
def test_a_page_made_to_be_slow_is_read_in_bounded_time(body: str) -> None:
    page = f"<!doctype html><html><title>x</title><body><article><h1>Title</h1>{body}".encode()
    began = time.thread_time()
    list(read_page(page, "page.html"))
    list(read_page(body.encode(), "post.html"))
    lay_out([("a", body, True)])
    assert time.thread_time() - began < _AT_MOST_FOR_A_THIRD
