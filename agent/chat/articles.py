"""Which article of a thread is spoken of, where it speaks of several."""

from agent.chat.actions import Action
from agent.chat.answering.articles import title_of
from agent.chat.answering.named import is_about
from agent.errors import NotFound
from agent.models import Report
from agent.service.workspace import Workspace

_MOST = 20


async def reports_of(runs: tuple[str, ...], workspace: Workspace) -> tuple[Report, ...]:
    """The reports of a thread, the first one checked in front; without those that were deleted since."""
    found = []
    for run_id in runs[-_MOST:]:
        try:
            found.append(await workspace.report(run_id))
        except NotFound:
            continue
    return tuple(found)


async def article_meant(
    action: Action, reports: tuple[Report, ...], current: str | None, workspace: Workspace
) -> Report | None:
    """The report that a number of the list, words of the article or the id of a run name; of two, without a name, the
    other one. None where nothing tells."""
    if action.last:
        return reports[-1] if reports else None
    if action.numbers:
        number = action.numbers[0]
        return reports[number - 1] if number <= len(reports) else None
    if action.words:
        about = [one for one in reports if is_about(action.words, f"{title_of(one.article)}\n{one.article.text}")]
        return about[0] if len(about) == 1 else await _of_run(action.words, workspace)
    others = [one for one in reports if one.run_id != current]
    return others[0] if len(others) == 1 else None


async def _of_run(words: str, workspace: Workspace) -> Report | None:
    """Words may be the id of a run."""
    if len(words.split()) != 1:
        return None
    try:
        return await workspace.report(words)
    except NotFound:
        return None
