"""docs/security.md names its tests; they exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
_LINE = re.compile(r"^\|(?! test|---| \|)(.+)\|(.+)\|$", re.MULTILINE)


def test_every_test_that_is_named_exists() -> None:
    told = _NAMED.findall((ROOT / "docs" / "security.md").read_text("utf-8"))
    assert len(told) > 40
    assert [f"{path}::{name}" for path, name in told if name not in {"", *_tests(ROOT / path)}] == []


def test_every_line_names_a_test() -> None:
    lines = _LINE.findall((ROOT / "docs" / "security.md").read_text("utf-8"))
    assert len(lines) > 30
    assert [promise for promise, tests in lines if promise.strip() and not _NAMED.search(tests)] == []


def _tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
