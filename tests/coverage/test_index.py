"""Vectors in an index, each language for itself."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import cosines, merged

# Two parts of the same weight in every row, as the built-in embedder has them.
PART = 24


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    one = Index(IndexLocation(tmp_path / "chroma"))
    yield one
    one.close()


def _rows(number: int) -> npt.NDArray[np.float32]:
    drawn = np.random.default_rng(5).standard_normal((number, 2, PART)).astype(np.float32)
    rows: npt.NDArray[np.float32] = (drawn / np.linalg.norm(drawn, axis=2, keepdims=True) * 0.5**0.5).reshape(
        number, 2 * PART
    )
    return rows


def test_the_nearest_of_each_language_are_found(index: Index) -> None:
    rows = _rows(6).tolist()
    index.write("space", ["a", "b", "c", "a", "d", "e"], rows, ["en", "en", "en", "ar", "ar", "und"])
    (found,) = index.query("space", [rows[0]], 2)
    assert {language: len(near) for language, near in found.items()} == {"en": 2, "ar": 2, "und": 1}
    assert found["en"][0].key == "a"
    assert index.languages("space") == ["ar", "en", "und"]
    assert index.count("space") == 6


def test_one_key_may_stand_in_two_languages_and_leaves_both(index: Index) -> None:
    (row,) = _rows(1).tolist()
    index.write("space", ["a", "a"], [row, row], ["en", "de"])
    assert index.vectors("space", ["a", "b"]).keys() == {"a"}
    assert [near.key for near in merged(index.query("space", [row], 5)[0].values(), 5)] == ["a"]
    index.remove("space", ["a"])
    assert index.count("space") == 0


def test_spaces_whose_names_begin_alike_do_not_mix(index: Index) -> None:
    (row,) = _rows(1).tolist()
    index.write("space", ["a"], [row], ["en"])
    index.write("spaces", ["b"], [row], ["de"])
    index.drop("space")
    assert index.languages("space") == []
    assert index.count("spaces") == 1


@pytest.mark.parametrize("vectors", [400, 2100])
def test_across_languages_only_the_part_counts_that_knows_them(index: Index, vectors: int) -> None:
    rows, across = _rows(vectors), slice(PART, 2 * PART)
    index.write("space", [f"k{n}" for n in range(vectors)], rows.tolist(), ["ar"] * vectors)
    (asked,) = (0.5 * _rows(vectors + 1)[-1:] + 0.5 * rows[:1]).tolist()
    asked_norm = np.array(asked).reshape(2, PART)
    asked = (asked_norm / np.linalg.norm(asked_norm, axis=1, keepdims=True) * 0.5**0.5).ravel().tolist()
    for language, columns in (("en", across), ("ar", None), ("und", None)):
        (found,) = index.query("space", [asked], 5, languages=[language], across=across)
        exact = cosines([asked], rows.tolist(), columns)[0]
        best = sorted(range(vectors), key=lambda n: -exact[n])[:5]
        assert [near.key for near in found["ar"]] == [f"k{n}" for n in best]
        assert [near.similarity for near in found["ar"]] == pytest.approx([exact[n] for n in best], abs=1e-4)


@pytest.mark.parametrize("vectors", [400, 2100])
def test_across_languages_another_row_may_be_asked_for(index: Index, vectors: int) -> None:
    rows = _rows(vectors).tolist()
    index.write("space", [f"k{n}" for n in range(vectors)], rows, ["ar"] * vectors)
    (crossing,) = index.query("space", [rows[1]], 1, languages=["en"], abroad=[rows[2]])
    (within,) = index.query("space", [rows[1]], 1, languages=["ar"], abroad=[rows[2]])
    assert [crossing["ar"][0].key, within["ar"][0].key] == ["k2", "k1"]
