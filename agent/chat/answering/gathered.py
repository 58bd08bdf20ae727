"""What came of looking for more coverage: how much was found, and what was refused by whom."""

from agent.chat.answering.sheet import Sheet
from agent.events import Gathering
from agent.text.isolates import isolated_line

_MOST_REMARKS = 5


def tell_gathered(sheet: Sheet, gathering: Gathering | None) -> None:
    """Remarks are words of hosts and sources, set apart."""
    if gathering is None:
        return
    asked = [source.name for source in gathering.sources]
    comma = sheet.say.words("comma")
    sheet.tell(
        "gathered",
        sources=comma.join(map(isolated_line, asked)),
        found=gathering.found,
        new=gathering.new,
        fetched=gathering.fetched,
        added=gathering.added,
    )
    if gathering.robots:
        sheet.tell("gathered_robots", count=gathering.robots)
    for remark in gathering.remarks[:_MOST_REMARKS]:
        sheet.tell("gathered_remark", remark=isolated_line(remark))
    if len(gathering.remarks) > _MOST_REMARKS:
        sheet.tell("gathered_more", count=len(gathering.remarks) - _MOST_REMARKS)
