"""What checkpoints of earlier versions hold is read, whatever its types are called by now."""

import tomllib
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from importlib.resources import files
from typing import Any, cast

import pytest
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.types import Send

from agent.chat.actions import TurnRemark
from agent.chat.records import AnswerStatement
from agent.models import Article, Frozen, Label, Part, Span
from agent.storage.serializer import TypeSerializer

FORMER = tomllib.loads((files("agent.storage") / "former_types.toml").read_text(encoding="utf-8"))
PART = Part(index=0, span=Span(start=0, end=5), text="words")
SERIALIZER = TypeSerializer((Part, TurnRemark, AnswerStatement, Label))


def _earlier(value: Frozen | StrEnum, module: str, name: str) -> Any:
    """The same value, of the type as it was called."""
    if isinstance(value, StrEnum):
        make: Any = StrEnum
        return make(name, {value.name: value.value}, module=module)(value.value)
    kind: Any = type(name, (type(value),), {"__module__": module})
    return kind.model_validate(value.model_dump())


def test_every_former_type_leads_to_one_that_there_is() -> None:
    for former, name in FORMER.items():
        module, _, kind = name.rpartition(".")
        assert isinstance(getattr(import_module(module), kind), type), former
        assert name not in FORMER


@pytest.mark.parametrize(
    ("value", "module", "name"),
    [
        (PART, "agent.analyst", "Part"),
        (AnswerStatement(text="Two origins.", citations=()), "agent.chat.records", "Statement"),
        (next(iter(TurnRemark)), "agent.chat.actions", "Remark"),
    ],
    ids=["moved", "renamed", "one of a set"],
)
def test_a_value_that_an_earlier_version_wrote_is_read(value: Frozen | StrEnum, module: str, name: str) -> None:
    former = _earlier(value, module, name)
    written = SERIALIZER.dumps_typed({"parts": [former, {"within": (former, Label.CONTESTED)}], 7: "stays"})
    assert module.encode() in written[1]
    assert SERIALIZER.loads_typed(written) == {"parts": [value, {"within": [value, Label.CONTESTED]}], 7: "stays"}


def test_a_name_that_no_type_had_is_left_alone() -> None:
    told = {"said": "agent.analyst.Part", "agent.analyst": [1, None, b"\x00"], "number": 2**40}
    assert SERIALIZER.loads_typed(SERIALIZER.dumps_typed(told)) == told


def test_a_type_that_was_not_asked_for_comes_back_as_plain_data() -> None:
    class Stranger(Frozen):
        said: str

    assert SERIALIZER.loads_typed(SERIALIZER.dumps_typed(Stranger(said="open"))) == {"said": "open"}


def test_what_a_step_is_sent_comes_back_as_it_was_with_every_type() -> None:
    article = Article(
        text="Half a \U0001f600 and مرحبا", outlet=None, published_at=datetime(2016, 3, 15, 9, tzinfo=UTC)
    )
    given = [Send("judge", {"article": article, "part": (PART, Label.CONTESTED), "at": article.published_at})]
    serializer = TypeSerializer((Article, Part, Label))
    (back,) = cast("list[Send]", serializer.loads_typed(serializer.dumps_typed(given)))
    assert (back.node, back.timeout) == ("judge", None)
    assert back.arg == {"article": article, "part": [PART, Label.CONTESTED], "at": article.published_at}
    assert back.arg["article"].published_at.tzinfo is not None


def test_half_a_character_does_not_stop_a_run() -> None:
    broken = Part(index=0, span=Span(start=0, end=5), text="ab\ud800cd")
    back = SERIALIZER.loads_typed(SERIALIZER.dumps_typed([broken]))
    plain = JsonPlusSerializer(allowed_msgpack_modules=[Part])
    assert back == plain.loads_typed(plain.dumps_typed([broken]))
