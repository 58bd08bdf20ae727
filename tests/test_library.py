"""Isnad in a program of somebody else: the README's lines, as they stand there."""

import re
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest

import agent

ROOT = Path(__file__).parents[1]


def test_the_lines_of_the_readme_label_the_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ISNAD_DATA_DIR", str(tmp_path))
    (lines,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(lines, "README.md", "exec"), {})
    assert "UNSOURCED" in capsys.readouterr().out


@pytest.mark.parametrize("name", agent.__all__)
def test_every_public_name_is_there_and_explained(name: str) -> None:
    assert getattr(agent, name).__doc__


def test_its_types_and_what_its_methods_promise_are_told() -> None:
    assert (ROOT / "agent" / "py.typed").is_file()
    for name in agent.__all__:
        for member, value in vars(getattr(agent, name)).items():
            function = value.fget if isinstance(value, property) else value
            if not member.startswith("_") and isinstance(function, FunctionType):
                assert function.__doc__, f"{name}.{member}"


def test_importing_it_loads_nothing_else() -> None:
    told = "import sys; before = set(sys.modules); import agent; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {one.partition(".")[0] for one in loaded.stdout.split()} - sys.stdlib_module_names == {"agent"}


def test_the_public_names_load_none_of_the_heavy_packages() -> None:
    """A run is put together when a verifier is opened, and not where its names are imported."""
    told = "import sys; from agent import Article, Verifier, open_verifier; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"langgraph", "langchain_core", "sqlalchemy", "openai", "chromadb", "pydantic_settings", "numpy", "rich"}
    assert {one.partition(".")[0] for one in loaded.stdout.split()} & heavy == set()


def test_a_name_that_is_not_there_is_told_as_such() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = agent.nothing_of_the_kind
