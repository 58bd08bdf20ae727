"""Agencies' exports: NewsML-G2 and ninjs of all versions, with what agencies hold back and take back."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from agent.app import open_store
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.coverage.intake.metadata import Caution, Item, Rejection, Removed, Skipped
from agent.coverage.intake.reading import read_coverage
from agent.errors import InputFault
from agent.models import Document
from tests.support.shelf import DENIAL, QUAY

GUID = "urn:newsml:bay.example:20160314:quay"


def newsml(*items: str, root: str = "newsMessage") -> str:
    opening = f'<?xml version="1.0"?><{root} xmlns="http://iptc.org/std/nar/2006-10-01/">'
    return f"{opening}<itemSet>{''.join(items)}</itemSet></{root}>"


def news_item(
    text: str = QUAY,
    *,
    guid: str = GUID,
    version: int = 1,
    kind: str = "ninat:text",
    status: str = "stat:usable",
    embargo: str = "",
    body: str = "",
) -> str:
    nitf = (
        '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Quay two opens</hl1>'
        f"</hedline><dateline>PORT TOWN (Bay)</dateline></body.head><body.content><p>{text}</p></body.content></body>"
        "</nitf>"
    )
    return (
        f'<newsItem guid="{guid}" version="{version}" xml:lang="en-GB"><itemMeta><itemClass qcode="{kind}"/>'
        f'<provider qcode="nprov:BAY"><name>Bay Agency</name></provider><versionCreated>2016-03-14T10:00:00+02:00'
        f'</versionCreated>{embargo}<pubStatus qcode="{status}"/></itemMeta><contentMeta><creator><name>Ada Pilot'
        "</name></creator><headline>Quay two opens</headline></contentMeta><contentSet>"
        f"{body or f'<inlineXML>{nitf}</inlineXML>'}</contentSet></newsItem>"
    )


def _read(path: Path, text: str | bytes) -> list[Item]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_coverage([path]))


def _documents(items: Sequence[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def _reasons(items: Sequence[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Rejection)]


def test_a_news_item_is_a_document_with_all_that_it_tells(tmp_path: Path) -> None:
    (document,) = _documents(_read(tmp_path / "a.xml", newsml(news_item())))
    assert document.text == f"PORT TOWN (Bay)\n{QUAY}"
    assert (document.title, document.author, document.outlet) == ("Quay two opens", "Ada Pilot", "Bay Agency")
    assert (document.url, document.language) == (GUID, "en-GB")
    assert f"{document.published_at:%F %R}" == "2016-03-14 08:00"


@pytest.mark.parametrize(
    "body",
    [
        f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>{QUAY}</p></body>'
        "</html></inlineXML>",
        f'<inlineData contenttype="text/plain">{QUAY}</inlineData>',
        f'<inlineData contenttype="text/html">&lt;p&gt;{QUAY}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</inlineData>',
    ],
)
def test_a_body_comes_in_several_forms(tmp_path: Path, body: str) -> None:
    (document,) = _documents(_read(tmp_path / "a.xml", newsml(news_item(body=body))))
    assert document.text == QUAY


def test_of_the_versions_in_a_message_the_last_counts(tmp_path: Path) -> None:
    versions = [news_item(text, version=number) for number, text in ((2, DENIAL), (10, QUAY), (9, "Old."))]
    (document,) = _documents(_read(tmp_path / "a.xml", newsml(*versions)))
    assert QUAY in document.text


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (news_item(status="stat:withheld"), "withheld"),
        (news_item(kind="ninat:picture"), "not text"),
        (news_item(embargo="<embargoed>2099-01-01T00:00:00Z</embargoed>"), "embargoed until 2099-01-01"),
        (news_item(body='<remoteContent href="https://bay.example/a.xml"/>'), "no text"),
        ('<conceptItem guid="c1"/>', "not a news item"),
    ],
)
def test_what_is_held_back_or_no_text_is_told(tmp_path: Path, held: str, reason: str) -> None:
    items = _read(tmp_path / "a.xml", newsml(held))
    assert _documents(items) == []
    assert reason in _reasons(items)[0]


def test_an_embargo_that_is_over_holds_nothing_back(tmp_path: Path) -> None:
    past = news_item(embargo="<embargoed>2016-03-14T12:00:00Z</embargoed>")
    assert len(_documents(_read(tmp_path / "a.xml", newsml(past)))) == 1


def test_a_package_leads_to_the_items_beside_it_and_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "b.xml").write_text(newsml(news_item()))
    (tmp_path / "secret.xml").write_text(newsml(news_item("A secret of the harbour office.", guid="urn:secret")))
    refs = "".join(
        f'<itemRef href="{one}"/>' for one in ("b.xml", "../secret.xml", "/etc/passwd", "https://a.example/")
    )
    package = newsml(f"<packageItem guid='p'><groupSet><group>{refs}</group></groupSet></packageItem>")
    items = _read(folder / "a.xml", package)
    assert [QUAY in document.text for document in _documents(items)] == [True]
    assert len(_reasons(items)) == 3


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_refused(tmp_path: Path, doctype: str) -> None:
    (reason,) = _reasons(_read(tmp_path / "a.xml", newsml(news_item()).replace("?>", f"?>{doctype}", 1)))
    assert "entities" in reason


def test_broken_xml_and_other_xml_are_told_and_passed_over_in_a_folder(tmp_path: Path) -> None:
    broken, other = _read(tmp_path / "a.xml", newsml(news_item())[:-20]), _read(tmp_path / "b.xml", "<invoice/>")
    codes = [item.code for item in (*broken, *other) if isinstance(item, Rejection)]
    assert codes == [InputFault.NOT_XML, InputFault.UNKNOWN_KIND]
    (tmp_path / "a.xml").unlink()
    (tmp_path / "c.json").write_text('{"settings": true}')
    assert [type(item) for item in read_coverage([tmp_path])] == [Skipped, Skipped]


def test_xml_in_another_encoding_is_read(tmp_path: Path) -> None:
    text = "أعلنت إدارة الميناء إعادة فتح الرصيف الثاني يوم الاثنين"
    told = newsml(news_item(text)).replace('version="1.0"', 'version="1.0" encoding="windows-1256"', 1)
    (document,) = _documents(_read(tmp_path / "a.xml", told.encode("cp1256")))
    assert text in document.text


def test_ninjs_of_the_first_generation_is_read(tmp_path: Path) -> None:
    told = {
        "uri": "https://bay.example/items/1",
        "type": "text",
        "versioncreated": "2016-03-14T10:00:00Z",
        "firstcreated": "2016-03-13T10:00:00Z",
        "headline": "Quay two opens",
        "byline": "Ada Pilot",
        "located": "Port Town",
        "language": "en",
        "infosource": [{"name": "Bay Agency"}],
        "body_xhtml": f"<p>{QUAY}</p><p>{DENIAL}</p>",
        "body_text": f"{QUAY} {DENIAL}",
    }
    (document,) = _documents(_read(tmp_path / "a.json", json.dumps(told)))
    assert document.text == f"{QUAY}\n{DENIAL}"
    assert (document.url, document.title, document.author) == (told["uri"], "Quay two opens", "Ada Pilot")
    assert (document.outlet, f"{document.published_at:%F}") == ("Bay Agency", "2016-03-14")


@pytest.mark.parametrize("camel", [False, True])
def test_ninjs_of_later_generations_is_read(tmp_path: Path, camel: bool) -> None:
    kind = "contentType" if camel else "contenttype"
    told = {
        "uri": "8d19cf88-b3ab-4972-8fec-1207599f2872",
        "versionCreated" if camel else "versioncreated": "2016-03-14T10:00:00Z",
        "by": "Ada Pilot",
        "copyrightHolder" if camel else "copyrightholder": "Bay Agency",
        "headlines": [{"role": "sub", "value": "Below"}, {"role": "main", "value": "Quay two opens"}],
        "bodies": [{"role": "main", kind: "application/xhtml+xml", "value": f"<p>{QUAY}</p>"}],
    }
    (document,) = _documents(_read(tmp_path / "a.json", json.dumps(told)))
    assert (document.text, document.title, document.author) == (QUAY, "Quay two opens", "Ada Pilot")
    assert (document.url, document.outlet) == ("urn:uuid:8d19cf88-b3ab-4972-8fec-1207599f2872", "Bay Agency")


def test_items_come_in_arrays_and_in_lines_and_bad_ones_stop_no_other(tmp_path: Path) -> None:
    items = [{"uri": f"tag:bay.example,2016:{n}", "headline": "Quay", "body_text": f"{QUAY} {n}"} for n in range(3)]
    array = _read(tmp_path / "a.json", json.dumps([items[0], 5, {"uri": "x", "bodies": 5}, items[1], {"text": QUAY}]))
    assert len(_documents(array)) == 3
    assert len(_reasons(array)) == 2
    lines = _read(tmp_path / "a.jsonl", "\n".join(map(json.dumps, items)))
    assert [document.url for document in _documents(lines)] == [item["uri"] for item in items]


@pytest.mark.parametrize("told", ["[" * 100_000, "{broken", '"text"', "5"])
def test_json_that_is_no_coverage_is_told(tmp_path: Path, told: str) -> None:
    assert len(_reasons(_read(tmp_path / "a.json", told))) == 1


def test_a_saved_feed_gives_what_it_carries_in_full(tmp_path: Path) -> None:
    whole = f"<p>{QUAY}</p><p>{DENIAL}</p>" * 2
    entries = "".join(
        f'<entry><title>E</title><link href="{link}"/><content type="html"><![CDATA[{text}]]></content></entry>'
        for link, text in (
            ("https://bay.example/1", whole),
            ("https://bay.example/2", "<p>A teaser</p>"),
            ("/3", whole),
        )
    )
    items = _read(tmp_path / "a.xml", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Bay</title>{entries}</feed>')
    assert [(document.url, document.outlet) for document in _documents(items)] == [("https://bay.example/1", "Bay")]
    assert [("by its address" in reason, "not a web address" in reason) for reason in _reasons(items)] == [
        (False, True),
        (True, False),
    ]


async def test_a_later_version_takes_the_place_of_the_earlier_and_a_cancelled_item_is_withdrawn_on_demand(
    tmp_path: Path, settings: Settings
) -> None:
    async with open_store(settings) as store:
        for version, text in ((1, QUAY), (2, DENIAL)):
            (tmp_path / "a.xml").write_text(newsml(news_item(text, version=version)))
            told = await ingest(store, [tmp_path / "a.xml"])
        assert (told.added, told.updated, store.stats().documents) == (1, 1, 1)
        (tmp_path / "a.xml").write_text(newsml(news_item(version=3, status="stat:canceled")))
        assert len((await ingest(store, [tmp_path / "a.xml"])).removed) == 1
        assert store.stats().documents == 1
        await ingest(store, [tmp_path / "a.xml"], withdraw_gone=True)
        assert store.stats().documents == 0
        reasons = [one.reason or "" for one in store.documents(kept=True)]
        assert ["cancelled" in reason for reason in reasons].count(True) == 1


def test_a_name_that_is_no_address_is_no_caution(tmp_path: Path) -> None:
    items = _read(tmp_path / "a.xml", newsml(news_item(guid="AFP-123")))
    assert [document.url for document in _documents(items)] == [None]
    assert not any(isinstance(item, Caution | Removed) for item in items)
