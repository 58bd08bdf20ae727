"""The origins of a run as a report shows them: whom each goes back to, how many articles repeat it, and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from agent.coverage.origins.agencies import houses
from agent.coverage.origins.changed_copies import AlteredCopy, altered_copies
from agent.coverage.origins.roots import Root, credits_another, outlet_root, reconciled, root_of
from agent.coverage.origins.sentence_source import source_told
from agent.models import (
    ARTICLE,
    Article,
    Bond,
    Claim,
    Dependence,
    Document,
    Evidence,
    Origin,
    OriginShare,
    OriginSummary,
    Stance,
    Telling,
)
from agent.text.sentences import sentence_around
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
    earlier: tuple[Root, ...] = ()
    depending: frozenset[str] = frozenset()
    _sources: dict[str, Root] = field(default_factory=dict)

    @property
    def roots(self) -> dict[str, str]:
        return {origin_id: root.id for origin_id, root in self.named.items()}

    @property
    def copies_of_article(self) -> list[Document]:
        return [document for one in self.origins if one.copy_of_article for document in one.documents]

    @cached_property
    def altered(self) -> list[AlteredCopy]:
        """The copies that have a number, a date, a name or a denial otherwise."""
        return altered_copies(self.article, self.origins)

    def with_sources(self, claim: Claim, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """The evidence on a claim, with what a sentence names as its source in the place of who printed it: what two
        outlets have from one agency is told once, and what the article has from there is no second source. No support
        is moved that is not independent."""
        found = tuple(map(self._with_source, evidence))
        # "The daily Bay Sheet" tells that there is such an outlet, and another only says "Bay Sheet".
        found = tuple(map(self._with_source, found)) if self._sources else found
        source = self._told_in_article(claim) if any(item.independent for item in found) else None
        if source is None:
            return found
        cites = [item.origin != before.origin for item, before in zip(found, evidence, strict=True)]
        return tuple(self._beside(source, item, cites=cites) for item, cites in zip(found, cites, strict=True))

    def _beside(self, source: Root, item: Evidence, *, cites: bool) -> Evidence:
        """Not independent beside an article that has the claim from the same source. What that source prints itself
        shows that it says so; what an agency sent is one, whoever printed it."""
        root = self._root(item.origin) if item.independent and (cites or source.agencies) else None
        if root is None or not root.may_be(source):
            return item
        return item.model_copy(update={"independent": False, "dependence": Dependence.ARTICLE})

    def _told_in_article(self, claim: Claim) -> Root | None:
        text, span = self.article.text, claim.spans[0]
        sentence = sentence_around(text, self.article.language, span.start, span.end)
        before = text[: text.find(sentence)]
        return source_told(sentence, self._outlets, self.article.language, before)

    def _root(self, root_id: str) -> Root | None:
        known = (*self.named.values(), *self.earlier, *self._sources.values())
        return next((root for root in known if root.id == root_id), None)

    def _with_source(self, item: Evidence) -> Evidence:
        counts = item.independent or item.stance is Stance.CONTRADICTS
        source = self._source_of(item) if counts and item.source == "coverage" else None
        if source is None or source.id == item.origin:
            return item
        self._sources[source.id] = source
        fields: dict[str, object] = {"origin": source.id}
        if item.independent and self._is_of_article(source.id):
            fields |= {"independent": False, "dependence": Dependence.ARTICLE}
        return item.model_copy(update=fields)

    def _is_of_article(self, root_id: str) -> bool:
        """Whether all that is known of whom a sentence names has the matter from the article's outlet."""
        mine = [one.id for one in self.origins if self.named[one.id].id == root_id]
        return self.independent.isdisjoint(mine) if mine else root_id in self.depending

    def _source_of(self, item: Evidence) -> Root | None:
        sentence = _sentence_of(item)
        before = item.passage.text.partition(sentence)[0]
        return source_told(sentence, self._outlets, self.article.language, before)

    @property
    def _outlets(self) -> list[Root]:
        """Whoever printed what was found, and whoever was named as a source before."""
        return _outlets_among([*self._printing, *self._sources.values()])

    @cached_property
    def _printing(self) -> list[Root]:
        """Whoever printed what was found: read once, for it is asked for each piece of evidence."""
        printed = (outlet_root(one.outlet, None, self.article.language) for o in self.origins for one in o.documents)
        return _outlets_among([*filter(None, printed), *self.named.values(), *self.earlier])

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
        """One for each origin that some evidence goes back to, with all of its reports that were found."""
        by_root: dict[str, list[Evidence]] = {}
        for item in evidence:
            by_root.setdefault(item.origin, []).append(item)
        return tuple(self._summary(root_id, items) for root_id, items in by_root.items())

    def _summary(self, root_id: str, evidence: Sequence[Evidence]) -> OriginSummary:
        mine = [one for one in self.origins if self.named[one.id].id == root_id]
        cited = {one.passage.document_id: one for one in evidence}
        citing = [one for one in self.origins if one not in mine and one.witness.id in cited]
        tellings = [telling for one in mine for telling in self._tellings(one, first=one is mine[0])]
        for one in citing:
            tellings += self._citing(one, cited[one.witness.id])
        return OriginSummary(
            id=root_id,
            name=self._name(root_id),
            independent=any(one.independent for one in evidence)
            or (any(one.id in self.independent for one in mine) and not all(map(_is_of_article, evidence))),
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
        root = self._root(root_id)
        return root.name if root is not None else None

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
    depending: Collection[str] = (),
) -> OriginsKnown:
    """What a report tells of these origins; their names are for readers of the article's language. `taken`: those
    that say themselves that they have the matter from the article's outlet, and in which words. `earlier`: what the
    report goes back to already, and `depending` which of it is the article's own."""
    return OriginsKnown(
        article=article,
        origins=tuple(origins),
        named=reconciled({origin.id: _root_of(origin, article.language) for origin in origins}, earlier),
        independent=frozenset(
            origin.id for origin in origins if origin.id not in taken and is_independent(article, origin)
        ),
        taken=taken,
        earlier=tuple(earlier),
        depending=frozenset(depending),
    )


def _root_of(origin: Origin, language: str) -> Root:
    if origin.copy_of_article:
        return Root(id=ARTICLE, name=None)
    return root_of(origin.witness, language) or Root(id=origin.id, name=None)


def _outlets_among(roots: Iterable[Root]) -> list[Root]:
    """Those that are no agency, by whatever name: one for each id."""
    known = {root.id: root for root in roots}
    return [
        root
        for root in known.values()
        if root.name and not root.agencies and houses().agency_of(root.name, None) is None
    ]


def _is_of_article(item: Evidence) -> bool:
    return item.dependence is Dependence.ARTICLE


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
