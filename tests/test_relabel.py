"""From what later documents say to the next version of a report: what changes, what waits, and what stays."""

from datetime import UTC, datetime

import pytest

from agent.coverage.search.found import CrossingPassage, OriginLead
from agent.models import (
    ARTICLE as OWN,
)
from agent.models import (
    AnalystInfo,
    Article,
    ChangedCopy,
    Claim,
    CloseCoverage,
    Counts,
    Document,
    Dropped,
    Failure,
    FailureReason,
    Finding,
    Gap,
    Judgement,
    Label,
    MatchedReview,
    Origin,
    PublishedReview,
    Report,
    ReviewOf,
    Searched,
    Span,
    Stance,
    Step,
    Timings,
    TotalUsage,
    Usage,
    Witness,
)
from agent.verify import relabel as later
from agent.verify.auditing import audit
from agent.verify.evidence import weigh
from agent.verify.findings import counts_of, find
from agent.verify.news import LaterEvidence, LaterJudgements
from agent.verify.summaries import origins_known
from tests.support.scripted import origin, says, unrelated, whole

ARTICLE = Article(text="The quay opened. Nobody was hurt.", outlet="Gazette", language="en")
QUAY, HURT = "The quay opened", "Nobody was hurt"
NOW = datetime(2024, 3, 15, tzinfo=UTC)
LEDGER = origin(Document.of("The quay opened, our reporter saw. Nobody was hurt there.", outlet="Ledger"))
BAY = origin(Document.of("The quay is shut. Two were hurt.", outlet="Bay"))
PILOT = origin(Document.of("Pilots say the quay opened at noon.", outlet="Pilot"))
COPY = origin(Document.of(f"{ARTICLE.text} Reprinted.", outlet="Echo"), copy_of_article=True)
SILENT = Failure(step=Step.JUDGE, reason=FailureReason.TIMEOUT, message="silent")
SPENT = Usage(calls=1, prompt_tokens=10)


def _claim(number: int) -> Claim:
    quote = (QUAY, HURT)[number - 1]
    start = ARTICLE.text.index(quote)
    return Claim(id=f"c{number}", text=quote, quote=quote, spans=(Span(start=start, end=start + len(quote)),))


def _witness(one: Origin) -> Witness:
    return Witness(origin=one.id, passages=(whole(one.witness),))


def _finding(number: int, *said: tuple[Origin, Stance, str], gap: Gap | None = None) -> Finding:
    claim = _claim(number)
    known = origins_known(ARTICLE, [one for one, _, _ in said])
    heard = [(_witness(one), says(claim, stance, quote)) for one, stance, quote in said]
    evidence = weigh(ARTICLE, claim, heard, known.independent, known.roots).evidence
    assert len(evidence) == len(said)
    return find(claim, evidence, known.shares(evidence), (), "en", unheard=None, gap=gap)


def _report(*findings: Finding, origins: tuple[Origin, ...] = ()) -> Report:
    known = origins_known(ARTICLE, origins)
    return Report(
        run_id="r1",
        article=ARTICLE,
        analyst=AnalystInfo(kind="lexical", embedder="e"),
        claims=findings,
        origins=known.summaries(item for finding in findings for item in finding.evidence),
        counts=counts_of(findings),
        searched=Searched(),
        dropped=Dropped(evidence_without_quote=4, sources_without_quote=5),
        usage=TotalUsage(calls=3, by_step={Step.JUDGE: Usage(calls=3)}),
        timings=Timings(total_s=0),
    )


def _told(one: Origin | None, *answers: Judgement, ids: tuple[str, ...] = ("c1",), **more: object) -> LaterJudgements:
    witness = _witness(one) if one else Witness(origin=OWN, passages=())
    known = {"witness": witness, "origin": one, "claim_ids": ids, "judgements": answers, "usage": SPENT}
    return LaterJudgements.model_validate(known | more)


def _relabelled(report: Report, **news: object) -> later.Relabelled:
    """Whatever comes of it can be checked again: it has a seal of its own, and labels that its evidence earns."""
    outcome = later.relabel(report, LaterEvidence.model_validate(news), NOW, "scripted")
    assert outcome.report.seal is not None
    assert set(audit(outcome.report).problems) <= set(audit(report).problems)
    return outcome


SUPPORTED = _finding(1, (LEDGER, Stance.SUPPORTS, "The quay opened"))
NOT_FOUND = _finding(2, gap=Gap.NOT_FOUND)
BEFORE = _report(SUPPORTED, NOT_FOUND, origins=(LEDGER,))


def test_what_nobody_was_asked_about_stays_the_same() -> None:
    outcome = _relabelled(BEFORE, judged=(_told(BAY, unrelated(_claim(2)), ids=("c2",)),))
    assert (outcome.report.claims, outcome.changes, outcome.open) == ((SUPPORTED, NOT_FOUND), (), {})
    assert outcome.report.counts == Counts(corroborated=1, unsourced=1)
    assert [card.id for card in outcome.report.origins] == ["outlet:ledger"]
    assert outcome.report.usage.calls == 4


def test_a_contradiction_contests_and_says_who_changed_it() -> None:
    answer = says(_claim(1), Stance.CONTRADICTS, "The quay is shut")
    outcome = _relabelled(BEFORE, judged=(_told(BAY, answer),), searching=SPENT)
    first, second = outcome.report.claims
    assert (first.label, first.origins.supporting, first.origins.contradicting) == (Label.CONTESTED, 1, 1)
    assert (first.origins.articles, second) == (2, NOT_FOUND)
    assert first.explanation != SUPPORTED.explanation
    (change,) = outcome.changes
    assert (change.claim_id, change.claim, change.old_label, change.new_label) == (
        "c1", QUAY, Label.CORROBORATED, Label.CONTESTED
    )  # fmt: skip
    assert (change.changed_at, change.analyst) == (NOW, "scripted")
    assert [cause.document_id for cause in change.documents] == [BAY.witness.id]
    assert outcome.report.counts == Counts(contested=1, unsourced=1)
    assert {card.id for card in outcome.report.origins} == {"outlet:ledger", "outlet:bay"}
    assert outcome.report.usage.calls == 5
    assert {step: spent.calls for step, spent in outcome.report.usage.by_step.items()} == {
        Step.JUDGE: 4, Step.RETRIEVE: 1
    }  # fmt: skip


def test_another_that_supports_is_counted_beside_the_first() -> None:
    outcome = _relabelled(BEFORE, judged=(_told(PILOT, says(_claim(1), Stance.SUPPORTS, "the quay opened")),))
    (first, _) = outcome.report.claims
    assert (first.label, first.origins.supporting, first.origins.articles) == (Label.CORROBORATED, 2, 2)
    assert {share.origin: share.articles for share in first.origins.by_origin} == {
        "outlet:ledger": 1, "outlet:pilot": 1
    }  # fmt: skip


@pytest.mark.parametrize("gap", [None, Gap.BELOW_THRESHOLD])
def test_what_leaves_takes_its_support_with_it(gap: Gap | None) -> None:
    gone = LEDGER.witness.id
    outcome = _relabelled(
        BEFORE, leaving={"c1": {gone}}, departed={gone: "withdrawn"}, gaps={"c1": gap} if gap else {}
    )
    first = outcome.report.claims[0]
    assert (first.label, first.unsourced_because) == (Label.UNSOURCED, gap or Gap.NOT_MENTIONED)
    assert (first.evidence, first.origins.articles, outcome.report.origins) == ((), 0, ())
    (change,) = outcome.changes
    assert [(cause.document_id, cause.gone) for cause in change.documents] == [(gone, "withdrawn")]
    assert (change.old_because, change.new_because) == (None, gap or Gap.NOT_MENTIONED)


def test_what_left_without_a_reason_was_superseded() -> None:
    outcome = _relabelled(BEFORE, leaving={"c1": {LEDGER.witness.id}})
    assert [cause.gone for cause in outcome.changes[0].documents] == ["superseded"]


def test_of_two_in_one_outlet_the_other_stays_with_its_count() -> None:
    second = origin(Document.of("Again: the quay opened early.", outlet="Ledger"))
    found = _finding(
        1, (LEDGER, Stance.SUPPORTS, "The quay opened"), (second, Stance.SUPPORTS, "the quay opened early")
    )
    before = _report(found, origins=(LEDGER, second))
    assert (found.origins.articles, found.origins.supporting) == (2, 1)
    outcome = _relabelled(before, leaving={"c1": {LEDGER.witness.id}})
    first = outcome.report.claims[0]
    assert (first.label, first.origins.articles, first.origins.supporting) == (Label.CORROBORATED, 1, 1)
    (card,) = outcome.report.origins
    assert [telling.document_id for telling in card.tellings] == [second.witness.id]


def test_a_newer_version_of_a_page_takes_the_place_of_what_it_said() -> None:
    newer = origin(Document.of("Correction: the quay is still shut.", outlet="Ledger"))
    answer = says(_claim(1), Stance.CONTRADICTS, "the quay is still shut")
    outcome = _relabelled(BEFORE, judged=(_told(newer, answer, replaces={LEDGER.witness.id}),))
    first = outcome.report.claims[0]
    assert (first.label, [item.passage.document_id for item in first.evidence]) == (
        Label.CONTESTED, [newer.witness.id]
    )  # fmt: skip
    # One page, however often it was changed.
    assert first.origins.articles == 1
    causes = [(cause.document_id, cause.gone) for cause in outcome.changes[0].documents]
    assert causes == [(newer.witness.id, None), (LEDGER.witness.id, "superseded")]


def test_a_newer_version_that_says_nothing_of_the_claim_leaves_what_the_page_said() -> None:
    newer = origin(Document.of("Correction of another matter.", outlet="Ledger"))
    outcome = _relabelled(BEFORE, judged=(_told(newer, unrelated(_claim(1)), replaces={LEDGER.witness.id}),))
    assert (outcome.report.claims[0], outcome.changes) == (SUPPORTED, ())


def test_who_cannot_be_heard_leaves_the_claim_as_it_is_and_open() -> None:
    outcome = _relabelled(
        BEFORE, judged=(_told(BAY, failure=SILENT), _told(PILOT, says(_claim(1), Stance.SUPPORTS, "the quay opened")))
    )
    assert (outcome.report.claims, outcome.changes, outcome.open) == (BEFORE.claims, (), {"c1": SILENT})
    left_out = _relabelled(BEFORE, judged=(_told(BAY, unrelated(_claim(2)), ids=("c1", "c2")),))
    assert left_out.open["c1"].reason is FailureReason.MALFORMED
    assert set(left_out.open) == {"c1"}


def test_a_found_contradiction_does_not_wait_for_who_cannot_be_heard() -> None:
    answer = says(_claim(1), Stance.CONTRADICTS, "The quay is shut")
    outcome = _relabelled(BEFORE, judged=(_told(BAY, answer), _told(PILOT, failure=SILENT)))
    assert (outcome.report.claims[0].label, outcome.open) == (Label.CONTESTED, {})


def test_copies_of_the_article_are_told_where_nothing_else_is_known() -> None:
    outcome = _relabelled(BEFORE, copies=COPY, copied={"c1", "c2"})
    first, second = outcome.report.claims
    assert first == SUPPORTED
    assert (second.label, second.unsourced_because, len(second.evidence)) == (Label.UNSOURCED, Gap.ONLY_COPIES, 1)
    assert [change.claim_id for change in outcome.changes] == ["c2"]
    elsewhere = _relabelled(BEFORE, copies=COPY, copied={"c1"})
    assert (elsewhere.report.claims, elsewhere.changes) == (BEFORE.claims, ())


@pytest.mark.parametrize(
    ("gap", "told"),
    [(Gap.NOT_FOUND, 1), (Gap.BELOW_THRESHOLD, 1), (Gap.NOT_MENTIONED, 1), (Gap.ONLY_QUALIFIED, 0)],
)
def test_of_a_claim_that_something_else_is_said_of_copies_tell_nothing(gap: Gap, told: int) -> None:
    waiting = NOT_FOUND.model_copy(update={"unsourced_because": gap})
    outcome = _relabelled(_report(SUPPORTED, waiting, origins=(LEDGER,)), copies=COPY, copied={"c2"})
    assert len(outcome.report.claims[1].evidence) == told


def test_a_claim_that_is_judged_anew_as_a_whole_keeps_nothing_from_before() -> None:
    answer = says(_claim(1), Stance.SUPPORTS, "the quay opened")
    outcome = _relabelled(BEFORE, judged=(_told(PILOT, answer),), whole={"c1"}, copies=COPY)
    first = outcome.report.claims[0]
    assert {item.passage.document_id for item in first.evidence} == {PILOT.witness.id, COPY.witness.id}
    (change,) = outcome.changes
    assert {cause.document_id for cause in change.documents} == {PILOT.witness.id, COPY.witness.id}
    alone = _relabelled(BEFORE, whole={"c1"}, gaps={"c1": Gap.NOT_FOUND})
    assert (alone.report.claims[0].unsourced_because, alone.report.claims[0].evidence) == (Gap.NOT_FOUND, ())
    assert [change.documents for change in alone.changes] == [()]


def test_what_is_refused_is_counted_beside_what_was_refused_before() -> None:
    forged = says(_claim(1), Stance.CONTRADICTS, "The quay sank", own_hearing="The minister told me")
    outcome = _relabelled(BEFORE, judged=(_told(BAY, forged, taken_from="as the Gazette wrote"),))
    assert (outcome.report.claims, outcome.changes) == (BEFORE.claims, ())
    assert (outcome.report.dropped.evidence_without_quote, outcome.report.dropped.sources_without_quote) == (5, 6)
    heard = says(_claim(1), Stance.CONTRADICTS, "The quay is shut", own_hearing="The minister told me")
    outcome = _relabelled(BEFORE, judged=(_told(BAY, heard),))
    assert (outcome.report.dropped.evidence_without_quote, outcome.report.dropped.sources_without_quote) == (4, 6)


def test_the_gap_that_was_told_stays_where_nothing_new_was_searched() -> None:
    outcome = _relabelled(
        BEFORE, judged=(_told(PILOT, unrelated(_claim(2)), ids=("c2",)),), gaps={"c2": Gap.NOT_MENTIONED}
    )
    assert outcome.report.claims[1].unsourced_because is Gap.NOT_FOUND


def test_the_article_itself_is_heard_without_an_origin() -> None:
    told = _told(None, unrelated(_claim(1)))
    assert (told.document_id, told.missing("c1"), told.missing("c2") is None) == ("", None, False)
    assert _told(BAY).document_id == BAY.witness.id


CHANGED = ChangedCopy(
    document_id="d9", outlet="Echo", title=None, url=None, published_at=None, language="en", of=OWN, told="17",
    says="71", quote="71 ships",
)  # fmt: skip
SHUT = says(_claim(1), Stance.CONTRADICTS, "The quay is shut")


@pytest.mark.parametrize(
    ("news", "left"), [({}, (CHANGED,)), ({"departed": {"d9": "withdrawn"}}, ()), ({"whole": {"c1"}}, ())]
)
def test_what_copies_changed_is_told_until_they_leave(news: dict[str, object], left: tuple[ChangedCopy, ...]) -> None:
    before = _report(SUPPORTED.model_copy(update={"changed_copies": (CHANGED,)}), NOT_FOUND, origins=(LEDGER,))
    outcome = _relabelled(before, judged=(_told(BAY, SHUT),), **news)
    assert outcome.report.claims[0].changed_copies == left


PARIS = origin(Document.of("Le quai Selbydor est ouvert depuis 12 jours.", outlet="Paris", language="fr"))
LYON = origin(Document.of("Un nouveau quai Selbydor, dit la ville.", outlet="Lyon", language="fr"))
NEAR = CloseCoverage(passage=whole(PARIS.witness), origin="outlet:paris", similarity=0.5, numbers=("12",))


def _lead(one: Origin, similarity: float) -> OriginLead:
    passage = whole(one.witness)
    crossing = (CrossingPassage(claim_id="c1", passage=passage, similarity=similarity),)
    return OriginLead(origin=one, passages=(passage,), claim_ids=("c1",), crossing=crossing)


def _close_after(news: dict[str, object], kind: str = "lexical") -> list[str | None]:
    """The outlets that stand close to the first claim, whose article names Selbydor, when Bay contradicts it."""
    named = SUPPORTED.model_copy(update={"text": "The Selbydor quay opened", "close": (NEAR,)})
    before = _report(named, NOT_FOUND, origins=(LEDGER,))
    before = before.model_copy(update={"analyst": before.analyst.model_copy(update={"kind": kind})})
    known: dict[str, object] = {"judged": (_told(BAY, SHUT),), "across": 0.2}
    after = _relabelled(before, **(known | news)).report
    assert after.claims[0].label is Label.CONTESTED
    return [one.passage.outlet for one in after.claims[0].close]


def test_what_is_close_in_another_language_stays_until_its_document_leaves() -> None:
    assert _close_after({}) == ["Paris"]
    assert _close_after({"departed": {PARIS.witness.id: "withdrawn"}}) == []
    assert _close_after({"whole": {"c1"}}) == []


def test_what_came_later_and_is_nearer_stands_first() -> None:
    silent = _told(LYON, unrelated(_claim(1)))
    found: dict[str, object] = {"judged": (_told(BAY, SHUT), silent), "leads": (_lead(LYON, 0.6),)}
    assert _close_after(found) == ["Lyon", "Paris"]
    assert _close_after(found, "model") == []


def test_who_speaks_to_the_claim_is_no_longer_only_close_to_it() -> None:
    speaks = (_told(PARIS, says(_claim(1), Stance.SUPPORTS, "est ouvert")), _told(BAY, SHUT))
    assert _close_after({"judged": speaks, "leads": (_lead(PARIS, 0.6),)}) == []


def test_one_of_two_that_has_it_from_the_article_falls_alone() -> None:
    both = _finding(1, (LEDGER, Stance.SUPPORTS, "The quay opened"), (PILOT, Stance.SUPPORTS, "the quay opened"))
    before = _report(both, NOT_FOUND, origins=(LEDGER, PILOT))
    told = _told(LEDGER, unrelated(_claim(2)), ids=("c2",), taken_from="our reporter saw")
    first = _relabelled(before, judged=(told,)).report.claims[0]
    assert [item.independent for item in first.evidence] == [False, True]
    assert (first.label, first.origins.supporting) == (Label.CORROBORATED, 1)


def test_copies_are_told_of_the_claims_that_found_them_and_of_no_others() -> None:
    asked = _told(PILOT, unrelated(_claim(2)), ids=("c2",))
    outcome = _relabelled(BEFORE, judged=(asked,), copies=COPY, copied={"c1"})
    assert outcome.report.claims == BEFORE.claims
    heard = _told(LEDGER, says(_claim(2), Stance.SUPPORTS, "Nobody was hurt there"), ids=("c2",))
    second = _relabelled(BEFORE, judged=(heard,), copies=COPY, copied={"c2"}).report.claims[1]
    assert [item.passage.document_id for item in second.evidence] == [LEDGER.witness.id]


def test_a_claim_that_was_searched_anew_has_the_new_gap() -> None:
    outcome = _relabelled(BEFORE, whole={"c2"}, gaps={"c2": Gap.BELOW_THRESHOLD})
    assert outcome.report.claims[1].unsourced_because is Gap.BELOW_THRESHOLD
    (change,) = outcome.changes
    assert (change.old_because, change.new_because) == (Gap.NOT_FOUND, Gap.BELOW_THRESHOLD)


def test_the_article_heard_itself_contests_no_claim_that_it_was_not_asked_about() -> None:
    answers = (unrelated(_claim(1)), says(_claim(2), Stance.CONTRADICTS, "Two were hurt"))
    outcome = _relabelled(BEFORE, judged=(_told(BAY, *answers, ids=("c1", "c2")), _told(None, unrelated(_claim(1)))))
    assert [one.label for one in outcome.report.claims] == [Label.CORROBORATED, Label.CONTESTED]


def test_an_origin_that_left_takes_its_copies_along_though_its_outlet_comes_back() -> None:
    copies = (Document.of(LEDGER.witness.text + end, outlet="Ledger") for end in (" ", "  "))
    told = Origin(id=LEDGER.id, documents=(LEDGER.witness, *copies))
    again = origin(Document.of("Again: the quay opened early.", outlet="Ledger"))
    found = _finding(1, (told, Stance.SUPPORTS, "The quay opened"))
    assert found.origins.articles == 3
    heard = _told(again, says(_claim(1), Stance.SUPPORTS, "the quay opened early"))
    outcome = _relabelled(_report(found, origins=(told,)), judged=(heard,), leaving={"c1": {LEDGER.witness.id}})
    assert outcome.report.claims[0].origins.articles == 1


def _review(name: str, day: int, of: ReviewOf = ReviewOf.SAME) -> MatchedReview:
    published = NOW.replace(day=day)
    review = PublishedReview(claim=f"{QUAY}, says {name}", rating="False", publisher=name, published_at=published)
    return MatchedReview(review=review, document_id=f"d-{name}", of=of, similarity=0.8)


def _with_reviews(*reviews: MatchedReview) -> Report:
    return BEFORE.model_copy(update={"claims": (SUPPORTED.model_copy(update={"reviews": reviews}), NOT_FOUND)})


def test_a_fact_check_that_came_is_shown_in_its_place_and_named_once() -> None:
    known, new, opposite = _review("known", 5), _review("new", 9), _review("other", 9, ReviewOf.OPPOSITE)
    outcome = _relabelled(_with_reviews(known), reviews={"c1": (opposite, known, new)})
    assert outcome.report.claims[0].reviews == (new, known, opposite)
    (change,) = outcome.changes
    assert (change.reviews, change.reviews_gone, change.documents) == ((opposite, new), (), ())
    assert change.old_label is change.new_label is Label.CORROBORATED


def test_a_fact_check_for_which_there_is_no_room_is_not_named() -> None:
    many = tuple(_review(f"paper{day}", day) for day in range(1, 13))
    outcome = _relabelled(_with_reviews(), reviews={"c1": many})
    shown = outcome.report.claims[0].reviews
    assert [one.review.published_at for one in shown] == [
        NOW.replace(day=day) for day in range(12, 12 - len(shown), -1)
    ]
    assert len(shown) < len(many)
    assert {one.document_id for one in outcome.changes[0].reviews} == {one.document_id for one in shown}


def test_a_fact_check_leaves_with_its_document_and_the_others_stay_in_their_order() -> None:
    gone, older, newer = _review("gone", 9), _review("older", 1), _review("newer", 5)
    outcome = _relabelled(_with_reviews(older, gone, newer), departed={"d-gone": "withdrawn"})
    assert outcome.report.claims[0].reviews == (older, newer)
    (change,) = outcome.changes
    assert (change.reviews, change.reviews_gone) == ((), (gone,))


def test_fact_checks_that_are_known_change_nothing() -> None:
    known = _review("older", 1), _review("newer", 5)
    outcome = _relabelled(_with_reviews(*known), reviews={"c1": known[:1]})
    assert outcome.changes == ()
    assert outcome.report.claims[0].reviews == known


def test_what_comes_later_from_a_source_or_a_site_that_is_known_is_no_further_origin() -> None:
    told = origin(Document.of("The quay opened, the Ledger reported.", outlet="Bay Courier"))
    other = origin(Document.of("The quay opened.", outlet="Tide Online", url="https://m.tide.example/b"))
    tide = origin(Document.of("The quay opened at noon.", outlet="Tide", url="https://tide.example/a"))
    before = _report(
        _finding(1, (LEDGER, Stance.SUPPORTS, QUAY), (tide, Stance.SUPPORTS, QUAY)), origins=(LEDGER, tide)
    )
    heard = [_told(one, says(_claim(1), Stance.SUPPORTS, QUAY)) for one in (told, other)]
    after = _relabelled(before, judged=heard).report
    assert (after.claims[0].origins.articles, after.claims[0].origins.supporting) == (4, 2)
    assert {(card.name, card.articles) for card in after.origins} == {("Ledger", 2), ("Tide", 2)}


def test_what_is_had_from_whoever_has_it_from_the_article_is_not_independent_later_either() -> None:
    taken = origin(
        Document.of("According to the Gazette, the quay opened today.", outlet="Tide Ledger", language="en")
    )
    first = _report(_finding(1, (taken, Stance.SUPPORTS, "the quay opened")), NOT_FOUND, origins=(taken,))
    told = origin(Document.of("Rain. The quay opened, the Tide Ledger reported.", outlet="Pier Mail", language="en"))
    after = _relabelled(first, judged=(_told(told, says(_claim(1), Stance.SUPPORTS, "The quay opened")),)).report
    assert [one.label for one in after.claims] == [Label.UNSOURCED, Label.UNSOURCED]
    assert [one.independent for one in after.origins] == [False]
