"""Rows that are short in the index and whole beside it: the nearest are those of the whole rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.embedding.hashed import HASHED_DIMENSION
from agent.coverage.index.catalogue import open_catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.database import open_database
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.rows_in_memory import MOST_SHORT
from agent.coverage.index.short import ShortRows
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import cosines
from agent.models import Document
from tests.support.shelf import ARTICLE, OPENS, ORANGES, QUAY, WITNESS, report

TRAITS = BuiltInEmbedder.traits
ACROSS = TRAITS.across


@pytest.fixture
def index(places: Settings) -> Iterator[Index]:
    with _opened(places) as opened:
        yield opened


@pytest.fixture
def index_by_graph(settings: Settings) -> Iterator[Index]:
    """As one is asked that is too large to be held in memory."""
    with _opened(settings, most_held=0) as opened:
        yield opened


@contextmanager
def _opened(settings: Settings, most_held: int = MOST_SHORT) -> Iterator[Index]:
    with open_database(settings) as database:
        place = IndexLocation(settings.data_dir / "chroma", settings.chroma_url)
        opened = Index(place, ShortRows.of(WholeRows(database), TRAITS), most_held=most_held)
        yield opened
        opened.close()


def _rows(number: int, seed: int = 5) -> npt.NDArray[np.float32]:
    """As the embedder has them, around a few matters: words in their part, and what is meant in the other."""
    draw = np.random.default_rng(seed)
    words, meant = draw.standard_normal((number, HASHED_DIMENSION)), draw.standard_normal((number, 512))
    meant += 3 * np.random.default_rng(1).standard_normal((12, 512))[np.arange(number) % 12]
    words *= 0.3**0.5 / np.linalg.norm(words, axis=1, keepdims=True)
    meant *= 0.7**0.5 / np.linalg.norm(meant, axis=1, keepdims=True)
    return np.hstack([words, meant]).astype(np.float32)


@pytest.mark.parametrize(("language", "columns"), [("ar", None), ("en", ACROSS)])
def test_the_nearest_are_those_of_the_whole_rows(index: Index, language: str, columns: slice | None) -> None:
    _assert_nearest(index, language, columns)


def test_the_nearest_that_a_graph_leads_to_are_those_of_the_whole_rows(index_by_graph: Index) -> None:
    _assert_nearest(index_by_graph, "ar", None)


def test_what_is_written_and_taken_out_later_is_found_and_is_not(settings: Settings) -> None:
    rows, late = _rows(2100), _rows(2, seed=9)
    with _opened(settings) as index:
        index.write("late", [f"k{n:04}" for n in range(len(rows))], list(rows), ["ar"] * len(rows))

        def first() -> list[str]:
            found = index.query("late", list(late), 3, languages=["ar"] * len(late))
            return [some["ar"][0].key for some in found]

        before = first()
        index.write("late", ["new", "other", before[0]], [late[0], late[1], -late[0]], ["ar"] * 3)
        assert first() == ["new", "other"]
        index.remove("late", ["new"])
        assert before[0] not in first()[:1]
        assert first()[1] == "other"
        assert index.count("late") == 2101


def _assert_nearest(index: Index, language: str, columns: slice | None) -> None:
    # The Chroma server is everybody's: rows that another test has left there are not written over.
    rows, asked, space = _rows(2100), _rows(8, seed=9), f"space-{uuid4().hex}"
    index.write(space, [f"k{n:04}" for n in range(len(rows))], list(rows), ["ar"] * len(rows))
    found = index.query(space, list(asked), 10, languages=[language] * len(asked), across=ACROSS)
    exact = cosines(list(asked), list(rows), columns)
    for some, all_ in zip(found, exact, strict=True):
        best = sorted(range(len(rows)), key=lambda n: -all_[n])[:10]
        near = {one.key: one.similarity for one in some["ar"]}
        assert len(near.keys() & {f"k{n:04}" for n in best}) >= 9
        for key, similarity in near.items():
            assert similarity == pytest.approx(all_[int(key[1:])], abs=2e-3)


def test_a_row_that_is_taken_out_leaves_both_places(index: Index) -> None:
    rows = list(_rows(3))
    index.write("left", ["a", "b", "c"], rows, ["en"] * 3)
    index.remove("left", ["b"])
    assert index.vectors("left", ["a", "b", "c"]).keys() == {"a", "c"}
    assert index.count("left") == 2
    (found,) = index.query("left", [rows[1]], 3, languages=["en"])
    assert {one.key for one in found["en"]} == {"a", "c"}


async def test_rows_that_stood_whole_in_the_index_are_brought_over_with_nothing_embedded_again(
    settings: Settings,
) -> None:
    """As layout 6 left it."""
    documents = [report(QUAY, "Bay Agency"), report(WITNESS, "Mole Mail"), Document.of(ORANGES, language="ar")]
    with open_coverage(settings, BuiltInEmbedder()) as coverage:
        await coverage.add(documents)
        found = await coverage.search(ARTICLE, [OPENS], Unlimited())
    assert found.leads
    index = Index(IndexLocation(settings.data_dir / "chroma"))
    with open_catalogue(settings) as catalogue:
        keys, vectors = WholeRows(catalogue.database).read(key for key, _ in catalogue.spoken_keys())
        spoken = dict(catalogue.spoken_keys())
        index.drop(str(catalogue.fact("space")))
        index.write("isnad-former", keys, list(vectors), [spoken[key] for key in keys])
        WholeRows(catalogue.database).clear()
        catalogue.learn(space="isnad-former")
    index.close()
    embedder = _Counting()
    with open_coverage(settings, embedder) as coverage:
        assert await coverage.search(ARTICLE, [OPENS], Unlimited()) == found
    assert not any(ORANGES in text for text in embedder.asked)
    index = Index(IndexLocation(settings.data_dir / "chroma"))
    assert index.languages("isnad-former") == []
    index.close()


class _Counting(BuiltInEmbedder):
    def __init__(self) -> None:
        self.asked: list[str] = []

    async def embed(self, texts, *, purpose, budget):  # type: ignore[no-untyped-def]  # as its base has it
        self.asked += texts
        return await super().embed(texts, purpose=purpose, budget=budget)
