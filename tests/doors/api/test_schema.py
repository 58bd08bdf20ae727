"""The description and the service held against each other, by requests that are made from the description."""

import subprocess
import sys
from pathlib import Path

import pytest

from agent.storage.keys import Scope
from evals.servers.forked import Forked
from tests.doors.api.desk import Desk

pytestmark = pytest.mark.waits

_SEED = "7"
_EXAMPLES = "2"
_LEFT_OUT = (
    # A schema cannot say that a text holds words, or that a date is one: such requests are refused, with a reason.
    "positive_data_acceptance",
    # It expects headers that nobody described to be refused, which HTTP forbids. Bodies: test_errors.
    "negative_data_rejection",
    # The good key goes with those requests too that are meant to lack one. Keys: test_access.
    "ignored_auth",
)


def test_every_operation_does_what_its_description_says(guarded: Desk, tmp_path: Path) -> None:
    guarded.as_before()
    key = guarded.service.keys.create("schema", [Scope.ADMIN], requests_per_minute=100_000)
    description = tmp_path / "openapi.json"
    description.write_bytes(guarded.http.get("/v1/openapi.json").content)
    command = [
        sys.executable,
        # As its command `st` does; forked, it need not find out anew what Hypothesis knows of Unicode.
        *("-c", "from schemathesis.cli import schemathesis; schemathesis()"),
        "run",
        # Asked for by the test: the program waits for it no longer than ten seconds.
        str(description),
        *("--url", str(guarded.http.base_url)),
        *("--header", f"X-API-Key: {key}"),
        *("--exclude-checks", ",".join(_LEFT_OUT)),
        # It cannot write JSON lines. Batches: test_coverage.
        *("--exclude-operation-id", "add_coverage"),
        *("--workers", "1", "--seed", _SEED, "--max-examples", _EXAMPLES, "--request-timeout", "240"),
        *("--phases", "examples,coverage"),
    ]
    with Forked[str](command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            out, _ = process.communicate(timeout=900)
        finally:
            process.kill()
    assert process.returncode == 0, out[-8000:]
