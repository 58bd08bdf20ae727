"""What a draft tells of the words of a statement: their wording, speaker, kind and day."""

import re
from collections.abc import Sequence
from datetime import date

from agent.analyst.lexical.arabic import is_future
from agent.analyst.lexical.arabic_speakers import bare
from agent.analyst.lexical.days import MentionedDay
from agent.analyst.lexical.pieces import StatementPiece
from agent.analyst.lexical.resources import load_speech
from agent.analyst.lexical.words import QUOTE, Word
from agent.models import Attribution, Kind

_SPACE = re.compile(r"\s+")


def attributed(piece: StatementPiece) -> Attribution:
    verb = piece.verb.text if piece.verb else None
    return piece.speaker.attributed(verb) if piece.speaker else Attribution()


def event_day(said: Sequence[Word], mentioned_days: Sequence[MentionedDay], language: str) -> date | None:
    """The first day told, unless it only bounds a stretch of time ("since 30 September")."""
    bounds = load_speech(language).lists["not_event"]
    return next(
        (t.day for t in mentioned_days if not any(w.folded in bounds for w in said[max(0, t.at - 2) : t.at])), None
    )


def kind_of(said: Sequence[Word], piece: StatementPiece, language: str) -> Kind:
    speech = load_speech(language)
    if piece.lemma in speech.lists["opinions"]:
        return Kind.OPINION
    folded = [bare(word.folded) if language == "ar" else word.folded for word in said if not word.mark]
    if any(word in speech.forecast for word in folded):
        return Kind.FORECAST
    if language == "ar" and any(is_future(word, speech) for word in folded):
        return Kind.FORECAST
    return Kind.OPINION if any(word in speech.opinion for word in folded) else Kind.FACT


def wording_of(
    said: Sequence[Word], piece: StatementPiece, mentioned_days: Sequence[MentionedDay], language: str
) -> str:
    body = body_of(said, mentioned_days)
    if piece.speaker is None or piece.act:
        return body
    return f"{piece.speaker.heading(language)}: {body}"


def body_of(said: Sequence[Word], mentioned_days: Sequence[MentionedDay]) -> str:
    """The words as they stand, white space apart, with dates behind "today"; quotation marks only in pairs."""
    paired = sum(word.mark == QUOTE for word in said) % 2 == 0
    dates = {day.after - 1: day.day for day in mentioned_days if not day.calendar}
    parts: list[str] = []
    for n, word in enumerate(said):
        glued = n > 0 and said[n - 1].end == word.start
        shown = "" if word.mark == QUOTE and not paired else word.text
        parts.append(("" if glued else " ") + shown)
        if n in dates:
            parts.append(f" ({dates[n].isoformat()})")
    return clean("".join(parts))


def clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
