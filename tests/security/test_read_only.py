"""The service where nothing can be written but its data folder and a folder for temporary files, as in the image."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from evals.servers.cluster import Member, address

pytestmark = pytest.mark.long

_ROOT = Path(__file__).parents[2]
# In a mount namespace of its own: all is read-only but one folder, and the process has lost every right of root.
_ENTER = """
mount --make-rprivate /
mount --bind "$0" "$0"
mount --bind "$1" "$1"
mount -o remount,ro,bind "$1"
mount -o remount,ro,bind /
cd /
touch "$1/written" 2>/dev/null && exit 70
shift
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
"""


def _may_enter() -> bool:
    if os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")):
        return False
    return subprocess.run(["unshare", "-m", "mount", "--make-rprivate", "/"], check=False).returncode == 0


@contextmanager
def _serving(folder: Path, temporary: str) -> Iterator[Member]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ISNAD_", "OPENAI_"))}
    environment |= {
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": temporary,
        "ISNAD_DATA_DIR": str(folder / "data"),
        "ISNAD_ANALYST": "lexical",
    }
    enter = ["unshare", "-m", "bash", "-ec", _ENTER, str(folder), str(_ROOT)]
    member = Member([*enter, sys.executable, "-m", "agent", "serve", "--port", "0"], environment, folder / "log")
    try:
        yield member
    finally:
        member.kill()


@pytest.mark.skipif(not _may_enter(), reason="only root may make a file system read-only for one process")
def test_the_service_writes_nowhere_but_in_its_data_folder_and_the_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with _serving(tmp_path, str(tmp_path / "tmp")) as member:
        with httpx.Client(base_url=address(member), timeout=240) as http:
            text = "The mayor said that the old bridge was shut on Monday. The general said that nobody leaves."
            answer = http.post("/v1/verifications", json={"text": text}, headers={"prefer": "wait=60"})
            assert answer.json()["state"] == "succeeded", member.told
            assert http.get("/").status_code == 200
        assert member.stop() == 0


@pytest.mark.skipif(not _may_enter(), reason="only root may make a file system read-only for one process")
def test_where_no_temporary_folder_can_be_written_the_service_says_so_and_does_not_start(tmp_path: Path) -> None:
    with _serving(tmp_path, "/nowhere") as member:
        assert member.process.wait(240) == 4
        assert "TMPDIR" in member.told
        assert "Traceback" not in member.told
