"""A report as pages show it: the article in pieces, the claims in order of interest, who told what."""

import re
from dataclasses import dataclass

from agent.coverage.intake.headed import body_start
from agent.doors.render import look
from agent.doors.render.highlight import HighlightedSpan, pieces
from agent.doors.render.origins import OriginTally, OriginTellings, origin_tellings, tally
from agent.doors.render.summary import SummaryLine, summary, warnings
from agent.messages import Words
from agent.models import Article, Finding, Frozen, Report, number_of

_INTEREST = ("contested", look.FAILED, "unsourced", "corroborated")
_TERMINAL = '.!?؟…۔:»”"'


class Share(Frozen):
    """A stretch of the bar over all claims, in percent of its length."""

    name: str
    start: float
    width: float


@dataclass(frozen=True)
class ReportView:
    """What the pages of a report show. `number` gives the number that people call a claim by, and `tallies` how many
    origins speak of it, both by the claim's id."""

    report: Report
    words: Words
    pieces: list[HighlightedSpan]
    number: dict[str, int]
    by_id: dict[str, Finding]
    in_order_of_interest: list[Finding]
    shares: list[Share]
    warnings: list[str]
    summary: list[SummaryLine]
    origins: list[OriginTellings]
    tallies: dict[str, OriginTally | None]


def view_of(report: Report, words: Words) -> ReportView:
    """The view of a report in the language of `words`."""
    return ReportView(
        report=report,
        words=words,
        pieces=_joined_lines(pieces(report), report.article),
        number={finding.id: number_of(finding) for finding in report.claims},
        by_id={finding.id: finding for finding in report.claims},
        in_order_of_interest=sorted(report.claims, key=lambda f: _INTEREST.index(look.label_name(f))),
        shares=_shares(report),
        warnings=warnings(report, words),
        summary=summary(report, words),
        origins=origin_tellings(report, words),
        tallies={finding.id: tally(report, finding, words) for finding in report.claims},
    )


def _shares(report: Report) -> list[Share]:
    total = len(report.claims)
    shares, start = [], 0.0
    for name, count in report.counts:
        width = 100 * count / total if total else 0.0
        shares.append(Share(name=name, start=round(start, 2), width=round(width, 2)))
        start += width
    return [share for share in shares if share.width]


def _joined_lines(cut: list[HighlightedSpan], article: Article) -> list[HighlightedSpan]:
    """Lines that were broken in mid-sentence run on; where lines mean something they stay, as a headline does."""
    begins = body_start(article.text, article.language)
    lines = [line.rstrip() for line in article.text[begins:].splitlines() if line.strip()]
    unfinished = sum(line[-1] not in _TERMINAL for line in lines)
    if unfinished * 2 <= len(lines):
        return cut
    joined, at = [], 0
    for piece in cut:
        kept = piece.text[: max(0, begins - at)]
        run_on = re.sub(r"(?<!\n)\r?\n(?!\s*\n)", " ", piece.text[len(kept) :])
        joined.append(piece.model_copy(update={"text": kept + run_on}))
        at += len(piece.text)
    return joined
