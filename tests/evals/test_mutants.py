"""A changed module takes the place of the one that is imported, wherever that is held already."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from evals.mutants.covered import COVERED
from evals.mutants.running import put_in, replaces

ROOT = Path(__file__).parents[2]
SOURCE = """
from functools import cached_property, lru_cache

MOST = 3
WORDS = frozenset("ab")


def few(number: int = 1) -> bool:
    return number < MOST


@lru_cache
def doubled(number: int) -> int:
    return number * 2


class Box:
    limit: int = 5

    def __init__(self, number: int) -> None:
        self.number = number

    @property
    def half(self) -> float:
        return self.number / 2

    @cached_property
    def third(self) -> float:
        return self.number / 3

    @classmethod
    def of(cls, number: int) -> "Box":
        return cls(number + 1)
"""


@pytest.fixture
def module() -> Iterator[ModuleType]:
    made = ModuleType("evals.sample")
    made.__file__ = "sample.py"
    exec(compile(SOURCE, "sample.py", "exec"), made.__dict__)
    user = ModuleType("evals.user")
    user.__dict__.update(MOST=made.MOST, few=made.few, Box=made.Box)
    sys.modules |= {"evals.sample": made, "evals.user": user}
    yield made
    del sys.modules["evals.sample"], sys.modules["evals.user"]


@pytest.mark.parametrize(
    ("old", "new", "asked", "before", "after"),
    [
        ("MOST = 3", "MOST = 4", "MOST", 3, 4),
        ("MOST = 3", "MOST = 4", "few(3)", False, True),
        ("number < MOST", "number <= MOST", "few(3)", False, True),
        ("number: int = 1", "number: int = 7", "few()", True, False),
        ("self.number / 2", "self.number * 2", "Box(4).half", 2, 8),
        ("self.number / 3", "self.number * 3", "Box(3).third", 1, 9),
        ("cls(number + 1)", "cls(number - 1)", "Box.of(1).number", 2, 0),
    ],
)
def test_a_change_is_seen_by_who_imported_it(
    module: ModuleType, old: str, new: str, asked: str, before: object, after: object
) -> None:
    changed = SOURCE.replace(old, new)
    assert changed != SOURCE
    assert replaces(SOURCE, changed)
    user = sys.modules["evals.user"]
    assert eval(asked, vars(user)) == before
    put_in(module, changed)
    assert eval(asked, vars(user)) == after
    assert sys.modules["evals.sample"] is module


def test_what_remembers_is_changed_too(module: ModuleType) -> None:
    put_in(module, SOURCE.replace("number * 2", "number * 5"))
    assert module.doubled(2) == 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("limit: int = 5", "limit: int = 6"),
        ("-> bool", "-> int"),
        ("@lru_cache\n", "@lru_cache(maxsize=2)\n"),
        ("number: int = 1)", "*, number: int = 1)"),
        ("def few(", "def few(("),
    ],
)
def test_what_cannot_be_replaced_or_is_no_behaviour_is_not_tried(old: str, new: str) -> None:
    changed = SOURCE.replace(old, new)
    assert changed != SOURCE
    assert not replaces(SOURCE, changed)


def test_every_module_and_every_file_that_covers_it_is_there() -> None:
    assert [name for name in COVERED if find_spec(name) is None] == []
    assert [path for paths in COVERED.values() for path in paths if not (ROOT / path).exists()] == []
    origins = {f"agent.coverage.origins.{path.stem}" for path in (ROOT / "agent/coverage/origins").glob("[a-z]*.py")}
    assert origins <= set(COVERED)
