"""The chain as a picture, a list and a tree of lines: readable in both directions, and nothing from outside alive."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.chain import Chain, chain_of_claim, chain_of_report
from agent.doors.render import ReportForm, Screen, render
from agent.doors.render.bidi import LineOrder
from agent.doors.render.chain import chain_file, draw_chain, render_chain_text
from agent.doors.render.chain.lettering import lines_of, width_of
from agent.messages import languages, load_words
from agent.models import Report
from tests.chain.stories import claim_with, report_document, report_with, said_by
from tests.support.command import isnad
from tests.support.reports import (
    EXAMPLE,
    altered_report,
    arabic_report,
    english_report,
    hostile_report,
    retold_report,
)

SVG = "{http://www.w3.org/2000/svg}"
POISON = '</style></svg><script>alert(1)</script>"\' onload=x <a href="javascript:x">&amp; \u202e\x1b[31m\x00\ufffe'
ARABIC = chain_of_claim(altered_report(), altered_report().claims[4])
RETOLD = retold_report()


def drawn(chain: Chain, language: str = "en", *, alone: bool = False) -> Tree.Element:
    return Tree.fromstring(draw_chain(chain, load_words(language), lambda node: f"#at-{node.id[:5]}", alone=alone))


def texts(picture: Tree.Element) -> list[str]:
    return [(element.text or "").strip("\u2068\u2069") for element in picture.iter(f"{SVG}text")]


def boxes(picture: Tree.Element) -> dict[str, tuple[float, float]]:
    """The left edge and the width of the frame of each node, by the first line of its name."""
    found = {}
    for node in picture.iter():
        if node.get("class", "").startswith("node "):
            frame, name = node.find(f"{SVG}rect"), node.find(f".//{SVG}text")
            assert frame is not None
            assert name is not None
            found[(name.text or "").strip("\u2068\u2069")] = (
                float(frame.get("x", "")),
                float(frame.get("width", "")),
            )
    return found


def test_in_arabic_it_begins_at_the_right_and_in_english_at_the_left() -> None:
    arabic, english = drawn(ARABIC, "ar"), drawn(ARABIC, "en")
    assert (arabic.get("direction"), english.get("direction")) == ("rtl", "ltr")
    width = float(arabic.get("width", ""))
    for name, (x, size) in boxes(english).items():
        assert boxes(arabic)[name][0] == pytest.approx(width - x - size, abs=1.0)
        assert boxes(arabic)[name][1] == size
    assert boxes(arabic)["فلاديمير بوتين"][0] > boxes(arabic)["وكالة مرساة"][0] > boxes(arabic)["بوابة الجسر"][0]


def test_foreign_names_stand_apart_from_the_line() -> None:
    names = [e.text or "" for e in drawn(ARABIC, "en").iter(f"{SVG}text") if e.get("class") == "name"]
    assert names
    assert all(name.startswith("\u2068") and name.endswith("\u2069") for name in names)


def test_a_picture_says_what_it_is_and_its_nodes_can_be_reached_by_keyboard() -> None:
    picture = drawn(ARABIC)
    title, desc = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    named = load_words("en")("chain.of_claim", number=5)
    assert (title.text, picture.get("aria-labelledby")) == (named, title.get("id"))
    assert desc.text == "Contradicts: 3, Supports: 1, This article and its copies: 1"
    links = list(picture.iter(f"{SVG}a"))
    assert len(links) == len(ARABIC.nodes)
    assert all(link.get("href", "").startswith("#at-") for link in links)
    told = [link.get("aria-label", "") for link in links]
    assert any("وكالة مرساة" in line and "14 March 2016" in line for line in told)


def test_a_node_that_leads_nowhere_is_no_link() -> None:
    picture = Tree.fromstring(draw_chain(ARABIC, load_words("en"), lambda node: None))
    assert list(picture.iter(f"{SVG}a")) == []
    assert len(boxes(picture)) > 3


def test_corrections_and_changed_figures_stand_out() -> None:
    changed = drawn(chain_of_claim(RETOLD, RETOLD.claims[1]))
    (mark,) = (e for e in changed.iter(f"{SVG}text") if e.get("class") == "change")
    assert re.sub("[\u2066-\u2069]", "", mark.text or "") == "40 → 90"
    taken_back = drawn(chain_of_claim(RETOLD, RETOLD.claims[2]))
    assert load_words("en")("corrected") in texts(taken_back)


def test_what_a_copy_changed_points_along_the_arrow_in_every_script() -> None:
    picture = drawn(chain_of_report(altered_report()), "ar")
    marks = [e.text for e in picture.iter(f"{SVG}text") if e.get("class") == "change"]
    assert "\u2066\u2068الاثنين\u2069 → \u2068الثلاثاء\u2069\u2069" in marks


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("report", [arabic_report(), english_report(), RETOLD], ids=["ar", "en", "retold"])
def test_nothing_stands_outside_the_picture_or_over_another(report: Report, language: str) -> None:
    for chain in (chain_of_report(report), *(chain_of_claim(report, one) for one in report.claims)):
        picture = drawn(chain, language)
        width, height = float(picture.get("width", "")), float(picture.get("height", ""))
        frames = [
            tuple(float(frame.get(name, "")) for name in ("x", "y", "width", "height"))
            for frame in picture.iter(f"{SVG}rect")
            if frame.get("class") == "frame"
        ]
        assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in frames)
        for n, (x, y, w, h) in enumerate(frames):
            for a, b, c, d in frames[n + 1 :]:
                assert x + w <= a or a + c <= x or y + h <= b or b + d <= y


def test_a_file_carries_its_own_colours_and_a_part_of_a_page_none() -> None:
    assert drawn(ARABIC).find(f"{SVG}style") is None
    style = drawn(ARABIC, alone=True).find(f"{SVG}style")
    assert style is not None
    told = style.text or ""
    assert "light-dark(" in told
    assert "@media print" in told
    assert "url(" not in told
    assert "@import" not in told


def test_the_links_of_a_file_lead_to_pages_of_the_web_alone() -> None:
    report = hostile_report("Harbour")
    assert "javascript:" in (report.claims[0].evidence[0].passage.url or "")
    picture = Tree.fromstring(chain_file(chain_of_claim(report, report.claims[0])))
    assert list(picture.iter(f"{SVG}a")) == []
    known = Tree.fromstring(chain_file(ARABIC, "ar"))
    assert all(link.get("href", "").startswith("https://") for link in known.iter(f"{SVG}a"))
    assert len(list(known.iter(f"{SVG}a"))) >= 3


def test_poison_in_every_text_stays_text() -> None:
    report = hostile_report(POISON)
    for chain in (chain_of_report(report), chain_of_claim(report, report.claims[0])):
        picture = drawn(chain, alone=True)
        tags = {element.tag.removeprefix(SVG) for element in picture.iter()}
        assert tags <= {"svg", "title", "desc", "style", "rect", "g", "a", "path", "text"}
        assert {name for element in picture.iter() for name in element.attrib if name.startswith("on")} == set()
        assert not re.search("[\u202e\x1b\x00\ufffe]", Tree.tostring(picture, encoding="unicode"))


@given(st.text(max_size=400))
def test_any_name_can_be_drawn(name: str) -> None:
    heard = report_document("Wire").model_copy(update={"outlet": name, "title": name})
    report = report_with(claim_with(said_by(heard, "outlet:wire")))
    chain = chain_of_claim(report, report.claims[0])
    Tree.fromstring(draw_chain(chain, load_words("ar"), lambda node: None))
    render_chain_text(chain, load_words("ar"), Screen(order=LineOrder.VISUAL))


@given(st.text(max_size=300), st.integers(1, 3))
def test_lines_fit_their_room_and_only_cut_what_does_not(text: str, most: int) -> None:
    told = lines_of(text, 120.0, 13.0, most=most, bold=True)
    assert len(told) <= most
    assert all(width_of(line, 13.0, bold=True) <= 120.0 for line in told if len(line) > 2)
    if told and not told[-1].endswith("…"):
        assert "".join("".join(told).split()) == "".join(text.split())


class Lists(HTMLParser):
    """The text of each list item that stands in a list of a chain, and where its link leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.items: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self._inside = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids |= {known["id"] or ""} if "id" in known else set()
        if tag == "details" and known.get("class") == "chain-list":
            self._inside += 1
        elif self._inside and tag == "li":
            self.items.append("")
        elif self._inside and tag == "a":
            self.links.append(known.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self._inside:
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        if self._inside and self.items:
            self.items[-1] += data


def test_a_page_has_the_same_as_a_list_whose_links_lead_to_the_evidence() -> None:
    report = arabic_report()
    page = Lists(render(report, ReportForm.HTML, language="en"))
    items = [" ".join(item.split()) for item in page.items]
    assert "وكالة مرساة · 14 March 2016 · repeats the same speaker" in items
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= page.ids


def test_a_page_shows_no_chain_where_nobody_tells_of_a_claim() -> None:
    html = render(arabic_report(), ReportForm.HTML)
    assert 'id="chain-1-title"' in html
    assert 'id="chain-10-title"' not in html
    assert 'id="chain-all-title"' in html


def test_lines_of_a_terminal_hang_one_under_the_other() -> None:
    told = render_chain_text(ARABIC, load_words("en"), Screen(width=100)).splitlines()
    at = told.index("Contradicts")
    assert told[at + 1] == "  └ وكالة مرساة · 14 March 2016"
    assert told[at + 2] == "     └ بوابة الجسر · 14 March 2016 · copy"


def test_a_terminal_reads_arabic_from_the_right() -> None:
    screen = Screen(width=100, order=LineOrder.VISUAL)
    told = render_chain_text(ARABIC, load_words("ar"), screen).splitlines()
    line = next(line for line in told if "14" in line)
    assert line.startswith(" ")
    assert line.endswith("┘")


@pytest.fixture
def verified_run() -> str:
    about = ("--about", str(EXAMPLE / "article.json"), "--coverage", str(EXAMPLE / "coverage.jsonl"))
    return isnad("verify", str(EXAMPLE / "article.ar.txt"), *about, "--format", "json").report.run_id


def test_the_command_tells_the_chain_and_draws_it_into_a_file(verified_run: str) -> None:
    told = isnad("report", "chain", verified_run, "c5")
    assert told.code == 0, told.err
    assert "└ وكالة مرساة · 14 March 2016" in told.out
    assert isnad("report", "chain", "last").out.startswith(load_words("en")("chain.of_article"))
    made = isnad("report", "chain", verified_run, "c5", "--out", "chain.svg")
    assert made.code == 0, made.err
    picture = Tree.fromstring(Path("chain.svg").read_text("utf-8"))
    assert picture.get("direction") == "rtl"
    assert "وكالة مرساة" in texts(picture)
    assert isnad("report", "chain", verified_run, "c5", "--out", "-").out.startswith("<svg ")
    unknown = isnad("report", "chain", verified_run, "c99")
    assert (unknown.code, "'c99'" in unknown.err) == (2, True)
    assert isnad("report", "chain", verified_run, "c5", "--out", "nowhere/chain.svg").code == 2
