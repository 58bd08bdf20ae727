"""A package whose beginning is run only when something of it is asked for."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from agent.deferred import defer

NAME = "begins_later"


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "__init__.py").write_text(f"from {NAME}.heavy import WEIGHT\nBEGUN = WEIGHT + 1\n")
    (folder / "heavy.py").write_text("WEIGHT = 41\n")
    (folder / "light.py").write_text("NAME = 'light'\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def test_its_modules_can_be_used_without_its_beginning() -> None:
    defer(NAME)
    assert import_module(f"{NAME}.light").NAME == "light"
    assert f"{NAME}.heavy" not in sys.modules


def test_what_the_beginning_makes_is_there_when_it_is_asked_for() -> None:
    defer(NAME)
    assert import_module(NAME).BEGUN == 42
    assert import_module(NAME).WEIGHT == 41
    with pytest.raises(AttributeError, match="nothing"):
        _ = import_module(NAME).nothing


def test_a_beginning_that_fails_is_told_and_can_be_tried_again(package: Path) -> None:
    heavy = (package / "heavy.py").read_text()
    (package / "heavy.py").write_text("raise ImportError('too heavy')\n")
    defer(NAME)
    with pytest.raises(ImportError, match="too heavy"):
        _ = import_module(NAME).BEGUN
    (package / "heavy.py").write_text(f"{heavy}# mended\n")
    assert import_module(NAME).BEGUN == 42


def test_what_is_loaded_or_missing_stays_as_it_is() -> None:
    loaded = import_module(NAME)
    defer(NAME)
    assert sys.modules[NAME] is loaded
    defer("no_package_of_this_name")
    assert "no_package_of_this_name" not in sys.modules
    defer("no_package_of_this_name.within")
    assert "no_package_of_this_name.within" not in sys.modules


def test_a_package_within_another_is_deferred_alone(package: Path) -> None:
    within = package / "within"
    within.mkdir()
    (within / "__init__.py").write_text("raise ImportError('not needed')\n")
    (within / "small.py").write_text("SIZE = 1\n")
    defer(f"{NAME}.within")
    assert import_module(NAME).BEGUN == 42
    assert import_module(f"{NAME}.within.small").SIZE == 1
