"""Reports with their copies: heard once however often they were printed; and which of them are the article's own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from agent.coverage.origins.changes import changed_facts
from agent.coverage.origins.likeness import bond_of, compare, likeness, runs_of
from agent.coverage.origins.linking import heads
from agent.models import ARTICLE, Article, Bond, CopyLink, Document, Origin
from agent.text import mend

__all__ = ["by_date", "by_document", "compare", "origins_of"]


def origins_of(
    ordered: Sequence[Document],
    links: Mapping[str, CopyLink],
    of_article: Mapping[str, CopyLink],
    more: Mapping[str, int] = MappingProxyType({}),
    itself: Collection[str] = (),
) -> list[Origin]:
    """The origins of documents whose links are known. They stand in the order of their coming, each after what it is
    a copy of; `more` counts the documents of a report that are not among them, by the id of its first. `itself` are
    those that are the article under check: they are in no origin, and copies of them are the article's own.

    A report whose witness holds the article, or is held by it, is the article's own with all its copies; any other
    document that holds the article leaves its report and is the article's own, alone: nothing may corroborate an
    article with its own words, and no copy may silence a report.
    """
    own = {*of_article, *itself}
    first = heads([document.id for document in ordered], links)
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in ordered:
        if document.id not in itself:
            groups[ARTICLE if own & {document.id, first[document.id]} else first[document.id]].append(document)
    known = {**links, **of_article}
    return [
        Origin.checked(
            id=ARTICLE if name == ARTICLE else f"o{group[0].id[1:13]}",
            documents=tuple(group),
            copy_of_article=name == ARTICLE,
            links=tuple(known[one.id] for one in group if one.id in known),
            more=sum(
                more.get(head, 0) for head in {first[one.id] for one in group} if head in own or name != ARTICLE
            ),
        )
        for name, group in groups.items()
    ]


def copies_of_article(article: Article, documents: Iterable[Document]) -> dict[str, CopyLink]:
    """The documents that hold the article or are held by it, whatever else they hold, by their ids."""
    read = mend(article.text, article.language).text
    own = runs_of(read)
    found = {}
    for document in documents:
        runs = runs_of(document.text)
        alike = likeness(own, runs)
        if alike.is_copy:
            found[document.id] = CopyLink(
                document_id=document.id,
                of=ARTICLE,
                why=bond_of(runs, own, alike) or Bond.LENGTHENED,
                shared=round(alike.shared, 3),
                changed=changed_facts(read, document.text),
            )
    return found


def by_document(origins: Iterable[Origin]) -> dict[str, Origin]:
    """The origin of each document, by its id."""
    return {document.id: origin for origin in origins for document in origin.documents}


def by_date(document: Document) -> tuple[bool, float]:
    """First told first; those without a date last."""
    moment = document.published_at
    return moment is None, moment.timestamp() if moment else 0.0
