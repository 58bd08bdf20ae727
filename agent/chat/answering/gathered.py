"""What came of looking for more coverage: how much was found, and what was refused by whom."""

from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import apart
from agent.events import Gathering

_MOST_REMARKS = 5


def tell_gathered(sheet: Sheet, told: Gathering | None) -> None:
    """Remarks are words of hosts and sources, set apart."""
    if told is None:
        return
    asked = [source.name for source in told.sources]
    comma = sheet.say.words("comma")
    sheet.tell(
        "gathered",
        sources=comma.join(map(apart, asked)),
        found=told.found,
        new=told.new,
        fetched=told.fetched,
        added=told.added,
    )
    if told.robots:
        sheet.tell("gathered_robots", count=told.robots)
    for remark in told.remarks[:_MOST_REMARKS]:
        sheet.tell("gathered_remark", remark=apart(remark))
    if len(told.remarks) > _MOST_REMARKS:
        sheet.tell("gathered_more", count=len(told.remarks) - _MOST_REMARKS)
