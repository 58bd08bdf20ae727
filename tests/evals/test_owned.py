"""What a killed owner leaves behind: nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evals.servers import scratch
from evals.servers.cluster import until
from evals.servers.owned import clear_left_behind, note_server, owned_folder

_ROOT = Path(__file__).parents[2]
_OWNER = """
import signal, subprocess, sys
from pathlib import Path
from evals.servers.owned import note_server, owned_folder
with owned_folder("isnad-", Path(sys.argv[1])) as folder:
    server = subprocess.Popen(["sleep", "1000"])
    note_server(folder, server.pid, signal.SIGTERM)
    print(folder, server.pid, flush=True)
    sys.stdin.read()
"""


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_when_the_owner_is_killed_its_servers_end_and_its_folder_goes(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as owner:
        assert owner.stdout is not None
        folder, server = owner.stdout.readline().split()
        assert _runs(int(server))
        owner.kill()
        until(lambda: not Path(folder).exists(), "the folder to go")
        assert not _runs(int(server))


def test_a_folder_goes_with_the_block_that_it_was_made_for(tmp_path: Path) -> None:
    with owned_folder("isnad-", tmp_path) as folder:
        (folder / "kept").write_text("1")
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_owns_any_more_is_cleared_and_what_is_owned_stays(tmp_path: Path) -> None:
    left, other = tmp_path / "isnad-left", tmp_path / "another"
    for folder in (left, other):
        folder.mkdir()
        (folder / "owner.lock").touch()
    with subprocess.Popen(["sleep", "1000"]) as server, owned_folder("isnad-", tmp_path) as owned:
        note_server(left, server.pid, signal.SIGTERM)
        note_server(owned, os.getpid(), signal.SIGKILL)
        clear_left_behind(tmp_path, "isnad-")
        assert server.wait() == -signal.SIGTERM
        assert sorted(tmp_path.iterdir()) == sorted([other, owned])


def test_a_process_that_has_the_number_of_a_server_that_ended_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "isnad-left").mkdir()
    (tmp_path / "isnad-left" / "owner.lock").touch()
    (tmp_path / "isnad-left" / f"{os.getpid()}.server").write_text(f"{signal.SIGKILL.value} 1")
    clear_left_behind(tmp_path, "isnad-")
    assert list(tmp_path.iterdir()) == []


def test_temporary_folders_of_runs_that_were_killed_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "_MEMORY", tmp_path)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    for number, lock in enumerate((str(ended.pid), str(os.getpid()), "", None)):
        folder = tmp_path / "pytest-of-somebody" / f"pytest-{number}"
        folder.mkdir(parents=True)
        if lock is not None:
            (folder / ".lock").write_text(lock)
    scratch.clear_ended_runs()
    left = (tmp_path / "pytest-of-somebody").iterdir()
    assert sorted(folder.name for folder in left) == ["pytest-1", "pytest-2", "pytest-3"]
