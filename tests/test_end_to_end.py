"""Real input through the whole path with nothing scripted: built-in analyst, built-in embedder, embedded Chroma."""

import json
from pathlib import Path

import pytest

from agent.app import open_store, open_verifier
from agent.article import read_about, read_article
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.models import Article, Finding, Label, Report, Stance
from agent.text.quotes import anchors

EXAMPLE = Path(__file__).parents[1] / "examples" / "withdrawal"
GOLD = json.loads((EXAMPLE / "gold.json").read_text(encoding="utf-8"))
DOCUMENTS = [json.loads(line) for line in (EXAMPLE / "coverage.jsonl").read_text(encoding="utf-8").splitlines()]


async def _verified(settings: Settings, article: Article, *coverage: Path) -> Report:
    async with open_store(settings) as store, open_verifier(settings, store) as verifier:
        if coverage:
            await ingest(store, coverage)
        return await verifier.verify(article)


@pytest.fixture(scope="module")
def example() -> Article:
    path = EXAMPLE / "article.ar.txt"
    return read_article(path.read_bytes(), path.name, read_about(EXAMPLE / "article.json"), 200_000)


@pytest.fixture
async def report(settings: Settings, example: Article) -> Report:
    return await _verified(settings, example, EXAMPLE / "coverage.jsonl")


def _told(report: Report, words: str) -> Finding:
    """The claim that rests on these words of the article."""
    span = anchors(report.article.text).find(words)
    assert span is not None
    over = [f for f in report.claims if any(s.start < span.end and span.start < s.end for s in f.spans)]
    assert over, f"no claim rests on {words!r}"
    return over[0]


async def test_every_quote_of_the_report_stands_where_it_says(report: Report) -> None:
    texts = {document["url"]: document["text"] for document in DOCUMENTS}
    assert report.claims
    for finding in report.claims:
        first = finding.spans[0]
        assert report.article.text[first.start : first.end] == finding.quote
        for item in finding.evidence:
            text = report.article.text if item.source == "article" else texts[item.passage.url]
            assert text[item.passage.start : item.passage.end] == item.passage.text
            assert item.quote in item.passage.text


async def test_the_example_is_labelled_as_a_careful_reader_would(report: Report) -> None:
    """The floor of the built-in analyst; its misses are unsourced, and the claims it contests are contested."""
    found = {gold["id"]: _told(report, gold["quote"]) for gold in GOLD["claims"]}
    right = [
        gold["id"] for gold in GOLD["claims"] if found[gold["id"]].label in {gold["label"], *gold["also_accepted"]}
    ]
    assert len(right) >= 10, f"right: {right}"
    contested = {name for name, finding in found.items() if finding.label is Label.CONTESTED}
    fair = {g["id"] for g in GOLD["claims"] if "contested" in {g["label"], *g["also_accepted"]}}
    assert "not-leaving" in contested
    assert contested <= fair


async def test_copies_and_the_hostile_document_stand_behind_nothing(report: Report) -> None:
    roles = {url: origin["role"] for origin in GOLD["origins"] for url in origin["documents"]}
    for finding in report.claims:
        for item in finding.evidence:
            role = roles.get(item.passage.url or "", "")
            if role == "copy_of_article":
                assert not item.independent
            assert role != "hostile"


async def test_the_hostile_document_is_told_to_the_reader(report: Report) -> None:
    assert len(report.notices) == 1


async def test_a_second_run_says_the_same(report: Report, settings: Settings, example: Article) -> None:
    again = await _verified(settings, example, EXAMPLE / "coverage.jsonl")
    assert again.claims == report.claims


async def test_the_report_is_the_same_where_everything_stands_on_servers(
    report: Report, shared: Settings, example: Article, tmp_path: Path
) -> None:
    elsewhere = shared.model_copy(update={"data_dir": tmp_path / "elsewhere"})
    other = await _verified(elsewhere, example, EXAMPLE / "coverage.jsonl")
    # The hash over all of it is of what happens once as well.
    once = {"run_id", "timings", "seal"}
    assert other.model_dump(exclude=once) == report.model_dump(exclude=once)
    assert other.seal is not None
    assert report.seal is not None
    assert {name for name, part in other.seal.parts.items() if part != report.seal.parts[name]} <= once
    assert not list(elsewhere.data_dir.glob("*.sqlite"))


async def test_more_copies_change_no_label(settings: Settings, example: Article, tmp_path: Path) -> None:
    copied = [
        document | {"url": f"{document['url']}/copy-{n}", "outlet": f"Echo {n} {document['outlet']}"}
        for n in range(3)
        for document in DOCUMENTS
    ]
    path = tmp_path / "copies.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in [*DOCUMENTS, *copied]), encoding="utf-8")
    once = await _verified(settings, example, EXAMPLE / "coverage.jsonl")
    crowded = await _verified(settings.model_copy(update={"data_dir": tmp_path / "crowded"}), example, path)
    assert [f.label for f in crowded.claims] == [f.label for f in once.claims]
    assert [f.origins.supporting for f in crowded.claims] == [f.origins.supporting for f in once.claims]


async def test_the_users_article_contests_itself_on_leaving_syria(settings: Settings, seed_article: Article) -> None:
    report = await _verified(settings, seed_article)
    staying = _told(report, "لا نغادر سوريا")
    assert staying.label is Label.CONTESTED
    assert staying.attribution.speaker == "بوريس ايفانوف"
    against = [item for item in staying.evidence if item.stance is Stance.CONTRADICTS]
    assert [item.source for item in against] == ["article"]
    assert "سحب" in against[0].quote
    assert len(staying.spans) == 2
    others = [finding.quote for finding in report.claims if finding.label is Label.CONTESTED and finding != staying]
    assert others == []
