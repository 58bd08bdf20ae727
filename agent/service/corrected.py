"""A report as it is given out: with what people have said since is wrong in it."""

from collections.abc import Iterable

from agent.models import LabelCorrection, Report
from agent.service.workspace import Workspace
from agent.storage.reports import Correction
from agent.verify.sealing import sealed


async def corrected_report(space: Workspace, run_id: str, version: int | None = None) -> Report:
    """The latest version when none is named. Raises as `Workspace.report`."""
    report = await space.report(run_id, version)
    return with_corrections(report, await space.corrections(report.run_id))


def with_corrections(report: Report, corrections: Iterable[Correction]) -> Report:
    """The same with these, which have a hash of their own under its seal; no label of it changes."""
    items = tuple(LabelCorrection.model_validate(one.model_dump(exclude={"number", "run_id"})) for one in corrections)
    corrected = report.model_copy(update={"corrections": items})
    return corrected if report.seal is None else sealed(corrected)
