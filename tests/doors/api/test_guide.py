"""What `docs/api.md` tells a newcomer, done by a newcomer's means."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from agent.doors.api import problems
from agent.storage.keys import Scope
from tests.doors.api.desk import Desk

_GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
_TOOLS = ("bash", "curl", "jq")


@pytest.mark.skipif(not all(map(shutil.which, _TOOLS)), reason=f"needs {', '.join(_TOOLS)}")
def test_its_commands_do_what_it_says(guarded: Desk, tmp_path: Path) -> None:
    guarded.as_before()
    key = guarded.service.keys.create("guide", [Scope.VERIFY, Scope.READ, Scope.COVERAGE])
    first, *blocks = re.findall(r"```sh\n(.*?)```", _GUIDE, re.DOTALL)
    place = str(guarded.http.base_url).rstrip("/")
    first = first.replace("http://127.0.0.1:8000", place)
    first = re.sub(r"KEY=\S+", f"KEY={key}", first).replace("curl ", "curl --fail-with-body ")
    # A newcomer types more slowly: what is read is there by then.
    wait = 'until isnad "$ISNAD/v1/verifications/$ID" | grep -q succeeded; do sleep 0.1; done\n'
    script = "set -euo pipefail\n" + first + blocks[0] + wait + "".join(blocks[1:])
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr + done.stdout
    said = done.stdout
    assert "event: run_started" in said
    assert "event: ended" in said
    assert '"id":"p1"' in said
    assert '"label":"contested"' in said
    assert '"status":201' in said
    assert "The bridge is open again, drivers said." in said
    assert "<!doctype html>" in (tmp_path / "report.html").read_text("utf-8")


def test_it_names_every_problem() -> None:
    named = set(re.findall(r"`([a-z-]+)`", _GUIDE.partition("## Errors")[2]))
    source = "".join(path.read_text("utf-8") for path in Path(problems.__file__).parent.glob("*.py"))
    kinds = set(re.findall(r'kind="([a-z-]+)"', source)) | {"idempotency-key"}
    assert {*problems.SLUGS.values(), *kinds} <= named
