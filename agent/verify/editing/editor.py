"""Edits the claims of a report: plans the edit, checks the claims that come of it, and stores the next version, or
nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from agent.analyst import Analyst
from agent.analyst.parts import cut_parts
from agent.budget import RunBudget
from agent.config import Settings
from agent.errors import AnalystError, StaleVersion
from agent.models import Budget, ClaimEdit, EditRequest, FailureReason, Frozen, Report, Usage, digest
from agent.storage.reports import Reports
from agent.verify.editing.attributing import Anchored
from agent.verify.editing.checking import check_claims, unchecked
from agent.verify.editing.edited import edited
from agent.verify.editing.planning import EditPlan, plan_edit, unread_places
from agent.verify.editing.quoting import person
from agent.verify.graph import build_claims_graph
from agent.verify.nodes import RunDeps, Searcher


def _now() -> datetime:
    return datetime.now(UTC)


class EditOutcome(Frozen):
    """The new version, and what it cost to check its claims."""

    report: Report
    usage: Usage = Usage()


@dataclass(frozen=True)
class EditorDeps:
    reports: Reports
    analyst: Analyst
    coverage: Searcher
    settings: Settings
    clock: Callable[[], datetime] = _now


class ClaimEditor:
    """Edits the claims of reports. Open one with `open_editor`; several processes may edit at once."""

    def __init__(self, deps: EditorDeps) -> None:
        self._deps = deps
        self._graph = build_claims_graph()

    async def edit(self, run_id: str, request: EditRequest, who: str, version: int | None = None) -> EditOutcome:
        """Edits a report and returns its next version. The same edit of the same version a second time returns the
        version that there is.

        `version` is the one that the person has seen; None for the latest. Raises `UnknownRun`, `UnknownClaim`,
        `EditRefused`, `StaleVersion` where somebody else was first, and `EditUnchecked`. After each of them the
        report is as it was.
        """
        who, reports = person(who), self._deps.reports
        known = await asyncio.to_thread(reports.version, run_id, version)
        latest, report = await asyncio.to_thread(reports.latest, known.run_id)
        if version is not None and version != latest:
            if _is_last(report, request, who, version):
                return EditOutcome(report=report)
            raise _stale(version, latest)
        looked_to = await asyncio.to_thread(reports.looked_to, known.run_id)
        made = await self._checked(report, request)
        plan, checked, spent = made.plan, made.checked, made.read
        after = edited(report, self._edit_record(request, plan, who, latest + 1), plan, checked, spent)
        if not await asyncio.to_thread(reports.add_edited, after, plan.touched, after=latest, looked_to=looked_to):
            # Who presses a button twice sends it twice at once.
            after = await asyncio.to_thread(reports.get, known.run_id)
            if not _is_last(after, request, who, latest):
                raise _stale(latest, latest + 1)
        return EditOutcome(report=after, usage=spent + (checked.usage.whole if checked else Usage()))

    async def _checked(self, report: Report, request: EditRequest) -> "_CheckedEdit":
        """Somebody waits for it: what takes longer than `ISNAD_EDIT_TIMEOUT` is given up, and is paid for as far as
        it went."""
        settings = self._deps.settings
        budget = RunBudget(settings.max_tokens_per_article)
        bound = asyncio.timeout(settings.edit_timeout)
        try:
            async with bound:
                return await self._plan_and_check(report, request, budget)
        except TimeoutError as err:
            if not bound.expired():
                raise
            text = f"this took longer than {settings.edit_timeout:g} s (ISNAD_EDIT_TIMEOUT)"
            raise unchecked(AnalystError(FailureReason.TIMEOUT, text), Usage(prompt_tokens=budget.spent)) from err

    async def _plan_and_check(self, report: Report, request: EditRequest, budget: RunBudget) -> "_CheckedEdit":
        read, spent = await self._read(report, request, budget)
        plan = plan_edit(report, request, read)
        checked = None
        if plan.claims:
            checked = await check_claims(self._graph, self._steps(budget), report, plan.claims, spent)
        return _CheckedEdit(plan, checked, spent)

    def _edit_record(self, request: EditRequest, plan: EditPlan, who: str, version: int) -> ClaimEdit:
        info = self._deps.analyst.info
        return ClaimEdit(
            kind=plan.kind,
            who=who,
            edited_at=self._deps.clock(),
            version=version,
            reason=plan.reason,
            before=plan.before,
            claim_ids=tuple(one.id for one in plan.claims),
            analyst=(info.model or info.kind) if plan.claims else None,
            asked=digest(request.model_dump_json()),
        )

    def _steps(self, budget: Budget) -> RunDeps:
        deps = self._deps
        return RunDeps(analyst=deps.analyst, coverage=deps.coverage, budget=budget, settings=deps.settings)

    async def _read(self, report: Report, request: EditRequest, budget: Budget) -> tuple[list[Anchored], Usage]:
        """The parts of the article that are quoted where no claim stands: they tell who speaks there."""
        places, spent = unread_places(report, request), Usage()
        read: list[Anchored] = []
        for part in cut_parts(report.article):
            if not any(part.span.start <= place.start < part.span.end for place in places):
                continue
            try:
                result = await self._deps.analyst.extract(report.article, part, budget)
            except AnalystError as err:
                raise unchecked(err, err.usage) from err
            spent += result.usage
            for draft in result.drafts:
                read += Anchored.of_draft(report.article, draft, part.span.start)
        return read, spent


@dataclass(frozen=True)
class _CheckedEdit:
    """What is to be done, the report on the claims that come of it, and what it cost to read who speaks."""

    plan: EditPlan
    checked: Report | None
    read: Usage


def _is_last(report: Report, request: EditRequest, who: str, version: int) -> bool:
    """Whether it is the edit that made the version after this one, said again as after a kill."""
    if not report.edits:
        return False
    last = report.edits[-1]
    return (last.version, last.who, last.asked) == (version + 1, who, digest(request.model_dump_json()))


def _stale(version: int, latest: int) -> StaleVersion:
    return StaleVersion(
        f"nothing was changed: this was to edit version {version} of the report, and it has version {latest} by now. "
        "Look at that one, and edit it if it still needs it"
    )
