"""What leaves the coverage takes its word with it, and what stands in its place is heard; nothing is overwritten."""

from collections.abc import Iterator

import pytest

from agent.config import Settings
from agent.models import Gap, Label
from tests.support.desk import Desk, open_desk
from tests.support.shelf import DENIAL, ORANGES, QUAY, report

pytestmark = pytest.mark.waits

AGENCY = report(QUAY, "Bay Agency", url="https://bay.example/quay")
MOLE = report(DENIAL, "Mole Mail", hours=30, url="https://mole.example/denial", title="Union denies it")


@pytest.fixture
def desk(places: Settings) -> Iterator[Desk]:
    with open_desk(places) as opened:
        yield opened


async def test_a_withdrawn_denial_contests_no_longer_and_the_reason_is_kept(desk: Desk) -> None:
    await desk.coverage.add([AGENCY, MOLE])
    before = await desk.verify()
    await desk.coverage.withdraw([MOLE.id], "it was invented")
    (change,) = (await desk.look()).changes
    assert (change.old_label, change.new_label) == (Label.CONTESTED, Label.CORROBORATED)
    (cause,) = change.documents
    assert (cause.document_id, cause.gone) == (MOLE.id, "withdrawn: it was invented")
    after = desk.reports.get("last")
    assert (after.claims[0].origins.articles, after.claims[0].origins.contradicting) == (1, 0)
    assert [card.name for card in after.origins] == ["Bay Agency"]
    assert desk.reports.get("last", 1) == before
    assert desk.asked == []
    assert (await desk.look()).changes == ()


async def test_without_its_only_support_a_claim_is_unsourced(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    await desk.coverage.withdraw([AGENCY.id], "retracted")
    await desk.look()
    finding = desk.reports.get("last").claims[0]
    assert (finding.label, finding.unsourced_because) == (Label.UNSOURCED, Gap.NOT_FOUND)
    assert (finding.evidence, finding.origins.articles, desk.reports.get("last").origins) == ((), 0, ())


async def test_a_copy_of_what_was_withdrawn_is_heard_in_its_place(desk: Desk) -> None:
    echo = report(QUAY, "Echo", hours=2)
    await desk.coverage.add([AGENCY, echo])
    await desk.verify()
    await desk.coverage.withdraw([AGENCY.id], "retracted")
    (change,) = (await desk.look()).changes
    assert not change.relabelled
    assert [(one.document_id, one.gone) for one in change.documents] == [
        (echo.id, None),
        (AGENCY.id, "withdrawn: retracted"),
    ]
    assert desk.reports.get("last").claims[0].origins.articles == 1


async def test_what_is_restored_is_heard_again(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    await desk.coverage.withdraw([AGENCY.id], "by mistake")
    await desk.look()
    await desk.coverage.restore([AGENCY.id])
    (change,) = (await desk.look()).changes
    assert (change.old_label, change.new_label) == (Label.UNSOURCED, Label.CORROBORATED)


async def test_a_page_that_tells_of_something_else_now_supports_nothing(desk: Desk) -> None:
    await desk.coverage.add([AGENCY])
    await desk.verify()
    changed = report(ORANGES, "Bay Agency", hours=9, url=AGENCY.url)
    (change,) = (await desk.look(changed)).changes
    assert (change.old_label, change.new_label) == (Label.CORROBORATED, Label.UNSOURCED)
    assert [(one.document_id, one.gone) for one in change.documents] == [(AGENCY.id, f"superseded by {changed.id}")]
    assert (await desk.look()).changes == ()


async def test_another_store_in_place_of_the_old_one_is_looked_at_from_its_start(settings: Settings) -> None:
    with open_desk(settings) as desk:
        await desk.coverage.add([report(f"{ORANGES} Crate {n}.", f"Markets {n}") for n in range(5)])
        await desk.verify()
        assert (await desk.look()).started_over == 0
    for path in settings.data_dir.glob("catalogue.sqlite*"):
        path.unlink()
    with open_desk(settings) as desk:
        looked = await desk.look(MOLE)
        assert (looked.started_over, looked.documents) == (1, 1)
        assert [change.new_label for change in looked.changes] == [Label.CONTESTED]
        assert (await desk.look()).started_over == 0
