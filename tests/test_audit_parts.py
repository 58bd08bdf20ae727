"""The parts of an audit one by one: the form of the bytes, the hashes, and what is counted of each."""

import json

import pytest

from agent.models import Document, Label, Report, digest
from agent.verify.auditing import AuditCheck, AuditFault, audit, audit_json
from agent.verify.auditing.form import read_report
from agent.verify.auditing.hashes import check_documents, check_seal, unhashed
from agent.verify.auditing.records import AuditProblem
from agent.verify.sealing import documents_named, seal_of, sealed
from tests.support.reports import english_report


def _documents(report: Report, *more: str) -> list[Document]:
    return [Document(id=one, text=f"The text of {one}.", language="en") for one in (*documents_named(report), *more)]


@pytest.fixture
def report() -> Report:
    bare = english_report().model_copy(update={"documents": (), "seal": None})
    return sealed(bare, _documents(bare, "of-nobody"))


def _problems(data: bytes) -> tuple[AuditProblem, ...]:
    found = read_report(data)
    assert not isinstance(found, Report)
    return found


def test_a_report_is_read_from_the_json_that_it_writes(report: Report) -> None:
    assert read_report(report.model_dump_json(by_alias=True).encode()) == report


def test_the_name_that_stands_twice_is_named_however_often_others_stand() -> None:
    (problem,) = _problems(b'{"a": 1, "b": 2, "b": 3, "c": 4}')
    assert (problem.fault, problem.place) == (AuditFault.NOT_ITS_FORM, "b")


def test_a_long_name_is_cut(report: Report) -> None:
    name = "n" * 150
    (problem,) = _problems(f'{{"{name}": 1, "{name}": 2}}'.encode())
    assert problem.place == "n" * 100


def test_the_place_of_a_wrong_form_is_named_step_by_step_with_what_is_wanted_there(report: Report) -> None:
    fields = json.loads(report.model_dump_json(by_alias=True))
    fields["claims"][1]["label"] = "true"
    fields["counts"]["failed"] = "0"
    found = _problems(json.dumps(fields).encode())
    assert {problem.place for problem in found} == {"claims/1/label", "counts/failed"}
    assert {problem.check for problem in found} == {AuditCheck.FORM}
    (label,) = (problem for problem in found if problem.place == "claims/1/label")
    assert all(one in label.found for one in Label)


def test_a_long_place_is_cut() -> None:
    problems = _problems(json.dumps({"n" * 300: 1}).encode())
    assert "n" * 200 in {problem.place for problem in problems}


def test_at_most_fifty_places_of_a_wrong_form_are_named_and_none_quotes_the_input() -> None:
    problems = _problems(json.dumps({f"unknown{n}": "secret words" for n in range(60)}).encode())
    assert len(problems) == 50
    assert not any("secret" in problem.model_dump_json() for problem in problems)


def test_a_long_place_and_a_long_complaint_are_cut(report: Report) -> None:
    told = json.loads(report.model_dump_json(by_alias=True))
    told["n" * 300] = 1
    (problem,) = _problems(json.dumps(told).encode())
    assert problem.place == "n" * 200
    assert problem.found
    assert len(problem.found) <= 200


def test_a_number_in_quotes_is_no_number(report: Report) -> None:
    told = json.loads(report.model_dump_json(by_alias=True))
    told["searched"]["documents"] = "3"
    assert [problem.place for problem in _problems(json.dumps(told).encode())] == ["searched/documents"]


def test_one_form_is_looked_at_whatever_came_of_it(report: Report) -> None:
    assert audit(report).looked[AuditCheck.FORM] == 1
    assert audit_json(b"[").looked == {AuditCheck.FORM: 1}


def test_every_sealed_part_is_looked_at_and_none_has_changed(report: Report) -> None:
    assert report.seal is not None
    assert check_seal(report) == (len(report.seal.parts), [])
    assert {"claims/0", "origins/0", "documents"} <= report.seal.parts.keys()


def test_a_seal_that_is_gone_is_one_problem_in_one_look(report: Report) -> None:
    looked, problems = check_seal(report.model_copy(update={"seal": None}))
    assert (looked, [one.fault for one in problems]) == (1, [AuditFault.SEAL_REMOVED])


def test_what_cannot_be_hashed_is_one_problem_in_one_look(report: Report) -> None:
    article = report.article.model_copy(update={"title": "\ud800"})
    looked, problems = check_seal(report.model_copy(update={"article": article}))
    assert (looked, [one.fault for one in problems]) == (1, [AuditFault.SEAL_CHANGED])


def test_a_changed_part_is_named_and_the_whole_is_not(report: Report) -> None:
    _, problems = check_seal(report.model_copy(update={"run_id": "another"}))
    assert [(one.fault, one.place) for one in problems] == [(AuditFault.PART_CHANGED, "run_id")]


def test_parts_that_came_or_went_are_named_with_their_names_cut(report: Report) -> None:
    assert report.seal is not None
    parts = {name: value for name, value in report.seal.parts.items() if name != "run_id"} | {"p" * 250: "0"}
    _, problems = check_seal(report.model_copy(update={"seal": report.seal.model_copy(update={"parts": parts})}))
    assert [(one.fault, one.place) for one in problems] == [
        (AuditFault.PART_ADDED, "run_id"),
        (AuditFault.PART_REMOVED, "p" * 200),
    ]


def test_a_sum_of_the_parts_that_is_wrong_is_told_where_no_part_is(report: Report) -> None:
    assert report.seal is not None
    wrong = report.model_copy(update={"seal": report.seal.model_copy(update={"sha256": "0" * 64})})
    assert [one.place for one in check_seal(wrong)[1]] == ["seal/sha256"]
    both = wrong.model_copy(update={"run_id": "another"})
    assert [one.place for one in check_seal(both)[1]] == ["run_id"]


def test_only_texts_that_the_report_names_are_hashed_and_only_known_ones(report: Report) -> None:
    named = list(documents_named(report))
    assert named
    assert [(one.document_id, one.sha256) for one in report.documents] == [
        (one, digest(f"The text of {one}.")) for one in named
    ]
    bare = report.model_copy(update={"documents": (), "seal": None})
    some = sealed(bare, [one for one in _documents(bare) if one.id != named[0]])
    assert [one.document_id for one in some.documents] == named[1:]
    assert unhashed(some) == (named[0],)
    assert unhashed(bare) == ()


def test_documents_are_named_for_evidence_of_coverage_and_for_every_telling(report: Report) -> None:
    named = documents_named(report)
    coverage = {
        item.passage.document_id for one in report.claims for item in one.evidence if item.source == "coverage"
    }
    tellings = {one.document_id for card in report.origins for one in card.tellings}
    assert coverage
    assert coverage | tellings <= named.keys()
    assert coverage <= documents_named(report.model_copy(update={"origins": ()})).keys()
    assert tellings == documents_named(report.model_copy(update={"claims": ()})).keys()


def test_a_hash_that_stands_twice_or_for_nobody_is_named_with_its_document(report: Report) -> None:
    first = report.documents[0]
    stray = first.model_copy(update={"document_id": "d" * 250})
    looked, problems = check_documents(report.model_copy(update={"documents": (first, first, stray)}))
    assert looked == 3
    assert [(one.fault, one.place, one.told) for one in problems] == [
        (AuditFault.HASH_UNUSED, "documents/1", first.document_id),
        (AuditFault.HASH_UNUSED, "documents/2", "d" * 200),
    ]


def test_what_people_said_later_makes_no_other_version(report: Report) -> None:
    whole = seal_of(report)
    assert whole.sha256 == seal_of(report.model_copy(update={"corrections": ()})).sha256
    assert whole.sha256 != seal_of(report.model_copy(update={"run_id": "another"})).sha256


def test_a_sealed_report_is_checked_in_every_respect_and_holds(report: Report) -> None:
    told = audit(report)
    assert set(told.looked) == set(AuditCheck)
    assert report.seal is not None
    assert (told.seal, told.before_hashes, told.problems) == (report.seal.sha256, False, ())


def test_a_report_from_before_there_were_hashes_is_checked_in_all_but_these(report: Report) -> None:
    wrong = report.counts.model_copy(update={"failed": 9})
    told = audit(report.model_copy(update={"seal": None, "documents": (), "counts": wrong}))
    assert (told.seal, told.before_hashes) == (None, True)
    assert set(told.looked) == set(AuditCheck) - {AuditCheck.SEAL, AuditCheck.DOCUMENTS}
    assert AuditFault.TOTALS_DIFFER in {one.fault for one in told.problems}


def test_who_takes_the_seal_off_leaves_hashes_and_who_takes_these_leaves_a_seal(report: Report) -> None:
    for taken in ({"seal": None}, {"documents": ()}):
        told = audit(report.model_copy(update=taken))
        assert not told.before_hashes
        assert {one.check for one in told.problems} == {AuditCheck.SEAL}
        assert set(told.looked) == set(AuditCheck)
