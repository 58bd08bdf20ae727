"""A plain text that begins with a dateline has its date, where nobody told another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.article import About, read_article
from agent.coverage.intake.given import GivenMetadata
from agent.coverage.intake.reading import read_coverage
from agent.models import DateSource, Document

DAY = datetime(2024, 3, 14, tzinfo=UTC)
OTHER = datetime(2024, 3, 15, tzinfo=UTC)


def _documents(folder: Path, text: str, given: GivenMetadata | None = None) -> list[Document]:
    path = folder / "clipping.txt"
    path.write_text(text)
    read = read_coverage([path], given) if given is not None else read_coverage([path])
    return [item for item in read if isinstance(item, Document)]


@pytest.mark.parametrize(
    "text",
    [
        "NORTHBANK, 14 March 2024 — The bridge was shut.",
        "Bridge shut\n\nNORTHBANK (Bay Agency), March 14, 2024 - The bridge was shut.",
        "PORT-SUR-MER, Thursday, 14 March 2024—The bridge was shut.",
        "NORTHBANK, 2024-03-14 -- “The bridge is shut,” the ministry said.",
        "بيروت، 14 آذار/مارس 2024 - أُغلق الجسر القديم.",
        "تل أبيب، 14 مارس 2024 – أُغلق الجسر القديم.",
    ],
)
def test_the_day_of_a_dateline_is_that_of_the_text(tmp_path: Path, text: str) -> None:
    (read,) = _documents(tmp_path, text)
    assert (read.published_at, read.provenance.date_from) == (DAY, DateSource.VISIBLE_LINE)
    assert read.text == text
    assert read_article(text.encode(), "article.txt", About(), 10_000).published_at == DAY


@pytest.mark.parametrize(
    "text",
    [
        "On that day, 14 March 2024 – a Thursday – the bridge was shut.",
        "THURSDAY, 14 March 2024 — The bridge was shut.",
        "UPDATED, 14 March 2024 — The bridge was shut.",
        "أمس، 14 مارس 2024 - أُغلق الجسر القديم.",
        "NORTHBANK, 14 March — The bridge was shut.",
        "NORTHBANK, 05/03/2024 — The bridge was shut.",
        "NORTHBANK, 14 March 2124 — The bridge was shut.",
        "The bridge was shut.\nNORTHBANK, 14 March 2024 — The port was shut.",
        "Bridge shut\nIt was old\nNORTHBANK, 14 March 2024 — The bridge was shut.",
    ],
)
def test_what_may_be_another_day_is_not_taken_for_it(tmp_path: Path, text: str) -> None:
    (read,) = _documents(tmp_path, text)
    assert (read.published_at, read.provenance.date_from, read.provenance.left_out) == (None, None, ())
    assert read_article(text.encode(), "article.txt", About(), 10_000).published_at is None


def test_a_date_that_was_told_goes_before_it(tmp_path: Path) -> None:
    text = "NORTHBANK, 14 March 2024 — The bridge was shut."
    (read,) = _documents(tmp_path, text, GivenMetadata(published_at=OTHER))
    assert (read.published_at, read.provenance.date_from) == (OTHER, DateSource.GIVEN)
    assert read_article(text.encode(), "article.txt", About(published_at=OTHER), 10_000).published_at == OTHER
