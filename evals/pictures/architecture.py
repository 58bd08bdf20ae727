"""The picture of the packages in docs/architecture.md, drawn from what imports what: `make docs` renews it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PAGE = Path("docs/architecture.md")
_BEGINS, _ENDS = "<!-- picture: make docs -->\n", "<!-- /picture -->\n"

Layers = Sequence[Sequence[str]]
Arrows = dict[str, set[str]]


def with_picture(page: str, layers: Layers, root: Path) -> str:
    """The page with the picture of today. Raises `ValueError` for a page without a place for it."""
    before, begins, rest = page.partition(_BEGINS)
    _, ends, after = rest.partition(_ENDS)
    if not begins or not ends:
        raise ValueError(f"{PAGE} has no place for the picture")
    return f"{before}{_BEGINS}```mermaid\n{draw(layers, root)}\n```\n{_ENDS}{after}"


def draw(layers: Layers, root: Path) -> str:
    """A Mermaid drawing, the highest layer above: a box for each package, and one for the single files of a layer.

    Of the arrows those are drawn that no other way of arrows tells.
    """
    boxes = _boxes(layers, root)
    arrows = _without_detours(_arrows(boxes, root))
    lines = ["graph TD"]
    for depth in reversed(range(len(layers))):
        mine = sorted({box for box in boxes.values() if box.startswith(f"{depth}:")})
        lines += [f'  {_key(box)}["{_title(box, boxes)}"]' for box in mine]
    lines += [f"  {_key(box)} --> {_key(other)}" for box in sorted(arrows) for other in sorted(arrows[box])]
    return "\n".join(lines)


def _boxes(layers: Layers, root: Path) -> dict[str, str]:
    """The box of each name in the layers, as `depth:package`; one without a package is that of the single files."""
    boxes = {}
    for depth, layer in enumerate(layers):
        for name in layer:
            package = name.split(".")[1] if name != "agent" else ""
            boxes[name] = f"{depth}:{package if (root / 'agent' / package).is_dir() and package else ''}"
    return boxes


def _title(box: str, boxes: Mapping[str, str]) -> str:
    package = box.partition(":")[2]
    names = [name.removeprefix("agent.") for name, other in boxes.items() if other == box]
    parts = [name.removeprefix(f"{package}.") for name in names if name != package]
    lines = ",<br>".join(", ".join(parts[start : start + 4]) for start in range(0, len(parts), 4))
    return "<br>".join(filter(None, (f"<b>{package}</b>" if package else "", lines)))


def _key(box: str) -> str:
    depth, _, name = box.partition(":")
    return f"l{depth}_{name or 'files'}"


def _arrows(boxes: Mapping[str, str], root: Path) -> Arrows:
    modules = dict(_modules(root))
    arrows: Arrows = {}
    for module, path in modules.items():
        own = boxes[_home(module, boxes)]
        for name in _imported(path):
            if name in modules and name != "agent" and (other := boxes[_home(name, boxes)]) != own:
                arrows.setdefault(own, set()).add(other)
    return arrows


def _modules(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((root / "agent").rglob("*.py")):
        yield ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"), path


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def _home(module: str, names: Mapping[str, str]) -> str:
    return max((name for name in names if module == name or module.startswith(f"{name}.")), key=len)


def _without_detours(arrows: Arrows) -> Arrows:
    """As few arrows as lead wherever all of them lead."""
    left = {box: set(others) for box, others in arrows.items()}
    for box in sorted(arrows):
        for other in sorted(arrows[box]):
            left[box].remove(other)
            if other not in _reached(left, box):
                left[box].add(other)
    return left


def _reached(arrows: Arrows, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for other in arrows.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found
