"""The page: everything in its place, in its direction, and nothing from outside alive."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.doors.render import ReportForm, render
from agent.doors.render.highlight import pieces
from agent.models import Report, Span
from tests.support.reports import altered_report, arabic_report, english_report, hostile_report, report_of

VOID = {"meta", "use", "path", "circle", "rect", "br", "link"}
POISON = "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"' onclick=x {{7*7}} \u202e\x1b[31m"


class Page(HTMLParser):
    """Elements with their attributes, and the text of each region."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.paper = ""
        self._depth: int | None = None
        self._skip: int | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.elements.append((tag, known))
        if tag in VOID:
            return
        self.open.append(tag)
        if known.get("class") == "paper":
            self._depth = len(self.open)
        if self._depth and known.get("class", "").startswith("mark "):
            self._skip = len(self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1] == tag, f"<{self.open[-1]}> closed by </{tag}>"
        if self._skip == len(self.open):
            self._skip = None
        if self._depth == len(self.open):
            self._depth = None
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self._depth and not self._skip:
            self.paper += data

    def all(self, name: str, **wanted: str) -> list[dict[str, str]]:
        return [a for tag, a in self.elements if tag == name and all(a.get(k) == v for k, v in wanted.items())]


def page_of(report: Report) -> Page:
    page = Page(render(report, ReportForm.HTML))
    assert page.open == []
    return page


def test_the_article_stands_on_the_page_whole_and_unchanged() -> None:
    report = arabic_report()
    assert page_of(report).paper.replace("\u2060", "") == report.article.text


def test_every_claim_is_marked_in_its_place_and_linked_to_its_card_and_back() -> None:
    report = arabic_report()
    page = page_of(report)
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    for number in range(1, len(report.claims) + 1):
        assert {f"claim-{number}", f"place-{number}"} <= ids
        assert any(a["class"].startswith("mark ") for a in page.all("a", href=f"#claim-{number}"))
        assert page.all("a", href=f"#place-{number}")


def test_overlapping_claims_are_cut_into_pieces_that_name_them_all() -> None:
    report = arabic_report()
    shared = [piece for piece in pieces(report) if len(piece.claims) == 2]
    assert [piece.text for piece in shared] == ["الانسحاب من سوريا يوم الثلاثاء"]
    assert shared[0].claims == ("c2", "c1")


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=1, max_size=8))
def test_pieces_give_the_article_back_whatever_the_spans(places: list[tuple[int, int]]) -> None:
    report = english_report()
    model = report.claims[0]
    claims = tuple(
        model.model_copy(update={"id": f"c{n}", "spans": (Span(start=start, end=start + length),)})
        for n, (start, length) in enumerate(places)
    )
    cut = pieces(report_of(report.article, claims))
    assert "".join(piece.text for piece in cut) == report.article.text
    for claim in claims:
        own = "".join(piece.text for piece in cut if claim.id in piece.claims)
        assert own == report.article.text[claim.spans[0].start : claim.spans[0].end]


def test_each_text_has_its_own_language_and_direction() -> None:
    page = page_of(arabic_report())
    assert page.all("html", lang="ar", dir="rtl")
    assert page.all("blockquote", lang="en", dir="ltr")
    assert page.all("blockquote", lang="ar", dir="rtl")
    assert page_of(english_report()).all("html", lang="en", dir="ltr")


def test_a_text_in_an_unknown_language_finds_its_own_direction() -> None:
    report = english_report()
    unknown = report.model_copy(update={"article": report.article.model_copy(update={"language": "und"})})
    page = page_of(unknown)
    assert page.all("div", **{"class": "paper", "dir": "auto"})
    assert "lang" not in page.all("div", **{"class": "paper"})[0]


def test_failures_unread_parts_and_notices_are_on_the_page_apart_from_labels() -> None:
    html = render(arabic_report(), ReportForm.HTML)
    page = Page(html)
    assert page.all("aside", role="note")
    assert page.all("p", **{"class": "failure"})
    assert page.all("span", **{"class": "unread"})
    assert "No byte for 15 s" in html
    assert "The answer was not valid JSON, twice." in html
    assert len(page.all("article", **{"class": "card l-failed"})) == 1


def test_nothing_is_loaded_and_nothing_runs() -> None:
    page = page_of(arabic_report())
    assert not page.all("script") + page.all("link") + page.all("img") + page.all("iframe")
    html = render(arabic_report(), ReportForm.HTML)
    assert not re.search(r"url\(|@import|style=\"|\son\w+=", html)


def test_the_policy_admits_this_style_and_nothing_else() -> None:
    html = render(english_report(), ReportForm.HTML)
    match = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert match is not None
    digest = b64encode(sha256(match[1].encode()).digest()).decode()
    (policy,) = Page(html).all("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy["content"].startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


def test_a_day_in_figures_stays_in_one_piece_and_in_its_order() -> None:
    first, *others = arabic_report().claims
    worded = first.model_copy(update={"text": "أُغلق الجسر (2026-03-02) <b>"})
    report = arabic_report().model_copy(update={"claims": (worded, *others)})
    page = render(report, ReportForm.HTML, language="ar")
    assert 'أُغلق الجسر (<bdi dir="ltr" class="day">2026-03-02</bdi>) &lt;b&gt;' in page


def test_text_from_outside_is_text_wherever_it_stands() -> None:
    page = page_of(hostile_report(POISON))
    assert not page.all("script") + page.all("img")
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    html = render(hostile_report(POISON), ReportForm.HTML)
    assert "{{7*7}}" in html
    assert "\x1b" not in html
    assert "\u202e" not in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example", "http://", "ht\ntp://x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    report = english_report()
    poisoned = report.model_copy(update={"article": report.article.model_copy(update={"url": url})})
    assert not any(a["href"] == url for a in page_of(poisoned).all("a"))


def test_links_out_tell_the_other_side_nothing() -> None:
    links = [a for a in page_of(arabic_report()).all("a") if a.get("class") == "out"]
    assert {a["rel"] for a in links} == {"noopener noreferrer"}
    assert all(a["href"].startswith("https://") for a in links)


def test_lines_broken_in_mid_sentence_run_on_and_other_lines_stay() -> None:
    report = report_of(
        english_report().article.model_copy(update={"text": "The mayor\nsaid that\nit is.\n\nA new\none"}), ()
    )
    assert page_of(report).paper == "The mayor said that it is.\n\nA new one"
    report = report_of(english_report().article.model_copy(update={"text": "It is.\nIt was.\nYes"}), ())
    assert page_of(report).paper == "It is.\nIt was.\nYes"


def test_the_page_tells_why_each_article_stands_with_its_origin() -> None:
    html = re.sub(r"\s+", " ", render(altered_report(), ReportForm.HTML))
    assert "<bdi>The Harbour Ledger</bdi> ×2" in html
    assert "نسخة من <bdi>وكالة مرساة</bdi>" in html
    turns = [("14", "41"), ("الاثنين", "الثلاثاء")]
    shown = [f'<bdi dir="rtl"><bdi>{told}</bdi> ← <bdi>{says}</bdi></bdi>' for told, says in turns]
    assert "، ".join(shown) in html
    page = page_of(altered_report())
    assert [a["class"] for a in page.all("li") if a.get("class") in ("counted", "uncounted")].count("uncounted") == 1


def luminance(colour: str) -> float:
    full = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(theme: int) -> None:
    style = files("agent.doors").joinpath("templates/colours.css").read_text("utf-8")
    told = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", style)
    colour = {name: pair[theme] for name, *pair in told}
    pairs = [
        ("ink", "paper"),
        ("ink", "ground"),
        ("quiet", "paper"),
        ("quiet", "ground"),
        ("link", "paper"),
        ("link", "ground"),
    ]
    for label in ("corroborated", "contested", "unsourced", "failed"):
        pairs += [(label, f"{label}-soft"), (label, "paper"), ("ink", f"{label}-soft"), ("paper", label)]
        # The days in the bands of a chain.
        pairs += [("quiet", f"{label}-soft")]
    for one, other in pairs:
        assert contrast(colour[one], colour[other]) >= 4.5, (one, other)
    for label in ("corroborated", "contested", "unsourced", "failed"):
        assert contrast(colour[f"{label}-line"], colour["paper"]) >= 3, label
