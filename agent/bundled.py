"""Prompts and evaluations: folders of their own in the repository, which a wheel carries inside the package."""

import sys
from pathlib import Path

_INSIDE = Path(__file__).parent / "_bundled"
_BESIDE = Path(__file__).parents[1]


def bundled(name: str) -> Path:
    """The folder of that name: inside this package in a wheel, beside it in a checkout."""
    inside = _INSIDE / name
    return inside if inside.is_dir() else _BESIDE / name


def make_importable(name: str) -> None:
    """Makes the modules of a folder importable under its name, although no package of that name is installed. It goes
    before a package that somebody else has installed under that name."""
    folder = str(bundled(name).parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
