"""The articles of a thread: a list of them, or the one that is spoken of from now on."""

from agent.chat.answering.evidence_lines import report_of
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import shortened
from agent.models import Article, Label, Report
from agent.text.isolates import isolated_line

_LONGEST_TITLE = 120


def tell_article(sheet: Sheet) -> None:
    """Which article is spoken of now, and what came of it."""
    report = report_of(sheet)
    sheet.tell("article_now", title=isolated_line(title_of(report.article)))
    sheet.tell("summary", claims=sheet.say.words.count("claims", len(report.claims)), **report.counts.model_dump())
    for finding in [one for one in report.claims if one.label is Label.CONTESTED]:
        sheet.show(finding)


def list_articles(sheet: Sheet, reports: tuple[Report, ...]) -> None:
    for number, report in enumerate(reports, 1):
        sheet.tell(
            "article_line",
            number=number,
            title=isolated_line(title_of(report.article)),
            run=isolated_line(report.run_id),
        )
    sheet.tell("article_which")


def title_of(article: Article) -> str:
    """What an article is called: its title, or how it begins."""
    return shortened(article.title or article.text.strip().partition("\n")[0], _LONGEST_TITLE)
