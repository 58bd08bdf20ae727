"""Suite `claims`: a claim that is given, whole documents as its coverage, and the label that the graph comes to."""

import tempfile
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from agent.analyst import Analyst, Extraction, JudgementResult
from agent.app import open_store
from agent.coverage.archive import Coverage
from agent.coverage.search.found import Retrieved
from agent.models import (
    AnalystInfo,
    Article,
    Budget,
    Claim,
    Document,
    Draft,
    Finding,
    Label,
    Part,
    Stance,
    Usage,
    Witness,
)
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from evals.data.records import ClaimCase, Gold
from evals.data.sets import choose, load
from evals.running.asking import answer_of, ask, reason
from evals.running.items import Item
from evals.running.opened import SharedAnalyst, settings_in
from evals.running.scoring import figures, to_score

_SIDES: dict[Stance, Gold] = {Stance.SUPPORTS: "supports", Stance.CONTRADICTS: "refutes"}
_DECISIVE: dict[Label, Gold] = {Label.CORROBORATED: "supports", Label.CONTESTED: "refutes"}


@task
def claims(
    data: str | None = None,
    sets: str | None = None,
    split: str = "dev",
    limit: int | None = None,
    analyst: str = "auto",
    model: str | None = None,
) -> Task:
    """A claim with whole documents in; corroborated, contested or unsourced out."""
    cases = load(choose(data, sets, split, limit), "claims", ClaimCase)
    samples = [
        Sample(
            id=f"{case.dataset}/{case.id}", input=case.claim, target=case.label, metadata=case.model_dump(mode="json")
        )
        for case in cases
    ]
    return Task(dataset=MemoryDataset(samples, name="claims"), solver=labelling(analyst, model), scorer=label_right())


class Given:
    """An analyst that is told its one claim and hears witnesses like any other."""

    def __init__(self, analyst: Analyst, claim: str) -> None:
        self._analyst = analyst
        self._claim = claim

    @property
    def info(self) -> AnalystInfo:
        return self._analyst.info

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        drafts = (Draft(text=self._claim, quote=self._claim),) if part.index == 0 else ()
        return Extraction(drafts=drafts)

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        return await self._analyst.judge(article, witness, claims, budget)


class Unprinted:
    """Coverage searched for a claim that nobody printed: a document that repeats its words is no copy of it."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage

    def warm(self) -> None:
        self._coverage.warm()

    async def search(self, article: Article, claims: tuple[Claim, ...], budget: Budget) -> Retrieved:
        return await self._coverage.search(article.model_copy(update={"text": ""}), claims, budget)


@solver
def labelling(analyst: str = "auto", model: str | None = None) -> Solver:
    shared = SharedAnalyst(analyst, model)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        async with shared.use() as opened:
            case = ClaimCase.model_validate(state.metadata)
            return await ask(state, label_case(opened, case, analyst, model))

    return solve


async def label_case(opened: Analyst, case: ClaimCase, analyst: str, model: str | None) -> tuple[Finding, Usage]:
    """The finding of the whole graph, from retrieval on."""
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder:
        settings = settings_in(Path(folder), analyst, model)
        async with open_store(settings) as store, open_runs(settings) as runs:
            await store.add(_documents(case))
            verifier = Verifier(Parts(Given(opened, case.claim), Unprinted(store), runs), settings)
            report = await verifier.verify(Article(text=case.claim, language=case.lang))
            return report.claims[0], report.usage


def _documents(case: ClaimCase) -> list[Document]:
    """Each under an address of its own: documents of a set are different reports until their words say otherwise."""
    return [
        Document.of(
            one.text,
            title=one.title,
            outlet=one.outlet,
            url=_address(number),
            language=case.lang,
        )
        for number, one in enumerate(case.documents)
        if any(character.isalnum() for character in one.text)
    ]


@scorer(metrics=[figures("claims")])
def label_right() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        case = ClaimCase.model_validate(state.metadata)
        answer = answer_of(state, Finding)
        finding = answer.said
        label = finding.label if finding else None
        failure = answer.failure or (reason(finding.failure if finding else None) if label is None else None)
        item = Item(
            id=case.id,
            dataset=case.dataset,
            lang=case.lang,
            gold=case.label,
            answer=label,
            values=_values(case, finding) if finding and label else {},
            failure=failure,
            spent=answer.spent,
        )
        return to_score([item], explanation=finding.explanation if finding else answer.message)

    return score


def _values(case: ClaimCase, finding: Finding) -> dict[str, float]:
    values = {}
    if all(document.stance is not None for document in case.documents):
        values["strict"] = float(finding.label == case.label and _evidence_right(case, finding))
    if case.conflicting:
        values["one_sided"] = float(len(sides(finding)) == 1)
    return values


def sides(finding: Finding) -> set[Gold]:
    """The sides on which the finding has evidence."""
    return {_SIDES[item.stance] for item in finding.evidence if item.stance in _SIDES}


def _evidence_right(case: ClaimCase, finding: Finding) -> bool:
    """Nobody is cited for the opposite of what he says, and one who says what decides the label is cited for it."""
    cited = _cited(case, finding)
    opposite = {("supports", "refutes"), ("refutes", "supports")}
    if any(pair in opposite for pair in cited):
        return False
    decisive = _DECISIVE.get(case.label)
    return not cited if decisive is None else (decisive, decisive) in cited


def _cited(case: ClaimCase, finding: Finding) -> set[tuple[Gold | None, Gold]]:
    """What each cited document says by human judgement, and what it is cited for."""
    stances = {_address(number): document.stance for number, document in enumerate(case.documents)}
    return {
        (stances[item.passage.url or ""], _SIDES[item.stance])
        for item in finding.evidence
        if item.stance in _SIDES and item.source == "coverage"
    }


def _address(number: int) -> str:
    return f"https://coverage.example/{number}"
