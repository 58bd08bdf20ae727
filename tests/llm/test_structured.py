"""The schema as strict endpoints accept it, and finding an answer in a model's words."""

import contextlib
import json
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from agent.analyst.model import ClaimAnswers, Extracted
from agent.llm.reading import Malformed, parse
from agent.llm.structured import strict_schema
from tests.llm.conftest import GOOD, Word


class Inner(BaseModel):
    day: date | None = None
    size: int = Field(3, ge=1, le=9)


class Outer(BaseModel):
    """Said to the model."""

    kind: Literal["a", "b"] = "a"
    inner: Inner = Field(Inner(), description="of the inner")
    many: list[Inner] = Field(default_factory=list, max_length=4)


def objects(node: object) -> list[dict[str, object]]:
    """Every JSON object that describes an object, anywhere in a schema."""
    if isinstance(node, list):
        return [found for child in node for found in objects(child)]
    if not isinstance(node, dict):
        return []
    return [*([node] if node.get("type") == "object" else []), *objects(list(node.values()))]


@pytest.mark.parametrize("answer", [Outer, Extracted, ClaimAnswers])
def test_every_object_is_closed_and_everything_in_it_required(answer: type[BaseModel]) -> None:
    schema = strict_schema(answer)
    for found in objects(dict(schema)):
        assert found["additionalProperties"] is False
        properties = found["properties"]
        assert isinstance(properties, dict)
        assert found["required"] == list(properties)


def test_words_that_strict_mode_does_not_know_are_left_out() -> None:
    shown = json.dumps(strict_schema(Outer))
    assert not any(f'"{word}"' in shown for word in ("default", "minimum", "maximum", "maxItems", "title"))
    assert "Said to the model." in shown
    assert '"format": "date"' in shown


class Leaf(BaseModel):
    """Said of the leaf."""

    twig: Inner


class Branch(BaseModel):
    leaf: Leaf = Field(description="Said of this one.")


class Tree(BaseModel):
    branches: list["Tree"]
    size: Inner


class Forest(BaseModel):
    trees: list[Tree]


def test_what_is_defined_for_one_place_stands_there() -> None:
    schema = dict(strict_schema(Branch))
    assert "$" not in json.dumps(schema)
    branch, leaf, twig = objects(schema)
    assert (branch["required"], leaf["required"], twig["required"]) == (["leaf"], ["twig"], ["day", "size"])
    assert leaf["description"] == "Said of this one."


def test_what_is_defined_for_several_places_or_for_itself_is_referred_to() -> None:
    outer, forest = (json.loads(json.dumps(strict_schema(answer))) for answer in (Outer, Forest))
    assert list(outer["$defs"]) == ["Inner"]
    assert outer["properties"]["many"]["items"] == {"$ref": "#/$defs/Inner"}
    assert list(forest["$defs"]) == ["Tree"]
    assert [found["required"] for found in objects(forest)] == [["trees"], ["branches", "size"], ["day", "size"]]


def test_what_strict_mode_cannot_say_is_refused_when_it_is_written_and_not_when_it_runs() -> None:
    class Free(BaseModel):
        counts: dict[str, int]

    with pytest.raises(TypeError, match="counts"):
        strict_schema(Free)


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_an_answer_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    around = before.replace("{", "(") + GOOD + after.replace("{", "(")
    assert parse(around, Word).word == "good"


@pytest.mark.parametrize("name", ["Word", "answer", "result"])
def test_an_answer_under_the_name_of_its_form_is_read(name: str) -> None:
    assert parse(json.dumps({name: json.loads(GOOD)}), Word).word == "good"


@pytest.mark.parametrize("around", [{"draft": json.loads(GOOD)}, {"Word": json.loads(GOOD), "other": 1}])
def test_a_draft_or_one_thing_of_several_is_no_answer(around: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        parse(json.dumps(around), Word)


def test_a_quote_that_is_copied_with_the_end_of_its_line_is_read() -> None:
    assert parse('{"word": "first\nsecond\tthird", "number": 1}', Word).word == "first\nsecond\tthird"


@given(st.text())
def test_any_text_is_an_answer_or_malformed(text: str) -> None:
    with contextlib.suppress(Malformed):
        assert isinstance(parse(text, Word), Word)


def test_an_answer_of_nothing_but_braces_is_read_in_no_time() -> None:
    with pytest.raises(Malformed):
        parse('{"a":' * 200_000, Word)
    with pytest.raises(Malformed):
        parse("{" * 1_000_000, Word)


def test_the_object_that_fits_is_taken_and_not_the_first_one() -> None:
    assert parse(f'{{"thought": 1}} then {GOOD}', Word).word == "good"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '{"word": "\\ud800", "number": 1}'])
def test_hostile_json_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text, Word)


def test_an_answer_that_breaks_off_is_told_to_break_off() -> None:
    with pytest.raises(Malformed, match="EOF"):
        parse('{"word": {"word": "inner", "number": -1}, "num', Word)


def test_the_error_names_the_fields_and_stays_short() -> None:
    class Many(BaseModel):
        words: list[Word]

    with pytest.raises(Malformed, match=r"words\.0\.number: .*; and 3 more"):
        parse(json.dumps({"words": [{"word": "a", "number": -1}] * 8}), Many)
