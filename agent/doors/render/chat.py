"""What is said in a chat, as lines of a terminal or of a file; and reports as files to take away."""

from collections.abc import Iterator
from io import StringIO

from agent.chat.actions import ExportForm
from agent.chat.records import AnswerStatement, ChatAnswer, Citation, Question, TurnFailed
from agent.doors.render import ReportForm, Screen, render
from agent.doors.render.bidi import Base, isolated, one_line
from agent.doors.render.column import Column
from agent.doors.render.look import web_address
from agent.doors.render.paper import build_paper
from agent.messages import Words, load_words
from agent.models import ARTICLE, Label, Report

_FORMS = {
    ExportForm.MARKDOWN: ReportForm.MARKDOWN,
    ExportForm.HTML: ReportForm.HTML,
    ExportForm.JSON: ReportForm.JSON,
    ExportForm.JSONLD: ReportForm.JSONLD,
}
_STYLES = {Label.CORROBORATED: "cyan", Label.CONTESTED: "bold red", Label.UNSOURCED: "yellow"}
_UNCHECKED = "bold magenta"
_INDENT = 4


def render_export(report: Report, form: ExportForm) -> str:
    """A report in the form of a file; raises `KeyError` for what is no form of a report."""
    return render(report, _FORMS[form])


def answer_text(answer: ChatAnswer, screen: Screen) -> str:
    """Statements with the words that they rest on; what the statement before rests on too is not said again."""
    words = load_words(answer.language)
    base = _base(words)
    column = Column(screen.width, screen.order)
    shown: set[tuple[str, str]] = set()
    for statement in answer.statements:
        column.add(statement.text, _style(statement), base=base, clean=False)
        cited = {(one.quote, one.passage.document_id): one for one in statement.citations}
        for key, citation in cited.items():
            if key not in shown and not _repeats(statement, citation):
                _cite(column, citation, words, base)
        shown = set(cited)
    return _printed(column, screen)


def own_text(text: str, screen: Screen) -> str:
    """Lines of ours, in which what is foreign is set apart already."""
    column = Column(screen.width, screen.order)
    for line in text.splitlines():
        column.add(line, "dim", clean=False)
    return _printed(column, screen)


def question_text(question: Question, screen: Screen) -> str:
    column = Column(screen.width, screen.order)
    column.add(question.text, "bold", base=_base(load_words(question.language)), clean=False)
    return _printed(column, screen)


def failure_text(failure: TurnFailed, screen: Screen) -> str:
    column = Column(screen.width, screen.order)
    column.add(f"! {isolated(failure.message)}", _UNCHECKED, base="L", clean=False)
    return _printed(column, screen)


def _base(words: Words) -> Base:
    return "R" if words.direction == "rtl" else "L"


def _style(statement: AnswerStatement) -> str:
    if statement.claim_id is None:
        return ""
    return _STYLES[statement.label] if statement.label else _UNCHECKED


def _repeats(statement: AnswerStatement, citation: Citation) -> bool:
    """Whether the statement says the quoted words of the article already."""
    return citation.passage.document_id == ARTICLE and one_line(citation.quote) in one_line(statement.text)


def _cite(column: Column, citation: Citation, words: Words, base: Base) -> None:
    passage = citation.passage
    column.add(words.quoted(one_line(citation.quote)), "", indent=_INDENT)
    if passage.document_id == ARTICLE:
        return
    day = words.date(passage.published_at.date()) if passage.published_at else words("when.unknown")
    where = [isolated(passage.outlet or words("unknown_outlet")), day]
    column.add(" · ".join(where), "dim", base=base, indent=_INDENT, clean=False)
    if address := web_address(passage.url):
        column.add(isolated(address), "dim", base="L", indent=_INDENT, clean=False)


def _printed(column: Column, screen: Screen) -> str:
    out = StringIO()
    console = build_paper(screen, out)
    console.print(column.text, soft_wrap=True)
    return "\n".join(_lines(out.getvalue()))


def _lines(text: str) -> Iterator[str]:
    return (line.rstrip() for line in text.rstrip("\n").splitlines())
