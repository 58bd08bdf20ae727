"""Verifications in a world full of trouble: each ends as it would without it, or with a failure that is named."""

import tempfile
from collections import Counter
from pathlib import Path

from agent.analyst.model import ModelAnalyst
from agent.config import Settings
from agent.llm import open_chat
from agent.models import Label, Report
from agent.prompts import Fence
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from evals.bench.stories import Story, build_story
from evals.reliability.figure import Figure
from evals.reliability.simulation import Draw, FaultyModel, FaultySearch, answering, no_wait
from evals.servers.endpoint import Pace, SimulatedModel

_CLAIMS = 8
_SHARE = 0.25
_STORE_SHARE = 0.2


async def troubled(seed: int, stories: int) -> Figure:
    """A failure is never a verdict: no label may differ from that of the same story without trouble."""
    wrong = failed = same = 0
    kinds: Counter[str] = Counter()
    outages = 0
    for number in range(stories):
        story = build_story(_CLAIMS, "shared", seed=seed * 1000 + number)
        untouched, _ = await _verified(story, FaultyModel(_model(), Draw(seed, 0)), 0, seed)
        calm = _labels(untouched)
        model = FaultyModel(_model(), Draw(seed, _SHARE))
        report, hit = await _verified(story, model, _STORE_SHARE, seed)
        found = _labels(report)
        outages += hit
        kinds.update({str(kind): count for kind, count in model.troubles.items()})
        for claim, label in calm.items():
            given = found.get(claim)
            same += given == label
            failed += given is None
            wrong += given not in (None, label)
    told: dict[str, float | int | str | None] = {
        "verifications": stories,
        "claims": same + failed + wrong,
        "labelled_as_without_trouble": same,
        "named_failures": failed,
        "wrong_labels": wrong,
        "store_outages": outages,
    }
    return Figure(
        "troubled", seed, told | {f"injected {kind}": kinds[kind] for kind in sorted(kinds)}, {"wrong_labels": 0}
    )


def _model() -> SimulatedModel:
    return SimulatedModel(Pace(call_seconds=0))


async def _verified(story: Story, model: FaultyModel, store_share: float, seed: int) -> tuple[Report, int]:
    search = FaultySearch(story.documents, Draw(seed, store_share))
    with tempfile.TemporaryDirectory() as folder, answering(model.chat) as url:
        settings = Settings(
            data_dir=Path(folder), model="simulated", base_url=url, api_key="none", max_concurrency=8, idle_timeout=60
        )
        async with open_runs(settings) as runs, open_chat(settings, None, sleep=no_wait) as chat:
            # One salt for all: fences are part of the question that faults are drawn for.
            analyst = ModelAnalyst(chat, Fence(b"simulation"), embedder="none")
            report = await Verifier(Parts(analyst, search, runs), settings).verify(story.article)
    return report, search.outages


def _labels(report: Report) -> dict[str, Label | None]:
    return {finding.text: finding.label for finding in report.claims}
