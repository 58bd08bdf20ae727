"""The words of an endpoint about its own failure are found in whatever they are wrapped."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.llm.complaint import Complaint, complaint_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("body", "words", "status"),
    [
        ({"error": {"message": "no bridge.", "type": "x", "code": 503}}, "no bridge", 503),
        ([{"error": {"code": 400, "message": "no bridge", "status": "INVALID"}}], "no bridge", 400),
        ({"error": "no bridge"}, "no bridge", None),
        ("no bridge", "no bridge", None),
        ({"detail": "no bridge"}, "no bridge", None),
        ({"detail": [{"loc": ["body", 0], "msg": "no bridge", "input": {"message": "secret"}}]}, "no bridge", None),
        ({"detail": {"error": {"message": "no bridge"}}}, "no bridge", None),
        ({"object": "error", "message": "no bridge", "code": 404}, "no bridge", 404),
        ({"statusCode": 429, "message": "no bridge"}, "no bridge", 429),
        ({"title": "No", "detail": "no bridge", "status": 422}, "No. no bridge", 422),
        ({"errors": [{"message": "no"}, {"message": "bridge"}]}, "no. bridge", None),
        ({"error": {"message": "failed", "metadata": {"raw": '{"error": "no bridge"}'}}}, "failed. no bridge", None),
        ({"base_resp": {"status_code": 1004, "status_msg": "no bridge"}}, "no bridge", None),
        ({"error_code": 17, "error_msg": "no bridge"}, "no bridge", None),
        ({"fault": {"faultstring": "no bridge"}}, "no bridge", None),
        (
            {"error": {"message": "no bridge", "innererror": {"code": "ResponsibleAIPolicyViolation"}}},
            "no bridge",
            None,
        ),
        ({"error": {"message": "لا جسر"}}, "لا جسر", None),
        ({"status": "starting"}, "", None),
        (None, "", None),
        ({}, "", None),
    ],
)
def test_words_and_status_are_found_in_json(body: object, words: str, status: int | None) -> None:
    found = complaint_of(json.dumps(body))
    assert (found.words, found.status) == (words, status)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("404 page not found", "404 page not found"),
        ("<html><head><title>502 Bad\n Gateway</title></head><body><h1>x</h1></body></html>", "502 Bad Gateway"),
        ("<p>no <b>bridge</b> &amp; no road</p>", "no bridge & no road"),
        ('{"error": "broken', '{"error": "broken'),
        ("", ""),
    ],
)
def test_words_are_found_in_what_is_no_json(text: str, words: str) -> None:
    assert complaint_of(text) == Complaint(words)


def test_codes_are_searched_with_the_words() -> None:
    body = {
        "error": {"message": "No.", "innererror": {"code": "ResponsibleAIPolicyViolation"}, "param": "temperature"}
    }
    assert complaint_of(json.dumps(body)).folded == "no responsibleaipolicyviolation temperature"


@given(JSON)
def test_any_json_has_words_or_none(body: object) -> None:
    found = complaint_of(json.dumps(body))
    assert isinstance(found.words, str)


@pytest.mark.parametrize(
    "text", ["<" * 1_000_000, "[" * 1_000_000, '{"error":' * 500_000, json.dumps({"error": ["x" * 9_000] * 1_000})]
)
def test_hostile_bodies_are_short_words_in_no_time(text: str) -> None:
    assert len(complaint_of(text).words) <= 4_000
