"""Everything that stands on the page of one verification."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Service
from agent.doors.render.chain.figures import ChainFigure
from agent.doors.render.look import label_name, sorted_evidence
from agent.doors.render.origins import OriginTellings
from agent.doors.render.view import ReportView, view_of
from agent.doors.web.chain_figure import figure_on_page
from agent.doors.web.entering import WebUser
from agent.doors.web.progress import RunProgress
from agent.doors.web.talk import ConversationView, talk_about
from agent.jobs import Job, JobState
from agent.models import Evidence, Finding, Label, LabelCorrection, Report, number_of
from agent.service.corrected import with_corrections

_LABELS = tuple(Label)


@dataclass(frozen=True)
class OriginVoice:
    """One origin's word on a claim: all that goes back to it, heard once."""

    origin: str
    evidence: tuple[Evidence, ...]
    origin_tellings: OriginTellings | None


@dataclass(frozen=True)
class SelectedClaim:
    """The claim whose evidence is shown, with its neighbours in the order of the article."""

    finding: Finding
    number: int
    voices: tuple[OriginVoice, ...]
    corrections: tuple[LabelCorrection, ...]
    before: int | None
    after: int | None
    chain: ChainFigure | None = None


@dataclass(frozen=True)
class ReportPage:
    """`view` once there is a report; `talk` when the chat was asked for; `shown`, the only kind of claims that are
    listed, by the name of their label. `versions` is the number of the version that is shown."""

    job: Job
    view: ReportView | None
    chosen: SelectedClaim | None
    corrected: frozenset[str]
    talk: ConversationView | None
    labels: Sequence[Label] = _LABELS
    shown: str | None = None
    versions: int = 1
    edited: frozenset[str] = frozenset()
    standing: RunProgress = field(default_factory=RunProgress)

    @property
    def place(self) -> str:
        return f"/verifications/{self.job.id}"

    @property
    def listed(self) -> list[Finding]:
        """The claims of the list, in order of interest."""
        claims = self.view.in_order_of_interest if self.view else []
        return [one for one in claims if self.shown in (None, label_name(one))]

    def voices(self, finding: Finding) -> "tuple[OriginVoice, ...]":
        """All that is said of a claim, for a page that shows every claim at once."""
        return _voices(self.view, finding) if self.view else ()


async def open_report_page(
    job: Job,
    looking: WebUser,
    service: Service,
    *,
    number: int | None = None,
    shown: str | None = None,
    talk: ConversationView | None = None,
    with_chat: bool = True,
) -> ReportPage:
    """With the thread about it unless another is given. Raises `ProblemResponse` for a claim that is not in the
    report."""
    if job.state is not JobState.SUCCEEDED:
        return ReportPage(job, None, None, frozenset(), talk)
    space = service.workspace(looking.caller)
    history = await space.history(job.id)
    corrections = history.corrections
    # The one that is named as seen when it is edited.
    report = with_corrections(await space.report(job.id, history.versions[-1].version), corrections)
    if any(one.id == f"c{number}" for one in report.set_aside):
        # Links to it lead to where it stands now, among all others.
        number = None
    if talk is None and with_chat:
        talk = await talk_about(job, looking, service, report)
    view = await asyncio.to_thread(view_of, report, looking.words)
    chosen = None if number is None else await asyncio.to_thread(_chosen, view, number, job.id)
    return ReportPage(
        job=job,
        view=view,
        chosen=chosen,
        corrected=frozenset(one.id for one in report.claims if report.corrections_of(one.id)),
        talk=talk,
        shown=shown,
        versions=history.versions[-1].version,
        edited=frozenset(claim_id for edit in report.edits for claim_id in edit.claim_ids),
    )


def finding_of(report: Report, number: int) -> Finding:
    """The claim of that number, or the first of those that it became. Raises `ProblemResponse`."""
    for claim_id in report.became(f"c{number}"):
        return next(one for one in report.claims if one.id == claim_id)
    raise ProblemResponse(404, f"this report has {len(report.claims)} claims and no claim {number}")


def _chosen(view: ReportView, number: int, job_id: str) -> SelectedClaim:
    finding = finding_of(view.report, number)
    numbers = [number_of(one) for one in view.report.claims]
    place = view.report.claims.index(finding)
    return SelectedClaim(
        finding=finding,
        number=number_of(finding),
        voices=_voices(view, finding),
        corrections=tuple(view.report.corrections_of(finding.id)),
        before=numbers[place - 1] if place else None,
        after=numbers[place + 1] if place + 1 < len(numbers) else None,
        chain=figure_on_page(view.report, finding, view.words, f"/verifications/{job_id}"),
    )


def _voices(view: ReportView, finding: Finding) -> tuple[OriginVoice, ...]:
    # Other speakers in the article are no copies of it.
    by_origin: dict[tuple[str, str], list[Evidence]] = {}
    for item in sorted_evidence(finding):
        by_origin.setdefault((item.origin, item.source), []).append(item)
    fields = {one.summary.id: one for one in view.origins}
    return tuple(
        OriginVoice(origin, tuple(items), fields.get(origin) if source == "coverage" else None)
        for (origin, source), items in by_origin.items()
    )
