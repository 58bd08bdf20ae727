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
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=240)
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


def test_it_names_every_operation(guarded: Desk) -> None:
    """In the table, where `…` stands for the path in front as far as its first name, and `*` for any ending."""
    table = _GUIDE.partition("## Everything there is")[2].partition("## Errors")[0]
    named: list[re.Pattern[str]] = []
    for line in table.splitlines():
        before, method = "", ""
        for told in re.findall(r"`([^`]*)`", line.split("|")[1] if "|" in line else ""):
            found = re.fullmatch(r"(?:(GET|POST|DELETE) )?(\S*)", told)
            assert found is not None, told
            method, path = found[1] or method, found[2].replace("…", before) if "…" in told else found[2]
            before = before or re.sub(r"(\}).*", r"\1", path)
            named.append(re.compile(f"{method} {re.escape(_unnamed(path)).replace(chr(92) + '*', '.*')}"))
    described = guarded.http.get("/v1/openapi.json").json()["paths"]
    operations = {f"{method.upper()} {_unnamed(path)}" for path, item in described.items() for method in item}
    assert {one for one in operations if not any(name.fullmatch(one) for name in named)} == set()


def _unnamed(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)
