"""A virtual environment for every other Python of this machine that Isnad is for: `make pythons`.

Each has what `isnad serve` needs, in the locked versions. A test starts the service in all that are there.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree, which

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".pythons"
MINORS = (11, 12, 13, 14)
_NEEDED = [ROOT / "requirements" / name for name in ("build.txt", "service.txt")]
_TELL = """
import sys, sqlite3, ensurepip
print('.'.join(map(str, sys.version_info[:3])), sqlite3.sqlite_version)
"""


@dataclass(frozen=True)
class Python:
    """An interpreter that has `venv`, `pip` and SQLite. `minor` is 12 for 3.12."""

    path: Path
    minor: int
    version: str
    sqlite: str

    def __str__(self) -> str:
        return f"Python {self.version} (SQLite {self.sqlite})"


def find_pythons() -> dict[int, Python]:
    """One interpreter for each minor version that can be had here, on the path or in the folder of pyenv."""
    return {minor: found for minor in MINORS if (found := next(_usable(minor), None)) is not None}


def prepared() -> list[Path]:
    """The interpreters of the environments that were made before, and of the one that this runs in."""
    return [Path(sys.executable), *sorted(FOLDER.glob("3.*/bin/python"))]


def _usable(minor: int) -> Iterator[Python]:
    name = f"python3.{minor}"
    on_path = which(name)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for path in [*([Path(on_path)] if on_path else []), *sorted(pyenv.glob(f"versions/*/bin/{name}"))]:
        told = subprocess.run([path, "-c", _TELL], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            version, sqlite = told.stdout.split()
            yield Python(path, minor, version, sqlite)


def prepare(python: Python) -> None:
    """Makes its environment anew, unless it is as the lock files and the project want it."""
    place = FOLDER / f"3.{python.minor}"
    made_of = (*_NEEDED, ROOT / "pyproject.toml")
    wanted = "\n".join((python.version, *(file.read_text(encoding="utf-8") for file in made_of)))
    stamp = place / "made-of"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    rmtree(place, ignore_errors=True)
    subprocess.run([python.path, "-m", "venv", place], check=True)
    pip = [str(place / "bin" / "pip"), "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--require-hashes", *(f"-r{file}" for file in _NEEDED)], check=True)
    subprocess.run([*pip, "install", "--no-build-isolation", "--no-deps", "-e", str(ROOT)], check=True)
    subprocess.run([*pip, "check"], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def main() -> None:
    found = find_pythons()
    for minor in MINORS:
        if minor == sys.version_info.minor:
            print(f"Python 3.{minor}: the one that all tests run on")
        elif minor in found:
            prepare(found[minor])
            print(f"{found[minor]}: ready in {FOLDER.name}/3.{minor}")
        else:
            print(f"Python 3.{minor}: not on this machine, not tried")


if __name__ == "__main__":
    main()
