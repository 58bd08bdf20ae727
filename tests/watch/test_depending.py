"""One hearing that finds a report taken from the article's outlet counts for what was heard of it before."""

from datetime import UTC, datetime

import pytest

from agent.models import (
    AnalystInfo,
    Article,
    Bond,
    Claim,
    Counts,
    Dependence,
    Document,
    Dropped,
    Finding,
    Gap,
    Label,
    Report,
    Searched,
    Span,
    Stance,
    Timings,
    TotalUsage,
    Witness,
)
from agent.verify import relabel as watch
from agent.verify.evidence import weigh
from agent.verify.news import LaterEvidence, LaterJudgements
from agent.verify.summaries import origins_known
from tests.support.scripted import origin, says, unrelated, whole

ARTICLE = Article(text="The quay opened. Nobody was hurt.", outlet="Gazette", language="en")
TOLD = Document.of("The quay opened and nobody was hurt. We read it in a paper of this town.", outlet="Echo")
CREDIT = "We read it in a paper of this town"
ECHO = origin(TOLD)
WITNESS = Witness(origin=ECHO.id, passages=(whole(TOLD),))
NOW = datetime(2024, 3, 15, tzinfo=UTC)
QUOTES = ("The quay opened", "Nobody was hurt")


def _finding(number: int, taken: dict[str, str]) -> Finding:
    quote = QUOTES[number - 1]
    start = ARTICLE.text.index(quote)
    span = Span(start=start, end=start + len(quote))
    claim = Claim(id=f"c{number}", text=quote, quote=quote, spans=(span,))
    known = origins_known(ARTICLE, [ECHO], taken)
    said = says(claim, Stance.SUPPORTS, quote)
    evidence = weigh(ARTICLE, claim, [(WITNESS, said)], known.independent, known.roots, taken).evidence
    label = Label.UNSOURCED if taken else Label.CORROBORATED
    return Finding(**dict(claim), label=label, evidence=evidence)


def _report(findings: list[Finding], taken: dict[str, str]) -> Report:
    known = origins_known(ARTICLE, [ECHO], taken)
    return Report(
        run_id="r1",
        article=ARTICLE,
        analyst=AnalystInfo(kind="lexical", embedder="e"),
        claims=tuple(findings),
        origins=known.summaries(item for finding in findings for item in finding.evidence),
        counts=Counts(),
        searched=Searched(),
        dropped=Dropped(),
        usage=TotalUsage(),
        timings=Timings(total_s=0),
    )


def _heard(finding: Finding, taken_from: str) -> LaterEvidence:
    stance = says(finding, Stance.SUPPORTS, finding.quote) if taken_from != CREDIT else unrelated(finding)
    told = LaterJudgements(
        witness=WITNESS, origin=ECHO, claim_ids=(finding.id,), judgements=(stance,), taken_from=taken_from
    )
    return LaterEvidence(judged=(told,))


def test_what_counted_as_independent_before_counts_no_more() -> None:
    first, second = _finding(1, {}), _finding(2, {}).model_copy(update={"evidence": (), "label": Label.UNSOURCED})
    before = _report([first, second], {})
    assert [card.independent for card in before.origins] == [True]
    outcome = watch.relabel(before, _heard(second, CREDIT), NOW, "scripted")
    after = outcome.report.claims[0]
    assert (after.label, after.unsourced_because) == (Label.UNSOURCED, Gap.ONLY_COPIES)
    assert [(item.independent, item.dependence) for item in after.evidence] == [
        (False, Dependence.TAKEN_FROM_ARTICLE)
    ]
    assert [card.independent for card in outcome.report.origins] == [False]
    (change,) = outcome.changes
    assert (change.claim_id, change.old_label, change.new_label) == ("c1", Label.CORROBORATED, Label.UNSOURCED)
    assert [cause.document_id for cause in change.documents] == [TOLD.id]


def test_a_later_hearing_that_does_not_find_it_leaves_what_an_earlier_one_found() -> None:
    taken = {ECHO.id: CREDIT}
    first, second = _finding(1, taken), _finding(2, taken).model_copy(update={"evidence": ()})
    outcome = watch.relabel(_report([first, second], taken), _heard(second, ""), NOW, "scripted")
    (item,) = outcome.report.claims[1].evidence
    assert item.dependence is Dependence.TAKEN_FROM_ARTICLE
    assert [(one.why, one.quote) for one in outcome.report.origins[0].tellings] == [(Bond.CITES_ARTICLE, CREDIT)]


@pytest.mark.parametrize(("said", "refused"), [("We met the divers", 1), ("", 0)])
def test_what_the_text_does_not_say_is_refused_and_counted(said: str, refused: int) -> None:
    second = _finding(2, {}).model_copy(update={"evidence": ()})
    outcome = watch.relabel(_report([_finding(1, {}), second], {}), _heard(second, said), NOW, "scripted")
    assert [finding.label for finding in outcome.report.claims] == [Label.CORROBORATED, Label.CORROBORATED]
    assert outcome.report.dropped.sources_without_quote == refused
