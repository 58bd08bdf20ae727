"""From a report to the chain of one of its claims, or of the whole article. Pure; nothing is asked but the report."""

from collections.abc import Callable, Iterable, Sequence

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
    number = number_of(finding)
    weaver = Weaver()
    own = _article(weaver, report)
    speaker = weaver.source(finding.attribution, number, report.article.language)
    if speaker is not None:
        weaver.link(speaker, own, ChainBond.SAYS)
    for place, item in enumerate(finding.evidence):
        if item.source == "article":
            _other_voice(weaver, report, item, number, place)
        else:
            node = _witness(weaver, report, item, number, place)
            _tie(weaver, report, item, node, speaker)
    _roots(weaver, report, finding.evidence)
    changed = changes_of(finding.changed_copies)
    for card in report.origins:
        if card.id != ARTICLE:
            weaver.copies(card.tellings, changed)
    _changed_copies(weaver, finding, changed)
    shares = {share.origin: share.articles for share in finding.origins.by_origin}
    _more(weaver, [finding], lambda card: shares.get(card.id, 0), report.origins)
    return _chain(weaver, report, number, finding.text)


def chain_of_report(report: Report) -> Chain:
    """Who told whom of the article as a whole: everybody who was heard on any of its claims, and their copies."""
    weaver = Weaver()
    own = _article(weaver, report)
    for finding in report.claims:
        number = number_of(finding)
        speaker = weaver.source(finding.attribution, number, report.article.language)
        if speaker is not None:
            weaver.link(speaker, own, ChainBond.SAYS)
        for place, item in enumerate(finding.evidence):
            if item.source == "coverage":
                node = _witness(weaver, report, item, number, place)
                _tie(weaver, report, item, node, speaker)
    _sides(weaver, report.claims)
    _roots(weaver, report, [item for finding in report.claims for item in finding.evidence])
    for card in report.origins:
        _silent(weaver, card)
        weaver.copies(card.tellings, {one.document_id: one.changed for one in card.tellings})
    _more(weaver, report.claims, lambda card: card.articles, report.origins)
    return _chain(weaver, report, None, report.article.title)


def _chain(weaver: Weaver, report: Report, number: int | None, text: str | None) -> Chain:
    nodes, links = collapsed(weaver.nodes.values(), weaver.links)
    return Chain(
        run_id=report.run_id,
        number=number,
        text=text,
        language=report.article.language,
        nodes=nodes,
        links=links,
    )


def _article(weaver: Weaver, report: Report) -> str:
    """The article, behind the agency that it credits; what speaks in it speaks through that agency."""
    own = weaver.article(report.article)
    root = root_of(report.article, report.article.language)
    if root is not None and root.agencies and root.credited:
        agency = weaver.add(ChainNode(id=root.id, role=ChainRole.AGENCY, name=root.name))
        weaver.link(agency, own, ChainBond.AGENCY)
    return own


def _other_voice(weaver: Weaver, report: Report, item: Evidence, number: int, place: int) -> None:
    """Another sentence of the article, and whoever says it there."""
    spoken = report_of_witness(item, ChainRole.ARTICLE, SIDES[item.stance], number, place)
    node = weaver.add(spoken.model_copy(update={"id": f"{ARTICLE}:{place}", "document_id": None}))
    start = item.passage.start + max(item.passage.text.find(item.quote), 0)
    said = _attribution_at(report, start, start + len(item.quote))
    speaker = weaver.source(said, number, report.article.language) if said is not None else None
    if speaker is not None:
        weaver.link(speaker, node, ChainBond.SAYS)


def _attribution_at(report: Report, start: int, end: int) -> Attribution | None:
    """Who says what stands there, by the claim that overlaps it most."""
    shared = [
        (min(end, span.end) - max(start, span.start), finding.attribution)
        for finding in report.claims
        for span in finding.spans
    ]
    most, said = max(shared, key=lambda pair: pair[0], default=(0, None))
    return said if most > 0 else None


def _witness(weaver: Weaver, report: Report, item: Evidence, number: int, place: int) -> str:
    telling = _telling(report, item.origin, item.passage.document_id)
    if item.origin == ARTICLE:
        node = report_of_witness(item, ChainRole.COPY, ChainSide.ARTICLE, number, place)
    else:
        own = item.origin.startswith(AGENCY) and telling is not None and telling.why is not Bond.CREDITS_AGENCY
        role = ChainRole.AGENCY if own else ChainRole.OUTLET
        node = report_of_witness(item, role, SIDES[item.stance], number, place)
    return weaver.add(node)


def _telling(report: Report, origin: str, document_id: str) -> Telling | None:
    cards = (card for card in report.origins if card.id == origin)
    return next((one for card in cards for one in card.tellings if one.document_id == document_id), None)


def _tie(weaver: Weaver, report: Report, item: Evidence, node: str, speaker: str | None) -> None:
    """Where a witness has its words from, as far as the report tells."""
    if item.origin == ARTICLE:
        result = _telling(report, ARTICLE, node)
        weaver.link(ARTICLE, node, COPIES.get(result.why, ChainBond.COPY) if result else ChainBond.COPY)
    elif item.dependence is Dependence.TAKEN_FROM_ARTICLE:
        weaver.link(ARTICLE, node, ChainBond.FROM_ARTICLE)
    elif item.dependence is Dependence.ARTICLE:
        weaver.link(ARTICLE, node, ChainBond.SAME_HOUSE)
    if speaker is not None and item.origin != ARTICLE and (item.same_speaker or item.own_hearing):
        weaver.link(speaker, node, ChainBond.HEARD if item.own_hearing else ChainBond.REPEATS)


def _roots(weaver: Weaver, report: Report, evidence: Iterable[Evidence]) -> None:
    """Agencies that are credited, and outlets and houses behind several reports, stand before these as one."""
    heard: dict[str, list[str]] = {}
    for item in evidence:
        if item.source == "coverage" and item.origin != ARTICLE:
            documents = heard.setdefault(item.origin, [])
            if item.passage.document_id not in documents:
                documents.append(item.passage.document_id)
    for card in report.origins:
        documents = heard.get(card.id, [])
        is_agency = card.id.startswith(AGENCY)
        citing = {one.document_id for one in card.tellings if one.why is Bond.CREDITS_AGENCY}
        credits = citing.intersection(documents) or (
            is_agency and any(weaver.nodes[one].role is ChainRole.OUTLET for one in documents)
        )
        if not credits and (len(documents) < 2 or card.name is None):
            continue
        role = ChainRole.AGENCY if is_agency else ChainRole.HOUSE
        root = weaver.add(ChainNode(id=card.id, role=role, name=card.name, independent=card.independent))
        for document in documents:
            weaver.link(root, document, ChainBond.AGENCY if is_agency else ChainBond.SAME_HOUSE)


def _changed_copies(weaver: Weaver, finding: Finding, changed: dict[str, tuple[str, ...]]) -> None:
    """Copies that tell the claim otherwise stand in its chain even where no card tells of them."""
    for one in finding.changed_copies:
        if one.document_id not in weaver:
            parent = one.of if one.of in weaver else ARTICLE
            node = copy_of(one, weaver.nodes[parent]).model_copy(update={"changed": changed[one.document_id]})
            weaver.link(parent, weaver.add(node), ChainBond.COPY)
        elif weaver.nodes[one.document_id].role is ChainRole.COPY:
            weaver.change(one.document_id, changed=changed[one.document_id])


def _sides(weaver: Weaver, findings: Sequence[Finding]) -> None:
    """In the chain of an article a report stands on one side, and tells what it says of which claims."""
    said: dict[str, list[ClaimStance]] = {}
    independent: set[str] = set()
    corrected: set[str] = set()
    for number, finding in enumerate(findings, 1):
        for item in finding.evidence:
            if item.source == "coverage":
                document = item.passage.document_id
                said.setdefault(document, []).append(ClaimStance(number=number, stance=item.stance))
                independent |= {document} if item.independent else set()
                corrected |= {document} if item.corrected else set()
    for document, stances in said.items():
        side = strongest(one.stance for one in stances)
        own = weaver.nodes[document].side is ChainSide.ARTICLE
        weaver.change(
            document,
            side=ChainSide.ARTICLE if own else side,
            stances=tuple(stances),
            independent=document in independent,
            corrected=document in corrected,
        )


def _silent(weaver: Weaver, card: OriginSummary) -> None:
    """Reports of an origin that was heard which say nothing of any claim themselves: they stand with the others."""
    heard = [weaver.nodes[one.document_id] for one in card.tellings if one.document_id in weaver]
    side = heard[0].side if heard else ChainSide.ARTICLE if card.id == ARTICLE else ChainSide.QUALIFIES
    for telling in card.tellings:
        if telling.why in _STANDS_ALONE and telling.document_id not in weaver:
            base = ChainNode(id="", role=ChainRole.OUTLET, side=side)
            node = copy_of(telling, base).model_copy(
                update={"role": ChainRole.OUTLET, "independent": card.independent}
            )
            weaver.add(node)
            if card.id in weaver:
                is_agency = card.id.startswith(AGENCY)
                weaver.link(card.id, node.id, ChainBond.AGENCY if is_agency else ChainBond.SAME_HOUSE)


def _more(
    weaver: Weaver,
    findings: Sequence[Finding],
    articles: Callable[[OriginSummary], int],
    cards: Sequence[OriginSummary],
) -> None:
    """What is counted behind an origin and told of by no card: so many more copies of its first report."""
    first: dict[str, str] = {}
    for finding in findings:
        for item in finding.evidence:
            if item.source == "coverage":
                first.setdefault(item.origin, item.passage.document_id)
    for card in cards:
        if card.id not in first:
            continue
        shown = {one.document_id for one in card.tellings if one.document_id in weaver}
        shown |= {e.passage.document_id for f in findings for e in f.evidence if e.origin == card.id}
        left = articles(card) - len(shown)
        if left > 0:
            parent = weaver.nodes[first[card.id]]
            node = weaver.add(
                ChainNode(
                    id=f"more:{parent.id}",
                    role=ChainRole.MORE,
                    side=parent.side,
                    number=parent.number,
                    independent=False,
                    more=left,
                    stands_for=ChainRole.COPY,
                )
            )
            weaver.link(parent.id, node, ChainBond.COPY)
