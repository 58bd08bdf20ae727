"""The small print of a report, as names and values: what was searched, what was refused, who read, what it cost."""

from agent.coverage.intake.headed import has_headline
from agent.messages import Words
from agent.models import AnalystInfo, Dropped, Frozen, Report, Searched, TotalUsage, UnreadPart
from agent.text.language import has_patterns
from agent.verify.notices import read_from_text


class SummaryLine(Frozen):
    name: str
    value: str


def warnings(report: Report, words: Words) -> list[str]:
    """What a reader must know before reading a single label."""
    items = []
    if report.analyst.kind == "lexical" and not has_patterns(report.article.language):
        items.append(f"{words('no_patterns_note')} ({words.language_name(report.article.language)})")
    if not report.searched.documents and report.claims:
        items.append(words("no_coverage_note"))
    if report.unread:
        items.append(words("unread_note"))
        items.extend(_unread(part, words) for part in report.unread)
    if report.counts.failed:
        items.append(f"{words('failed_note')} ({report.counts.failed})")
    if report.counts.unsourced and (left := uncompared(report.searched, words)):
        items.append(left)
    if report.article.read_from_text:
        items.append(read_from_text(report.article, words))
    if has_headline(report.article.text, report.article.language):
        items.append(words("headline_unchecked"))
    return [*items, *report.notices]


def _unread(part: UnreadPart, words: Words) -> str:
    return f"{words(f'reason.{part.failure.reason.value}')}{words.colon}{part.failure.message}"


def summary(report: Report, words: Words) -> list[SummaryLine]:
    """Every figure of the report, in the order of interest."""
    lines = [
        SummaryLine(name=words("searched_heading"), value=_searched(report.searched, words)),
        SummaryLine(name=words("dropped_heading"), value=_dropped(report.dropped, words)),
        SummaryLine(name=words("analyst_heading"), value=_analyst(report.analyst, words)),
        SummaryLine(name=words("embedder"), value=report.analyst.embedder),
    ]
    if report.analyst.kind == "lexical":
        lines.append(SummaryLine(name=words("trust_heading"), value=words("trust.lexical")))
    if report.usage.calls:
        lines.append(SummaryLine(name=words("usage_heading"), value=_usage(report.usage, words)))
    if report.usage.cost is not None:
        lines.append(SummaryLine(name=words("cost"), value=words.number(report.usage.cost, 4)))
    lines.append(
        SummaryLine(name=words("time"), value=f"{words.number(report.timings.total_s, 2)} {words('seconds')}")
    )
    lines.append(SummaryLine(name=words("run"), value=report.run_id))
    return lines


def _searched(searched: Searched, words: Words) -> str:
    lines = [
        words.count("searched.documents", searched.documents),
        f"{words.number(searched.in_window)} {words('searched.in_window')}",
        words.count("searched.passages", searched.passages),
    ]
    if left := uncompared(searched, words):
        lines.append(left)
    return words("comma").join(lines)


def uncompared(searched: Searched, words: Words) -> str:
    """How many documents could not be compared with the article, and which languages these are in; empty where all
    could."""
    if not searched.other_languages:
        return ""
    counts = searched.uncompared.items()
    named = words("comma").join(f"{words.language_name(code)} {words.number(n)}" for code, n in counts)
    text = f"{words.number(searched.other_languages)} {words('searched.other_languages')}"
    return f"{text} ({named})" if named else text


def _dropped(dropped: Dropped, words: Words) -> str:
    refused = [f"{words.number(count)} {words(f'dropped.{name}')}" for name, count in dropped if count]
    return words("comma").join(refused) or words("nothing")


def _analyst(analyst: AnalystInfo, words: Words) -> str:
    name = words(f"analyst.{analyst.kind}")
    return f"{analyst.model} ({name})" if analyst.model else name


def _usage(usage: TotalUsage, words: Words) -> str:
    calls = f"{words.number(usage.calls)} {words('usage.calls')}"
    tokens = f"{words.number(usage.tokens)} {words('usage.tokens')}"
    return f"{calls}{words('comma')}{tokens} ({words.number(usage.cached_tokens)} {words('usage.cached')})"
