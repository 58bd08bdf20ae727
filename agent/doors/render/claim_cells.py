"""The two cells of a claim on a terminal: its label, and its words with all that is said of them."""

from collections.abc import Sequence

from rich.text import Text

from agent.doors.render.bidi import Base, isolated, one_line
from agent.doors.render.column import Column
from agent.doors.render.corrections import corrected
from agent.doors.render.look import (
    STANCE_SYMBOLS,
    SYMBOLS,
    claim_text,
    copyist,
    label_name,
    sorted_evidence,
    speaker,
    web_address,
    when_of,
)
from agent.doors.render.origins import NamedOrigin, OriginTally, tally
from agent.doors.render.reviews import add_reviews
from agent.doors.render.screen import Screen
from agent.messages import Words
from agent.models import (
    ChangedCopy,
    CloseCoverage,
    Evidence,
    Finding,
    Kind,
    Label,
    OriginCounts,
    Report,
    Stance,
)
from agent.text.arrows import Turn
from agent.verify.editing.telling import edited
from agent.verify.explain import notes_on, signs_of

# Colours with their own ground, so that they can be read on a light and on a dark screen.
STYLES = {
    "corroborated": "black on cyan",
    "contested": "bold white on red",
    "unsourced": "black on yellow",
    "failed": "bold white on magenta",
}

_STANCE_STYLES = {Stance.SUPPORTS: "green", Stance.CONTRADICTS: "red", Stance.QUALIFIES: ""}


def label_cell(finding: Finding, words: Words) -> Text:
    """The cell with the label, its sign, the number of the claim, and how many articles and origins speak of it."""
    name = label_name(finding)
    text = Text()
    text.append(f" {SYMBOLS[name]} {words(f'label.{name}')} ", STYLES[name])
    text.append(f"\n{finding.id}", "dim")
    if finding.rests_on is not None:
        text.append(f"\n{words(f'rests.{finding.rests_on.value}')}", "dim")
    if finding.origins.articles:
        _origins(text, finding.origins, words)
    return text


def _origins(text: Text, origins: OriginCounts, words: Words) -> None:
    text.append(f"\n{words.count('articles', origins.articles)}{words.colon.rstrip()}", "dim")
    text.append(f"\n{words('side.for', origins=words.count('origins', origins.supporting))}")
    if origins.contradicting:
        text.append(f"\n{words('side.against', n=origins.contradicting)}", "bold")


def claim_cell(report: Report, finding: Finding, words: Words, width: int, screen: Screen) -> Text:
    """The cell with the claim and the evidence on it, in lines of at most `width` columns."""
    column = Column(width, screen.order)
    add_reviews(column, finding, words)
    column.add(claim_text(finding), "bold")
    if one_line(finding.quote) != one_line(finding.text):
        column.add(words.quoted(one_line(finding.quote)), "")
    column.add(_says(finding, words), "dim", base=base_of(words), clean=False)
    if finding.failure is not None:
        failure = finding.failure
        reason = f"{words(f'step.{failure.step.value}')}{words.colon}{words(f'reason.{failure.reason.value}')}"
        text = f"{words('label.failed')}{words.colon}{reason}. {isolated(failure.message)}"
        column.add(text, "magenta", base=base_of(words), clean=False)
    for said in report.corrections_of(finding.id):
        column.add(f"→ {corrected(said, words)}", "bold", base=base_of(words), indent=2, clean=False)
    for edit in report.edits_of(finding.id):
        column.add(f"✎ {edited(edit, words)}", "cyan", base=base_of(words), indent=2, clean=False)
    for item in _worth_showing(finding):
        _evidence(column, item, words)
    for one in finding.changed_copies:
        _changed_copy(column, one, words)
    if finding.close:
        column.add(words("close_coverage"), "yellow", base=base_of(words), indent=2)
    for close in finding.close:
        _close(column, close, words)
    if finding.label is Label.UNSOURCED and finding.unsourced_because is not None:
        column.add(words(f"why.{finding.unsourced_because.value}"), "dim", base=base_of(words))
    if (counted := tally(report, finding, words)) is not None:
        column.add(_tally(counted, words), "dim", base=base_of(words), clean=False)
    return column.text


def _tally(counted: OriginTally, words: Words) -> str:
    parts = []
    if counted.counted:
        arrow = "←" if words.direction == "rtl" else "→"
        sides = f"{words.count('articles', counted.articles)} {arrow} {words.count('origins', counted.origins)}"
        parts.append(f"{sides}{words.colon}{_names(counted.counted, words)}")
    if counted.others:
        parts.append(f"{words('counted_not')}{words.colon}{_names(counted.others, words)}")
    return " · ".join(parts)


def _names(named: Sequence[NamedOrigin], words: Words) -> str:
    return words("comma").join(f"{isolated(one.name)} ×{one.articles}" for one in named)


def _says(finding: Finding, words: Words) -> str:
    source = words(f"source.{finding.attribution.source.value}")
    who = speaker(finding.attribution)
    kind = "" if finding.kind is Kind.FACT else f" · {words(f'kind.{finding.kind.value}').lower()}"
    return (
        f"{words('says')}{words.colon}{isolated(who)} ({source}){kind}"
        if who
        else f"{words('says')}{words.colon}{source}{kind}"
    )


def _worth_showing(finding: Finding) -> list[Evidence]:
    """Both sides of what is contested, word for word; elsewhere the independent witnesses and what qualifies."""
    shown = sorted_evidence(finding)
    if finding.label is Label.CONTESTED:
        return shown
    return [item for item in shown if item.independent]


def _evidence(column: Column, item: Evidence, words: Words) -> None:
    passage = item.passage
    sign = f"{STANCE_SYMBOLS[item.stance]} {words(f'stance.{item.stance.value}').lower()}"
    if item.source == "article":
        who = words("elsewhere_in_article").lower()
    else:
        day = f"{words('comma')}{words.date(passage.published_at.date())}" if passage.published_at else ""
        who = f"{isolated(passage.outlet or words('unknown_outlet'))}{day} ({when_of(item, words)})"
    tail = "".join(f" · {note}" for note in notes_on(item, words))
    column.add(
        f"{sign}{words.colon}{who}{tail}", _STANCE_STYLES[item.stance], base=base_of(words), indent=2, clean=False
    )
    column.add(words.quoted(one_line(item.quote)), "", indent=4)
    if (address := web_address(passage.url)) and item.source == "coverage":
        column.add(isolated(address), "dim", base=base_of(words), indent=4, clean=False)


def _changed_copy(column: Column, one: ChangedCopy, words: Words) -> None:
    who = isolated(one_line(copyist(one, words)))
    change = Turn(one_line(one.told), one_line(one.says)).apart(words.direction)
    line = f"{words('copy_otherwise')}{words.colon}{who}{words.colon}{change}"
    column.add(line, "yellow", base=base_of(words), indent=2, clean=False)
    column.add(words.quoted(one_line(one.quote)), "", indent=4)


def _close(column: Column, one: CloseCoverage, words: Words) -> None:
    passage, values = one.passage, words("comma")
    day = f"{values}{words.date(passage.published_at.date())}" if passage.published_at else ""
    who = f"{isolated(passage.outlet or words('unknown_outlet'))}{day} ({words.language_name(passage.language)})"
    signs = (
        f" · {sign.name}{words.colon}{values.join(isolated(one_line(value)) for value in sign.values)}"
        for sign in signs_of(one, words)
    )
    column.add(f"{who}{''.join(signs)}", "", base=base_of(words), indent=2, clean=False)
    column.add(words.quoted(one_line(passage.text)), "", indent=4)
    if address := web_address(passage.url):
        column.add(isolated(address), "dim", base=base_of(words), indent=4, clean=False)


def base_of(words: Words) -> Base:
    """The side on which our own lines begin: the right one in languages that run from right to left."""
    return "R" if words.direction == "rtl" else "L"
