"""The cosine under which texts have nothing to do with each other, measured on the store itself."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Floors, Purpose
from agent.coverage.embedding.hashed import HashedEmbedder, HashedVectors
from agent.models import Budget, Document
from tests.support.shelf import ORANGES, QUAY, WITNESS, CountingEmbedder, report

REPORTS = [report(QUAY, "Bay Agency"), report(WITNESS, "Mole Mail"), report(ORANGES, "Markets")]
_TRADES = "oil quay court snow bread glass coal wool tin salt iron wheat".split()


class Crowded(CountingEmbedder):
    """An embedder of the kind that puts everything near to everything: its cosines begin at 0.8."""

    traits = replace(HashedEmbedder.traits, languages=None, settled=False)

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> HashedVectors:
        vectors = await super().embed(texts, purpose=purpose, budget=budget)
        return HashedVectors([array("f", [*(0.2**0.5 * np.array(r)), 0.8**0.5]) for r in vectors.rows], vectors.usage)


def _documents(number: int) -> list[Document]:
    """About many matters, no two alike."""
    draw = np.random.default_rng(2)
    return [
        report(" ".join(f"{draw.choice(_TRADES)}{draw.integers(900)}" for _ in range(40)) + ".", f"Outlet {n}")
        for n in range(number)
    ]


async def test_an_embedder_without_a_natural_zero_gets_a_floor_above_what_is_unrelated(settings: Settings) -> None:
    with open_coverage(settings, Crowded("crowded")) as coverage:
        assert coverage.floors == HashedEmbedder.traits.floors
        await coverage.add(REPORTS)
        measured = coverage.floors
        assert 0.8 < measured.within < 0.9
        assert 0.8 <= measured.across < 0.9
        near, *_ = await coverage.query(QUAY, 1)
        assert near.heard
    with open_coverage(settings, Crowded("crowded")) as again:
        assert again.floors == measured


async def test_a_few_reports_of_one_event_do_not_lift_the_floor(settings: Settings) -> None:
    with open_coverage(settings, Crowded("crowded")) as coverage:
        await coverage.add([report(f"{QUAY} Edition {n} said so.", f"Outlet {n}") for n in range(8)])
        assert coverage.floors.within < 0.85


async def test_a_store_about_one_matter_keeps_what_bears_on_it(settings: Settings) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage:
        await coverage.add([report(f"{QUAY} Edition {n} of day {n * 7}.", f"Outlet {n}") for n in range(60)])
        found = await coverage.query(QUAY, 5)
        assert coverage.floors.within < 0.3
        assert all(one.heard for one in found)


async def test_a_settled_embedder_is_measured_once_there_is_enough_and_again_when_it_has_doubled(
    settings: Settings,
) -> None:
    embedder = CountingEmbedder()
    with open_coverage(settings, embedder) as coverage:
        await coverage.add(_documents(20))
        assert coverage.floors == HashedEmbedder.traits.floors
        calls = []
        for number in (60, 70, 140):
            before = len(embedder.asked)
            await coverage.add(_documents(number))
            calls.append(any("baker" in text for asked in embedder.asked[before:] for text in asked))
        assert calls == [True, False, True]
        assert coverage.floors != HashedEmbedder.traits.floors


async def test_a_floor_that_is_set_overrules_what_was_measured(settings: Settings) -> None:
    with open_coverage(settings.model_copy(update={"min_similarity": 0.42}), Crowded("crowded")) as coverage:
        await coverage.add(REPORTS)
        assert coverage.floors == Floors(within=0.42, across=0.42)


async def test_another_embedder_measures_anew(settings: Settings) -> None:
    with open_coverage(settings, Crowded("crowded")) as coverage:
        await coverage.add(REPORTS)
    with open_coverage(settings, CountingEmbedder("other"), any_embedder=True) as coverage:
        await coverage.reindex()
        assert coverage.floors == HashedEmbedder.traits.floors


@pytest.mark.parametrize("text", ["", "one"])
async def test_a_store_of_next_to_nothing_has_the_embedders_own_floors(settings: Settings, text: str) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage:
        await coverage.add([report(text)] if text else [])
        assert coverage.floors == HashedEmbedder.traits.floors
