"""The origins of a run as a report shows them: who each goes back to, how often it was told, and why that is said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from agent.coverage.origins.changed_copies import AlteredCopy, altered_copies
from agent.coverage.origins.roots import Root, credits_another, outlet_root, reconciled, root_of
from agent.coverage.origins.sentence_source import source_told
from agent.models import (
    ARTICLE,
    Article,
    Bond,
    Dependence,
    Document,
    Evidence,
    Origin,
    OriginShare,
    OriginSummary,
    Telling,
)
from agent.text.sentences import sentence_around
from agent.verify.evidence import cites, is_independent

_MOST_TELLINGS = 60


@dataclass(frozen=True)
class OriginsKnown:
    """The origins that were heard, or could have been. `roots` tells what each of them counts as, `taken` in which
    words some of them say that they have the matter from the article's outlet."""

    article: Article
    origins: tuple[Origin, ...]
    named: Mapping[str, Root]
    independent: frozenset[str]
    taken: Mapping[str, str]
    earlier: tuple[Root, ...] = ()
    _sources: dict[str, Root] = field(default_factory=dict)

    @property
    def roots(self) -> dict[str, str]:
        return {origin_id: root.id for origin_id, root in self.named.items()}

    @property
    def copies_of_article(self) -> list[Document]:
        return [document for one in self.origins if one.copy_of_article for document in one.documents]

    @cached_property
    def altered(self) -> list[AlteredCopy]:
        """The copies that tell a number, a date or a name otherwise."""
        return altered_copies(self.article, self.origins)

    def with_sources(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The evidence, with what a sentence names as its source in the place of who printed it: what two outlets
        have from one agency is told once. What is not independent stays as it is."""
        found = tuple(map(self._with_source, evidence))
        # "The daily Bay Sheet" tells that there is such an outlet, and another only says "Bay Sheet".
        return tuple(map(self._with_source, found)) if self._sources else found

    def _with_source(self, item: Evidence) -> Evidence:
        source = self._source_of(item) if item.independent else None
        if source is None or source.id == item.origin:
            return item
        self._sources[source.id] = source
        mine = [one.id for one in self.origins if self.named[one.id].id == source.id]
        fields: dict[str, object] = {"origin": source.id}
        if mine and self.independent.isdisjoint(mine):
            fields |= {"independent": False, "dependence": Dependence.ARTICLE}
        return item.model_copy(update=fields)

    def _source_of(self, item: Evidence) -> Root | None:
        sentence = _sentence_of(item)
        before = item.passage.text.partition(sentence)[0]
        return source_told(sentence, self._outlets, self.article.language, before)

    @property
    def _outlets(self) -> list[Root]:
        """Whoever printed what was found, and whoever was named as a source before."""
        printed = (outlet_root(one.outlet, None, self.article.language) for o in self.origins for one in o.documents)
        known = {
            root.id: root for root in (*printed, *self.named.values(), *self.earlier, *self._sources.values()) if root
        }
        return [root for root in known.values() if root.name and not root.agencies]

    def shares(self, evidence: Iterable[Evidence]) -> list[OriginShare]:
        """How many articles stand behind some evidence, by origin; the most told first."""
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
        """One for each origin that some evidence goes back to, with all of its reports that were found."""
        by_root: dict[str, list[Evidence]] = {}
        for item in evidence:
            by_root.setdefault(item.origin, []).append(item)
        return tuple(self._card(root_id, items) for root_id, items in by_root.items())

    def _card(self, root_id: str, evidence: Sequence[Evidence]) -> OriginSummary:
        mine = [one for one in self.origins if self.named[one.id].id == root_id]
        cited = {one.passage.document_id: one for one in evidence}
        citing = [one for one in self.origins if one not in mine and one.witness.id in cited]
        tellings = [telling for one in mine for telling in self._tellings(one, first=one is mine[0])]
        for one in citing:
            tellings += self._citing(one, cited[one.witness.id])
        return OriginSummary(
            id=root_id,
            name=self._name(root_id),
            independent=any(one.id in self.independent for one in mine) or any(one.independent for one in evidence),
            articles=sum(one.articles for one in (*mine, *citing)),
            tellings=tuple(tellings[:_MOST_TELLINGS]),
        )

    def _citing(self, origin: Origin, item: Evidence) -> Iterator[Telling]:
        """A report that has this from elsewhere, in which words, and its copies."""
        for telling in self._tellings(origin, first=False):
            if telling.document_id == item.passage.document_id:
                yield telling.model_copy(update={"why": Bond.CREDITS_AGENCY, "quote": _sentence_of(item)})
            else:
                yield telling

    def _name(self, root_id: str) -> str | None:
        if root_id == ARTICLE:
            return self.article.outlet or self.article.title
        known = (*self.named.values(), *self.earlier, *self._sources.values())
        return next((root.name for root in known if root.id == root_id), None)

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
    article: Article,
    origins: Sequence[Origin],
    taken: Mapping[str, str] = MappingProxyType({}),
    earlier: Sequence[Root] = (),
) -> OriginsKnown:
    """What a report tells of these origins; their names are for readers of the article's language. `taken`: those
    that say themselves that they have the matter from the article's outlet, and in which words. `earlier`: what the
    report goes back to already."""
    return OriginsKnown(
        article=article,
        origins=tuple(origins),
        named=reconciled({origin.id: _root(origin, article.language) for origin in origins}, earlier),
        independent=frozenset(
            origin.id for origin in origins if origin.id not in taken and is_independent(article, origin)
        ),
        taken=taken,
        earlier=tuple(earlier),
    )


def _root(origin: Origin, language: str) -> Root:
    if origin.copy_of_article:
        return Root(id=ARTICLE, name=None)
    return root_of(origin.witness, language) or Root(id=origin.id, name=None)


def _sentence_of(item: Evidence) -> str:
    start = item.passage.text.find(item.quote)
    return sentence_around(item.passage.text, item.passage.language, start, start + len(item.quote))


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
