"""Who the coverage goes back to, in words: so many articles, so few origins, and why each stands with another."""

from collections.abc import Iterator, Mapping, Sequence

from agent.messages import Words
from agent.models import ARTICLE, Bond, Finding, Frozen, OriginSummary, Report, Telling
from agent.verify.policy import count_certain

_MOST_LISTED = 12
_OF_WHOM = (Bond.COPY, Bond.SHORTENED, Bond.LENGTHENED, Bond.SAME_PAGE, Bond.CREDITS_AGENCY)


class NamedOrigin(Frozen):
    """An origin with the number of articles that go back to it."""

    id: str
    name: str
    articles: int


class OriginTally(Frozen):
    """The articles behind a finding: how many origins they are, by name, and whose do not count."""

    articles: int
    origins: int
    counted: tuple[NamedOrigin, ...]
    others: tuple[NamedOrigin, ...]


class TellingLine(Frozen):
    """One telling: who, and why it stands here. `whom` is the name that the words of `why` end with."""

    telling: Telling
    who: str
    why: str
    whom: str | None


class OriginTellings(Frozen):
    """An origin with its tellings; `more` are not listed."""

    summary: OriginSummary
    name: str
    lines: tuple[TellingLine, ...]
    more: int

    @property
    def is_plain(self) -> bool:
        """One report of one outlet that counts: there is nothing to explain."""
        return (
            self.summary.independent
            and self.summary.articles == 1
            and [one.telling.why for one in self.lines] == [Bond.FIRST]
        )


def tally(report: Report, finding: Finding, words: Words) -> OriginTally | None:
    """None where nothing was found, and where the report does not tell who said it."""
    summaries = {summary.id: summary for summary in report.origins}
    shares = [share for share in finding.origins.by_origin if share.origin in summaries]
    if not shares:
        return None
    named = [
        (summaries[s.origin], NamedOrigin(id=s.origin, name=_name(summaries[s.origin], words), articles=s.articles))
        for s in shares
    ]
    speaking = {item.origin for item in finding.evidence if item.independent}
    counted = tuple(one for summary, one in named if summary.independent and summary.id in speaking)
    return OriginTally(
        articles=finding.origins.articles,
        origins=count_certain([one.id for one in counted]),
        counted=counted,
        others=tuple(one for _, one in named if one not in counted),
    )


def origin_tellings(report: Report, words: Words) -> list[OriginTellings]:
    """The origins of a report: those that count first, the most told first."""
    summaries = [summary for summary in report.origins if summary.tellings]
    return [
        _listed(summary, report.origins, words)
        for summary in sorted(summaries, key=lambda c: (not c.independent, -c.articles))
    ]


def _listed(summary: OriginSummary, summaries: Sequence[OriginSummary], words: Words) -> OriginTellings:
    outlets = {telling.document_id: _who(telling, words) for one in summaries for telling in one.tellings}
    outlets[ARTICLE] = words("this_article")
    lines = tuple(_lines(summary, outlets, words))[:_MOST_LISTED]
    return OriginTellings(
        summary=summary, name=_name(summary, words), lines=lines, more=summary.articles - len(lines)
    )


def _lines(summary: OriginSummary, outlets: Mapping[str, str], words: Words) -> Iterator[TellingLine]:
    for telling in summary.tellings:
        whom = None
        if telling.why in _OF_WHOM:
            whom = outlets.get(telling.of, words("unknown_outlet")) if telling.of else _name(summary, words)
        yield TellingLine(
            telling=telling, who=_who(telling, words), why=words(f"bond.{telling.why.value}"), whom=whom
        )


def _name(summary: OriginSummary, words: Words) -> str:
    if summary.id == ARTICLE:
        return words("this_article")
    return summary.name or (summary.tellings[0].title if summary.tellings else None) or words("unknown_outlet")


def _who(telling: Telling, words: Words) -> str:
    return telling.outlet or telling.title or words("unknown_outlet")
