"""The report on a terminal: claims as a table, both sides of what is contested, then a summary."""

from collections.abc import Sequence
from io import StringIO

from rich.box import MINIMAL, ROUNDED
from rich.table import Table
from rich.text import Text

from agent.doors.render.bidi import Base, LineOrder, isolated, one_line
from agent.doors.render.column import Column
from agent.doors.render.corrections import corrected
from agent.doors.render.edits import edit_lines
from agent.doors.render.look import (
    STANCE_SYMBOLS,
    SYMBOLS,
    claim_text,
    copyist,
    sorted_evidence,
    speaker,
    standing,
    title_of,
    web_address,
    when_of,
)
from agent.doors.render.origins import NamedOrigin, OriginTally, TellingLine, tally, told
from agent.doors.render.paper import build_paper
from agent.doors.render.reviews import add_reviews
from agent.doors.render.screen import Screen
from agent.doors.render.summary import summary, warnings
from agent.messages import ENGLISH, Words, load_words
from agent.models import (
    ChangedCopy,
    CloseCoverage,
    Evidence,
    Finding,
    Kind,
    Label,
    OriginCounts,
    Report,
    RestsOn,
    Stance,
)
from agent.text.arrows import Turn
from agent.verify.editing.telling import edited, put_aside
from agent.verify.explain import notes_on, signs_of

# Colours with their own ground, so that they can be read on a light and on a dark screen.
STYLES = {
    "corroborated": "black on cyan",
    "contested": "bold white on red",
    "unsourced": "black on yellow",
    "failed": "bold white on magenta",
}
_STANCE_STYLES = {Stance.SUPPORTS: "green", Stance.CONTRADICTS: "red", Stance.QUALIFIES: ""}
# A sign before the label, and a space around each.
_SIGN_WIDTH = 4
_FRAME = 7


def render_text(report: Report, screen: Screen, language: str | None = None) -> str:
    """The whole report as lines of at most the screen's width."""
    words = load_words(language or ENGLISH)
    out = StringIO()
    console = build_paper(screen, out)
    for part in (_head(report, words, screen), _warnings(report, words, screen), _claims(report, words, screen)):
        console.print(part)
    if report.edits:
        console.print(_edits(report, words, screen))
    if report.origins:
        console.print(_origin_lines(report, words, screen))
    console.print(_summary(report, words, screen))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _head(report: Report, words: Words, screen: Screen) -> Text:
    article = report.article
    head = Column(screen.width, screen.order)
    head.add(title_of(article, words), "bold")
    when = words.date(article.published_at.date()) if article.published_at else ""
    known = [isolated(part) for part in (article.outlet, when, article.url) if part]
    if known:
        head.add(" · ".join(known), "dim", base=_base(words), clean=False)
    return head.text


def _warnings(report: Report, words: Words, screen: Screen) -> Text:
    column = Column(screen.width, screen.order)
    for warning in warnings(report, words):
        column.add(f"! {isolated(warning)}", "bold magenta", base=_base(words), clean=False)
    return column.text


def _claims(report: Report, words: Words, screen: Screen) -> Table | Text:
    if not report.claims:
        return Text(words("no_claims_read" if report.unread else "no_claims"))
    labels = _label_width(words)
    width = screen.width - labels - _FRAME
    # Where the terminal joins letters it draws some pairs as one, and an edge behind them would be ragged.
    box = MINIMAL if screen.order is LineOrder.TERMINAL else ROUNDED
    table = Table(box=box, show_lines=True, show_header=False, width=screen.width, border_style="dim")
    table.add_column(width=labels, no_wrap=True)
    table.add_column(width=width, no_wrap=True)
    for finding in report.claims:
        table.add_row(_label(finding, words), _claim(report, finding, words, width, screen))
    return table


def _label_width(words: Words) -> int:
    labels = max(len(words(f"label.{name}")) for name in SYMBOLS) + _SIGN_WIDTH
    return max(labels, *(len(words(f"rests.{one.value}")) for one in RestsOn))


def _base(words: Words) -> Base:
    """The side on which a line of ours begins."""
    return "R" if words.direction == "rtl" else "L"


def _label(finding: Finding, words: Words) -> Text:
    name = standing(finding)
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


def _claim(report: Report, finding: Finding, words: Words, width: int, screen: Screen) -> Text:
    column = Column(width, screen.order)
    add_reviews(column, finding, words)
    column.add(claim_text(finding), "bold")
    if one_line(finding.quote) != one_line(finding.text):
        column.add(words.quoted(one_line(finding.quote)), "")
    column.add(_says(finding, words), "dim", base=_base(words), clean=False)
    if finding.failure is not None:
        failure = finding.failure
        reason = f"{words(f'step.{failure.step.value}')}{words.colon}{words(f'reason.{failure.reason.value}')}"
        text = f"{words('label.failed')}{words.colon}{reason}. {isolated(failure.message)}"
        column.add(text, "magenta", base=_base(words), clean=False)
    for said in report.corrections_of(finding.id):
        column.add(f"→ {corrected(said, words)}", "bold", base=_base(words), indent=2, clean=False)
    for edit in report.edits_of(finding.id):
        column.add(f"✎ {edited(edit, words)}", "cyan", base=_base(words), indent=2, clean=False)
    for item in _worth_showing(finding):
        _evidence(column, item, words)
    for one in finding.changed_copies:
        _changed_copy(column, one, words)
    if finding.close:
        column.add(words("close_coverage"), "yellow", base=_base(words), indent=2)
    for close in finding.close:
        _close(column, close, words)
    if finding.label is Label.UNSOURCED and finding.unsourced_because is not None:
        column.add(words(f"why.{finding.unsourced_because.value}"), "dim", base=_base(words))
    if (counted := tally(report, finding, words)) is not None:
        column.add(_tally(counted, words), "dim", base=_base(words), clean=False)
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
        f"{sign}{words.colon}{who}{tail}", _STANCE_STYLES[item.stance], base=_base(words), indent=2, clean=False
    )
    column.add(words.quoted(one_line(item.quote)), "", indent=4)
    if (address := web_address(passage.url)) and item.source == "coverage":
        column.add(isolated(address), "dim", base=_base(words), indent=4, clean=False)


def _changed_copy(column: Column, one: ChangedCopy, words: Words) -> None:
    who = isolated(one_line(copyist(one, words)))
    change = Turn(one_line(one.told), one_line(one.says)).apart(words.direction)
    line = f"{words('copy_otherwise')}{words.colon}{who}{words.colon}{change}"
    column.add(line, "yellow", base=_base(words), indent=2, clean=False)
    column.add(words.quoted(one_line(one.quote)), "", indent=4)


def _close(column: Column, one: CloseCoverage, words: Words) -> None:
    passage, values = one.passage, words("comma")
    day = f"{values}{words.date(passage.published_at.date())}" if passage.published_at else ""
    who = f"{isolated(passage.outlet or words('unknown_outlet'))}{day} ({words.language_name(passage.language)})"
    signs = (
        f" · {sign.name}{words.colon}{values.join(isolated(one_line(value)) for value in sign.values)}"
        for sign in signs_of(one, words)
    )
    column.add(f"{who}{''.join(signs)}", "", base=_base(words), indent=2, clean=False)
    column.add(words.quoted(one_line(passage.text)), "", indent=4)
    if address := web_address(passage.url):
        column.add(isolated(address), "dim", base=_base(words), indent=4, clean=False)


def _edits(report: Report, words: Words, screen: Screen) -> Text:
    """What people set aside, and all that they did."""
    column = Column(screen.width, screen.order)
    if report.set_aside:
        column.add(words("aside.heading"), "bold")
        column.add(words("aside.why"), "dim", base=_base(words))
    for one in report.set_aside:
        column.add(f"{one.id}{words.colon}{isolated(one_line(one.text))}", "dim", base=_base(words), clean=False)
        column.add(put_aside(one, words), "dim", base=_base(words), indent=2, clean=False)
    column.add(words("edit.heading"), "bold")
    for line in edit_lines(report, words):
        text = f"{line.version} · {line.numbers}{words.colon}{line.what}"
        column.add(text, "dim", base=_base(words), indent=2, clean=False)
    return Text("\n").join([column.text, Text()])


def _origin_lines(report: Report, words: Words, screen: Screen) -> Text:
    """Each origin with the articles that go back to it, where there is more to tell than its name."""
    column = Column(screen.width, screen.order)
    column.add(words("origins_heading"), "bold")
    once = []
    for one in told(report, words):
        if one.is_plain:
            once.append(isolated(one.name))
            continue
        counts = words("counted_once" if one.card.independent else "counted_not")
        column.add(f"{isolated(one.name)} ×{one.card.articles} · {counts}", "", base=_base(words), clean=False)
        for line in one.lines:
            column.add(_telling(line, words), "dim", base=_base(words), indent=2, clean=False)
        if one.more:
            column.add(f"{words('more_articles')}{words.colon}{one.more}", "dim", base=_base(words), indent=2)
    if once:
        column.add(
            f"{words('told_once')}{words.colon}{words('comma').join(once)}", "", base=_base(words), clean=False
        )
    return Text("\n").join([column.text, Text()])


def _telling(line: TellingLine, words: Words) -> str:
    moment = line.telling.published_at
    day = f"{words('comma')}{words.date(moment.date())}" if moment else ""
    whom = f" {isolated(line.whom)}" if line.whom else ""
    changed = "; ".join(Turn.read(one_line(change)).apart(words.direction) for change in line.telling.changed)
    otherwise = f" · {words('told_otherwise')}{words.colon}{changed}" if changed else ""
    said = f" {words.quoted(isolated(one_line(line.telling.quote)))}" if line.telling.quote else ""
    return f"{isolated(line.who)}{day}{words.colon}{line.why}{whom}{said}{otherwise}"


def _summary(report: Report, words: Words, screen: Screen) -> Text:
    column = Column(screen.width, screen.order)
    counts = report.counts.model_dump()
    total = Text().append(words.count("claims", len(report.claims)), "bold")
    for name, symbol in SYMBOLS.items():
        text = f" {symbol} {counts[name]} {words(f'label.{name}').lower()} "
        total.append(" ").append(text, STYLES[name] if counts[name] else "dim")
    column.append(total)
    for line in summary(report, words):
        column.add(f"{line.name}{words.colon}{isolated(line.value)}", "dim", base=_base(words), clean=False)
    column.add(words("policy"), "dim", base=_base(words))
    return column.text
