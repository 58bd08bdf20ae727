"""Who says so too: the sources of a claim."""

from agent.chat.answering.evidence_lines import close_by, head, listed, name_of, of_stance, report_of, state_evidence
from agent.chat.answering.sheet import Sheet
from agent.models import Bond, Evidence, Finding, Stance

_COPIES = (Bond.COPY, Bond.SHORTENED, Bond.LENGTHENED, Bond.SAME_PAGE)


def tell_sources(sheet: Sheet, finding: Finding) -> None:
    """Supporting coverage, how many independent origins it comes to, and who only copies it."""
    head(sheet, "sources_of", finding)
    supporting = of_stance(finding, Stance.SUPPORTS)
    state_evidence(sheet, finding, supporting)
    if supporting:
        sheet.tell("sources_count", origins=sheet.say.words.count("origins", finding.origins.supporting))
        _tell_copies(sheet, supporting)
    elif finding.failure is not None:
        sheet.tell("not_checked", number=int(finding.id[1:]))
    else:
        sheet.tell("sources_none")
    state_evidence(sheet, finding, of_stance(finding, Stance.QUALIFIES))
    close_by(sheet, finding)


def _tell_copies(sheet: Sheet, supporting: list[Evidence]) -> None:
    origins = {item.origin for item in supporting if item.independent}
    names = [
        name_of(sheet, telling)
        for origin in report_of(sheet).origins
        if origin.id in origins
        for telling in origin.tellings
        if telling.why in _COPIES
    ]
    if names:
        sheet.tell("sources_copies", names=listed(sheet, names))
