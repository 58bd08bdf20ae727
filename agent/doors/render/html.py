"""The report as one self-contained page: no script, nothing loaded, every foreign text inert."""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

from agent.doors.render import look
from agent.doors.render.highlight import Piece, pieces
from agent.doors.render.origins import tally, told
from agent.doors.render.summary import summary, warnings
from agent.doors.render.words import direction_of, load_words
from agent.models import Evidence, Frozen, Report
from agent.text import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_MOST_DOTS = 12
_INTEREST = ("contested", look.FAILED, "unsourced", "corroborated")
_TERMINAL = '.!?؟…۔:»”"'


class Context(Frozen):
    """A passage around its quote."""

    before: str
    quote: str
    after: str


class Share(Frozen):
    """A stretch of the bar over all claims, in percent of its length."""

    name: str
    start: float
    width: float


def render_html(report: Report) -> str:
    """The page in Arabic for an Arabic article, in English otherwise; each text in its own direction."""
    words = load_words(report.article.language)
    environment = _environment()
    style = environment.get_template("report.css").render()
    page = environment.get_template("report.html.j2").render(
        report=report,
        words=words,
        style=Markup(style),  # our own file, with nothing filled in
        style_hash=_fingerprint(style),
        pieces=_joined_lines(pieces(report), report.article.text),
        number={finding.id: n for n, finding in enumerate(report.claims, 1)},
        by_id={finding.id: finding for finding in report.claims},
        in_order_of_interest=sorted(report.claims, key=lambda f: _INTEREST.index(look.standing(f))),
        shares=_shares(report),
        warnings=warnings(report, words),
        summary=summary(report, words),
        told=told(report, words),
        tallies={finding.id: tally(report, finding, words) for finding in report.claims},
    )
    return page.strip()


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("agent.doors"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.globals.update(
        symbols=look.SYMBOLS,
        standing=look.standing,
        why=look.why,
        speaker=look.speaker,
        sorted_evidence=look.sorted_evidence,
        web_address=look.web_address,
        direction_of=direction_of,
        context=_context,
        dots=lambda count: range(min(count, _MOST_DOTS)),
    )
    return environment


def _harmless(value: object) -> object:
    """Every string that a template shows loses its hidden and control characters on the way out."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _fingerprint(style: str) -> str:
    return "sha256-" + b64encode(sha256(style.encode()).digest()).decode()


def _context(item: Evidence) -> Context | None:
    """What stands around the quote, where there is more than the quote."""
    before, found, after = item.passage.text.partition(item.quote)
    if not found or not (before.strip() or after.strip()):
        return None
    return Context(before=before, quote=item.quote, after=after)


def _shares(report: Report) -> list[Share]:
    total = len(report.claims)
    shares, start = [], 0.0
    for name, count in report.counts:
        width = 100 * count / total if total else 0.0
        shares.append(Share(name=name, start=round(start, 2), width=round(width, 2)))
        start += width
    return [share for share in shares if share.width]


def _joined_lines(cut: list[Piece], text: str) -> list[Piece]:
    """Lines that were broken in mid-sentence run on; where lines mean something they stay."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    unfinished = sum(line[-1] not in _TERMINAL for line in lines)
    if unfinished * 2 <= len(lines):
        return cut
    return [piece.model_copy(update={"text": re.sub(r"(?<!\n)\r?\n(?!\s*\n)", " ", piece.text)}) for piece in cut]
