"""Prompts and evaluations: folders of their own in the repository, which a wheel carries inside the package."""

import sys
from pathlib import Path

_INSIDE = Path(__file__).parent / "_bundled"
_BESIDE = Path(__file__).parents[1]


def bundled(name: str) -> Path:
    """The folder of that name: in a wheel inside this package, in a checkout beside it."""
    inside = _INSIDE / name
    return inside if inside.is_dir() else _BESIDE / name


def make_importable(name: str) -> None:
    """Lets the modules of a folder be imported by its name, though no package of that name is installed.

    It comes first: a package that somebody else has installed under that name is not ours.
    """
    folder = str(bundled(name).parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
