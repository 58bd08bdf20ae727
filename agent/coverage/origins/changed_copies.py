"""What copies of a report tell otherwise than it does, at the claims that this touches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agent.coverage.origins.changes import ChangedWording, changes_of
from agent.models import ARTICLE, Article, ChangedCopy, Claim, Document, Evidence, Origin, Span
from agent.text import mend, sentences

_MOST = 5


@dataclass(frozen=True)
class AlteredCopy:
    """A copy with what it changed; `of` is the id of what it copies, in whose text `original_at` is a place."""

    document: Document
    of: str
    changes: tuple[ChangedWording, ...]


def altered_copies(article: Article, origins: Iterable[Origin]) -> list[AlteredCopy]:
    """The copies of these reports, and of the article, that changed a number, a date, a name or a denial."""
    return [altered for origin in origins for altered in _altered(article, origin)]


def _altered(article: Article, origin: Origin) -> Iterator[AlteredCopy]:
    altered = {link.document_id for link in origin.links if link.changed}
    for document in origin.documents:
        if document.id in altered and origin.copy_of_article:
            yield AlteredCopy(document, ARTICLE, _of_article(article, document))
        elif document.id in altered:
            yield AlteredCopy(document, origin.witness.id, changes_of(origin.witness.text, document.text))


def _of_article(article: Article, copy: Document) -> tuple[ChangedWording, ...]:
    """Copies are compared with the article as it is read; places are those in the article as it was given."""
    read = mend(article.text, article.language)
    changes = changes_of(read.text, copy.text)
    return tuple(change.model_copy(update={"original_at": read.given(change.original_at)}) for change in changes)


def changed_at(claim: Claim, evidence: Sequence[Evidence], copies: Sequence[AlteredCopy]) -> tuple[ChangedCopy, ...]:
    """What copies changed in the words that the claim rests on: the article's own, and those of its witnesses."""
    touched: dict[str, list[Span]] = {ARTICLE: list(claim.spans)}
    for item in evidence:
        if item.source == "coverage" and (at := item.passage.text.find(item.quote)) >= 0:
            start = item.passage.start + at
            quoted = Span(start=start, end=start + len(item.quote))
            touched.setdefault(item.passage.document_id, []).append(quoted)
    found = [
        _changed_copy(copy, change)
        for copy in copies
        for change in copy.changes
        if any(_overlap(change.original_at, span) for span in touched.get(copy.of, ()))
    ]
    return tuple(dict.fromkeys(found))[:_MOST]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _changed_copy(copy: AlteredCopy, change: ChangedWording) -> ChangedCopy:
    document = copy.document
    return ChangedCopy(
        document_id=document.id,
        outlet=document.outlet,
        title=document.title,
        url=document.url,
        published_at=document.published_at,
        language=document.language,
        of=copy.of,
        told=change.original,
        says=change.says,
        quote=_sentence(document, change.says_at),
    )


def _sentence(document: Document, at: Span) -> str:
    """The sentence that a place stands in; the words at the place where that is no one sentence."""
    around = (span for span in sentences(document.text, document.language) if span.start <= at.start < span.end)
    span = next((one for one in around if at.end <= one.end), at)
    return document.text[span.start : span.end]
