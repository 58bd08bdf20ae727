"""What an audit looks at, to the character and to the last one: places, quotes, counts."""

from collections.abc import Sequence
from typing import Any

import pytest

from agent.models import CloseCoverage, Evidence, Finding, OriginSummary, Passage, Report, Span, UnreadPart, digest
from agent.verify.auditing import AuditFault
from agent.verify.auditing.counting import check_counts, check_labels, check_origins
from agent.verify.auditing.places import check_evidence, check_quotes
from agent.verify.auditing.records import AuditProblem
from tests.support.reports import arabic_report, close_arabic, edited_report, english_report

Told = tuple[AuditFault, str, str, str]


@pytest.fixture
def report() -> Report:
    return english_report()


def _told(problems: Sequence[AuditProblem]) -> list[Told]:
    return [(one.fault, one.place, one.told, one.found) for one in problems]


def _with(report: Report, n: int, **changed: Any) -> Report:
    claims = list(report.claims)
    claims[n] = claims[n].model_copy(update=changed)
    return report.model_copy(update={"claims": tuple(claims)})


def _of_text(report: Report, text: str, quote: str, *spans: Span) -> Report:
    """A report of one claim."""
    article = report.article.model_copy(update={"text": text, "sha256": digest(text)})
    claim = report.claims[0].model_copy(update={"quote": quote, "spans": spans, "evidence": (), "close": ()})
    return report.model_copy(update={"article": article, "claims": (claim,), "unread": ()})


@pytest.mark.parametrize("whole", [english_report(), arabic_report(), edited_report()], ids=["en", "ar", "edited"])
def test_everything_is_looked_at_and_counted(whole: Report) -> None:
    former = [one for edit in whole.edits for one in edit.before]
    spans = sum(len(claim.spans) for claim in (*whole.claims, *whole.set_aside, *former))
    assert check_quotes(whole) == (spans + len(whole.unread), [])
    assert check_evidence(whole)[0] == sum(len(claim.evidence) + len(claim.close) for claim in whole.claims)
    assert check_origins(whole)[0] == len(whole.origins) + len(whole.claims)
    assert check_labels(whole) == (len(whole.claims), [])
    assert check_counts(whole) == (1, [])


def test_a_place_may_reach_the_end_of_the_text_and_no_further(report: Report) -> None:
    text = "The quay is shut."
    assert check_quotes(_of_text(report, text, text, Span(start=0, end=17))) == (1, [])
    _, problems = check_quotes(_of_text(report, text, text, Span(start=0, end=17), Span(start=0, end=18)))
    assert _told(problems) == [(AuditFault.OUTSIDE_TEXT, "claims/0/spans/1", "0–18", "")]


def test_a_place_holds_a_character_at_least(report: Report) -> None:
    text = "The quay is shut."
    whole = Span(start=0, end=17)
    assert check_quotes(_of_text(report, text, text, whole, Span(start=3, end=4)))[1] == []
    _, problems = check_quotes(_of_text(report, text, text, whole, Span(start=3, end=3)))
    assert [one.place for one in problems] == ["claims/0/spans/1"]


def test_a_quote_that_stands_elsewhere_is_told_beside_what_stands_there_and_both_are_cut(report: Report) -> None:
    _, problems = check_quotes(_of_text(report, "a" * 300, "q" * 300, Span(start=0, end=300)))
    assert _told(problems) == [(AuditFault.QUOTE_ELSEWHERE, "claims/0/quote", "q" * 200, "a" * 200)]


def test_a_part_that_was_not_read_lies_in_the_text(report: Report) -> None:
    (known,) = arabic_report().unread[:1]
    outside = UnreadPart(span=Span(start=5, end=10**6), failure=known.failure)
    looked, problems = check_quotes(report.model_copy(update={"unread": (outside,)}))
    assert looked == check_quotes(report)[0] + 1 - len(report.unread)
    assert _told(problems) == [(AuditFault.OUTSIDE_TEXT, "unread/0/span", "5–1000000", "")]


def test_what_was_there_before_an_edit_is_looked_at_too() -> None:
    whole = edited_report()
    n, edit = next((n, edit) for n, edit in enumerate(whole.edits) if edit.before)
    former = edit.before[0].model_copy(update={"quote": "nothing of the kind"})
    edits = list(whole.edits)
    edits[n] = edit.model_copy(update={"before": (former, *edit.before[1:])})
    _, problems = check_quotes(whole.model_copy(update={"edits": tuple(edits)}))
    assert [(one.fault, one.place) for one in problems] == [(AuditFault.QUOTE_ELSEWHERE, f"edits/{n}/before/0/quote")]


def test_two_claims_of_one_name_are_told_with_it(report: Report) -> None:
    twice = _with(report, 1, id=report.claims[0].id)
    assert _told(check_quotes(twice)[1]) == [(AuditFault.SAME_ID, "claims/1/id", report.claims[0].id, "")]


def _heard(report: Report) -> tuple[int, Evidence]:
    """The first evidence of the coverage, and its claim's number."""
    return next(
        (n, item) for n, claim in enumerate(report.claims) for item in claim.evidence if item.source == "coverage"
    )


def _with_passages(report: Report, *passages: Passage) -> Report:
    """One piece of coverage beside each, near to the first claim, and nothing else."""
    known = close_arabic()
    close = tuple(CloseCoverage.model_construct(**{**dict(known), "passage": passage}) for passage in passages)
    claims = tuple(claim.model_copy(update={"evidence": (), "close": ()}) for claim in report.claims[1:])
    first = report.claims[0].model_copy(update={"evidence": (), "close": close})
    return report.model_copy(update={"claims": (first, *claims)})


def _passage(text: str, start: int, document: str = "d1") -> Passage:
    return Passage(document_id=document, text=text, start=start, end=start + len(text))


def test_passages_of_one_document_are_the_same_where_they_overlap(report: Report) -> None:
    first = _passage("abcdef", 0)
    assert check_evidence(_with_passages(report, first, _passage("efgh", 4))) == (2, [])
    assert check_evidence(_with_passages(report, first, _passage("xxxx", 6)))[1] == []
    assert check_evidence(_with_passages(report, first, _passage("xxxx", 4, "d2")))[1] == []
    _, problems = check_evidence(_with_passages(report, first, _passage("xghi", 5)))
    assert _told(problems) == [(AuditFault.PASSAGES_DISAGREE, "claims/0/close/1/passage/text", "xghi", "")]


def test_a_short_passage_within_a_long_one_hides_nothing_of_it(report: Report) -> None:
    long, short = _passage("abcdefgh", 0), _passage("bc", 1)
    assert check_evidence(_with_passages(report, long, short, _passage("gh", 6)))[1] == []
    _, problems = check_evidence(_with_passages(report, long, short, _passage("gx", 6)))
    assert [one.place for one in problems] == ["claims/0/close/2/passage/text"]
    assert check_evidence(_with_passages(report, long, _passage("abcd", 0)))[1] == []


def test_a_passage_begins_in_its_document_and_is_as_long_as_its_place(report: Report) -> None:
    before, longer = _passage("abc", -1), _passage("abc", 0).model_copy(update={"end": 4})
    _, problems = check_evidence(_with_passages(report, before, longer.model_copy(update={"document_id": "d2"})))
    assert _told(problems) == [
        (AuditFault.PASSAGE_LENGTH, "claims/0/close/0/passage", "-1–2", "3"),
        (AuditFault.PASSAGE_LENGTH, "claims/0/close/1/passage", "0–4", "3"),
    ]


def test_a_quote_that_is_not_in_its_passage_is_cut(report: Report) -> None:
    n, item = _heard(report)
    changed = tuple(
        one.model_copy(update={"quote": "q" * 300}) if one is item else one for one in report.claims[n].evidence
    )
    _, problems = check_evidence(_with(report, n, evidence=changed))
    assert [(one.fault, one.told) for one in problems] == [(AuditFault.QUOTE_NOT_IN_PASSAGE, "q" * 200)]


def _unused(report: Report) -> OriginSummary:
    return report.origins[0].model_copy(update={"id": "o" * 300})


def test_an_origin_that_nothing_goes_back_to_is_named_and_cut(report: Report) -> None:
    whole = report.model_copy(update={"origins": (*report.origins, _unused(report))})
    looked, problems = check_origins(whole)
    assert looked == len(whole.origins) + len(whole.claims)
    assert (AuditFault.ORIGIN_UNUSED, f"origins/{len(report.origins)}", "o" * 200, "") in _told(problems)


def test_fewer_articles_than_are_named_are_told_in_numbers(report: Report) -> None:
    n, summary = next((n, one) for n, one in enumerate(report.origins) if one.tellings)
    origins = list(report.origins)
    origins[n] = summary.model_copy(update={"articles": len(summary.tellings) - 1})
    known = str(len(summary.tellings))
    _, problems = check_origins(report.model_copy(update={"origins": tuple(origins)}))
    told = str(len(summary.tellings) - 1)
    assert (AuditFault.FEWER_ARTICLES, f"origins/{n}/articles", told, known) in _told(problems)


def test_a_wrong_label_is_told_beside_the_one_that_was_earned(report: Report) -> None:
    n, claim = next((n, one) for n, one in enumerate(report.claims) if one.rests_on is not None)
    wrong: Finding = claim.model_copy(update={"label": None, "rests_on": None, "unsourced_because": None})
    _, problems = check_labels(_with(report, n, **{name: getattr(wrong, name) for name in ("label", "rests_on")}))
    assert _told(problems) == [
        (AuditFault.LABEL_DIFFERS, f"claims/{n}/label", "failed", f"{claim.label} · {claim.rests_on}")
    ]


def test_wrong_counts_are_told_beside_the_right_ones(report: Report) -> None:
    counts = report.counts.model_copy(update={"failed": report.counts.failed + 1})
    _, (problem,) = check_counts(report.model_copy(update={"counts": counts}))
    assert (problem.told.split()[-1], problem.found.split()[-1]) == (str(counts.failed), str(report.counts.failed))
