"""Inputs that are wrong in drawn ways: whatever they are, the answer is a refusal, and soon."""

import json
from random import Random

import httpx

from evals.reliability.figure import Figure

_PATHS = ("/v1/verifications", "/v1/claims/check", "/v1/coverage")
_PIECES = (
    '"text"',
    ":",
    "{",
    "}",
    "[",
    "]",
    ",",
    "null",
    "1e999",
    '"\\ud800"',
    '"a"',
    "NaN",
    "\x00",
    "é",
    '"blocks"',
)
_KINDS = ("application/json", "application/x-ndjson", "text/plain", "application/json; charset=utf-16", "")


def bad_inputs(seed: int, http: httpx.Client, number: int) -> Figure:
    rng = Random(seed)
    told: dict[str, float | int | str | None] = {"tried": number, "answers_5xx": 0, "hangs": 0}
    for _ in range(number):
        try:
            method, path = _request(rng)
            content, headers = _body(rng)
            answer = http.request(method, path, content=content, headers=headers)
            told["answers_5xx"] = int(told["answers_5xx"] or 0) + (answer.status_code >= 500)
        except httpx.TimeoutException:
            told["hangs"] = int(told["hangs"] or 0) + 1
        except (httpx.LocalProtocolError, httpx.RemoteProtocolError, httpx.InvalidURL):
            continue  # what the client will not send, or the service hung up on
    return Figure("bad_inputs", seed, told, {"answers_5xx": 0, "hangs": 0})


def _request(rng: Random) -> tuple[str, str]:
    if rng.random() < 0.7:
        return "POST", rng.choice(_PATHS)
    place = "".join(rng.choices("0123456789abcdef%/.*'é", k=rng.randrange(40)))
    return rng.choice(("GET", "DELETE", "PUT", "PATCH", "HEAD")), f"/v1/verifications/{place}?cursor={place}"


def _body(rng: Random) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    if rng.random() < 0.5:
        content = "".join(rng.choices(_PIECES, k=rng.randrange(30)))
    else:
        values: list[object] = [None, 7, [], {}, "x" * rng.randrange(1, 5000), [[[]]], -1e308]
        field = rng.choice(("text", "html", "blocks", "url", "options", "statement", "no"))
        content = json.dumps({field: rng.choice(values)})
    preferred = rng.choice((b"wait=0", b"wait=-1", b"x"))
    kind = rng.choice(_KINDS).encode()
    return content.encode("utf-8", "replace"), [(b"content-type", kind), (b"prefer", preferred)]
