"""Putting a WordPress together for tests: what is asked of the package managers, and what comes of it."""

import os
import re
import tarfile
from pathlib import Path

import pytest

from evals.servers.wordpress_files import CannotBeHad, prepare

_RELEASE = Path("/etc/os-release")
_IS_DEBIAN = _RELEASE.exists() and re.search(r"^ID=debian$", _RELEASE.read_text(), re.MULTILINE)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose commands are found before all others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    return folder


def test_what_the_package_has_becomes_a_site_with_the_languages_of_the_tests(commands: Path, tmp_path: Path) -> None:
    inside = tmp_path / "package/dist/cli/wp-files"
    for name in (
        "latest/wordpress/wp-load.php",
        "latest/wordpress/wp-content/plugins/akismet/akismet.php",
        "latest/languages/admin-fr_FR.l10n.php",
        "latest/languages/ar-0cc3.json",
        "latest/languages/de_DE-0cc3.json",
        "sqlite-database-integration/db.copy",
        "wp-cli/wp-cli.phar",
        "phpmyadmin/index.php",
    ):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text(name)
    with tarfile.open(tmp_path / "packed.tgz", "w:gz") as packed:
        packed.add(tmp_path / "package", "package")
    _stand_in(
        commands / "npm",
        f'echo $3 >> {tmp_path}/asked; cp {tmp_path}/packed.tgz got.tgz; echo \'[{{"filename": "got.tgz"}}]\'',
    )
    for _ in range(2):
        prepare(Path("made"))
    made = tmp_path / "made"
    assert {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()} == {
        "made-of.txt",
        "wp-cli.phar",
        "site/wp-load.php",
        "site/wp-content/languages/admin-fr_FR.l10n.php",
        "site/wp-content/languages/ar-0cc3.json",
        "site/wp-content/mu-plugins/sqlite-database-integration/db.copy",
    }
    # What is there is not asked for once more.
    assert re.fullmatch(r"wp-studio@\d+\.\d+\.\d+\n", (tmp_path / "asked").read_text())


def test_a_registry_that_has_nothing_is_told(commands: Path, tmp_path: Path) -> None:
    _stand_in(commands / "npm", "echo no such package >&2; exit 1")
    with pytest.raises(CannotBeHad, match="no such package"):
        prepare(Path("made"))
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.skipif(not _IS_DEBIAN, reason="the packages are Debian's")
def test_a_folder_that_is_named_from_here_is_told_as_a_whole(commands: Path, tmp_path: Path) -> None:
    """Packages are downloaded from within another folder."""
    _stand_in(commands / "apt-get", f'printf "%s\\n" "$@" > {tmp_path}/asked\necho no mirror >&2\nexit 100')
    with pytest.raises(CannotBeHad, match="no mirror"):
        prepare(Path("made"), older=True)
    folders = re.findall(r"^-oDir::(?:State|Cache|Etc)\S*=(.*)$", (tmp_path / "asked").read_text(), re.MULTILINE)
    assert len(folders) == 4
    assert [one for one in folders if not one.startswith("/")] == []
    # What was begun is taken away again.
    assert list((tmp_path / "made").iterdir()) == []


def _stand_in(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
