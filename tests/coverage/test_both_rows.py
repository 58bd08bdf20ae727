"""Rows held in memory, short and whole: what is nearest is what a comparison of every whole row finds."""

import numpy as np
import numpy.typing as npt
import pytest

from agent.coverage.index.both_rows import BothRows
from agent.coverage.index.rows import packed_rows, unpacked
from agent.coverage.index.vectors import part_of

ROWS, WIDTH = 400, 48
KEYS = [f"k{number:03}" for number in range(ROWS)]


def _drawn(number: int, seed: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal((number, WIDTH)).astype(np.float32)


def _both(rows: npt.NDArray[np.float32]) -> BothRows:
    """In another order than that of the keys; the short rows are the first columns."""
    order = np.random.default_rng(3).permutation(len(rows))
    packed = packed_rows(rows)
    return BothRows.of([KEYS[number] for number in order], packed[order][:, :24].astype(np.float32), packed[order])


def _nearest(
    rows: npt.NDArray[np.float32], asked: npt.NDArray[np.float32], limit: int, columns: slice | None
) -> list[str]:
    likeness = part_of(unpacked(packed_rows(rows)), columns) @ part_of(asked[None], columns)[0]
    return [KEYS[number] for number in np.argsort(-likeness, kind="stable")[:limit]]


@pytest.mark.parametrize("columns", [None, slice(16, 48)])
@pytest.mark.parametrize("asked", [_drawn(1, 8), _drawn(5, 9), np.repeat(_drawn(1, 8), 9, axis=0)])
def test_the_nearest_by_whole_rows_come_first(asked: npt.NDArray[np.float32], columns: slice | None) -> None:
    rows = _drawn(ROWS, 7)
    found = _both(rows).nearest(list(asked), asked[:, :24], ROWS, 10, columns)
    assert [[one.key for one in some] for some in found] == [_nearest(rows, one, 10, columns) for one in asked]
    (expected, *_) = part_of(unpacked(packed_rows(rows)), columns) @ part_of(asked, columns)[0:1].T
    both = {
        one.key: one.similarity for one in _both(rows).nearest(list(asked), asked[:, :24], ROWS, ROWS, columns)[0]
    }
    assert both[KEYS[0]] == pytest.approx(float(expected[0]), abs=1e-6)


def test_short_rows_choose_and_whole_ones_settle() -> None:
    rows = _drawn(ROWS, 7)
    asked = _drawn(1, 8)
    (found,) = _both(rows).nearest(list(asked), asked[:, :24], 20, 20, None)
    by_short = part_of(packed_rows(rows).astype(np.float32), slice(0, 24)) @ part_of(asked, slice(0, 24))[0]
    chosen = {KEYS[number] for number in np.argsort(-by_short)[:20]}
    assert {one.key for one in found} == chosen
    assert [one.key for one in found] == [one for one in _nearest(rows, asked[0], ROWS, None) if one in chosen]


def test_of_equal_rows_the_first_key_comes_first() -> None:
    rows = np.repeat(_drawn(1, 7), 8, axis=0)
    (found,) = _both(rows).nearest(list(rows[:1]), rows[:1, :24], 8, 3, None)
    assert [one.key for one in found] == KEYS[:3]


def test_rows_are_put_in_replaced_and_taken_out() -> None:
    rows, late = _drawn(6, 7), _drawn(2, 8)
    packed = packed_rows(late)
    after = _both(rows).without(KEYS[:2]).with_rows([KEYS[3], KEYS[7]], late[:, :24], packed)
    assert after.short.keys == (KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[7])
    known = after.rows([KEYS[3], KEYS[0], KEYS[2]])
    assert known.keys() == {KEYS[3], KEYS[2]}
    assert np.array_equal(known[KEYS[3]], unpacked(packed)[0])
    (found,) = after.nearest(list(late[1:]), late[1:, :24], 5, 1, None)
    assert found[0].key == KEYS[7]
    assert _both(rows).without(KEYS).with_rows([KEYS[1]], late[:1, :24], packed[:1]).size == 1
