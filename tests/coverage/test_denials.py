"""A denial is put to those that report what it denies, also where others are nearer to its words."""

from datetime import UTC, datetime
from pathlib import Path

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.models import Article, Document
from tests.support.shelf import claim

MAIN = "The ferry company will close its northern line on Monday."
DENIAL = "The company's director said: this is not a farewell to the islanders of Hornsey, Skell and Varra."
OTHERS = [
    "Fares on the southern line rise by four percent in autumn.",
    "The shipyard delivered two electric boats last winter.",
    "The union counts ninety sailors on the payroll.",
    "Bees live beneath the roof.",
]
ARTICLE = Article(
    text=" ".join([MAIN, DENIAL, *OTHERS]),
    title="Ferry company closes its northern line",
    published_at=datetime(2016, 3, 15, tzinfo=UTC),
    language="en",
)
REPORT = f"{MAIN} A timetable shows it. The director had told the islanders of Skell nothing."
ABOUT = [
    "At school the company's old director said farewell to islanders of Hornsey, Skell and Varra, who came by bus.",
    "Hornsey museum lost its director. To the farewell came islanders from Varra and Skell, and children sang.",
    "A choir of Skell, Varra and Hornsey gave its director a farewell concert: 400 islanders bought tickets.",
    "Southern fares rise in autumn, by four percent. Two electric boats came last winter, ninety sailors are paid.",
]


def _document(text: str, number: int) -> Document:
    return Document.of(text, outlet=f"Outlet {number}", language="en", published_at=ARTICLE.published_at)


async def test_a_denial_is_put_to_the_report_of_what_it_denies(tmp_path: Path) -> None:
    assert await _asked(tmp_path, DENIAL)


async def test_a_claim_that_denies_nothing_is_put_to_those_that_are_nearest(tmp_path: Path) -> None:
    assert not await _asked(tmp_path, DENIAL.replace("not a", "a"))


async def _asked(folder: Path, second: str) -> bool:
    """Whether the report of the main thing is asked about the second claim."""
    claims = [claim(text, number) for number, text in enumerate([MAIN, second, *OTHERS], start=1)]
    report = _document(REPORT, 0)
    with open_coverage(Settings(data_dir=folder, origins_per_claim=1), HashedEmbedder()) as coverage:
        await coverage.add([report, *(_document(text, number) for number, text in enumerate(ABOUT, start=1))])
        found = await coverage.search(ARTICLE, claims, Unlimited())
    return any("c2" in lead.claim_ids for lead in found.leads if lead.origin.witness.id == report.id)
