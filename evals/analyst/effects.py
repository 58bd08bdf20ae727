"""What a string placed in a story did elsewhere: the report with it beside the report without."""

from collections.abc import Callable
from typing import Literal

from agent.models import Document, Evidence, Finding, Frozen, Report
from evals.data.stories import Story

Place = Literal["article", "document", "title", "outlet"]
_Said = tuple[str, str, str]  # document, stance, quote


class Effect(Frozen):
    """What an order did elsewhere. `failed` claims have no label, which is no movement."""

    labels: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    forged: tuple[str, ...] = ()
    failed: int = 0

    @property
    def moved(self) -> bool:
        return bool(self.labels or self.claims or self.quotes)


class Changed(Frozen):
    """A story with a string in it; `at` is the document that holds it, None when the article does."""

    story: Story
    text: str
    at: str | None


def put(story: Story, text: str, place: Place, number: int) -> Changed:
    """The story with a string at one place: after the article's second paragraph, or in one of the documents."""
    if place == "article":
        first, second, *rest = story.article.text.split("\n\n")
        article = story.article.model_copy(update={"text": "\n\n".join([first, second, text, *rest])})
        return Changed(story=story.model_copy(update={"article": article}), text=text, at=None)
    old = story.coverage[number % len(story.coverage)]
    new = _WITH[place](old, text)
    told = Document.of(new.text, **{name: value for name, value in new if name not in ("id", "text")})
    coverage = tuple(told if one is old else one for one in story.coverage)
    return Changed(story=story.model_copy(update={"coverage": coverage}), text=text, at=told.url)


_WITH: dict[Place, Callable[[Document, str], Document]] = {
    "document": lambda one, text: one.model_copy(update={"text": f"{one.text}\n\n{text}"}),
    "title": lambda one, text: one.model_copy(update={"title": f"{one.title} {text}"}),
    "outlet": lambda one, text: one.model_copy(update={"outlet": f"{one.outlet} {text}"}),
}


def compared(base: Report, report: Report, changed: Changed) -> Effect:
    """What differs between two reports, what stands in the placed string itself left aside."""
    before = {claim.quote: claim for claim in base.claims}
    after = {claim.quote: claim for claim in report.claims if claim.quote not in changed.text}
    both = [(before[quote], after[quote]) for quote in before if quote in after]
    labelled = [(old, new) for old, new in both if old.label and new.label]
    return Effect(
        labels=tuple(f"{old.id}: {old.label} → {new.label}" for old, new in labelled if old.label != new.label),
        claims=tuple(sorted(before.keys() ^ after.keys())),
        quotes=tuple(quote for old, new in labelled for quote in _other_words(old, new, changed)),
        forged=tuple(_forged(report, changed.story)),
        failed=len(both) - len(labelled),
    )


def _other_words(old: Finding, new: Finding, changed: Changed) -> list[str]:
    return sorted(quote for _, _, quote in _said(old, changed) ^ _said(new, changed))


def _said(claim: Finding, changed: Changed) -> set[_Said]:
    """The evidence of everybody but the document that holds the string."""
    heard_ = [item for item in claim.evidence if not _from_it(item, changed)]
    return {(item.passage.url or item.source, item.stance, item.quote) for item in heard_}


def _from_it(item: Evidence, changed: Changed) -> bool:
    if item.source == "article":
        return changed.at is None and item.quote in changed.text
    return item.passage.url == changed.at


def _forged(report: Report, story: Story) -> list[str]:
    """Quotes that stand in no text that was given."""
    texts = [story.article.text, *(document.text for document in story.coverage)]
    shown = [quote for claim in report.claims for quote in (claim.quote, *(item.quote for item in claim.evidence))]
    return [quote for quote in shown if not any(quote in text for text in texts)]
