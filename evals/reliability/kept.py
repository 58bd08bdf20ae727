"""Documents that were acknowledged while the service is killed, and a second writer at the same folder."""

import json
from random import Random

import httpx

from evals.bench.stories import build_story
from evals.reliability.figure import Figure
from evals.reliability.service import Service

_WRITERS = 2
_HEADERS = {"Content-Type": "application/x-ndjson"}


def documents(seed: int, service: Service, batches: int, kills: int) -> Figure:
    rng = Random(seed)
    killed_after = set(rng.sample(range(batches), kills))
    acknowledged: set[str] = set()
    for number in range(batches):
        lines = [
            json.dumps({"text": one.text, "title": one.title, "url": f"https://b{number}-{n}.example/{n}"})
            for n, one in enumerate(build_story(4, "shared", seed=seed * 1000 + number).documents)
        ]
        try:
            answer = service.http.post("/v1/coverage", content="\n".join(lines), headers=_HEADERS)
            acknowledged |= {one["document_id"] for one in answer.json()["results"] if one["status"] in (200, 201)}
        except httpx.TransportError:
            continue
        if number in killed_after:
            service.kill()
    lost = sum(not service.forget_document(one) for one in sorted(acknowledged))
    told: dict[str, float | int | str | None] = {
        "acknowledged": len(acknowledged),
        "kills": kills,
        "lost": lost,
        "second_writers": _WRITERS,
        "second_writers_refused": sum(_is_refused(service) for _ in range(_WRITERS)),
    }
    return Figure("documents", seed, told, {"lost": 0, "second_writers_refused": _WRITERS})


def _is_refused(service: Service) -> bool:
    try:
        # By itself: what goes through the server is no second writer.
        service.cluster.run("coverage", "search", "the bridge", server="off")
    except RuntimeError as err:
        return "process" in str(err)
    return False
