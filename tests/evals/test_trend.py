"""The page of runs over time: it holds what was measured, and needs nothing but itself."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from agent.errors import BadInput
from agent.models import AnalystInfo
from evals.report.trend import write_trend
from evals.running.results import runs_in
from tests.support.eval_runs import answers, finished


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("runs")
    for number, right in enumerate((0.5, 0.7, 0.9)):
        finished(folder, f"{number}-run", answers(right, count=60))
    card = AnalystInfo(kind="model", model='</svg><script>alert("x")</script>', embedder="none")
    finished(folder, "9-other", answers(0.8, count=60), card)
    write_trend(runs_in(folder), folder / "trend.html")
    return (folder / "trend.html").read_text("utf-8")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]


def test_nothing_is_loaded_and_nothing_runs(page: str) -> None:
    tags = Tags(page)
    assert not {"script", "link", "img", "iframe", "object"} & set(tags.seen)
    assert not re.findall(r"(?:src|href)=\"(?!#)", page.replace("xlink:href", "href"))
    assert "default-src 'none'" in page


def test_every_drawing_has_names_of_its_own_and_says_what_it_shows(page: str) -> None:
    ids = Tags(page).ids
    charts = [one for one in ids if one.startswith("axes")]
    named = [
        one for one in ids if not re.match(r"(figure|axes|patch|line2d|text|matplotlib|xtick|ytick|Fill|Line)", one)
    ]
    assert charts
    assert len(named) == len(set(named))
    assert len(re.findall(r'<svg role="img" aria-label="[^"]+: ', page)) == Tags(page).seen.count("svg")


def test_colours_are_the_pages_own_so_that_they_fit_light_and_dark(page: str) -> None:
    drawn = "".join(re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    assert "var(--c1)" in drawn
    assert "prefers-color-scheme: dark" in page
    assert re.findall(r"#[0-9a-f]{6}", drawn) == []


def test_figures_intervals_and_the_change_since_the_run_before_are_there(page: str) -> None:
    assert "macro-F1" in page
    assert re.search(r"<td>0\.\d{3} – 0\.\d{3}</td>", page)
    assert re.search(r'<span class="good">\+0\.\d{3}</span>', page)
    assert "cost 0.0600" in page


def test_runs_of_another_analyst_are_another_series(page: str) -> None:
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert len(headings) == 2
    assert "stance · lexical analyst" in headings
    assert "3 runs" in page


def test_without_a_finished_run_there_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_trend([], tmp_path / "trend.html")
    assert list(tmp_path.iterdir()) == []
