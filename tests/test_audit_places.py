"""What an audit looks at, to the character and to the last one: places, quotes, counts."""

from collections.abc import Sequence
from typing import Any

import pytest

from agent.models import (
    ARTICLE,
    CloseCoverage,
    Dependence,
    Evidence,
    Finding,
    Gap,
    OriginShare,
    OriginSummary,
    Passage,
    Report,
    SourceType,
    Span,
    Stance,
    UnreadPart,
    digest,
)
from agent.verify.auditing import AuditFault
from agent.verify.auditing.counting import check_counts, check_labels, check_origins
from agent.verify.auditing.places import check_evidence, check_quotes
from agent.verify.auditing.records import Audit, AuditCheck, AuditedDocument, AuditProblem, StoredState
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
    assert check_origins(whole) == (len(whole.origins) + len(whole.claims), [])
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


def test_a_passage_is_held_against_the_one_that_reaches_furthest_wherever_that_begins(report: Report) -> None:
    first, further = _passage("abcdef", 10), _passage("efghij", 14)
    assert check_evidence(_with_passages(report, first, further, _passage("hi", 17)))[1] == []
    _, problems = check_evidence(_with_passages(report, first, further, _passage("hx", 17)))
    assert [one.place for one in problems] == ["claims/0/close/2/passage/text"]


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


def test_wrong_counts_are_one_look_all_the_same(report: Report) -> None:
    wrong = report.model_copy(update={"counts": report.counts.model_copy(update={"contested": 9})})
    assert check_counts(wrong)[0] == 1


def _origins_of(report: Report, *summaries: OriginSummary) -> list[Told]:
    return _told(check_origins(report.model_copy(update={"origins": summaries}))[1])


def test_an_origin_that_is_told_of_twice_or_not_at_all_is_named(report: Report) -> None:
    (known,) = report.origins
    assert _origins_of(report, known, known) == [(AuditFault.SAME_ID, "origins", "", "")]
    other = known.model_copy(update={"id": "outlet:other"})
    assert _origins_of(report, other) == [
        (AuditFault.ORIGIN_UNKNOWN, "origins", known.id, ""),
        (AuditFault.ORIGIN_UNUSED, "origins/0", "outlet:other", ""),
    ]
    # Earlier versions told of none.
    assert _origins_of(report) == []


def test_a_document_that_an_origin_tells_of_twice_is_told(report: Report) -> None:
    (known,) = report.origins
    twice = known.model_copy(update={"tellings": known.tellings * 2, "articles": 2})
    assert _origins_of(report, twice) == [(AuditFault.SAME_ID, "origins/0/tellings", "", "")]


def test_what_goes_back_to_the_article_does_not_count_as_independent() -> None:
    whole = arabic_report()
    dependent = [one.model_copy(update={"independent": one.id != "outlet:مرساه"}) for one in whole.origins]
    found = _origins_of(whole, *dependent)
    assert {fault for fault, *_ in found} == {AuditFault.COUNTS_AS_INDEPENDENT}
    assert [place for _, place, *_ in found] == [
        f"claims/{n}/evidence/{k}/independent"
        for n, claim in enumerate(whole.claims)
        for k, item in enumerate(claim.evidence)
        if item.origin in ("outlet:مرساه", "article") and item.independent
    ]


def test_counts_of_a_claim_are_those_of_its_evidence(report: Report) -> None:
    counts = report.claims[0].origins
    more = counts.model_copy(update={"supporting": counts.supporting + 1})
    assert _told(check_origins(_with(report, 0, origins=more))[1]) == [
        (AuditFault.ORIGINS_DIFFER, "claims/0/origins", "1 · +2 −0", "1 · +1 −0")
    ]


def test_the_articles_of_a_claim_are_those_of_its_shares(report: Report) -> None:
    more = report.claims[0].origins.model_copy(update={"articles": 2})
    assert [one[0] for one in _told(check_origins(_with(report, 0, origins=more))[1])] == [AuditFault.ORIGINS_DIFFER]


@pytest.mark.parametrize(("n", "holds"), [(4, True), (0, False), (6, False)])
def test_only_an_article_that_contradicts_itself_was_once_one_more_against(n: int, holds: bool) -> None:
    whole = arabic_report()
    counts = whole.claims[n].origins
    more = counts.model_copy(update={"contradicting": counts.contradicting + 1})
    faults = [one.fault for one in check_origins(_with(whole, n, origins=more))[1]]
    assert faults == ([] if holds else [AuditFault.ORIGINS_DIFFER])


def test_shares_are_those_of_the_origins_that_the_coverage_goes_back_to() -> None:
    whole = arabic_report()
    counts = whole.claims[3].origins
    first, second = counts.by_origin

    def found(*shares: OriginShare) -> list[Told]:
        articles = sum(one.articles for one in shares)
        changed = counts.model_copy(update={"by_origin": shares, "articles": articles})
        problems = check_origins(_with(whole, 3, origins=changed))[1]
        return [one for one in _told(problems) if one[0] is not AuditFault.ORIGINS_DIFFER]

    at = "claims/3/origins/by_origin"
    assert found(first, second) == []
    assert found(first) == [(AuditFault.ORIGIN_UNKNOWN, at, second.origin, "")]
    assert found(first, second, second) == [(AuditFault.SAME_ID, at, "", "")]
    assert found(first, second.model_copy(update={"articles": 0})) == [
        (AuditFault.FEWER_ARTICLES, f"{at}/1", "0", "1")
    ]
    stray = second.model_copy(update={"origin": "outlet:other"})
    assert found(first, second, stray) == [(AuditFault.ORIGIN_UNUSED, f"{at}/2", "outlet:other", "")]


def test_a_label_that_rests_on_nothing_is_told_with_its_gap() -> None:
    whole = arabic_report()
    _, problems = check_labels(_with(whole, 7, unsourced_because=Gap.ONLY_REPEATED))
    assert _told(problems) == [
        (AuditFault.LABEL_DIFFERS, "claims/7/label", "unsourced · only_repeated", "unsourced · only_copies")
    ]


def _evidence_of(report: Report, n: int, k: int, **changed: object) -> list[Told]:
    """What is found besides where one piece of evidence is otherwise."""
    before = _told(check_evidence(report)[1])
    evidence = list(report.claims[n].evidence)
    evidence[k] = evidence[k].model_copy(update=changed)
    after = _told(check_evidence(_with(report, n, evidence=tuple(evidence)))[1])
    return [one for one in after if one not in before]


def test_an_article_is_heard_in_its_own_words_and_only_against_itself() -> None:
    whole, at = arabic_report(), "claims/4/evidence/0"
    passage = Passage.of(whole.article, Span(start=0, end=40))
    own = whole.claims[4].evidence[0].model_copy(update={"passage": passage, "quote": passage.text})
    whole = _with(whole, 4, evidence=(own, *whole.claims[4].evidence[1:]))
    assert check_evidence(whole)[1] == []
    moved = passage.model_copy(update={"start": passage.start + 1, "end": passage.end + 1})
    assert _evidence_of(whole, 4, 0, passage=moved) == [
        (AuditFault.PASSAGE_DIFFERS, f"{at}/passage/text", passage.text[:200], "")
    ]
    assert (AuditFault.ARTICLE_SUPPORTS_ITSELF, f"{at}/stance", "supports", "") in _evidence_of(
        whole, 4, 0, stance=Stance.SUPPORTS
    )
    for origin in (ARTICLE, "outlet:other"):
        assert _evidence_of(whole, 4, 0, independent=True, origin=origin) == [
            (AuditFault.COUNTS_AS_INDEPENDENT, f"{at}/independent", "", "")
        ]


def test_a_quote_says_something(report: Report) -> None:
    assert _evidence_of(report, 0, 0, quote=" ") == [
        (AuditFault.QUOTE_NOT_IN_PASSAGE, "claims/0/evidence/0/quote", " ", "")
    ]


@pytest.mark.parametrize("changed", [{"dependence": Dependence.ARTICLE}, {"origin": ARTICLE}])
def test_what_depends_on_the_article_does_not_count_as_independent(changed: dict[str, object]) -> None:
    whole = arabic_report()
    assert _evidence_of(whole, 1, 0, **changed) == [
        (AuditFault.COUNTS_AS_INDEPENDENT, "claims/1/evidence/0/independent", "", "")
    ]
    assert _evidence_of(whole, 1, 0, **changed, independent=False) == []


@pytest.mark.parametrize(
    ("stance", "own_hearing", "same_speaker", "is_fault"),
    [
        (Stance.SUPPORTS, None, True, True),
        (Stance.QUALIFIES, None, True, False),
        (Stance.SUPPORTS, "we saw it", True, False),
        (Stance.SUPPORTS, None, False, False),
    ],
)
def test_who_repeats_somebody_unnamed_does_not_count_unless_heard_themselves(
    stance: Stance, own_hearing: str | None, same_speaker: bool, is_fault: bool
) -> None:
    whole = arabic_report()
    unnamed = whole.claims[1].attribution.model_copy(update={"speaker": None, "source": SourceType.ANONYMOUS})
    changed = _with(whole, 1, attribution=unnamed)
    told = _evidence_of(changed, 1, 0, stance=stance, own_hearing=own_hearing, same_speaker=same_speaker)
    assert [fault for fault, *_ in told] == [AuditFault.COUNTS_AS_INDEPENDENT] * is_fault


def test_an_audit_holds_without_problems_and_tells_which_documents_moved() -> None:
    states = [AuditedDocument(document_id=state.value, state=state) for state in StoredState]
    problem = AuditProblem(check=AuditCheck.COUNTS, fault=AuditFault.TOTALS_DIFFER, place="counts")
    whole = Audit(run_id="r", looked={}, documents=tuple(states))
    assert whole.holds
    assert [one.document_id for one in whole.moved] == ["replaced", "altered", "withdrawn", "gone"]
    assert not whole.model_copy(update={"problems": (problem,)}).holds
    assert whole.model_copy(update={"documents": None}).moved == ()
