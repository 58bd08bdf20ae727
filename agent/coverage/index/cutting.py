"""Documents cut into passages, as the index and the catalogue write them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.coverage.index.entries import Located
from agent.coverage.index.passages import search_text, split
from agent.models import Document, Span, digest
from agent.text.language import primary_language


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage: its place, and what stands for it in the index."""

    span: Span
    text: str
    key: str


def cut(documents: Sequence[Document]) -> dict[str, list[Cut]]:
    """The passages of each; a record of reviews has none, for nobody is to take the claim in it for its own word."""
    cuts: dict[str, list[Cut]] = {}
    for document in documents:
        passages = () if document.provenance.is_record else split(document)
        texts = [(passage, search_text(document, passage)) for passage in passages]
        cuts[document.id] = [Cut(Span(start=one.start, end=one.end), text, _key(text)) for one, text in texts]
    return cuts


def languages_of(documents: Sequence[Document], cut: Mapping[str, Sequence[Cut]]) -> dict[str, set[str]]:
    """For every key the languages of the documents that hold its text."""
    spoken: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for one in cut[document.id]:
            spoken[one.key].add(primary_language(document.language))
    return spoken


def located(document_id: str, cut: Sequence[Cut]) -> list[Located]:
    return [Located(document_id, number, one.span.start, one.span.end, one.key) for number, one in enumerate(cut)]


def _key(text: str) -> str:
    return digest(text)[:24]
