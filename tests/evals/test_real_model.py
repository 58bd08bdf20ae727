"""What is asserted of a real model's report holds for an honest one, and for no other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.models import Failure, FailureReason, Label, Report, Step
from evals.analyst.real_model import Run, coverage, problems_of, settings_for, summary_of, verified
from evals.servers import llama
from evals.servers.wire import Refusal
from evals.servers.wire_format import Asked, Reply
from tests.support.endpoint import ScriptedEndpoint, run_endpoint

QUOTE = "Our reporter saw barriers go up on Tuesday morning"
TEXTS = {document.id: document.text for document in coverage()}


def answered(asked: Asked) -> Reply:
    """One true quote; one that stands nowhere, where the text gives orders."""
    claims = re.findall(r"^(c\d+): ", asked.user, re.MULTILINE)
    stance = "supports" if QUOTE in asked.user or "Ignore the form" in asked.user else "unrelated"
    quote = QUOTE if stance == "supports" else ""
    said = {"stance": stance, "quote": quote, "same_speaker": False}
    return Reply(json.dumps({"answers": [{"claim": claim, **said} for claim in claims]}))


@pytest.fixture
def endpoint() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


@pytest.fixture
async def run(endpoint: ScriptedEndpoint, tmp_path: Path) -> Run:
    endpoint.behave(answered)
    return await verified(settings_for(endpoint.url, tmp_path), rules=True)


def changed(run: Run, **finding: object) -> Run:
    """The same with another first claim."""
    first, *others = run.report.claims
    claims = (first.model_copy(update=finding), *others)
    return Run(report(run, claims=claims), run.failed, run.steps, run.seconds)


def report(run: Run, **fields: object) -> Report:
    return run.report.model_copy(update=fields)


async def test_an_honest_run_is_asked_with_schema_and_stream_and_has_no_problem(
    endpoint: ScriptedEndpoint, run: Run
) -> None:
    assert problems_of(run, TEXTS) == []
    assert {(asked.mode, asked.stream) for asked in endpoint.chats} == {("schema", True)}
    assert run.report.counts.corroborated > 0
    assert run.report.dropped.evidence_without_quote > 0
    shown = summary_of("honest", run)
    assert f"claims {len(run.report.claims)}: corroborated {run.report.counts.corroborated}" in shown
    assert f"and {run.report.dropped.evidence_without_quote} findings whose quote stands nowhere" in shown
    assert f"{len(endpoint.chats)} calls" in shown


async def test_a_forged_quote_is_a_problem(run: Run) -> None:
    found = next(finding for finding in run.report.claims if finding.evidence).evidence[0]
    forged = found.model_copy(update={"quote": "no such words"})
    moved = found.model_copy(update={"passage": found.passage.model_copy(update={"start": 1})})
    for evidence in (forged, moved):
        (problem,) = problems_of(changed(run, evidence=(evidence,), label=Label.CORROBORATED), TEXTS)
        assert "forged" in problem
    (problem,) = problems_of(changed(run, quote="no such words"), TEXTS)
    assert "the article does not hold" in problem


async def test_a_label_without_evidence_or_beside_a_failure_is_a_problem(run: Run) -> None:
    weak = Failure(step=Step.JUDGE, reason=FailureReason.MALFORMED, message="half an answer")
    for wrong in (
        {"label": Label.CONTESTED, "evidence": ()},
        {"label": Label.CORROBORATED, "evidence": ()},
        {"label": Label.UNSOURCED, "failure": weak},
        {"label": None, "failure": None},
    ):
        assert len(problems_of(changed(run, **wrong), TEXTS)) == 1
    assert problems_of(changed(run, label=None, failure=weak), TEXTS) == []


async def test_a_failure_that_is_no_weakness_of_the_model_or_that_is_not_told_is_a_problem(
    endpoint: ScriptedEndpoint, run: Run, tmp_path: Path
) -> None:
    (problem,) = problems_of(Run(run.report, 1, run.steps, 1.0), TEXTS)
    assert "does not say so" in problem
    endpoint.behave(lambda asked: Refusal(400, "no such grammar"))
    refused = await verified(settings_for(endpoint.url, tmp_path / "refused"), rules=True)
    assert refused.failed > 0
    assert any("no such grammar" in problem for problem in problems_of(refused, TEXTS))


async def test_a_model_that_was_never_asked_is_a_problem(run: Run) -> None:
    unasked = Run(report(run, usage=run.report.usage.model_copy(update={"calls": 0})), 0, 1, 1.0)
    assert problems_of(unasked, TEXTS) == ["the model was never asked"]


def test_where_the_model_is_missing_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama, "_WEIGHTS", "no_such_package")
    with pytest.raises(llama.NotInstalled, match="make real-model"), llama.run_llama():
        pass


def test_a_server_that_does_not_come_up_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Weights that are none: the server's process ends without a word."""
    for name in ("broken_weights", "xllamacpp"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / "broken_weights" / "a.gguf").write_bytes(b"none")
    monkeypatch.setattr(llama, "_WEIGHTS", "broken_weights")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(RuntimeError, match="did not start"), llama.run_llama():
        pass
