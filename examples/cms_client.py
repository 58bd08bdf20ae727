"""How a CMS talks to Isnad: post the blocks of an article, learn when it is done, mark the claims, correct a label.

    ISNAD_URL=http://127.0.0.1:8000 ISNAD_KEY=isnad_… python cms_client.py article.json

`article.json` holds {"title": …, "outlet": …, "published_at": …, "blocks": [{"id": …, "text": …}]}. Needs `httpx`
and, for webhooks, `standardwebhooks`.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
from standardwebhooks.webhooks import Webhook


class Cms:
    """Raises `httpx.HTTPStatusError` for what the service refuses; its `detail` is for people."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def check(self, article: Mapping[str, Any], callback_url: str | None = None) -> str:
        """The id of the verification. The same text posted twice is verified once."""
        body = {**article} if callback_url is None else {**article, "callback_url": callback_url}
        same = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        return str(self._asked("POST", "/v1/verifications", json=body, headers={"Idempotency-Key": same})["id"])

    def wait(self, verification: str, seconds: float = 600) -> dict[str, Any]:
        """The verification when it has ended: for sites that no webhook reaches."""
        until = time.monotonic() + seconds
        while (found := self._asked("GET", f"/v1/verifications/{verification}"))["state"] in ("queued", "running"):
            if time.monotonic() > until:
                raise TimeoutError(f"verification {verification} has not ended in {seconds:.0f} s")
            time.sleep(1)
        return found

    def marks(self, verification: str) -> Iterator[tuple[str, int, int, str | None]]:
        """Where to mark: block, first and last offset of its text in code points, and the label if there is one."""
        for block in self._asked("GET", f"/v1/verifications/{verification}")["blocks"]:
            for span in block["spans"]:
                yield block["id"], span["start"], span["end"], span["label"]

    def correct(self, verification: str, claim: str, **word: str) -> None:
        """`word` is a person's `label`, `reason` and name: `who`."""
        self._asked("POST", f"/v1/verifications/{verification}/claims/{claim}/corrections", json=word)

    def _asked(self, method: str, path: str, **asked: Any) -> dict[str, Any]:
        told: dict[str, Any] = self._http.request(method, path, **asked).raise_for_status().json()
        return told


def receive(body: bytes, headers: Mapping[str, str], secret: str) -> str:
    """The id of the verification that a webhook tells of; raises when it was not signed by us, or long ago."""
    told: dict[str, Any] = Webhook(secret).verify(body, dict(headers))
    return str(told["data"]["id"])


if __name__ == "__main__":
    key = {"Authorization": f"Bearer {os.environ['ISNAD_KEY']}"} if "ISNAD_KEY" in os.environ else {}
    with (
        httpx.Client(base_url=os.environ.get("ISNAD_URL", "http://127.0.0.1:8000"), headers=key, timeout=60) as http,
        open(sys.argv[1], encoding="utf-8") as file,
    ):
        cms = Cms(http)
        ended = cms.wait(cms.check(json.load(file)))
        print(ended["state"], ended.get("failure") or ended["result"]["counts"])
        for mark in cms.marks(ended["id"]) if ended["state"] == "succeeded" else ():
            print(*mark)
