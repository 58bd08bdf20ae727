"""How a report looks: for a terminal, a page, a ticket, a search engine, a program."""

from enum import StrEnum

from agent.doors.render.screen import PLAIN, Screen, screen_for
from agent.models import Report

__all__ = ["PLAIN", "ReportForm", "Screen", "render", "screen_for"]


class ReportForm(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONLD = "jsonld"


def render(report: Report, form: ReportForm, screen: Screen = PLAIN, language: str | None = None) -> str:
    """The report in one of its forms. Only the text form looks at the screen; by default it fits any file.

    `language` is that of the words around the report (a BCP 47 code): by default English in the text form, and in the
    others that of the article where Isnad speaks it.

    Text from outside is inert in every form: no control character, markup, script or link of its own takes effect.
    """
    match form:
        case ReportForm.TEXT:
            from agent.doors.render.text import render_text

            return render_text(report, screen, language)
        case ReportForm.MARKDOWN:
            from agent.doors.render.markdown import render_markdown

            return render_markdown(report, language)
        case ReportForm.HTML:
            from agent.doors.render.html import render_html

            return render_html(report, language)
        case ReportForm.JSONLD:
            from agent.doors.render.jsonld import render_jsonld

            return render_jsonld(report, language)
        case ReportForm.JSON:
            return report.model_dump_json(by_alias=True, indent=2)
