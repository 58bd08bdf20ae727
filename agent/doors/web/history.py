"""What became of a report: its versions, the labels that later coverage changed, and what people corrected."""

from dataclasses import dataclass

from fastapi import APIRouter, Response

from agent.doors.api.access import JobId
from agent.doors.web.entering import Reading, Working
from agent.doors.web.pages import PageRoute, page
from agent.models import Finding, Report, number_of
from agent.service.workspace import History
from agent.storage.reports import Recorded, Version

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True)
class ReportHistory:
    """`numbers`: claims as people count them, by id."""

    report: Report
    history: History
    numbers: dict[str, int]
    claims: dict[str, Finding]

    def changes_of(self, version: Version) -> list[Recorded]:
        return [one for one in self.history.changes if one.version == version.version]


@router.get("/verifications/{verification_id}/history")
async def show_history(verification_id: JobId, looking: Reading, space: Working) -> Response:
    job = await space.job(verification_id)
    report = await space.report(job.id)
    shown = ReportHistory(
        report=report,
        history=await space.history(job.id),
        numbers={finding.id: number_of(finding) for finding in report.claims},
        claims={finding.id: finding for finding in report.claims},
    )
    return page("history.html.j2", looking, job=job, space=shown)
