"""The service starts, verifies and stops on every Python that `make pythons` has found on this machine."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from evals.bench.stories import build_story
from evals.servers.cluster import Member, address
from evals.servers.pythons import prepared

pytestmark = pytest.mark.waits

_PATIENCE = 240.0


def _post(url: str, body: dict[str, object]) -> dict[str, object]:
    headers = {"content-type": "application/json", "prefer": "wait=60"}
    with urlopen(Request(url, json.dumps(body).encode(), headers), timeout=_PATIENCE) as answer:
        told: dict[str, object] = json.loads(answer.read())
    return told


@pytest.mark.parametrize("python", prepared(), ids=lambda path: path.parents[1].name)
def test_the_service_starts_verifies_and_stops(python: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "ISNAD_DATA_DIR": str(tmp_path / "data"), "ISNAD_ANALYST": "lexical"}
    serving = Member([str(python), "-m", "agent", "serve", "--port", "0"], environment, tmp_path / "log")
    try:
        url = address(serving)
        told = _post(f"{url}/v1/verifications", {"text": build_story(2, "shared").article.text, "language": "en"})
        assert told["state"] == "succeeded", told
        assert serving.stop() == 0
    finally:
        serving.kill()
    # What it kept can be read by the Python that all tests run on.
    listed = subprocess.run(
        [sys.executable, "-m", "agent", "report", "list"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 0, listed.stderr
    assert len(listed.stdout.splitlines()) == 1
