"""Finished runs of the suite `stance` with made-up answers: what gates, comparisons and pages are tried on."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

from agent.models import AnalystInfo, Usage
from evals.running.items import Item, Spent, total
from evals.running.manifest import Manifest, Request
from evals.running.results import Run, RunResult, summarise

LABELS = ("supports", "refutes", "neither")
CARD = AnalystInfo(kind="lexical", embedder="none")


def answers(right: float, seed: int = 1, count: int = 200) -> list[Item]:
    questions, luck = Random(7), Random(seed)
    golds = [questions.choice(LABELS) for _ in range(count)]
    return [
        Item(
            id=str(n),
            dataset="made",
            lang="ar" if n % 2 else "en",
            gold=gold,
            answer=gold if luck.random() < right else luck.choice(LABELS),
            spent=Spent(seconds=0.1, usage=Usage(calls=1, prompt_tokens=100, completion_tokens=20, cost=0.001)),
        )
        for n, gold in enumerate(golds)
    ]


def finished(folder: Path, name: str, items: list[Item], card: AnalystInfo = CARD, data: str = "a") -> Run:
    request = Request(
        suite="stance",
        suites=("stance",),
        data_hashes={"stance/made": data},
        analyst=card,
        revision="r1",
        settings={},
    )
    now = datetime.now(UTC)
    manifest = Manifest(
        request=request,
        versions={},
        started_at=now,
        ended_at=now,
        wall_seconds=1,
        resumed=False,
        spent=total(items),
    )
    run = Run(folder / name)
    run.begin(request)
    run.finish(RunResult(run_id=name, manifest=manifest, suites=(summarise("stance", items),)), {"stance": items})
    return run
