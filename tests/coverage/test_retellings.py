"""What has its news from the article's own outlet is asked after others: it can corroborate nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.models import Article, Document
from tests.support.shelf import claim

CLAIM = "The ferry company will close its northern line on Monday."
ARTICLE = Article(
    text=f"{CLAIM} The islanders were told by letter.",
    title="Ferry company closes its northern line",
    outlet="Harbour Post",
    published_at=datetime(2016, 3, 15, tzinfo=UTC),
    language="en",
)
DIGEST = "The {outlet} leads on ferries: a company will close its northern line on Monday. Oranges are cheap."
WITNESS = "At the pier a timetable shows that the northern line will close. Nobody of the ferry company was there."


async def _asked(folder: Path, outlet: str, places: int) -> set[str | None]:
    """Who is asked, of a digest of an outlet and a witness."""
    documents = [
        Document.of(text, outlet=name, language="en", published_at=ARTICLE.published_at)
        for name, text in (("Daily Scan", DIGEST.format(outlet=outlet)), ("Pier Mail", WITNESS))
    ]
    with open_coverage(Settings(data_dir=folder, origins_per_claim=places), HashedEmbedder()) as coverage:
        await coverage.add(documents)
        found = await coverage.search(ARTICLE, [claim(CLAIM)], Unlimited())
    return {lead.origin.witness.outlet for lead in found.leads}


@pytest.mark.parametrize(
    ("outlet", "places", "asked"),
    [
        ("Evening Sheet", 1, {"Daily Scan"}),
        ("Harbour Post", 1, {"Pier Mail"}),
        ("Harbour Post", 2, {"Daily Scan", "Pier Mail"}),
    ],
)
async def test_a_digest_of_the_articles_outlet_leaves_its_place_to_others(
    tmp_path: Path, outlet: str, places: int, asked: set[str | None]
) -> None:
    assert await _asked(tmp_path, outlet, places) == asked
