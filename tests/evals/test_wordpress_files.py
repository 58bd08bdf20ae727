"""Putting a WordPress together for tests: what is asked of the package manager."""

import os
import re
from pathlib import Path

import pytest

from evals.servers.wordpress_files import CannotBeHad, prepare

_RELEASE = Path("/etc/os-release")
_IS_DEBIAN = _RELEASE.exists() and re.search(r"^ID=debian$", _RELEASE.read_text(), re.MULTILINE)


@pytest.mark.skipif(not _IS_DEBIAN, reason="the packages are Debian's")
def test_a_folder_that_is_named_from_here_is_told_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages are downloaded from within another folder."""
    stand_in = tmp_path / "bin" / "apt-get"
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/asked\necho no mirror >&2\nexit 100\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotBeHad, match="no mirror"):
        prepare(Path("made"))
    folders = re.findall(r"^-oDir::(?:State|Cache|Etc)\S*=(.*)$", (tmp_path / "asked").read_text(), re.MULTILINE)
    assert len(folders) == 4
    assert [one for one in folders if not one.startswith("/")] == []
    # What was begun is taken away again.
    assert list((tmp_path / "made").iterdir()) == []
