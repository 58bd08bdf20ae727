"""The origins of a run as a report shows them: whom each goes back to, how many articles repeat it, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from agent.coverage.origins.changed_copies import AlteredCopy, altered_copies
from agent.coverage.origins.roots import Root, credits_another, reconciled, root_of
from agent.models import (
    ARTICLE,
    Article,
    Bond,
    Document,
    Evidence,
    Origin,
    OriginShare,
    OriginSummary,
    Telling,
)
from agent.verify.evidence import cites, is_independent

_MOST_TELLINGS = 60


@dataclass(frozen=True)
class OriginsKnown:
    """The origins that were judged, or could have been. `roots` gives whom each of them counts as, and `taken` in
    which words some say that they have the matter from the article's outlet."""

    article: Article
    origins: tuple[Origin, ...]
    named: Mapping[str, Root]
    independent: frozenset[str]
    taken: Mapping[str, str]

    @property
    def roots(self) -> dict[str, str]:
        return {origin_id: root.id for origin_id, root in self.named.items()}

    @property
    def copies_of_article(self) -> list[Document]:
        return [document for one in self.origins if one.copy_of_article for document in one.documents]

    @cached_property
    def altered(self) -> list[AlteredCopy]:
        """The copies that have a number, a date or a name otherwise."""
        return altered_copies(self.article, self.origins)

    def shares(self, evidence: Iterable[Evidence]) -> list[OriginShare]:
        """How many articles stand behind some evidence, by origin, the largest number first."""
        fields: dict[str, int] = {}
        by_witness = {one.witness.id: one for one in self.origins if not one.copy_of_article}
        for item in evidence:
            if item.source == "coverage":
                origin = by_witness.get(item.passage.document_id)
                fields[item.origin] = fields.get(item.origin, 0) + (origin.articles if origin else 1)
        return [
            OriginShare(origin=name, articles=fields[name]) for name in sorted(fields, key=lambda n: (-fields[n], n))
        ]

    def summaries(self, evidence: Iterable[Evidence]) -> tuple[OriginSummary, ...]:
        """One summary for each origin of some evidence, with all of its documents that were found."""
        wanted = dict.fromkeys(item.origin for item in evidence)
        return tuple(self._summary(root_id) for root_id in wanted)

    def _summary(self, root_id: str) -> OriginSummary:
        mine = [one for one in self.origins if self.named[one.id].id == root_id]
        tellings = [telling for one in mine for telling in self._tellings(one, first=one is mine[0])]
        return OriginSummary(
            id=root_id,
            name=self._name(root_id),
            independent=any(one.id in self.independent for one in mine),
            articles=sum(one.articles for one in mine),
            tellings=tuple(tellings[:_MOST_TELLINGS]),
        )

    def _name(self, root_id: str) -> str | None:
        if root_id == ARTICLE:
            return self.article.outlet or self.article.title
        return next((root.name for root in self.named.values() if root.id == root_id), None)

    def _tellings(self, origin: Origin, *, first: bool) -> Iterator[Telling]:
        links = {link.document_id: link for link in origin.links}
        for document in origin.documents:
            link = links.get(document.id)
            if link is not None:
                yield _telling(document, link.why, link.of, link.changed)
            elif document is origin.witness:
                said = self.taken.get(origin.id)
                yield _telling(document, self._why(origin, first=first)).model_copy(update={"quote": said})
            else:
                yield _telling(document, Bond.COPY, origin.witness.id)

    def _why(self, origin: Origin, *, first: bool) -> Bond:
        root, witness = self.named[origin.id], origin.witness
        if origin.id in self.taken or (not origin.copy_of_article and cites(self.article, origin)):
            return Bond.CITES_ARTICLE
        if not origin.copy_of_article and credits_another(witness):
            return Bond.CREDITS_AGENCY
        if first:
            return Bond.FIRST
        return Bond.SAME_FAMILY if root.family or root.agencies else Bond.SAME_OUTLET


def origins_known(
    article: Article, origins: Sequence[Origin], taken: Mapping[str, str] = MappingProxyType({})
) -> OriginsKnown:
    """What a report tells of these origins; their names are for readers of the article's language. `taken`: those
    that say themselves that they have the matter from the article's outlet, and in which words."""
    return OriginsKnown(
        article=article,
        origins=tuple(origins),
        named=reconciled({origin.id: _root(origin, article.language) for origin in origins}),
        independent=frozenset(
            origin.id for origin in origins if origin.id not in taken and is_independent(article, origin)
        ),
        taken=taken,
    )


def _root(origin: Origin, language: str) -> Root:
    if origin.copy_of_article:
        return Root(id=ARTICLE, name=None)
    return root_of(origin.witness, language) or Root(id=origin.id, name=None)


def _telling(document: Document, why: Bond, of: str | None = None, changed: tuple[str, ...] = ()) -> Telling:
    return Telling(
        document_id=document.id,
        outlet=document.outlet,
        title=document.title,
        url=document.url,
        published_at=document.published_at,
        language=document.language,
        why=why,
        of=of,
        changed=changed,
    )
