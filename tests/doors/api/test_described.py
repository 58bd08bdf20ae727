"""The description is complete: every answer, every request and every error has an example that fits it."""

from collections.abc import Iterator
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its types are another package
import pytest

from tests.doors.api.desk import Desk

# Another program's form, described where it is built.
_OTHERS = ("create_completion", "list_models", "get_model")


@pytest.fixture
def description(desk: Desk) -> dict[str, Any]:
    told: dict[str, Any] = desk.http.get("/v1/openapi.json").json()
    return told


def _contents(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in description["paths"].values():
        for operation in item.values():
            if operation["operationId"] in _OTHERS:
                continue
            told = {**operation["responses"], "body": operation.get("requestBody", {})}
            for status, answer in told.items():
                for media_type, content in answer.get("content", {}).items():
                    yield f"{operation['operationId']} {status} {media_type}", content


def _examples(content: dict[str, Any], description: dict[str, Any]) -> list[Any]:
    if "example" in content:
        return [content["example"]]
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    found: list[Any] = description["components"]["schemas"].get(name, {}).get("examples", [])
    return found


def test_it_is_valid_openapi(description: dict[str, Any]) -> None:
    from schemathesis.specs.openapi.definitions import OPENAPI_31

    jsonschema.Draft202012Validator(OPENAPI_31).validate(description)


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({"text": "Shut."}, True),
        ({"html": "<p>Shut.</p>", "text": None}, True),
        ({"blocks": [{"id": "a", "text": "Shut."}], "url": "https://ledger.example/bridge"}, True),
        ({"url": "https://ledger.example/bridge"}, True),
        ({"text": "Shut.", "html": "<p>Shut.</p>"}, False),
        ({"title": "Bridge"}, False),
        ({"blocks": [{"id": "a"}]}, False),
        ({"blocks": [{"id": "a", "text": "Shut.", "html": "<p>Shut.</p>"}]}, False),
    ],
)
def test_it_tells_that_an_article_comes_in_one_form(
    description: dict[str, Any], body: dict[str, Any], fits: bool
) -> None:
    schema = {
        "$ref": "#/components/schemas/VerificationRequest",
        "components": description["components"],
    }
    assert jsonschema.Draft202012Validator(schema).is_valid(body) is fits


def test_every_field_of_an_article_stands_in_one_form_of_the_request(description: dict[str, Any]) -> None:
    """Alternatives at the top become types of their own in generated clients, each without the other fields."""
    for name in ("VerificationRequest", "Block"):
        schema = description["components"]["schemas"][name]
        assert "properties" in schema
        assert not {"oneOf", "anyOf", "allOf"} & schema.keys()


def test_every_request_and_every_answer_has_an_example_that_fits(description: dict[str, Any]) -> None:
    contents = dict(_contents(description))
    assert [name for name, content in contents.items() if not _examples(content, description)] == []
    for name, content in contents.items():
        if "json" in name and "report" not in name and "ndjson" not in name:
            for example in _examples(content, description):
                schema = {**content["schema"], "components": description["components"]}
                jsonschema.Draft202012Validator(schema).validate(example)


def test_every_operation_tells_its_errors(description: dict[str, Any]) -> None:
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if path.startswith("/v1/") and operation["operationId"] not in _OTHERS:
                statuses = set(operation["responses"])
                assert {"401", "403", "429", "500", "503"} <= statuses, (method, path)
                assert ("413" in statuses) is ("requestBody" in operation), (method, path)
                for status in statuses:
                    if status >= "4":
                        assert list(operation["responses"][status]["content"]) == ["application/problem+json"]


def test_the_webhooks_are_described(description: dict[str, Any]) -> None:
    assert set(description["webhooks"]) == {
        "verification.completed",
        "verification.failed",
        "claim.label_changed",
        "claim.reviewed",
        "claim.edited",
    }


def test_what_generated_clients_need_is_typed(description: dict[str, Any]) -> None:
    """`make test-client` shows that it is enough; the generator cannot stand in this environment."""
    operations = {one["operationId"]: one for item in description["paths"].values() for one in item.values()}
    for name in ("get_report", "get_any_report"):
        content = operations[name]["responses"]["200"]["content"]
        assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/Report"}
    body = operations["add_coverage"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/PostedDocuments"}
    schemas = description["components"]["schemas"]
    assert "text" in schemas["CoverageDocument"]["required"]
    assert "type" not in operations["follow"]["responses"]["200"]["content"]["text/event-stream"]["schema"]
    assert {"RunStarted", "ClaimLabelled", "RunFinished"} <= schemas.keys()
