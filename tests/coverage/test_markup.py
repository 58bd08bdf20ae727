"""Markup as its reader sees it, whatever it comes in: a page, a feed, an agency's item, the blocks of an editor."""

import json
from pathlib import Path

import pytest

from agent.coverage.intake.markup import lines_of_html, text_of_html
from agent.coverage.intake.reading import read_coverage
from agent.doors.api.editor_blocks import lay_out
from agent.models import Document


def _lines(html: str) -> list[str]:
    return [line for line in text_of_html(html).splitlines() if line]


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<table><tr><td>Northbank</td><td>17 dead</td></tr></table>", "Northbank 17 dead"),
        ("<table><tr><th>Town<th>Dead<tr><td>Northbank<td>17</table>", "Northbank 17 (Dead)"),
        (
            "<table><thead><tr><th>Town<th>Dead</thead><tr><th scope=row>Northbank<td>17</table>",
            "Northbank 17 (Dead)",
        ),
        ("<table><tr><td>Town<td>Dead<tr><td>Northbank<td>17</table>", "Northbank 17 (Dead)"),
        ("<table><tr><th>Town<th>Dead<th>Lost<tr><td>Northbank<td>17<td>4</table>", "Northbank 17 (Dead), 4 (Lost)"),
        ("<table><tr><th>Town<th>Dead<th>Lost<tr><td>Northbank<td>–<td>4</table>", "Northbank 4 (Lost)"),
        ("<table><tr><th>Year<th>Dead<tr><td>2016<td>17</table>", "2016: 17 (Dead)"),
        (
            "<table><tr><th>البلدة<th>القتلى<th>الجرحى<tr><td>الميناء<td>١٧<td>٤</table>",
            "الميناء ١٧ (القتلى)، ٤ (الجرحى)",
        ),
        (
            "<table><tr><th rowspan=2>Town<th colspan=2>Dead<tr><th>2023<th>2024<tr><td>Northbank<td>1<td>17</table>",
            "Northbank 1 (Dead 2023), 17 (Dead 2024)",
        ),
        ("<table><tr><td rowspan=2>Northbank<td>A<td>1<tr><td>B<td>17</table>", "Northbank B, 17"),
        ("<dl><dt>Northbank</dt><dd>17 dead</dd></dl>", "Northbank: 17 dead"),
        ("<pre>Northbank 17\nSouthbank 71</pre>", "Northbank 17"),
    ],
)
def test_a_figure_stands_on_a_line_with_what_it_is_of(html: str, line: str) -> None:
    assert line in _lines(html)


def test_every_row_is_a_line_and_none_melts_into_the_next() -> None:
    html = "<p>By town:</p><table><tr><td>Northbank<td>17<tr><td>Southbank<td>71</table><p>That is all.</p>"
    assert text_of_html(html) == "By town:\n\nNorthbank 17\n\nSouthbank 71\n\nThat is all."


def test_an_article_laid_out_by_a_table_is_no_row() -> None:
    cells = "<td><p>The bridge is shut.</p></td><td><p>It opens in May.</p></td>"
    assert (
        text_of_html(f"<table role='presentation'><tr>{cells}</tr></table>")
        == "The bridge is shut.\nIt opens in May."
    )
    nested = "<table><tr><td>Left<td><table><tr><td>Northbank<td>17</table></table>"
    assert _lines(nested) == ["Left", "Northbank 17"]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>We never opened the dam.</p><footer>Ola Strand, director</footer></blockquote>",
        "<blockquote>We never opened the dam. <cite>— Ola Strand, director</cite></blockquote>",
        "<figure><blockquote>We never opened the dam.</blockquote>"
        "<figcaption>Ola Strand, director</figcaption></figure>",
        "<blockquote><p>We never opened the dam.</p><p>– Ola Strand, director</p></blockquote>",
        "<div class='pull-quote'><p>We never opened the dam.</p><i class='author'>Ola Strand, director</i></div>",
        "<figure class='wp-block-pullquote'><blockquote><p>We never opened the dam.</p>"
        "<cite>Ola Strand, director</cite></blockquote></figure>",
        "<blockquote><p>We never opened the dam.</p></blockquote><cite>Ola Strand, director</cite>",
        "<blockquote>We never opened the dam.</blockquote>\n<p>— Ola Strand, director</p>",
        "<blockquote>We never opened the dam.</blockquote><p class='attribution'>Ola Strand, director</p>",
    ],
)
def test_words_and_whoever_says_them_stand_together(html: str) -> None:
    assert text_of_html(f"<p>Before.</p>{html}<p>After.</p>") == (
        "Before.\n“We never opened the dam.” — Ola Strand, director\n\nAfter."
    )


def test_a_quotation_keeps_its_own_marks_and_a_work_that_it_names() -> None:
    arabic = "<blockquote><p>«لم نفتح السد»</p><footer>علا ستراند، مديرة الهيئة</footer></blockquote>"
    assert text_of_html(arabic) == "«لم نفتح السد» — علا ستراند، مديرة الهيئة"
    named = "<blockquote><p>It stood in <cite>The Post</cite> on Monday.</p></blockquote>"
    assert text_of_html(named) == "It stood in The Post on Monday."
    assert text_of_html("<p>He said <q>no</q>.</p>") == "He said “no”."


@pytest.mark.parametrize(
    "behind",
    [
        "<p>— No, said the mayor, and left.</p>",
        "<div class='author'>Ada Pilot</div>",
        "<footer>Posted in News</footer>",
        "<p>The mayor left.</p>",
    ],
)
def test_what_stands_behind_a_quotation_is_not_always_its_speaker(behind: str) -> None:
    assert _lines(f"<blockquote>We never opened the dam.</blockquote>{behind}")[0] == "We never opened the dam."


@pytest.mark.parametrize("style", ["opacity: 0.5", "font-size: 0.9em", "left: -10px", "height:90px;overflow:hidden"])
def test_what_is_only_styled_is_read(style: str) -> None:
    assert text_of_html(f"<p style='{style}'>The dam was opened.</p>") == "The dam was opened."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("17<sup>1</sup> people", "17 people"),
        ("17<sup class='fn'><a href='#fn1'>1</a></sup> people", "17 people"),
        ("17<a href='#fn1'><sup>1</sup></a> people", "17 people"),
        ("17<a href='#n' role='doc-noteref'>1</a> people", "17 people"),
        ("17¹ people", "17 people"),
        ("17[1] people", "17 people"),
        ("17<sup>[1]</sup><sup>[2]</sup> people", "17 people"),
        ("17<sup>1,2</sup> people", "17 people"),
        ("17<sup>*</sup> people", "17 people"),
        ("17<span style='vertical-align: super'>1</span> people", "17 people"),
        ("١٧<sup>١</sup> شخصا", "١٧ شخصا"),
        ("lost<sup>2</sup> houses.<sup>3</sup>", "lost houses."),
        ("17 km<sup><a href='#n1'>1</a></sup> of road", "17 km of road"),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_the_number_before_it(html: str, text: str) -> None:
    assert text_of_html(f"<p>{html}</p>") == text
    assert lay_out([("a", f"<p>{html}</p>", True)]).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("5 m<sup>2</sup>", "5 m²"),
        ("17 km²", "17 km²"),
        ("CO<sub>2</sub>", "CO₂"),
        ("10<sup>6</sup> boats", "10⁶ boats"),
        ("1<sup>st</sup> of May", "1st of May"),
        ("la 2<sup>e</sup> fois", "la 2e fois"),
        ("n<sup>o</sup> 7", "nº 7"),
        ("3<sup>1</sup>/<sub>2</sub> days", "3 1/2 days"),
        ("<sup>235</sup>U", "²³⁵U"),
        ("array [sic] said", "array [sic] said"),
    ],
)
def test_what_is_raised_and_no_mark_stays_what_it_is(html: str, text: str) -> None:
    assert text_of_html(f"<p>{html}</p>") == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>Nobody died.</div>",
        "<p style='color:red; display : none'>Nobody died.</p>",
        "<p style='visibility:hidden'>Nobody died.</p>",
        "<div aria-hidden='true'><p>Nobody died.</p></div>",
        "<template><p>Nobody died.</p></template>",
        "<noscript><p>Nobody died.</p></noscript>",
        "<span class='sr-only'>Nobody died.</span>",
        "<div class='d-none'><p>Nobody died.</p></div>",
        "<script>Nobody died.</script>",
    ],
)
def test_what_no_reader_sees_is_no_text(hidden: str) -> None:
    assert _lines(f"<p>Seventeen died.</p>{hidden}<p>The road is cut.</p>") == ["Seventeen died.", "The road is cut."]


def test_what_is_seen_somewhere_is_text() -> None:
    wide = "<div class='hidden md:block'><p>Seventeen died.</p></div>"
    assert text_of_html(wide) == "Seventeen died."
    both = "<p><span aria-hidden='true'>17 m</span><span class='sr-only'>17 million</span> crowns</p>"
    assert text_of_html(both) == "17 million crowns"


def test_what_is_left_unread_is_kept_apart_with_its_words() -> None:
    read = lines_of_html("<p>It killed <s>71</s> 17.</p><div hidden>Nobody died here.<script>x()</script></div>")
    assert read.text == "It killed 17."
    assert [one.words for one in read.struck] == ["71"]
    assert [one.words for one in read.unseen] == ["Nobody died here."]


def test_lists_headings_and_captions_are_lines_of_their_own() -> None:
    html = (
        "<h2>Two bridges</h2><ul><li>The repair costs four million.</li><li>It takes six weeks</li></ul>"
        "<figure><img src='a.jpg'><figcaption>The old hall</figcaption></figure>"
    )
    assert text_of_html(html) == "Two bridges\n\nThe repair costs four million.\nIt takes six weeks\n\nThe old hall"


def test_a_picture_or_a_script_breaks_no_sentence() -> None:
    assert text_of_html("<p>The <img src='a'>mayor<script>x()</script> said <time>Wednesday</time>.</p>") == (
        "The mayor said Wednesday."
    )
    assert text_of_html("<p>韓国の<ruby>尹<rp>(</rp><rt>ユン</rt><rp>)</rp></ruby>大統領</p>") == "韓国の尹大統領"


def test_agencies_items_are_read_the_same_way(tmp_path: Path) -> None:
    body = (
        "<p>It killed 17<sup>1</sup> people.</p><table><tr><th>Town</th><th>Dead</th></tr>"
        "<tr><td>Northbank</td><td>17</td></tr></table>"
        "<blockquote><p>We never opened it.</p><footer>Ola Strand</footer></blockquote>"
    )
    told = {"uri": "urn:bay:1", "type": "text", "versioncreated": "2024-03-14T10:00:00Z", "body_xhtml": body}
    (tmp_path / "a.json").write_text(json.dumps(told))
    html = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    (tmp_path / "b.xml").write_text(
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:bay:2" version="1"><itemMeta>'
        '<itemClass qcode="ninat:text"/><versionCreated>2024-03-14T10:00:00Z</versionCreated></itemMeta>'
        f"<contentSet><inlineXML>{html}</inlineXML></contentSet></newsItem>"
    )
    read = [item for item in read_coverage([tmp_path]) if isinstance(item, Document)]
    expected = "It killed 17 people.\nTown, Dead\n\nNorthbank 17 (Dead)\n\n“We never opened it.” — Ola Strand"
    assert [one.text for one in read] == [expected, expected]


def test_markup_with_a_declaration_of_its_encoding_is_read() -> None:
    assert text_of_html('<?xml version="1.0" encoding="iso-8859-1"?><p>Übung</p>') == "Übung"
