"""From a report to the chain of one of its claims, or of the whole article. Pure; nothing is asked but the report."""

from collections.abc import Iterable, Mapping, Sequence

from agent.chain.collapsing import collapsed
from agent.chain.records import Chain, ChainBond, ChainNode, ChainRole, ChainSide, ClaimStance
from agent.chain.weaving import COPIES, SIDES, Weaver, changes_of, copy_of, report_of_witness, strongest
from agent.coverage.origins.roots import root_of
from agent.models import (
    AGENCY,
    ARTICLE,
    Attribution,
    Bond,
    Dependence,
    Evidence,
    Finding,
    OriginSummary,
    Report,
    Telling,
    number_of,
)

_STANDS_ALONE = (Bond.FIRST, Bond.CREDITS_AGENCY, Bond.SAME_OUTLET, Bond.SAME_FAMILY, Bond.CITES_ARTICLE)


def chain_of_claim(report: Report, finding: Finding) -> Chain:
    """Who told whom of one claim."""
    builder = _Builder(report)
    builder.add_evidence(finding, with_other_voices=True)
    builder.add_roots(finding.evidence)
    changed = changes_of(finding.changed_copies)
    for summary in report.origins:
        if summary.id != ARTICLE:
            builder.weaver.copies(summary.tellings, changed)
    builder.add_changed_copies(finding, changed)
    builder.add_uncounted([finding], {share.origin: share.articles for share in finding.origins.by_origin})
    return builder.chain(number_of(finding), finding.text)


def chain_of_report(report: Report) -> Chain:
    """Who told whom of the article as a whole: everybody who was heard on any of its claims, and their copies."""
    builder = _Builder(report)
    for finding in report.claims:
        builder.add_evidence(finding, with_other_voices=False)
    builder.set_sides(report.claims)
    builder.add_roots(item for finding in report.claims for item in finding.evidence)
    for summary in report.origins:
        builder.add_silent(summary)
        builder.weaver.copies(summary.tellings, {one.document_id: one.changed for one in summary.tellings})
    builder.add_uncounted(report.claims, {summary.id: summary.articles for summary in report.origins})
    return builder.chain(None, report.article.title)


class _Builder:
    """Puts what a report tells into a chain, step by step. Begins with the article itself."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.weaver = Weaver()
        self._language = report.article.language
        self._tellings = {(origin.id, one.document_id): one for origin in report.origins for one in origin.tellings}
        self._own = self._add_article()

    def chain(self, number: int | None, text: str | None) -> Chain:
        nodes, links = collapsed(self.weaver.nodes.values(), self.weaver.links)
        return Chain(
            run_id=self.report.run_id,
            number=number,
            text=text,
            language=self._language,
            nodes=nodes,
            links=links,
        )

    def add_evidence(self, finding: Finding, *, with_other_voices: bool) -> None:
        """Whoever makes a claim, and whoever says something of it."""
        number = number_of(finding)
        speaker = self._add_speaker(finding.attribution, number, self._own)
        for place, item in enumerate(finding.evidence):
            if item.source == "coverage":
                self._tie(item, self._add_witness(item, number, place), speaker)
            elif with_other_voices:
                self._add_other_voice(item, number, place)

    def add_roots(self, evidence: Iterable[Evidence]) -> None:
        """Agencies that are credited, and outlets and houses behind several reports, stand before these as one."""
        witnesses = _witnesses(evidence)
        for summary in self.report.origins:
            documents = witnesses.get(summary.id, ())
            is_agency = summary.id.startswith(AGENCY)
            citing = {one.document_id for one in summary.tellings if one.why is Bond.CREDITS_AGENCY}
            credited = not citing.isdisjoint(documents) or (
                is_agency and any(self.weaver.nodes[one].role is ChainRole.OUTLET for one in documents)
            )
            if credited or (len(documents) > 1 and summary.name is not None):
                role = ChainRole.AGENCY if is_agency else ChainRole.HOUSE
                node = ChainNode(id=summary.id, role=role, name=summary.name, independent=summary.independent)
                self.weaver.add(node)
                for document in documents:
                    self._link_root(summary, document)

    def add_changed_copies(self, finding: Finding, changed: Mapping[str, tuple[str, ...]]) -> None:
        """Copies that tell the claim otherwise stand in its chain even where no origin tells of them."""
        for one in finding.changed_copies:
            if one.document_id not in self.weaver:
                parent = one.of if one.of in self.weaver else ARTICLE
                node = copy_of(one, self.weaver.nodes[parent])
                self.weaver.add(node.model_copy(update={"changed": changed[one.document_id]}))
                self.weaver.link(parent, one.document_id, ChainBond.COPY)
            elif self.weaver.nodes[one.document_id].role is ChainRole.COPY:
                self.weaver.change(one.document_id, changed=changed[one.document_id])

    def set_sides(self, findings: Sequence[Finding]) -> None:
        """In the chain of an article a report stands on one side, and tells what it says of which claims."""
        said: dict[str, list[tuple[int, Evidence]]] = {}
        for finding in findings:
            for item in finding.evidence:
                if item.source == "coverage":
                    said.setdefault(item.passage.document_id, []).append((number_of(finding), item))
        for document, some in said.items():
            is_own = self.weaver.nodes[document].side is ChainSide.ARTICLE
            self.weaver.change(
                document,
                side=ChainSide.ARTICLE if is_own else strongest(item.stance for _, item in some),
                stances=tuple(ClaimStance(number=number, stance=item.stance) for number, item in some),
                independent=any(item.independent for _, item in some),
                corrected=any(item.corrected for _, item in some),
            )

    def add_silent(self, summary: OriginSummary) -> None:
        """The reports of an origin that say nothing of any claim themselves stand with those that do."""
        side = self._side_of(summary)
        for telling in summary.tellings:
            if telling.why in _STANDS_ALONE and telling.document_id not in self.weaver:
                node = copy_of(telling, ChainNode(id="", role=ChainRole.OUTLET, side=side))
                outlet = {"role": ChainRole.OUTLET, "independent": summary.independent}
                self.weaver.add(node.model_copy(update=outlet))
                if summary.id in self.weaver:
                    self._link_root(summary, telling.document_id)

    def add_uncounted(self, findings: Sequence[Finding], articles: Mapping[str, int]) -> None:
        """What is counted behind an origin and told of by nobody: so many more copies of its first report.

        `articles` are those behind each origin, by its id.
        """
        witnesses = _witnesses(item for one in findings for item in one.evidence)
        for summary in self.report.origins:
            documents = witnesses.get(summary.id, ())
            shown = {one.document_id for one in summary.tellings if one.document_id in self.weaver} | {*documents}
            left = articles.get(summary.id, 0) - len(shown)
            if documents and left > 0:
                self._add_more(documents[0], left)

    def _add_article(self) -> str:
        """The article, behind the agency that it credits; what speaks in it speaks through that agency."""
        own = self.weaver.article(self.report.article)
        root = root_of(self.report.article, self._language)
        if root is not None and root.agencies and root.credited:
            agency = self.weaver.add(ChainNode(id=root.id, role=ChainRole.AGENCY, name=root.name))
            self.weaver.link(agency, own, ChainBond.AGENCY)
        return own

    def _add_speaker(self, said: Attribution, number: int, node: str) -> str | None:
        speaker = self.weaver.source(said, number, self._language)
        if speaker is not None:
            self.weaver.link(speaker, node, ChainBond.SAYS)
        return speaker

    def _add_other_voice(self, item: Evidence, number: int, place: int) -> None:
        """Another sentence of the article, and whoever says it there."""
        spoken = report_of_witness(item, ChainRole.ARTICLE, SIDES[item.stance], number, place)
        node = self.weaver.add(spoken.model_copy(update={"id": f"{ARTICLE}:{place}", "document_id": None}))
        said = self._attribution_of(item)
        if said is not None:
            self._add_speaker(said, number, node)

    def _attribution_of(self, item: Evidence) -> Attribution | None:
        """Who says a quote of the article, by the claim that overlaps it most."""
        start = item.passage.start + item.passage.text.find(item.quote)
        end = start + len(item.quote)
        shared = [
            (min(end, span.end) - max(start, span.start), finding.attribution)
            for finding in self.report.claims
            for span in finding.spans
        ]
        best = max((one for one in shared if one[0] > 0), key=lambda pair: pair[0], default=None)
        return best[1] if best is not None else None

    def _add_witness(self, item: Evidence, number: int, place: int) -> str:
        if item.origin == ARTICLE:
            node = report_of_witness(item, ChainRole.COPY, ChainSide.ARTICLE, number, place)
        else:
            telling = self._telling_of(item)
            own = item.origin.startswith(AGENCY) and telling is not None and telling.why is not Bond.CREDITS_AGENCY
            role = ChainRole.AGENCY if own else ChainRole.OUTLET
            node = report_of_witness(item, role, SIDES[item.stance], number, place)
        return self.weaver.add(node)

    def _telling_of(self, item: Evidence) -> Telling | None:
        return self._tellings.get((item.origin, item.passage.document_id))

    def _tie(self, item: Evidence, node: str, speaker: str | None) -> None:
        """Where a witness has its words from, as far as the report tells."""
        if item.origin == ARTICLE:
            telling = self._telling_of(item)
            self.weaver.link(ARTICLE, node, _copied(telling.why) if telling else ChainBond.COPY)
            return
        if item.dependence is Dependence.TAKEN_FROM_ARTICLE:
            self.weaver.link(ARTICLE, node, ChainBond.FROM_ARTICLE)
        elif item.dependence is Dependence.ARTICLE:
            self.weaver.link(ARTICLE, node, ChainBond.SAME_HOUSE)
        if speaker is not None and (item.same_speaker or item.own_hearing):
            self.weaver.link(speaker, node, ChainBond.HEARD if item.own_hearing else ChainBond.REPEATS)

    def _link_root(self, summary: OriginSummary, document: str) -> None:
        is_agency = summary.id.startswith(AGENCY)
        self.weaver.link(summary.id, document, ChainBond.AGENCY if is_agency else ChainBond.SAME_HOUSE)

    def _side_of(self, summary: OriginSummary) -> ChainSide | None:
        """The side of the first report of an origin that says something."""
        if summary.id == ARTICLE:
            return ChainSide.ARTICLE
        known = (self.weaver.nodes.get(one.document_id) for one in summary.tellings)
        return next((node.side for node in known if node is not None), ChainSide.QUALIFIES)

    def _add_more(self, first: str, number: int) -> None:
        parent = self.weaver.nodes[first]
        node = ChainNode(
            id=f"more:{first}",
            role=ChainRole.MORE,
            side=parent.side,
            number=parent.number,
            independent=False,
            more=number,
            stands_for=ChainRole.COPY,
        )
        self.weaver.link(first, self.weaver.add(node), ChainBond.COPY)


def _copied(why: Bond) -> ChainBond:
    return COPIES.get(why, ChainBond.COPY)


def _witnesses(evidence: Iterable[Evidence]) -> dict[str, tuple[str, ...]]:
    """The documents that were heard for each origin, in the order of the evidence, each once."""
    found: dict[str, dict[str, None]] = {}
    for item in evidence:
        if item.source == "coverage":
            found.setdefault(item.origin, {})[item.passage.document_id] = None
    return {origin: tuple(documents) for origin, documents in found.items()}
