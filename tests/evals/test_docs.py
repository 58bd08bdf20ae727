import re
from collections.abc import Iterator
from pathlib import Path

from evals.pictures.drawn import MAP, draw_map

ROOT = Path(__file__).parents[2]
_FILE = re.compile(r"(?<![\w/.-])(?:agent|deploy|docs|evals|examples|findings|tests)(?:/[\w.-]*\w)+(?![\w*])")
_MODULE = re.compile(r"(?<![\w/.@-])(?:agent|evals)(?:\.\w+)+")
# What whoever installs it makes, what stands for any name, and a resource of Kubernetes.
_NOT_HERE = {
    "agent/messages/CODE.toml",
    "deploy/secrets",
    "deploy/secrets/postgres",
    "deploy/isnad.env",
    "deploy/isnad-worker",
}


def _pages() -> Iterator[tuple[str, str]]:
    found = [*ROOT.glob("*.md"), *(ROOT / ".github").rglob("*.yml"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    for folder in ("docs", "deploy", "evals", "examples", "findings"):
        found += [
            path for path in (ROOT / folder).rglob("*") if path.suffix in (".md", ".sh", ".yaml", ".yml", ".toml")
        ]
    for path in found:
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def _is_there(dotted: str) -> bool:
    """Whether a dotted name is a module, or the name of something in one."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:count])
        source = place.with_suffix(".py") if place.with_suffix(".py").is_file() else place / "__init__.py"
        if source.is_file():
            return count == len(parts) or re.search(rf"\b{parts[count]}\b", source.read_text("utf-8")) is not None
    return False


def test_the_map_in_the_docs_is_the_graph_as_it_is() -> None:
    assert (ROOT / MAP).read_text(encoding="utf-8") == draw_map(), "run: make docs"


def test_every_file_that_the_docs_name_is_there() -> None:
    named = [(page, name) for page, text in _pages() for name in _FILE.findall(text)]
    assert len(named) > 100
    assert [(page, name) for page, name in named if name not in _NOT_HERE and not (ROOT / name).exists()] == []


def test_every_module_that_the_docs_name_is_there() -> None:
    named = [(page, name) for page, text in _pages() for name in _MODULE.findall(text)]
    assert len(named) > 20
    assert [(page, name) for page, name in named if not _is_there(name)] == []
