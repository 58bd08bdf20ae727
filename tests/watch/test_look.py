"""What later coverage does to earlier findings, and what it leaves alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent.config import Settings
from agent.models import Bond, Dependence, Document, Gap, Label, Report, Stance
from agent.storage.reports import Recorded
from tests.support.desk import AGAINST, SUPPORT, Desk, open_desk
from tests.support.shelf import ARTICLE, DENIAL, MONDAY, ORANGES, QUAY, WITNESS, CountingEmbedder, report

pytestmark = pytest.mark.long

AGENCY = report(QUAY, "Bay Agency", url="https://bay.example/quay")
MOLE = report(DENIAL, "Mole Mail", hours=30, url="https://mole.example/denial", title="Union denies it")


@pytest.fixture
def desk(places: Settings) -> Iterator[Desk]:
    with open_desk(places) as opened:
        yield opened


def _label(report: Report) -> Label | None:
    return report.claims[0].label


async def test_a_denial_that_comes_later_contests_what_was_corroborated(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    before = await desk.verify()
    looked = await desk.look(MOLE)
    after = desk.reports.get("last")
    assert (_label(before), _label(after)) == (Label.CORROBORATED, Label.CONTESTED)
    (change,) = looked.changes
    assert (change.run_id, change.version, change.claim_id) == (before.run_id, 2, "c1")
    assert (change.old_label, change.new_label) == (Label.CORROBORATED, Label.CONTESTED)
    (cause,) = change.documents
    assert (cause.document_id, cause.outlet, cause.url, cause.title) == (MOLE.id, MOLE.outlet, MOLE.url, MOLE.title)
    assert (cause.published_at, cause.stance) == (MOLE.published_at, Stance.CONTRADICTS)
    assert after.counts.contested == 1
    assert {item.origin for item in after.claims[0].evidence} == {card.id for card in after.origins}
    assert [(one.name, one.articles) for one in after.origins] == [("Bay Agency", 1), ("Mole Mail", 1)]
    assert after.claims[0].explanation != before.claims[0].explanation


async def test_a_first_report_that_comes_later_corroborates(desk: Desk) -> None:
    await desk.verify()
    await desk.look(AGENCY)
    finding = desk.reports.get("last").claims[0]
    assert finding.label is Label.CORROBORATED
    assert finding.unsourced_because is None
    assert (finding.origins.articles, finding.origins.supporting) == (1, 1)


async def test_nothing_is_overwritten_and_every_quote_stays_where_it_was(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    before = await desk.verify()
    await desk.look(MOLE)
    assert desk.reports.get(before.run_id, 1) == before
    old, new = desk.reports.get("last").claims[0].evidence
    assert old == before.claims[0].evidence[0]
    for item, document in ((old, AGENCY), (new, MOLE)):
        assert document.text[item.passage.start : item.passage.end] == item.passage.text
        assert item.quote in item.passage.text


async def test_what_a_run_has_searched_is_not_judged_again(desk: Desk) -> None:
    await desk.coverage.add([AGENCY, MOLE])
    await desk.verify()
    assert (await desk.look()).documents == 0
    assert desk.asked == []


async def test_only_the_claims_that_a_document_touches_are_judged_again(desk: Desk) -> None:
    await desk.verify()
    looked = await desk.look(report(WITNESS, "Harbour Eye", hours=3))
    assert desk.asked == [("c1",)]
    assert (looked.documents, looked.claims) == (1, 1)


async def test_a_document_about_something_else_touches_nothing(desk: Desk) -> None:
    await desk.verify()
    looked = await desk.look(report(ORANGES, "Markets"))
    assert (looked.documents, looked.claims, desk.asked) == (1, 0, [])
    assert len(desk.reports.versions("last")) == 1


async def test_what_was_looked_at_once_is_not_looked_at_again(desk: Desk) -> None:
    await desk.verify()
    await desk.look(AGENCY)
    assert (await desk.look()).documents == 0
    assert len(desk.asked) == 1


COPIES = [
    report(QUAY, "Echo", hours=2),
    report(QUAY, "Bay Agency Weekly", hours=-2),
    report(QUAY.rsplit(". ", 1)[0] + ".", "Short Cuts", hours=3),
    report(QUAY + " The office will tell more on Thursday.", "Long Reads", hours=4),
    report(QUAY, None, hours=None),
]


@pytest.mark.parametrize("number", range(len(COPIES)))
async def test_a_copy_of_what_was_heard_changes_nothing(desk: Desk, number: int) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    looked = await desk.look(COPIES[number])
    assert (looked.documents, looked.changes, desk.asked) == (1, (), [])
    assert len(desk.reports.versions("last")) == 1


async def test_any_number_of_copies_changes_nothing(desk: Desk) -> None:
    await desk.coverage.add([AGENCY, MOLE])
    await desk.verify()
    copies = [report(text, f"Echo {n}", hours=n) for n in range(15) for text in (QUAY, DENIAL)]
    assert (await desk.look(*COPIES, *copies)).changes == ()
    assert desk.asked == []


async def test_a_copy_of_what_was_heard_and_found_unrelated_is_not_heard_either(desk: Desk) -> None:
    await desk.coverage.add([report(WITNESS, "Harbour Eye", hours=3)])
    await desk.verify()
    await desk.look(report(WITNESS, "Echo", hours=5))
    assert desk.asked == []


COPIES_OF_ARTICLE = [
    report(ARTICLE.text, "Echo", hours=5),
    report(ARTICLE.text, "The Ledger", url=ARTICLE.url),
    report(f"From The Ledger. {ARTICLE.text}", "Far Echo", hours=6),
]


async def test_copies_of_the_article_change_no_label_but_why_there_is_none(desk: Desk) -> None:
    await desk.verify()
    looked = await desk.look(*COPIES_OF_ARTICLE)
    assert [change.relabelled for change in looked.changes] == [False, False]
    assert {(one.old_because, one.new_because) for one in looked.changes} == {(Gap.NOT_FOUND, Gap.ONLY_COPIES)}
    assert desk.asked == []
    whole, after = await desk.verify(), desk.reports.get(desk.told[0].run_id)
    assert [one.evidence for one in after.claims] == [one.evidence for one in whole.claims]
    assert [one.origins for one in after.claims] == [one.origins for one in whole.claims]
    assert (await desk.look(report(f"{ARTICLE.text} So it says.", "Later Echo", hours=7))).changes == ()


async def test_copies_of_the_article_change_nothing_where_something_was_found(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    looked = await desk.look(*COPIES_OF_ARTICLE)
    assert "c1" not in {change.claim_id for change in looked.changes}


async def test_newcomers_that_are_copies_of_each_other_are_heard_once_and_count_as_one(desk: Desk) -> None:
    await desk.verify()
    looked = await desk.look(AGENCY, *COPIES)
    assert desk.asked == [("c1",)]
    finding = desk.reports.get("last").claims[0]
    assert (finding.origins.supporting, len(finding.evidence)) == (1, 1)
    assert finding.origins.articles == 1 + len(COPIES)
    assert len(looked.changes) == 1


async def test_another_origin_on_the_same_side_is_more_evidence_under_the_same_label(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    own = "Our reporter heard at the town hall that the second quay would open again this week; the mayor nodded."
    looked = await desk.look(report(own, "Town Paper", hours=4))
    (change,) = looked.changes
    assert not change.relabelled
    assert (change.old_label, change.new_label) == (Label.CORROBORATED, Label.CORROBORATED)
    assert desk.reports.get("last").claims[0].origins.supporting == 2


async def test_two_reports_of_one_outlet_are_one_origin_on_one_card(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    own = "Our reporter heard at the town hall that the second quay would open again this week; the mayor nodded."
    second = report(own, "Bay Agency", hours=4)
    await desk.look(second, report(own, "Echo", hours=5))
    after = desk.reports.get("last")
    (card,) = after.origins
    assert [(one.document_id, one.why) for one in card.tellings][:2] == [
        (AGENCY.id, Bond.FIRST),
        (second.id, Bond.SAME_OUTLET),
    ]
    assert card.articles == after.claims[0].origins.articles == 3
    assert (len(after.claims[0].evidence), after.claims[0].origins.supporting) == (2, 1)


async def test_the_outlets_own_later_piece_corroborates_nothing(desk: Desk) -> None:
    await desk.verify()
    own = "Our reporter heard at the town hall that the second quay would open again this week; the mayor nodded."
    await desk.look(report(own, ARTICLE.outlet, hours=4))
    assert _label(desk.reports.get("last")) is Label.UNSOURCED


@pytest.mark.parametrize(("days", "touched"), [(-31, False), (29, True), (31, False), (None, True)])
async def test_only_coverage_of_the_days_around_the_event_touches_it(
    desk: Desk, days: int | None, touched: bool
) -> None:
    await desk.verify()
    await desk.look(report(DENIAL, "Mole Mail", hours=None if days is None else 24 * days))
    assert bool(desk.asked) is touched


async def test_one_document_may_change_several_reports(desk: Desk) -> None:
    later = ARTICLE.model_copy(update={"published_at": MONDAY + timedelta(days=1), "url": "https://ledger.example/2"})
    first, second = await desk.verify(), await desk.verify(later)
    looked = await desk.look(MOLE)
    assert sorted(change.run_id for change in looked.changes) == sorted([first.run_id, second.run_id])
    assert [one.version for one in desk.reports.listing()] == [2, 2]


async def test_each_report_is_looked_at_from_where_its_own_search_ended(desk: Desk) -> None:
    first = await desk.verify()
    await desk.coverage.add([MOLE])
    second = await desk.verify()
    looked = await desk.look()
    assert [change.run_id for change in looked.changes] == [first.run_id]
    assert len(desk.reports.versions(second.run_id)) == 1


async def test_a_page_that_says_otherwise_now_takes_back_what_it_said(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    before = await desk.verify()
    changed = report(DENIAL, "Bay Agency", hours=30, url=AGENCY.url)
    await desk.look(changed)
    (item,) = desk.reports.get("last").claims[0].evidence
    assert (item.quote, item.passage.document_id) == (AGAINST, changed.id)
    assert item.origin == before.claims[0].evidence[0].origin
    (card,) = desk.reports.get("last").origins
    assert [one.document_id for one in card.tellings] == [changed.id]
    assert _label(desk.reports.get("last")) is Label.CONTESTED
    assert desk.reports.get("last").claims[0].origins.articles == 1
    assert desk.reports.get("last", 1).claims[0].evidence[0].quote == SUPPORT


async def test_a_page_on_which_the_words_still_stand_changes_nothing(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    await desk.look(report(QUAY + " Corrected: eleven ships, not twelve.", "Bay Agency", hours=9, url=AGENCY.url))
    assert desk.asked == []


async def test_a_withdrawn_document_is_not_heard(desk: Desk) -> None:
    await desk.verify()
    await desk.coverage.add([MOLE])
    await desk.coverage.withdraw([MOLE.id], "retracted")
    assert (await desk.look()).changes == ()
    assert desk.asked == []


async def test_every_change_is_told_when_it_is_stored(desk: Desk) -> None:
    await desk.verify()
    looked = await desk.look(MOLE)
    assert desk.told == list(looked.changes) == desk.reports.changes()
    assert isinstance(desk.told[0], Recorded)


async def test_many_claims_are_put_to_a_document_in_bounded_calls(settings: Settings) -> None:
    with open_desk(settings.model_copy(update={"claims_per_call": 1, "min_similarity": 0.0})) as desk:
        await desk.verify()
        await desk.look(MOLE)
        assert sorted(desk.asked) == [("c1",), ("c2",)]


def _documents(number: int) -> list[Document]:
    return [report(f"{ORANGES} Crate {n}.", f"Markets {n}", hours=n / 10) for n in range(number)]


async def test_a_long_backlog_is_looked_at_to_its_end(desk: Desk) -> None:
    await desk.verify()
    looked = await desk.look(*_documents(150), MOLE)
    assert looked.documents == 151
    assert len(looked.changes) == 1


async def test_what_a_later_hearing_finds_taken_from_the_article_is_not_counted(desk: Desk) -> None:
    desk.analyst.taken_by = lambda witness, claims: "the office said"
    await desk.verify()
    await desk.look(AGENCY)
    after = desk.reports.get("last")
    finding = after.claims[0]
    assert (finding.label, finding.unsourced_because) == (Label.UNSOURCED, Gap.ONLY_COPIES)
    assert [item.dependence for item in finding.evidence] == [Dependence.TAKEN_FROM_ARTICLE]
    assert [(card.independent, card.tellings[0].quote) for card in after.origins] == [(False, "the office said")]


async def test_a_passage_of_an_untitled_document_is_looked_at_as_the_index_holds_it(places: Settings) -> None:
    """With the opening words of its document, which say what it is about."""
    untitled = report(f"{QUAY} {ORANGES} {ORANGES} {DENIAL}", "Mole Mail", hours=30)
    embedder = CountingEmbedder()
    with open_desk(places, embedder) as desk:
        await desk.verify()
        await desk.coverage.add([untitled])
        held = embedder.asked[-1]
        embedder.asked.clear()
        await desk.watch.look()
    assert len(held) > 1
    assert all(text.startswith("The harbour office") for text in held)
    assert held in embedder.asked
