"""Checks some claims of a report by themselves, with the steps, the analyst and the policy of a run."""

import time

from agent.errors import AnalystError, EditUnchecked
from agent.models import Claim, Report, Usage
from agent.verify.graph import ClaimsGraph
from agent.verify.nodes import RunDeps
from agent.verify.state import State


async def check_claims(
    graph: ClaimsGraph, deps: RunDeps, earlier: Report, claims: tuple[Claim, ...], spent: Usage
) -> Report:
    """A report on these claims alone. `spent` is what was paid before. Raises `EditUnchecked` where one of them could
    not be checked: a failure is no verdict."""
    given: State = {
        "run_id": earlier.run_id,
        "article": earlier.article,
        "started": time.time(),
        "analyst": deps.analyst.info,
        "claims": claims,
        "without_quote": 0,
        "over_limit": 0,
        "earlier": earlier,
    }
    try:
        state = await graph.ainvoke(given, context=deps)
    except AnalystError as err:
        raise unchecked(err, spent + (err.usage or Usage())) from err
    checked: Report = state["report"]
    for finding in checked.claims:
        if finding.failure is not None:
            failed = AnalystError(finding.failure.reason, finding.failure.message)
            raise unchecked(failed, spent + checked.usage.whole)
    return checked


def unchecked(err: AnalystError, usage: Usage | None) -> EditUnchecked:
    """The error of an edit that could not be checked. `usage` was paid all the same."""
    edit_unchecked = EditUnchecked(
        err.reason, f"nothing was changed, for the edited claim could not be checked again: {err}"
    )
    edit_unchecked.usage = usage
    return edit_unchecked
