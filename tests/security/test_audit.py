"""The audit of dependencies never takes silence for safety."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.support.endpoint import closed_port

ROOT = Path(__file__).parents[2]


def test_what_cannot_be_looked_up_fails(tmp_path: Path) -> None:
    told = re.search(r"-m pip_audit (.+?) -r", (ROOT / "Makefile").read_text("utf-8"))
    assert told is not None
    locked = tmp_path / "locked.txt"
    locked.write_text(f"click==8.1.8 --hash=sha256:{'0' * 64}\n")
    nowhere = f"http://127.0.0.1:{closed_port()}"
    audit = subprocess.run(
        [sys.executable, "-m", "pip_audit", *shlex.split(told[1]), "-r", str(locked), "--cache-dir", str(tmp_path)],
        env=os.environ | {"HTTPS_PROXY": nowhere, "https_proxy": nowhere},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert audit.returncode != 0
    assert "No known vulnerabilities" not in audit.stdout + audit.stderr
