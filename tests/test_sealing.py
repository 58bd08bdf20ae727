"""What a seal of a report covers, and what it does not."""

import json
from hashlib import sha256

import pytest
import rfc8785
from pydantic import JsonValue

from agent.models import ARTICLE, Document, Label, LabelCorrection, Report, digest
from agent.verify.auditing.hashes import unhashed
from agent.verify.sealing import canonical, documents_named, seal_of, sealed
from tests.support.reports import NOON, arabic_report, english_report

CORRECTION = LabelCorrection(
    claim_id="c1",
    given=Label.UNSOURCED,
    label=Label.CONTESTED,
    reason="The union denies it.",
    who="desk",
    corrected_at=NOON,
)


def _sealed(bare: Report | None = None) -> Report:
    bare = bare or english_report()
    return sealed(bare, [Document(id=one, text=f"Text of {one}.", language="en") for one in documents_named(bare)])


def test_whoever_has_the_json_can_take_the_hash_of_each_part() -> None:
    report = _sealed()
    told = json.loads(report.model_dump_json(by_alias=True, exclude_defaults=True, exclude={"seal"}))
    parts = {name: value for name, value in told.items() if not isinstance(value, list) or name == "documents"}
    parts |= {f"{name}/{n}": one for name in ("claims", "origins") for n, one in enumerate(told[name])}
    assert report.seal is not None
    hashes = {name: sha256(rfc8785.dumps(value)).hexdigest() for name, value in parts.items()}
    assert {name: report.seal.parts[name] for name in hashes} == hashes
    assert report.seal.sha256 == sha256(rfc8785.dumps(dict(report.seal.parts))).hexdigest()


def test_what_says_nothing_is_no_part() -> None:
    parts = seal_of(english_report()).parts
    assert english_report().set_aside == ()
    assert not any(name.startswith(("set_aside", "corrections", "seal")) for name in parts)


def test_what_readers_say_later_is_hashed_and_makes_no_other_version() -> None:
    report = _sealed()
    later = seal_of(report.model_copy(update={"corrections": (CORRECTION,)}))
    assert report.seal is not None
    assert later.parts.keys() - report.seal.parts.keys() == {"corrections"}
    assert later.sha256 == report.seal.sha256


def test_hashes_that_a_report_has_stay_unless_the_text_is_given_anew() -> None:
    report = _sealed(arabic_report())
    first, second, *others = report.documents
    again = sealed(report, [Document(id=second.document_id, text="Changed.", language="en")])
    assert again.documents == (first, second.model_copy(update={"sha256": digest("Changed.")}), *others)
    assert again.seal != report.seal


def test_the_article_is_no_document_that_it_rests_on() -> None:
    report = arabic_report()
    assert ARTICLE in {item.passage.document_id for claim in report.claims for item in claim.evidence}
    assert ARTICLE not in documents_named(report)


def test_documents_that_were_judged_before_there_were_hashes_are_told_apart() -> None:
    bare = arabic_report()
    first, *others = documents_named(bare)
    some = sealed(bare, [Document(id=one, text="Words.", language="en") for one in others])
    assert len(others) > 1
    assert unhashed(some) == (first,)
    assert [one.document_id for one in some.documents] == others


def test_half_a_character_leaves_a_report_without_a_seal_and_as_it_was() -> None:
    report = english_report()
    broken = report.model_copy(update={"article": report.article.model_copy(update={"title": "half \ud83d"})})
    assert sealed(broken) == broken.model_copy(update={"documents": (), "seal": None})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "é"]}, '{"a":[true,null,"é"],"b":1}'),
        ({"a": 1.0}, '{"a":1}'),
        ([1e21, -0.0, 0.5], "[1e+21,0,0.5]"),
        # By the halves in which they are stored, not by their numbers.
        ({"\ue000": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ue000":1}'),
    ],
    ids=["keys", "whole", "numbers", "beyond"],
)
def test_there_is_one_way_to_write_a_value(value: JsonValue, written: str) -> None:
    assert canonical(value) == written.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", 2**53], ids=repr)
def test_what_no_json_can_carry_cannot_be_written(value: JsonValue) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)
