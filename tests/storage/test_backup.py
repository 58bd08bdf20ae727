"""What `docs/service.md` says of backup and restore, done with PostgreSQL's own tools and real processes."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from evals.servers.cluster import Cluster, address, open_cluster, run_chroma, until
from tests.support.reports import EXAMPLE

pytestmark = pytest.mark.waits

_PATIENCE = 240.0


def _verified(http: httpx.Client) -> str:
    """The id of a verification of the example that has ended."""
    text = (EXAMPLE / "article.ar.txt").read_text("utf-8")
    posted = http.post("/v1/verifications", json={"text": text}, headers={"idempotency-key": "once"})
    assert posted.status_code == 202, posted.text
    place = posted.headers["location"]
    until(lambda: http.get(place).json()["state"] == "succeeded", "the verification to end", _PATIENCE)
    return str(posted.json()["id"])


def _labels(http: httpx.Client, job: str) -> dict[str, Any]:
    report = http.get(f"/v1/verifications/{job}/report.json").json()
    return {claim["text"]: claim["label"] for claim in report["claims"]}


def _key(cluster: Cluster) -> dict[str, str]:
    made = cluster.run("keys", "create", "desk", "--scopes", "verify,read,coverage,admin")
    return {"authorization": f"Bearer {made.strip()}"}


def test_a_dump_brings_everything_back_and_an_index_that_was_lost_is_filled_again(tmp_path: Path) -> None:
    with open_cluster(tmp_path, forked=True, analyst="lexical") as cluster:
        assert cluster.postgres is not None
        cluster.run("coverage", "add", str(EXAMPLE / "coverage.jsonl"))
        key = _key(cluster)
        first = cluster.serve()
        with httpx.Client(base_url=address(first), headers=key, timeout=_PATIENCE) as http:
            job = _verified(http)
            labels = _labels(http, job)
            found = http.get("/v1/coverage/search", params={"q": "withdrawal"}).json()
        assert first.stop() == 0

        cluster.postgres.run("pg_dump", "-Fc", "-f", "backup", cluster.database_url)
        restored = cluster.postgres.create_database()
        cluster.postgres.run("pg_restore", "-d", restored, "backup")

        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        with run_chroma(elsewhere, forked=True) as (_, chroma_url):
            there = {"database_url": restored, "chroma_url": chroma_url}
            cluster.run("coverage", "reindex", **there)
            again = cluster.serve(**there)
            with httpx.Client(base_url=address(again), headers=key, timeout=_PATIENCE) as http:
                assert _labels(http, job) == labels
                assert http.get("/v1/coverage/search", params={"q": "withdrawal"}).json() == found
                # The same post under the same key is the same job: nothing is verified twice after a restore.
                assert _verified(http) == job
            assert again.stop() == 0
