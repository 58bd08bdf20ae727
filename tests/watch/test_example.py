"""The example story in instalments, nothing scripted: the labels end up where one run on all of it would put them."""

import json
from pathlib import Path

import pytest

from agent.app import open_store, open_verifier, open_watch
from agent.article import read_about, read_article
from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.coverage.intake.ingest import ingest
from agent.models import Article, Label, Report
from agent.storage.reports import open_reports
from agent.watch.look import WatchOutcome

pytestmark = pytest.mark.long

EXAMPLE = Path(__file__).parents[2] / "examples" / "withdrawal"
LINES = (EXAMPLE / "coverage.jsonl").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def example() -> Article:
    path = EXAMPLE / "article.ar.txt"
    return read_article(path.read_bytes(), path.name, read_about(EXAMPLE / "article.json"), 200_000)


async def _verified(settings: Settings, article: Article, lines: list[str]) -> Report:
    async with open_store(settings) as store, open_verifier(settings, store) as verifier:
        await _add(settings, store, lines)
        return await verifier.verify(article)


async def _watched(settings: Settings, *instalments: list[str]) -> list[WatchOutcome]:
    async with open_store(settings) as store, open_watch(settings, store) as watch:
        looks = []
        for lines in instalments:
            await _add(settings, store, lines)
            looks.append(await watch.look())
        return looks


async def _add(settings: Settings, store: Coverage, lines: list[str]) -> None:
    path = settings.data_dir / "instalment.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    await ingest(store, [path])


def _latest(settings: Settings) -> Report:
    with open_reports(settings) as reports:
        return reports.get("last")


def _labels(report: Report) -> list[tuple[Label | None, int, int]]:
    return [(one.label, one.origins.supporting, one.origins.contradicting) for one in report.claims]


def _independent_cards(report: Report) -> int:
    return sum(card.independent for card in report.origins)


@pytest.fixture
async def whole(tmp_path: Path, example: Article) -> Report:
    """What one run on all of the coverage finds."""
    return await _verified(Settings(data_dir=tmp_path / "whole"), example, LINES)


@pytest.mark.parametrize(
    ("places", "first"),
    [("files", LINES[:0]), ("files", LINES[:7]), ("files", LINES[1::2]), ("servers", LINES[1::2])],
    ids=["nothing", "a third", "every other", "every other, on servers"],
    indirect=["places"],
)
async def test_coverage_that_comes_later_ends_in_the_labels_of_a_full_run(
    places: Settings, example: Article, whole: Report, first: list[str]
) -> None:
    before = await _verified(places, example, first)
    rest = [line for line in LINES if line not in first]
    looks = await _watched(places, rest[: len(rest) // 2], rest[len(rest) // 2 :])
    after = _latest(places)
    assert _labels(before) != _labels(whole)
    assert _labels(after) == _labels(whole)
    assert _independent_cards(after) == _independent_cards(whole)
    changed = {change.claim_id for looked in looks for change in looked.changes if change.relabelled}
    assert changed == {new.id for old, new in zip(before.claims, after.claims, strict=True) if old.label != new.label}


async def test_every_quote_of_every_version_stands_in_a_stored_document(places: Settings, example: Article) -> None:
    await _verified(places, example, LINES[::3])
    await _watched(places, LINES[1::3], LINES[2::3])
    texts = {document["url"]: document["text"] for document in map(json.loads, LINES)}
    with open_reports(places) as reports:
        versions = [reports.get("last", one.version) for one in reports.versions("last")]
    assert len(versions) == 3
    for version in versions:
        for item in (item for finding in version.claims for item in finding.evidence if item.source == "coverage"):
            passage = item.passage
            assert texts[passage.url or ""][passage.start : passage.end] == passage.text
            assert item.quote in passage.text


async def test_copies_of_everything_change_nothing(places: Settings, example: Article) -> None:
    await _verified(places, example, LINES)
    documents = [json.loads(line) for line in LINES]
    copies = [one | {"url": f"{one['url']}/copy", "outlet": f"Echo of {one['outlet']}"} for one in documents]
    (looked,) = await _watched(places, [json.dumps(copy) for copy in copies])
    assert looked.documents == len(copies)
    assert (looked.claims, looked.changes) == (0, ())
