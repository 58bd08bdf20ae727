"""What a real model does to a report: `make real-model`.

The model is so small that next to nothing it says is true. It is asked with schema and streaming on, by llama.cpp's
own server, and whatever it answers, no quote may be forged and no failure may look like a label. It reads five
sentences itself; and because it hardly ever copies a quote, it also hears the claims that the built-in analyst found.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent.analyst import Analyst, Extraction, JudgementResult
from agent.analyst.lexical import LexicalAnalyst
from agent.app import open_analyst, open_store
from agent.config import Settings, load_settings
from agent.coverage.intake.reading import read_coverage
from agent.events import CoverageFound, Event, PartRead, RunFinished, WitnessHeard
from agent.models import (
    AnalystInfo,
    Article,
    Budget,
    Claim,
    Document,
    FailureReason,
    Finding,
    Label,
    Part,
    Report,
    Stance,
    Witness,
)
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from evals.servers.llama import KEY, MODEL, NotInstalled, run_llama

FOLDER = Path(__file__).parents[1] / "real"
PUBLISHED = datetime(2026, 3, 10, 12, tzinfo=UTC)
# What a weak model may cause. Anything else is a fault between it and us.
WEAKNESSES = frozenset({FailureReason.MALFORMED, FailureReason.TRUNCATED, FailureReason.EMPTY})
# Each with whether the claims are found by rules.
_RUNS = {"read and heard by the model": False, "read by the built-in analyst, heard by the model": True}
# It goes on for ever at times; no honest answer here is longer.
_MOST_TOKENS = 600
# A busy machine reads a prompt for minutes before it says a word.
_IDLE_SECONDS = 600.0


class ReadByRules:
    """The built-in analyst finds the claims, another one hears the witnesses."""

    def __init__(self, reader: Analyst, judge: Analyst) -> None:
        self._reader = reader
        self._judge = judge

    @property
    def info(self) -> AnalystInfo:
        return self._judge.info

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        return await self._reader.extract(article, part, budget)

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        return await self._judge.judge(article, witness, claims, budget)


@dataclass(frozen=True)
class Run:
    """`failed`: steps that were told to have failed while it went on."""

    report: Report
    failed: int
    steps: int
    seconds: float


def article() -> Article:
    text = (FOLDER / "article.txt").read_text(encoding="utf-8").strip()
    return Article(
        text=text, title="Swing bridge closed", outlet="Northbank Courier", published_at=PUBLISHED, language="en"
    )


def coverage() -> list[Document]:
    return [item for item in read_coverage([FOLDER / "coverage.jsonl"]) if isinstance(item, Document)]


def problems_of(run: Run, texts: Mapping[str, str]) -> list[str]:
    """What may not be in any report, however bad the model. `texts`: of the coverage, by the document's id."""
    report = run.report
    told = [problem for finding in report.claims for problem in _forged(finding, report.article.text, texts)]
    told += [problem for finding in report.claims for problem in _false(finding)]
    failures = [part.failure for part in report.unread] + [f.failure for f in report.claims if f.failure]
    told += [f"not the model's fault: {f.message}" for f in failures if f.reason not in WEAKNESSES]
    hidden = run.failed and not failures and any(f.label is not Label.CONTESTED for f in report.claims)
    if hidden or (run.failed and not report.claims and not report.unread):
        told.append(f"{run.failed} steps failed, and the report does not say so")
    if not report.usage.calls or not report.usage.prompt_tokens:
        told.append("the model was never asked")
    return told


def _forged(finding: Finding, article_text: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Quotes that do not stand where the report says, to the letter."""
    if not any(article_text[span.start : span.end] == finding.quote for span in finding.spans):
        yield f"{finding.id} rests on words that the article does not hold: {finding.quote!r}"
    for item in finding.evidence:
        text = article_text if item.source == "article" else texts.get(item.passage.document_id, "")
        if text[item.passage.start : item.passage.end] != item.passage.text or item.quote not in item.passage.text:
            yield f"a quote on {finding.id} is forged: {item.quote!r}"


def _false(finding: Finding) -> Iterator[str]:
    """Labels that their evidence does not earn, and failures with a label."""
    stances = {item.stance for item in finding.evidence}
    earned = {Label.CORROBORATED: Stance.SUPPORTS, Label.CONTESTED: Stance.CONTRADICTS}
    if (finding.label is None) == (finding.failure is None):
        yield f"{finding.id} has a label and a failure, or neither"
    if finding.label in earned and earned[finding.label] not in stances:
        yield f"{finding.id} is {finding.label.value} without evidence"


async def verified(settings: Settings, *, rules: bool) -> Run:
    """The five sentences, read by the model itself or by the rules; heard by the model."""
    async with (
        open_store(settings) as store,
        open_analyst(settings, store.embedder) as model,
        open_runs(settings) as runs,
    ):
        await store.add(coverage())
        analyst = ReadByRules(LexicalAnalyst(embedder=store.embedder), model) if rules else model
        began = time.monotonic()
        events = [event async for event in Verifier(Parts(analyst, store, runs), settings).stream(article())]
        return run_of(events, time.monotonic() - began)


def run_of(events: Sequence[Event], seconds: float) -> Run:
    steps = [event for event in events if isinstance(event, PartRead | CoverageFound | WitnessHeard)]
    (report,) = [event.report for event in events if isinstance(event, RunFinished)]
    return Run(report=report, failed=sum(step.failed for step in steps), steps=len(steps), seconds=seconds)


def settings_for(url: str, folder: Path) -> Settings:
    return load_settings(
        data_dir=folder,
        analyst="model",
        model=MODEL,
        base_url=url,
        api_key=KEY,
        structured_output="schema",
        temperature=0.0,
        max_output_tokens=_MOST_TOKENS,
        idle_timeout=_IDLE_SECONDS,
        max_concurrency=1,
        claims_per_call=1,
    )


def summary_of(name: str, run: Run) -> str:
    report, counts, dropped, usage = run.report, run.report.counts, run.report.dropped, run.report.usage
    quotes = sum(len(finding.evidence) + 1 for finding in report.claims)
    lines = (
        name,
        f"  claims {len(report.claims)}: corroborated {counts.corroborated}, contested {counts.contested}, "
        f"unsourced {counts.unsourced}, not checked {counts.failed}; parts unread {len(report.unread)}",
        f"  refused: {dropped.claims_without_quote} claims and {dropped.evidence_without_quote} findings whose quote "
        f"stands nowhere, {dropped.judgements_of_unknown_claims} answers to what was not asked",
        f"  {run.seconds:.0f} s, {usage.calls} calls, {usage.prompt_tokens} tokens read ({usage.cached_tokens} "
        f"of them cached), {usage.completion_tokens} written; {run.failed} of {run.steps} steps failed",
        f"  each of the {quotes} quotes shown stands in its text",
    )
    return "\n".join(lines)


def main() -> int:
    texts = {document.id: document.text for document in coverage()}
    wrong: list[str] = []
    with run_llama() as url, tempfile.TemporaryDirectory(prefix="isnad-real-") as folder:
        for name, rules in _RUNS.items():
            run = asyncio.run(verified(settings_for(url, Path(folder) / name), rules=rules))
            problems = problems_of(run, texts)
            print("\n  ".join([name, *problems]) if problems else summary_of(name, run), flush=True)
            wrong += problems
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NotInstalled as err:
        sys.exit(str(err))
