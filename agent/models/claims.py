"""What an article claims, and who says it."""

from datetime import date

from pydantic import Field

from agent.models.sets import Kind, SourceType
from agent.models.texts import Frozen, Span


class Attribution(Frozen):
    """Who says it, by the article. `speaker` and `verb` are words of the article; None when the outlet speaks."""

    speaker: str | None = None
    role: str | None = None
    source: SourceType = SourceType.OUTLET
    verb: str | None = None


# Whoever repeats what one of these said may have it from the article: there is nobody to ask.
_UNNAMED = frozenset({SourceType.ANONYMOUS, SourceType.GROUP})


class Draft(Frozen):
    """A claim as an analyst proposes it: not yet anchored, not yet numbered.

    `event_date` is the day of the event, or the first of several; `event_end` is then the last.
    """

    text: str
    quote: str
    attribution: Attribution = Attribution()
    kind: Kind = Kind.FACT
    event_date: date | None = None
    event_end: date | None = None


class Claim(Frozen):
    """A claim that stands in the article. `quote == article.text[start:end]` of the first span.

    `event_date` is the day of the event, or the first of several; `event_end` is then the last.
    """

    id: str
    text: str
    spans: tuple[Span, ...] = Field(min_length=1)
    quote: str
    attribution: Attribution = Attribution()
    kind: Kind = Kind.FACT
    event_date: date | None = None
    event_end: date | None = None


def has_unnamed_source(claim: Claim) -> bool:
    """Whether the claim comes from somebody whom the article does not name, one or many."""
    return claim.attribution.source in _UNNAMED


def number_of(claim: Claim) -> int:
    """The number that people say: claims are c1, c2, …, and each keeps its own when others come or go."""
    return int(claim.id[1:])
