"""What people did to the claims of a report, as every form of it lists it."""

from agent.messages import Words
from agent.models import Frozen, Report
from agent.verify.editing.telling import edited, numbers_of


class EditLine(Frozen):
    """One edit as it is listed: the `numbers` of the claims it is about, and of which version it is."""

    numbers: str
    version: str
    what: str


def edit_lines(report: Report, words: Words) -> list[EditLine]:
    """First to last."""
    return [
        EditLine(
            numbers=words("edit.numbers", numbers=numbers_of(one, words)),
            version=words("edit.version", n=words.number(one.version)),
            what=edited(one, words),
        )
        for one in report.edits
    ]
