"""What agencies hold back and take back: nothing of it is heard, and all of it is told."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.app import open_store
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.coverage.intake.metadata import Removed
from agent.coverage.intake.release import Release, cancelling, end_of_embargo, is_notice, why_held
from tests.coverage.agency_items import GUID, documents, g2_item, newsml, ninjs, read, reasons


@pytest.mark.parametrize(
    ("embargo", "reason"),
    [
        ("<embargoed/>", "is embargoed by its agency, without a time"),
        ("<embargoed></embargoed>", "is embargoed by its agency, without a time"),
        ("<embargoed> </embargoed>", "is embargoed by its agency, without a time"),
        ("<embargoed/><edNote>Until the minister has spoken. Embargoed until then.</edNote>", "minister has spoken"),
        ("<embargoed>after the speech</embargoed>", "'after the speech', which is not a time that can be read"),
        ("<embargoed>Mon, 14 Mar 2099 10:00:00 GMT</embargoed>", "is embargoed until 2099-03-14 10:00 UTC"),
        ("<edNote>Sperrfrist: 18 Uhr</edNote>", "is embargoed by a note of its agency: 'Sperrfrist: 18 Uhr'"),
        ("<edNote>محظور النشر حتى السادسة مساء</edNote>", "is embargoed by a note of its agency"),
    ],
)
def test_an_embargo_of_newsml_holds_back_with_or_without_a_time(tmp_path: Path, embargo: str, reason: str) -> None:
    items = read(tmp_path / "a.xml", newsml(g2_item(meta=embargo)))
    assert documents(items) == []
    assert [reason in told for told in reasons(items)] == [True]


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ({"embargoed": ""}, "without a time"),
        ({"embargoed": True}, "without a time"),
        ({"embargoedUntil": ""}, "without a time"),
        ({"embargoed": "soon"}, "'soon', which is not a time"),
        ({"embargoedUntil": "2099-01-01T00:00:00Z"}, "until 2099-01-01"),
        ({"embargoed": "2099-01-01T00:00:00+02:00"}, "until 2098-12-31 22:00 UTC"),
        ({"embargoed": 4102444800}, "until 2100-01-01"),
        ({"edNote": "Not for publication before 18:00"}, "by a note of its agency"),
        ({"usageterms": "Embargoed until the session is over"}, "by a note of its agency"),
        ({"pubstatus": "embargoed"}, "embargoed by its agency"),
    ],
)
def test_an_embargo_of_ninjs_holds_back_under_each_of_its_names(
    tmp_path: Path, field: dict[str, object], reason: str
) -> None:
    items = read(tmp_path / "a.json", ninjs(**field))
    assert documents(items) == []
    assert [reason in told for told in reasons(items)] == [True]


@pytest.mark.parametrize(
    "field",
    [
        {"embargoed": None},
        {"embargoedUntil": None},
        {"embargoed": False},
        {"embargoed": "2016-03-14T12:00:00Z", "ednote": "STRICTLY EMBARGOED until 12:00"},
        {"ednote": "The embargo has been lifted."},
        {"ednote": "Adds what ministers said of the arms embargo."},
        {"ednote": "CORRECTS the number of cranes."},
    ],
)
def test_null_is_no_embargo_and_one_that_is_over_holds_nothing_back(tmp_path: Path, field: dict[str, object]) -> None:
    items = read(tmp_path / "a.json", ninjs(**field))
    assert (len(documents(items)), reasons(items)) == (1, [])


def test_an_embargo_that_names_no_zone_is_over_when_it_is_over_everywhere() -> None:
    end = end_of_embargo("2016-03-14 12:00")
    assert end == datetime(2016, 3, 15, 0, tzinfo=UTC)
    held = Release(embargo="2016-03-14T12:00:00")
    assert why_held(held, datetime(2016, 3, 14, 23, 59, tzinfo=UTC)) is not None
    assert why_held(held, datetime(2016, 3, 15, 0, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("20160314T100000Z", datetime(2016, 3, 14, 10, tzinfo=UTC)),
        ("Mon, 14 Mar 2016 10:00:00 +0200", datetime(2016, 3, 14, 8, tzinfo=UTC)),
        ("1457949600000", datetime(2016, 3, 14, 10, tzinfo=UTC)),
        ("18:00", None),
        ("Monday", None),
        ("March 2016", None),
        ("9" * 40, None),
    ],
)
def test_of_a_time_that_is_not_whole_nothing_is_made_up(told: str, moment: datetime | None) -> None:
    assert end_of_embargo(told) == moment


@pytest.mark.parametrize(
    "status", ["stat:canceled", "http://cv.iptc.org/newscodes/pubstatusg2/canceled", "stat:killed"]
)
def test_a_cancelled_item_is_told_as_taken_back(tmp_path: Path, status: str) -> None:
    (told,) = read(tmp_path / "a.xml", newsml(g2_item(status=status)))
    assert isinstance(told, Removed)
    assert (told.url, "has cancelled 'Quay two opens'" in told.reason) == (GUID, True)


@pytest.mark.parametrize(
    ("note", "taken_back"),
    [
        ("KILL: the source was wrong", True),
        ("Mandatory kill.", True),
        ("Attention editors: this story has been withdrawn.", True),
        ("Please do not use this story.", True),
        ("La dépêche est annulée, une nouvelle suit", True),
        ("Annulée", True),
        ("Diese Meldung wird zurückgezogen.", True),
        ("Esta noticia queda anulada.", True),
        ("Bu haber iptal edilmiştir.", True),
        ("يرجى عدم نشر هذا الخبر", True),
        ("تم سحب هذا الخبر", True),
        ("این خبر لغو شد", True),
        ("Please disregard the previous story.", False),
        ("Replaces an earlier version that has been withdrawn.", False),
        ("Withdrawn from sale in March: adds the maker's word", False),
        ("Do not use this story after Friday.", False),
        ("Adds that the offer has been withdrawn.", False),
        ("Corrects the second paragraph.", False),
    ],
)
def test_a_note_that_takes_an_item_back_is_heeded_and_one_about_another_is_not(note: str, taken_back: bool) -> None:
    assert (cancelling(Release(notes=(note,))) is not None) is taken_back


def test_a_note_and_a_signal_take_an_item_back_as_its_status_does(tmp_path: Path) -> None:
    by_note = read(tmp_path / "a.xml", newsml(g2_item(meta="<edNote>KILL: wrong source</edNote>")))
    by_signal = read(tmp_path / "b.xml", newsml(g2_item(meta='<signal qcode="bay:kill"/>')))
    by_word = read(tmp_path / "c.json", ninjs(ednote="This story has been withdrawn."))
    assert [type(one) for one in (*by_note, *by_signal, *by_word)] == [Removed] * 3
    update = read(tmp_path / "d.xml", newsml(g2_item(meta='<signal qcode="sig:correction"/>')))
    assert len(documents(update)) == 1


@pytest.mark.parametrize("status", ["withheld", "held-for-lawyers"])
def test_what_is_withheld_and_what_has_an_unknown_status_is_no_document(tmp_path: Path, status: str) -> None:
    items = read(tmp_path / "a.json", ninjs(pubstatus=status))
    assert documents(items) == []
    assert "by its agency" in reasons(items)[0]


def test_withheld_are_all_versions_of_an_item(tmp_path: Path) -> None:
    items = read(tmp_path / "a.xml", newsml(g2_item(status="stat:withheld")))
    assert [item.url for item in items if isinstance(item, Removed)] == [GUID]


@pytest.mark.parametrize(
    ("headline", "notice"),
    [
        ("KILL: Quay two", True),
        ("ADVISORY - tonight's plan", True),
        ("NOTE TO EDITORS: Quay two", True),
        ("تنويه: تصحيح في الخبر", True),
        ("Kill the bill, dockers say", False),
        ("Advisory board of the harbour meets", False),
        ("ADVISORY BOARD MEETS", False),
    ],
)
def test_a_notice_to_editors_is_no_news(headline: str, notice: bool) -> None:
    assert is_notice(headline) is notice


def test_a_notice_is_told(tmp_path: Path) -> None:
    items = read(tmp_path / "a.json", ninjs(headline="ADVISORY: plan of the evening"))
    by_genre = read(tmp_path / "b.json", ninjs(genres=[{"name": "Advisory"}]))
    assert [documents(items), documents(by_genre)] == [[], []]
    assert all("a notice to editors" in one for one in (*reasons(items), *reasons(by_genre)))


async def test_what_an_export_takes_back_further_on_never_comes_in(tmp_path: Path, settings: Settings) -> None:
    versions = [
        ninjs(uri=f"urn:newsml:bay.example:{number}", version=version, pubstatus=status, headline=headline)
        for number, version, status, headline in (
            (1, "1", "usable", "Quay"),
            (2, "1", "usable", "Crane"),
            (1, "2", "canceled", "Quay"),
            (2, "2", "canceled", "Crane"),
            (2, "3", "usable", "Crane again"),
        )
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, versions)))
    async with open_store(settings) as store:
        told = await ingest(store, [tmp_path / "a.jsonl"])
        assert (told.added, len(told.removed)) == (1, 2)
        assert [one.title for one in store.documents()] == ["Crane again"]


def test_of_versions_without_numbers_the_last_in_time_counts(tmp_path: Path) -> None:
    items = [
        ninjs(versioncreated="2016-03-14T12:00:00+02:00", body_text="The second quay opens on Thursday."),
        ninjs(versioncreated="2016-03-14T11:00:00Z", body_text="The second quay opens on Friday."),
        ninjs(versioncreated="2016-03-14T09:00:00Z", body_text="The second quay opens soon."),
    ]
    (document,) = documents(read(tmp_path / "a.json", items))
    assert document.text == "The second quay opens on Friday."
