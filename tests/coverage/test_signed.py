"""Who signs an item, and which of its texts is its own: an agency may be the second name, and is credited by it."""

import json
from pathlib import Path

import pytest

from agent.coverage.intake.metadata import Item
from agent.coverage.intake.reading import read_coverage
from agent.coverage.intake.signed import joined
from agent.coverage.intake.wordpress import date_of_post
from agent.models import Document
from tests.coverage.agency_items import g2_item, newsml, ninjs
from tests.support.pages import FLOODS, HOUSES, SCHOOL

_TEXT = FLOODS + HOUSES + SCHOOL
_DC = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"


def _read(tmp_path: Path, text: str, name: str = "item.xml") -> list[Item]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return list(read_coverage([tmp_path / name]))


def _only(tmp_path: Path, text: str, name: str = "item.xml") -> Document:
    (document,) = [one for one in _read(tmp_path, text, name) if isinstance(one, Document)]
    return document


def _rss(inside: str, *, link: str = "https://bay.example/1") -> str:
    return (
        f"<rss version='2.0' {_DC} xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>Harbour Post</title>"
        "<link>https://bay.example/</link><wp:author><wp:author_login>apilot</wp:author_login>"
        "<wp:author_display_name>Ada Pilot</wp:author_display_name></wp:author><wp:author><wp:author_login>bo"
        "</wp:author_login><wp:author_display_name>Bo Strand</wp:author_display_name></wp:author>"
        f"<item><title>Floods</title><link>{link}</link><content:encoded><![CDATA[{_TEXT}]]></content:encoded>"
        f"{inside}</item></channel></rss>"
    )


def _atom(authors: str) -> str:
    content = _TEXT.replace("<", "&lt;")
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><title>Floods</title>"
        f"<link href='https://bay.example/1'/>{authors}<content type='html'>{content}</content></entry></feed>"
    )


@pytest.mark.parametrize(
    ("feed", "author"),
    [
        (_rss("<dc:creator>Ada Pilot</dc:creator><dc:creator>Reuters</dc:creator>"), "Ada Pilot, Reuters"),
        (_rss("<dc:creator>Ada Pilot</dc:creator>"), "Ada Pilot"),
        (_rss("<author>desk@bay.example (Ada Pilot)</author>"), "Ada Pilot"),
        (_atom("<author><name>Reuters</name></author><author><name>Bo Strand</name></author>"), "Reuters, Bo Strand"),
    ],
)
def test_all_who_sign_an_entry_are_named(tmp_path: Path, feed: str, author: str) -> None:
    assert _only(tmp_path, feed, "feed.xml").author == author


@pytest.mark.parametrize(
    ("of_feed", "of_item", "author"),
    [
        ({}, {"authors": [{"name": "Ada Pilot"}, {"name": "Reuters"}]}, "Ada Pilot, Reuters"),
        ({"authors": [{"name": "Reuters"}]}, {}, "Reuters"),
        ({"author": {"name": "Reuters"}}, {"author": {"name": "Ada Pilot"}}, "Ada Pilot"),
    ],
)
def test_a_feed_signs_items_that_name_nobody(
    tmp_path: Path, of_feed: dict[str, object], of_item: dict[str, object], author: str
) -> None:
    item = {"id": "1", "url": "https://bay.example/1", "content_html": _TEXT, **of_item}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [item], **of_feed}
    assert _only(tmp_path, json.dumps(feed), "feed.json").author == author


def test_names_are_told_without_addresses() -> None:
    assert joined(["Ada Pilot <desk@bay.example>", "a@bay.example (Bo)", "", "Bo"]) == "Ada Pilot, Bo"


def test_links_of_a_saved_feed_are_of_its_site(tmp_path: Path) -> None:
    assert _only(tmp_path, _rss("", link="/floods"), "feed.xml").url == "https://bay.example/floods"


_POST = "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"


@pytest.mark.parametrize(("login", "name"), [("apilot", "Ada Pilot"), ("bo", "Bo Strand"), ("gone", "gone")])
def test_a_post_is_signed_by_the_name_that_its_readers_saw(tmp_path: Path, login: str, name: str) -> None:
    assert _only(tmp_path, _rss(f"<dc:creator>{login}</dc:creator>{_POST}"), "export.xml").author == name


@pytest.mark.parametrize("published", ["", "<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate>"])
def test_a_post_has_the_date_of_its_own_fields(tmp_path: Path, published: str) -> None:
    dates = "<wp:post_date>2024-03-14 09:30:00</wp:post_date><wp:post_date_gmt>2024-03-14 07:30:00</wp:post_date_gmt>"
    moment = _only(tmp_path, _rss(published + dates + _POST), "export.xml").published_at
    assert moment is not None
    assert moment.isoformat() == "2024-03-14T07:30:00+00:00"


def test_a_post_without_the_time_of_greenwich_has_its_own() -> None:
    entry = {"wp_post_date_gmt": "0000-00-00 00:00:00", "wp_post_date": "2024-03-14 09:30:00"}
    assert date_of_post(entry, None) == "2024-03-14 09:30:00"


@pytest.mark.parametrize(
    ("content", "author"),
    [
        ("<by>Ada Pilot</by><by>Reuters</by>", "Ada Pilot, Reuters"),
        ("<by xml:lang='fr'>Par Ada Pilot</by><by xml:lang='en'>By Ada Pilot</by>", "By Ada Pilot"),
        ("<creator><name>Ada Pilot</name></creator><creator><name>Reuters</name></creator>", "Ada Pilot, Reuters"),
    ],
)
def test_all_who_sign_an_agencys_item_are_named(tmp_path: Path, content: str, author: str) -> None:
    assert _only(tmp_path, newsml(g2_item(content=content))).author == author


def test_a_by_line_of_ninjs_is_no_markup(tmp_path: Path) -> None:
    item = ninjs(byline="<span>By Ada Pilot</span>", body_text="The quay is closed, the board said on Friday.")
    assert _only(tmp_path, json.dumps(item), "item.json").author == "By Ada Pilot"


def _nitf(head: str = "", end: str = "", data: str = "") -> str:
    return (
        f"<nitf><head><docdata><doc-id id-string='x1'/><date.issue norm='20240314T073000Z'/>{data}</docdata></head>"
        f"<body><body.head><hedline><hl1>Floods</hl1></hedline>{head}</body.head><body.content>{_TEXT}</body.content>"
        f"<body.end>{end}</body.end></body></nitf>"
    )


def _note(words: str) -> str:
    return f"<note noteclass='editorsnote'><body.content><p>{words}</p></body.content></note>"


def test_a_note_to_editors_is_not_the_text(tmp_path: Path) -> None:
    text = _only(tmp_path, _nitf(head=_note("Eds: adds details from the board."))).text
    assert "The floods of the river Lode" in text
    assert "Eds:" not in text


def test_a_note_in_the_head_holds_an_item_back(tmp_path: Path) -> None:
    items = _read(tmp_path, _nitf(head=_note("EMBARGOED until 2094-03-14 06:00 GMT")))
    assert not [one for one in items if isinstance(one, Document)]


def test_the_line_below_a_text_that_credits_is_read(tmp_path: Path) -> None:
    text = _only(tmp_path, _nitf(end="<tagline>Reporting by Ada Pilot for Bay News Agency</tagline>")).text
    assert text.splitlines()[-1] == "Reporting by Ada Pilot for Bay News Agency"


def test_the_comma_before_the_day_of_a_dateline_goes_with_it(tmp_path: Path) -> None:
    head = "<dateline><location>NORTHBANK</location>, <story.date>March 14</story.date></dateline>"
    assert _only(tmp_path, _nitf(head=head)).text.splitlines()[0] == "NORTHBANK"
