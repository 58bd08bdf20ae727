"""Lists of fact-checks that are longer than what is read at once."""

import io
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.coverage.intake import long_lists, reading
from agent.coverage.intake.long_lists import elements_of, read_long_list
from agent.coverage.intake.metadata import Item, Rejection
from agent.coverage.intake.reading import read_coverage
from agent.errors import BadInput
from agent.models import Document


def _review(number: int, **changes: object) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "url": f"https://harbour.example/{number}",
        "claimReviewed": f"Ferry number {number} was sold",
        "author": {"@type": "Organization", "name": "Harbour Post"},
        "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5.0},
        **changes,
    }


def _feed(*reviews: dict[str, object]) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]} for one in reviews],
        "license": [{"name": "public"}],
    }


def _answer(*reviews: dict[str, object]) -> dict[str, object]:
    return {
        "claims": [
            {"text": one["claimReviewed"], "claimReview": [{"url": one["url"], "textualRating": "False"}]}
            for one in reviews
        ]
    }


FORMS: dict[str, Callable[..., object]] = {
    "feed": _feed,
    "answer": _answer,
    "graph": lambda *reviews: {"@graph": list(reviews)},
    "list": lambda *reviews: list(reviews),
}


def _claims(items: list[Item]) -> list[str]:
    return [item.provenance.reviews[0].claim for item in items if isinstance(item, Document)]


@pytest.mark.parametrize("form", FORMS)
def test_it_is_read_as_a_short_one_is(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dump.json"
    bad = _review(3, reviewRating={})
    path.write_text("\ufeff" + json.dumps(FORMS[form](_review(1), _review(2), bad), indent=1), encoding="utf-8")
    short = list(read_coverage([path]))
    monkeypatch.setattr(reading, "MOST_FILE_BYTES", 10)
    long = list(read_coverage([path]))
    assert _claims(long) == _claims(short)
    assert len(_claims(long)) == (3 if form == "answer" else 2)
    assert [one.reason for one in long if isinstance(one, Rejection)] == [
        one.reason for one in short if isinstance(one, Rejection)
    ]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    with path.open("w", encoding="utf-8") as file:
        file.write('{"@type": "DataFeed", "dataFeedElement": [')
        for number in range(400):
            file.write("," * (number > 0) + json.dumps({"item": [_review(number, reviewBody="x" * 20_000)]}))
        file.write("]}")
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Document) for item in read_long_list(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 400
    assert peak < path.stat().st_size / 4


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ('{"dataFeedElement": [{"item": [', "not usable JSON"),
        ('{"dataFeedElement": [{"a": nonsense}]}', "not usable JSON"),
        ('{"places": [{"name": "Lode"}]}', "no fact-check in it"),
        ("[" * 5000, "nested deeper"),
        ('{"claims": [{"a": ' + "[" * 5000, "nested deeper"),
        ('{"claims": [{"text": "' + "x" * 3_000_000, "longer than"),
        ('{"else": "' + "x" * 3_000_000, "longer than"),
        ('["\\ud83d"]', "no fact-check in it"),
        ("", "not usable JSON"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, told: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FILE_BYTES", -1)
    monkeypatch.setattr(long_lists, "MOST_OF_AN_ELEMENT", 2_000_000)
    path = tmp_path / "dump.json"
    path.write_text(told, encoding="utf-8")
    (refused,) = read_coverage([path])
    assert isinstance(refused, Rejection)
    assert why in refused.reason


def test_what_came_before_a_break_stands(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(_feed(_review(1), _review(2)))[:-60], encoding="utf-8")
    found: list[Item] = []
    with pytest.raises(BadInput):
        found.extend(read_long_list(path))
    assert _claims(found)[0] == "Ferry number 1 was sold"


def test_so_it_does_in_a_file_that_could_be_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(_feed(_review(1), _review(2)))[:-60], encoding="utf-8")
    *found, refused = read_coverage([path])
    assert _claims(found) == ["Ferry number 1 was sold"]
    assert isinstance(refused, Rejection)
    assert "not usable JSON" in refused.reason


def test_another_encoding_is_named() -> None:
    with pytest.raises(BadInput, match="UTF-16"):
        list(elements_of(io.BytesIO("[]".encode("utf-16"))))


def test_what_stands_around_a_fault_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(_feed(_review(1)))[:-2] + ', {"a": "\x1b[2Jwiped"}]}', encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        list(read_long_list(path))
    assert str(refused.value).startswith("not usable JSON: ")
    assert "wiped" not in str(refused.value)
    assert str(refused.value).isprintable()
