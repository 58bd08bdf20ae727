"""What a plain text tells of itself in front of its words."""

from pathlib import Path

import pytest

from agent.article import About, read_article
from agent.coverage.intake.headed import read_head
from agent.coverage.intake.reading import read_coverage
from agent.models import Document

WORDS = "The quay opened on Monday, the office said."
AR = "أعيد فتح الرصيف يوم الاثنين، قال المكتب."


@pytest.mark.parametrize(
    ("head", "outlet", "day", "words"),
    [
        ('---\ntitle: Quay\noutlet: "Harbour Post"\ndate: 2026-03-05\n---\n', "Harbour Post", "2026-03-05", WORDS),
        ("Outlet: Harbour Post\nDate: 5 March 2026\n\n", "Harbour Post", "5 March 2026", WORDS),
        ("الوسيلة: بريد المرفأ\nالتاريخ: 5 مارس 2026\n\n", "بريد المرفأ", "5 مارس 2026", AR),
        ("Média : Le Quai\nDate : 5 mars 2026\n\n", "Le Quai", "5 mars 2026", WORDS),
    ],
)
def test_lines_about_the_text_are_read_and_taken_out(head: str, outlet: str, day: str, words: str) -> None:
    read = read_head(head + words)
    assert (read.text, read.outlet, read.published_at) == (words, outlet, day)


@pytest.mark.parametrize(
    ("text", "outlet", "day"),
    [
        (f"Quay two opens\nHarbour Post · 5 March 2026\n\n{WORDS}", "Harbour Post", "5 March 2026"),
        (f"افتتاح الرصيف\nبريد المرفأ | ٥ مارس ٢٠٢٦\n{AR}", "بريد المرفأ", "٥ مارس ٢٠٢٦"),
        (f"Quay two opens\n5 March 2026\n{WORDS}", None, "5 March 2026"),
        (f"NORTHBANK, 14 March 2024 — {WORDS}", None, "14 March 2024"),
    ],
)
def test_the_line_of_outlet_and_day_is_read_and_stays(text: str, outlet: str | None, day: str) -> None:
    read = read_head(text)
    assert (read.text, read.outlet, read.published_at) == (text, outlet, day)


@pytest.mark.parametrize(
    "text",
    [
        "Date: a fruit of the palm.\nIt is sweet.",
        "By: the river\nThe bridge was shut.",
        "The bridge was shut on 14 March 2024.",
        "---\nThe bridge was shut.\n---",
        "Source: Harbour Post",
    ],
)
def test_words_of_the_article_are_taken_for_nothing_else(text: str) -> None:
    read = read_head(text)
    assert (read.text, read.outlet, read.published_at, read.author) == (text, None, None, None)


def test_a_clipping_gets_headline_outlet_and_day(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Quay two opens\nHarbour Post · 5 March 2026\n\n{WORDS}")
    (document,) = read_coverage([tmp_path / "a.txt"])
    assert isinstance(document, Document)
    assert (document.title, document.outlet) == ("Quay two opens", "Harbour Post")
    assert "Harbour Post" not in document.text
    assert document.published_at is not None
    assert document.published_at.date().isoformat() == "2026-03-05"


def test_what_is_said_of_an_article_goes_before_what_it_says_of_itself() -> None:
    text = f"Outlet: Harbour Post\nDate: 5 March 2026\nLink: nowhere\n\n{WORDS}".encode()
    article = read_article(text, "a.txt", About(outlet="The Ledger"), 10_000)
    assert (article.text, article.outlet, article.url) == (WORDS, "The Ledger", None)
    assert article.published_at is not None


def test_only_the_line_itself_is_left_out_and_not_the_same_words_in_a_sentence() -> None:
    above = "Who reads the Harbour Post, 5 March 2026 or not, knows it"
    head = read_head(f"{above}\nHarbour Post, 5 March 2026\n{WORDS}", cut_line=True)
    assert [line for line in head.text.splitlines() if line] == [above, *WORDS.splitlines()]


@pytest.mark.parametrize("line", ["Bridge shut · ferries late · 5 March 2026", "Bridge shut | 5 March 2026"])
def test_a_line_that_tells_more_than_outlet_and_day_stays(line: str) -> None:
    head = read_head(f"{line}\n{WORDS}", cut_line=True)
    assert (head.text, head.outlet, head.published_at) == (f"{line}\n{WORDS}", None, "5 March 2026")
