"""What a person takes from the article: a quote at its place, a speaker, a wording of their own."""

from agent.errors import EditFault, EditRefused
from agent.models import Article, Span
from agent.text import visible
from agent.text.quotes import anchors

_LONGEST, _LONGEST_NAME = 2000, 200
_MOST_TOLD, _AROUND = 20, 30


def span_of(article: Article, quote: str, place: int | None = None) -> Span:
    """Where a quote stands, at the `place`th of several. Raises `EditRefused` where it does not, or where nobody says
    at which of several."""
    places = anchors(article.text).find_all(quote)
    shown = _shown(quote)
    if not places:
        text = f"the article does not say {shown!r}: a claim needs words that stand in it"
        raise EditRefused(EditFault.NOT_IN_ARTICLE, text, words=shown)
    if place is None and len(places) > 1:
        around = places_of(article, quote)
        which = "; ".join(f"{n}: {one}" for n, one in enumerate(around, 1))
        text = f"the article says this at {len(places)} places, say at which (1 to {len(places)}): {which}"
        raise EditRefused(EditFault.SEVERAL_PLACES, text, words=shown, places=around)
    if place is not None and place > len(places):
        text = f"the article says {shown!r} at {len(places)} places, and there is none numbered {place}"
        raise EditRefused(EditFault.NO_SUCH_PLACE, text, words=shown)
    return places[(place or 1) - 1]


def places_of(article: Article, quote: str) -> tuple[str, ...]:
    """The texts around the places of a quote, where it stands at several."""
    places = anchors(article.text).find_all(quote)
    return tuple(_around(article.text, span) for span in places[:_MOST_TOLD]) if len(places) > 1 else ()


def speaker_in(article: Article, speaker: str) -> str:
    """The words of the article that name a speaker. Raises `EditRefused` where it names nobody so."""
    span = anchors(article.text).find(speaker)
    if span is None:
        shown = _shown(speaker)
        raise EditRefused(EditFault.NO_SPEAKER, f"the article names nobody as {shown!r}", words=shown)
    return article.text[span.start : span.end]


def wording(text: str) -> str:
    """A claim in a person's own words, in one line. Raises `EditRefused`."""
    line = _line(text)
    if not any(map(str.isalpha, line)):
        raise EditRefused(EditFault.NO_WORDS, "a claim is worded in words")
    if len(line) > _LONGEST:
        value = f"this wording has {len(line):,} characters, and may have {_LONGEST:,}"
        raise EditRefused(EditFault.TOO_LONG, value)
    return line


def reason_of(text: str | None) -> str:
    return _line(text or "")[:_LONGEST]


def person(name: str) -> str:
    """Raises `EditRefused` for what is no name: nobody edits without one."""
    line = _line(name)
    if not any(map(str.isalpha, line)) or len(line) > _LONGEST_NAME:
        text = "an edit stands in the report under the name of the person who made it: say who, by name"
        raise EditRefused(EditFault.NO_NAME, text)
    return line


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def _shown(words: str) -> str:
    line = _line(words)
    return line if len(line) <= 2 * _AROUND else f"{line[: 2 * _AROUND]}…"


def _around(text: str, span: Span) -> str:
    start, end = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{_line(text[start:end])}{after}"
