"""What a person takes from the article: a quote at its place, a speaker, a wording of their own."""

from agent.errors import BadInput
from agent.models import Article, Span
from agent.text import visible
from agent.text.quotes import anchors

_LONGEST, _LONGEST_NAME = 2000, 200
_MOST_TOLD, _AROUND = 5, 30


class SeveralPlaces(BadInput):
    """A quote stands at several places of the article, and nobody said at which it is meant."""

    def __init__(self, message: str, places: tuple[Span, ...]) -> None:
        super().__init__(message)
        self.places = places


def span_of(article: Article, quote: str, place: int | None = None) -> Span:
    """Where a quote stands, at the `place`th of several. Raises `BadInput` where it does not, `SeveralPlaces`."""
    places = anchors(article.text).find_all(quote)
    if not places:
        raise BadInput(f"the article does not say {_shown(quote)}: a claim needs words that stand in it")
    if place is None and len(places) > 1:
        told = "; ".join(f"{n}: {_around(article.text, span)}" for n, span in enumerate(places[:_MOST_TOLD], 1))
        raise SeveralPlaces(f"the article says this at {len(places)} places, say which: {told}", tuple(places))
    if place is not None and place > len(places):
        raise BadInput(f"the article says {_shown(quote)} at {len(places)} places, and not at {place}")
    return places[(place or 1) - 1]


def speaker_in(article: Article, speaker: str) -> str:
    """The words of the article that name a speaker. Raises `BadInput` where it names nobody so."""
    span = anchors(article.text).find(speaker)
    if span is None:
        raise BadInput(f"the article names nobody as {_shown(speaker)}")
    return article.text[span.start : span.end]


def wording(text: str) -> str:
    """A claim in a person's own words, in one line. Raises `BadInput`."""
    line = _line(text)
    if not any(map(str.isalpha, line)):
        raise BadInput("a claim is worded in words")
    if len(line) > _LONGEST:
        raise BadInput(f"this wording has {len(line):,} characters, and may have {_LONGEST:,}")
    return line


def reason_of(told: str | None) -> str:
    return _line(told or "")[:_LONGEST]


def person(name: str) -> str:
    """Raises `BadInput` for what is no name: nobody edits without one."""
    line = _line(name)
    if not any(map(str.isalpha, line)) or len(line) > _LONGEST_NAME:
        raise BadInput("an edit stands in the report under the name of the person who made it: say who, by name")
    return line


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def _shown(words: str) -> str:
    line = _line(words)
    return repr(line if len(line) <= 2 * _AROUND else f"{line[: 2 * _AROUND]}…")


def _around(text: str, span: Span) -> str:
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{_line(text[start:end])}{after}"
