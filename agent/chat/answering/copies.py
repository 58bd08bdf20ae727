"""Who copied whom: every origin that is told more than once, and the copies of the article itself."""

from collections.abc import Iterator

from agent.chat.answering.citing import of_evidence
from agent.chat.answering.evidence_lines import name_of, report_of
from agent.chat.answering.named import outlets_named
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import Wording
from agent.chat.records import Citation
from agent.models import ARTICLE, Bond, OriginSummary, Telling
from agent.text import visible
from agent.text.arrows import Turn
from agent.text.isolates import isolated_line


def tell_copies(sheet: Sheet, words: str) -> None:
    """All of them, or those that an outlet has to do with which `words` name."""
    report = report_of(sheet)
    shared = [one for one in report.origins if any(telling.why is not Bond.FIRST for telling in one.tellings)]
    names = outlets_named(report, words) if words else []
    if words and not names:
        sheet.miss("no_outlet", words=isolated_line(words))
        return
    chosen = [one for one in shared if not names or any(telling.outlet in names for telling in one.tellings)]
    for origin in chosen:
        _tell_origin(sheet, origin)
    if not chosen:
        sheet.tell("copies_none_of" if words else "copies_none", words=isolated_line(words))
    elif not words:
        sheet.tell("copies_counted")


def _tell_origin(sheet: Sheet, origin: OriginSummary) -> None:
    known = {telling.document_id: telling for telling in origin.tellings}
    held = tuple(_cited(sheet, origin))
    for telling in origin.tellings:
        _tell(sheet, telling, known, held)
    if origin.articles > len(origin.tellings):
        sheet.tell("copies_more", count=sheet.say.words.count("articles", origin.articles - len(origin.tellings)))


def _tell(sheet: Sheet, telling: Telling, known: dict[str, Telling], held: tuple[Citation, ...]) -> None:
    say = sheet.say
    who = name_of(sheet, telling)
    if telling.published_at is not None:
        who = f"{who}{say.words('comma')}{say.day(telling.published_at)}"
    bond = say.words(f"bond.{telling.why.value}")
    line = f"{who}{say.words.colon}{bond}"
    if telling.of is not None:
        whom = say.words("this_article") if telling.of == ARTICLE else ""
        whom = name_of(sheet, known[telling.of]) if telling.of in known else whom
        line = f"{line} {whom}".rstrip()
    if telling.changed:
        line = f"{line} · {say.words('told_otherwise')}{say.words.colon}{_turned(telling.changed, say)}"
    mine = [one for one in held if one.passage.document_id == telling.document_id]
    # That one document is a copy of another is told by both; where none of their words are here, by the count alone.
    if mine:
        sheet.state(line, *mine[:1])
    else:
        sheet.tell_line(line)


def _cited(sheet: Sheet, origin: OriginSummary) -> Iterator[Citation]:
    report = report_of(sheet)
    for finding in report.claims:
        for item in finding.evidence:
            if item.origin == origin.id and (found := of_evidence(report, finding, item)) is not None:
                yield found


def _turned(changes: tuple[str, ...], say: Wording) -> str:
    direction = say.words.direction
    return say.words("comma").join(Turn.read(visible(one)).apart(direction) for one in changes)
