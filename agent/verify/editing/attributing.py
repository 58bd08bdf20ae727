"""Who says what a person quotes, and of when it is: as the article's claims have it, or as it is read anew."""

from collections.abc import Iterable, Sequence
from typing import Self

from agent.analyst.lexical.speaker_named import speaker_named
from agent.models import Article, Attribution, Claim, Draft, Frozen, Span
from agent.text import fold
from agent.text.quotes import anchors


class Anchored(Frozen):
    """A claim of the article, or a draft of one, at one of its places."""

    draft: Draft
    span: Span

    @classmethod
    def of_claim(cls, claim: Claim) -> list[Self]:
        known = {name: getattr(claim, name) for name in Draft.model_fields}
        return [cls(draft=Draft(**known), span=span) for span in claim.spans]

    @classmethod
    def of_draft(cls, article: Article, draft: Draft, near: int) -> list[Self]:
        span = anchors(article.text).find(draft.quote, near)
        return [cls(draft=draft, span=span)] if span is not None else []


def nearest(known: Iterable[Anchored], span: Span) -> Draft | None:
    """What shares the most of a place."""
    shared = [(min(one.span.end, span.end) - max(one.span.start, span.start), one.draft) for one in known]
    overlapping = [pair for pair in shared if pair[0] > 0]
    return max(overlapping, key=lambda pair: pair[0])[1] if overlapping else None


def attributed(speaker: str, known: Sequence[Anchored], language: str) -> Attribution:
    """Whom words of the article name: as it is told elsewhere in it, or read from the words alone."""
    named = fold(speaker)
    for one in known:
        if fold(one.draft.attribution.speaker or "") == named:
            return one.draft.attribution
    return speaker_named(speaker, language)
