"""The report as one self-contained page: no script, nothing loaded, every foreign text inert."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

from agent.doors.render.chain.figures import figure_of_claim, figure_of_report, place_on_page
from agent.doors.render.templates import build_environment
from agent.doors.render.view import view_of
from agent.messages import load_words
from agent.models import Report

if TYPE_CHECKING:
    from datetime import datetime

    from jinja2 import Environment


def render_html(report: Report, language: str | None = None, until: "datetime | None" = None) -> str:
    """The page in one language, by default that of the article where it is spoken here; each text in its own
    direction. `until` is told where it can be seen for so long and no longer."""
    environment = _environment()
    style = environment.get_template("report.css").render()
    words = load_words(language or report.article.language)
    page = environment.get_template("report.html.j2").render(
        vars(view_of(report, words)),
        chain=figure_of_report(report, words, place_on_page),
        chains={one.id: figure_of_claim(report, one, words, place_on_page) for one in report.claims},
        style=Markup(style),  # our own file, with nothing filled in
        style_hash=_fingerprint(style),
        until=until,
    )
    return page.strip()


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    return build_environment(["agent.doors"])


def _fingerprint(style: str) -> str:
    return "sha256-" + b64encode(sha256(style.encode()).digest()).decode()
