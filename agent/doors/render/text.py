"""Renders a report for a terminal: the claims as a table, both sides of what is contested, then a summary."""

from io import StringIO

from rich.box import MINIMAL, ROUNDED
from rich.table import Table
from rich.text import Text

from agent.doors.render.bidi import LineOrder, isolated, one_line
from agent.doors.render.claim_cells import STYLES, base_of, claim_cell, label_cell
from agent.doors.render.column import Column
from agent.doors.render.edits import edit_lines
from agent.doors.render.look import (
    SYMBOLS,
    title_of,
)
from agent.doors.render.origins import TellingLine, origin_tellings
from agent.doors.render.paper import build_paper
from agent.doors.render.screen import Screen
from agent.doors.render.summary import summary, warnings
from agent.messages import ENGLISH, Words, load_words
from agent.models import (
    Report,
    RestsOn,
)
from agent.text.arrows import Turn
from agent.verify.editing.telling import put_aside

# A sign before the label, and a space around each.
_SIGN_WIDTH = 4
_FRAME = 7


def render_text(report: Report, screen: Screen, language: str | None = None) -> str:
    """The whole report, in lines of at most the width of the screen."""
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
        head.add(" · ".join(known), "dim", base=base_of(words), clean=False)
    return head.text


def _warnings(report: Report, words: Words, screen: Screen) -> Text:
    column = Column(screen.width, screen.order)
    for warning in warnings(report, words):
        column.add(f"! {isolated(warning)}", "bold magenta", base=base_of(words), clean=False)
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
        table.add_row(label_cell(finding, words), claim_cell(report, finding, words, width, screen))
    return table


def _label_width(words: Words) -> int:
    labels = max(len(words(f"label.{name}")) for name in SYMBOLS) + _SIGN_WIDTH
    return max(labels, *(len(words(f"rests.{one.value}")) for one in RestsOn))


def _edits(report: Report, words: Words, screen: Screen) -> Text:
    """What people set aside, and all that they did."""
    column = Column(screen.width, screen.order)
    if report.set_aside:
        column.add(words("aside.heading"), "bold")
        column.add(words("aside.why"), "dim", base=base_of(words))
    for one in report.set_aside:
        column.add(f"{one.id}{words.colon}{isolated(one_line(one.text))}", "dim", base=base_of(words), clean=False)
        column.add(put_aside(one, words), "dim", base=base_of(words), indent=2, clean=False)
    column.add(words("edit.heading"), "bold")
    for line in edit_lines(report, words):
        text = f"{line.version} · {line.numbers}{words.colon}{line.what}"
        column.add(text, "dim", base=base_of(words), indent=2, clean=False)
    return Text("\n").join([column.text, Text()])


def _origin_lines(report: Report, words: Words, screen: Screen) -> Text:
    """Each origin with the articles that go back to it, where there is more to tell than its name."""
    column = Column(screen.width, screen.order)
    column.add(words("origins_heading"), "bold")
    once = []
    for one in origin_tellings(report, words):
        if one.is_plain:
            once.append(isolated(one.name))
            continue
        counts = words("counted_once" if one.summary.independent else "counted_not")
        column.add(f"{isolated(one.name)} ×{one.summary.articles} · {counts}", "", base=base_of(words), clean=False)
        for line in one.lines:
            column.add(_telling(line, words), "dim", base=base_of(words), indent=2, clean=False)
        if one.more:
            column.add(f"{words('more_articles')}{words.colon}{one.more}", "dim", base=base_of(words), indent=2)
    if once:
        column.add(
            f"{words('told_once')}{words.colon}{words('comma').join(once)}", "", base=base_of(words), clean=False
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
        column.add(f"{line.name}{words.colon}{isolated(line.value)}", "dim", base=base_of(words), clean=False)
    column.add(words("policy"), "dim", base=base_of(words))
    return column.text
