"""Exports of WordPress: what was published is added, and what nobody was to read is told as left out."""

import json
from pathlib import Path

import pytest

from agent.coverage.intake.metadata import Item, Rejection
from agent.coverage.intake.reading import read_coverage
from agent.coverage.intake.shortcodes import without_shortcodes
from agent.errors import InputFault
from agent.models import Document

_SHORT = "The tram line was approved on Tuesday, the council said."


def _item(content: str, *, status: str = "publish", kind: str = "post", title: str = "Tram", more: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>https://bay.example/{title}</link>"
        f"<pubDate>Tue, 05 Mar 2024 19:30:00 +0000</pubDate><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wp:status><![CDATA[{status}]]></wp:status><wp:post_type><![CDATA[{kind}]]></wp:post_type>{more}</item>"
    )


def _export(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Harbour Post</title>'
        f"<link>https://bay.example</link><wp:wxr_version>1.2</wp:wxr_version>{''.join(items)}</channel></rss>"
    )


def _read(tmp_path: Path, told: str, name: str = "export.xml") -> list[Item]:
    (tmp_path / name).write_text(told)
    return list(read_coverage([tmp_path / name]))


def _texts(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Document)]


def _reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Rejection)]


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"status": "draft"}, "it is a draft"),
        ({"status": "private"}, "it is private"),
        ({"status": "future"}, "it is planned for later"),
        ({"status": "trash"}, "it is in the bin"),
        ({"status": "pending"}, "it waits for review"),
        ({"status": "pitch"}, "its status is 'pitch'"),
        ({"more": "<wp:post_password><![CDATA[secret]]></wp:post_password>"}, "it asks for a password"),
        ({"kind": "attachment", "status": "inherit"}, "no posts are left out (1 × attachment)"),
        ({"kind": "nav_menu_item"}, "no posts are left out (1 × nav_menu_item)"),
    ],
)
def test_what_was_not_published_is_told_and_not_added(tmp_path: Path, held: dict[str, str], reason: str) -> None:
    items = _read(tmp_path, _export(_item("<p>The mayor has resigned.</p>", title="Mayor", **held), _item(_SHORT)))
    assert _texts(items) == [_SHORT]
    (told,) = _reasons(items)
    assert reason in told
    assert [item.path for item in items if isinstance(item, Rejection)] == [str(tmp_path / "export.xml")]


def test_the_paragraphs_of_a_post_stay_apart_and_shortcodes_are_no_text(tmp_path: Path) -> None:
    post = (
        "The line was approved.\n\nIt will cost ninety million <em>crowns</em>\nand open in 2027.\n\n"
        '[gallery ids="1,2"]\n\n'
        '[caption id="a_7" align="x" width="300"]<img src="t.jpg" /> The old market hall[/caption]\n\n'
        "[embed]https://video.example/1[/embed]\n\nOpponents [sic] asked for a vote."
    )
    (text,) = _texts(_read(tmp_path, _export(_item(post))))
    assert [line for line in text.splitlines() if line] == [
        "The line was approved.",
        "It will cost ninety million crowns",
        "and open in 2027.",
        "The old market hall",
        "Opponents [sic] asked for a vote.",
    ]


def test_a_post_of_blocks_is_read_by_its_blocks(tmp_path: Path) -> None:
    post = (
        "<!-- wp:paragraph -->\n<p>The line was\napproved.</p>\n<!-- /wp:paragraph -->\n\n"
        "<!-- wp:list --><ul><li>It opens in 2027.</li></ul><!-- /wp:list -->"
    )
    assert _texts(_read(tmp_path, _export(_item(post)))) == ["The line was approved.\nIt opens in 2027."]


@pytest.mark.parametrize("end", ["<h2>What comes next</h2>", "<p>Photos below</p>", "<ul><li>May 2027</li></ul>"])
def test_an_exported_post_is_whole_however_it_ends(tmp_path: Path, end: str) -> None:
    (text,) = _texts(
        _read(tmp_path, _export(_item(f"<!-- wp:paragraph --><p>{_SHORT}</p><!-- /wp:paragraph -->{end}")))
    )
    assert text.splitlines()[0] == _SHORT
    assert len(text.splitlines()) == 2


def test_a_page_and_a_kind_of_its_own_are_texts_that_were_published(tmp_path: Path) -> None:
    items = _read(tmp_path, _export(_item(_SHORT, kind="page"), _item("Ten boats came.", kind="news", title="Boats")))
    assert sorted(_texts(items)) == ["Ten boats came.", _SHORT]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("[vc_row][vc_column width='1/2']Text[/vc_column][/vc_row]", "Text"),
        ("He said [sic] that [the mayor] [applause] had 17[1] boats", None),
        ('a [contact-form-7 id=5 title="x"] b', "a b"),
        ("a [audio src='x.mp3'][/audio] b", "a b"),
        ("[", None),
    ],
)
def test_shortcodes_are_told_from_words_in_brackets(html: str, text: str | None) -> None:
    assert " ".join(without_shortcodes(html).split()) == (html if text is None else text)


def _rss(content: str) -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bay</title>'
        f"<item><title>Tram</title><link>https://bay.example/1</link><content:encoded><![CDATA[{content}]]>"
        "</content:encoded></item></channel></rss>"
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"<p>{_SHORT}</p>", _SHORT),
        ("<p>أغلق الجسر يوم الاثنين.</p>", "أغلق الجسر يوم الاثنين."),
        ("<p>港は再開した。</p>", "港は再開した。"),
        (f"<p>{_SHORT}</p><p>The post <a href='/1'>Tram</a> appeared first on <a href='/'>Bay</a>.</p>", _SHORT),
        (f"<p>{_SHORT}</p><ul><li>It opens in 2027.</li></ul>", f"{_SHORT}\nIt opens in 2027."),
        (f"<p>{_SHORT}</p><ul><li>Opens in 2027</li></ul></div>", f"{_SHORT}\nOpens in 2027"),
        (f"<p>{_SHORT}</p><figure><table><tr><td>Cost</td><td>90</td></tr></table></figure>", f"{_SHORT}\nCost 90"),
        (f"{_SHORT}<blockquote><p>No.</p><cite>Ola Strand</cite></blockquote>", f"{_SHORT}\n“No.” — Ola Strand"),
    ],
)
def test_a_short_entry_of_a_feed_is_whole(tmp_path: Path, content: str, text: str) -> None:
    assert _texts(_read(tmp_path, _rss(content), "feed.xml")) == [text]


@pytest.mark.parametrize(
    "content",
    [
        "<p>A teaser</p>",
        f"<p>{_SHORT} More […]</p>",
        f"<p>{_SHORT}</p><p><a href='/1'>Read more</a></p>",
        f"<p>{_SHORT}</p><p>اقرأ المزيد</p>",
        f"<p>{_SHORT}</p><p>The head of the office told</p><figure><img src='a'></figure>",
        f"<p>{_SHORT}</p><ul><li><a href='/1'>Read more</a></li></ul>",
        f"<p>{_SHORT}</p><p>Subscribe now to continue reading.</p>",
        "<p>A teaser…</p><p>The post <a href='/1'>Tram</a> appeared first on <a href='/'>Bay</a>.</p>",
    ],
)
def test_a_teaser_is_no_article(tmp_path: Path, content: str) -> None:
    items = _read(tmp_path, _rss(content), "feed.xml")
    assert _texts(items) == []
    assert [one.code for one in items if isinstance(one, Rejection)] == [InputFault.NO_TEXT]


def test_short_entries_of_atom_and_json_feeds_are_whole(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Bay</title><entry><title>T</title>'
        f'<link href="https://bay.example/1"/><content type="text">{_SHORT}</content></entry></feed>'
    )
    item = {"id": "1", "url": "https://bay.example/2", "content_html": f"<p>{_SHORT}</p>"}
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Bay", "items": [item]})
    assert _texts(_read(tmp_path, atom, "a.xml")) == [_SHORT]
    assert _texts(_read(tmp_path, feed, "b.json")) == [_SHORT]
