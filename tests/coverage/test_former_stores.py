"""A store that an earlier release filled is still whole with this one: whatever layout its tables have."""

import sqlite3
from collections.abc import Sequence

import pytest

from agent.config import Settings
from agent.coverage.archive import Coverage, open_coverage
from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.embed import Purpose, Unlimited
from agent.coverage.embedding.hashed import HashedVectors
from agent.coverage.index.catalogue import open_catalogue
from agent.coverage.search.found import Retrieved
from agent.errors import EmbedderMismatch
from agent.models import Budget
from agent.storage.schema import COVERAGE
from tests.support.former_store import FORMER_SPACE, make_former
from tests.support.shelf import ARTICLE, DENIAL, OPENS, ORANGES, QUAY, WITNESS, report

ARABIC = report(
    "أعلنت إدارة الميناء أن الرصيف الثاني سيعاد فتحه هذا الأسبوع. وقالت إن الغواصين لم يجدوا ضررا.", "نشرة المرفأ"
).model_copy(update={"language": "ar"})
SHORTER = QUAY.rsplit(" Eleven", 1)[0]
FOUND = [
    report(QUAY, "Bay Agency"),
    report(f"{WITNESS} Oranges were not to be seen.", "Mole Mail", url="https://mole.example/1", hours=2),
    report(DENIAL, "Pilots' News", hours=20),
    report(SHORTER, "Quay Copy", hours=3),
    ARABIC,
]
REPLACED = report(WITNESS, "Mole Mail", url="https://mole.example/1")
WITHDRAWN = report(ORANGES, "Markets")
EVERY = [REPLACED, *FOUND, WITHDRAWN]


class _Counting(BuiltInEmbedder):
    def __init__(self) -> None:
        self.passages: list[str] = []

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        self.passages += texts if purpose is Purpose.PASSAGE else []
        return await super().embed(texts, purpose=purpose, budget=budget)


async def _filled(settings: Settings) -> Retrieved:
    with open_coverage(settings, BuiltInEmbedder()) as coverage:
        await coverage.add(EVERY)
        await coverage.withdraw([WITHDRAWN.id], "the outlet took it back")
        return await coverage.search(ARTICLE, [OPENS], Unlimited())


async def _nothing_is_lost(coverage: Coverage, found: Retrieved) -> None:
    assert {one.id for one in coverage.documents()} == {one.id for one in FOUND}
    kept = {one.id: (one.state, one.reason) for one in coverage.documents(kept=True)}
    assert kept == {
        REPLACED.id: ("superseded", FOUND[1].id),
        WITHDRAWN.id: ("withdrawn", "the outlet took it back"),
    }
    again = await coverage.search(ARTICLE, [OPENS], Unlimited())
    assert again == found
    (copied,) = [lead.origin for lead in again.leads if len(lead.origin.documents) > 1]
    assert {one.outlet for one in copied.documents} == {"Bay Agency", "Quay Copy"}


def _layout(settings: Settings) -> str | None:
    with open_catalogue(settings) as catalogue:
        return catalogue.database.fact("layout")


async def test_a_store_of_layout_6_opens_as_it_is_with_nothing_embedded_again(settings: Settings) -> None:
    found = await _filled(settings)
    make_former(settings, "6")
    embedder = _Counting()
    with open_coverage(settings, embedder) as coverage:
        await _nothing_is_lost(coverage, found)
    assert embedder.passages == []
    assert _layout(settings) == COVERAGE.version
    with open_catalogue(settings) as catalogue:
        assert catalogue.fact("space") != FORMER_SPACE


@pytest.mark.parametrize("number", ["3", "4", "5"])
async def test_a_store_of_a_layout_without_sentences_is_told_and_brought_over_by_one_command(
    settings: Settings, number: str
) -> None:
    found = await _filled(settings)
    make_former(settings, number)
    with pytest.raises(EmbedderMismatch, match="isnad coverage reindex"), open_coverage(settings, BuiltInEmbedder()):
        pytest.fail("searched a store of an earlier cutting")
    steps: list[int] = []
    with open_coverage(settings, BuiltInEmbedder(), any_embedder=True) as coverage:
        await coverage.reindex(steps.append)
    assert sum(steps) == len(FOUND)
    with open_coverage(settings, BuiltInEmbedder()) as coverage:
        await _nothing_is_lost(coverage, found)
    assert _layout(settings) == COVERAGE.version
    with sqlite3.connect(settings.data_dir / f"catalogue.layout-{number}.sqlite") as before:
        assert before.execute("SELECT count(*) FROM documents").fetchone() == (len(EVERY),)
