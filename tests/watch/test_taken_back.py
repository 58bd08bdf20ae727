"""A word that its own source takes back later: the label that rested on it is renewed under `watch`."""

import json
from pathlib import Path

from agent.app import open_store, open_verifier, open_watch
from agent.article import About, make_article
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.models import Label
from agent.storage.reports import open_reports

ARTICLE = (
    "The health ministry said on Monday that the water of the Lode is safe to drink.\n\n"
    "Four hundred houses in Northbank have no electricity."
)
CONFIRMS = {
    "url": "https://harbour-post.example/safe",
    "outlet": "Harbour Post",
    "title": "Water of the Lode",
    "published_at": "2024-03-11T12:00:00Z",
    "language": "en",
    "text": "The water of the Lode is safe to drink, engineers of the university found in nine samples on Monday.",
}
TAKES_BACK = {
    "url": "https://canal-courier.example/unsafe",
    "outlet": "Canal Courier",
    "title": "Ministry takes back its word",
    "published_at": "2024-03-13T12:00:00Z",
    "language": "en",
    "text": "The health ministry now says that the water of the Lode is not safe to drink. It took back its word of "
    "Monday after more samples.",
}


async def test_a_ministry_that_takes_back_its_word_changes_the_label(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    about = About.model_validate({"outlet": "Evening Sheet", "published_at": "2024-03-12", "language": "en"})
    path = tmp_path / "pages.jsonl"
    async with open_store(settings) as store, open_verifier(settings, store) as verifier:
        path.write_text(json.dumps(CONFIRMS), encoding="utf-8")
        await ingest(store, [path])
        before = await verifier.verify(make_article(ARTICLE, "article", about, 10_000))
    async with open_store(settings) as store, open_watch(settings, store) as watch:
        path.write_text(json.dumps(TAKES_BACK), encoding="utf-8")
        await ingest(store, [path])
        looked = await watch.look()
    with open_reports(settings) as reports:
        after = reports.get("last")
    assert before.claims[0].label is Label.CORROBORATED
    assert after.claims[0].label is Label.CONTESTED
    assert [change.claim_id for change in looked.changes if change.relabelled] == [after.claims[0].id]
    assert "is not safe to drink" in " ".join(item.quote for item in after.claims[0].evidence)
    assert before.claims[1].label is after.claims[1].label is Label.UNSOURCED
