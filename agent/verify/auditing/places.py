"""Every quote where it is said to stand, and evidence that is what it is said to be."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from agent.models import ARTICLE, Claim, Evidence, Finding, Passage, Report, Span, Stance, digest, has_unnamed_source
from agent.verify.auditing.hashes import Outcome
from agent.verify.auditing.records import AuditCheck, AuditFault, AuditProblem
from agent.verify.evidence import when

T = TypeVar("T")


def check_quotes(report: Report) -> Outcome:
    """The article is the text that was read, every offset lies in it, and that of a claim cuts out its quote."""
    text = report.article.text
    problems: list[AuditProblem] = []
    ids: set[str] = set()
    if report.article.sha256 != digest(text):
        problems.append(_quote(AuditFault.ARTICLE_CHANGED, "article/text"))
    for place, claim in (*_numbered("claims", report.claims), *_numbered("set_aside", report.set_aside)):
        if claim.id in ids:
            problems.append(_quote(AuditFault.SAME_ID, f"{place}/id", claim.id))
        ids.add(claim.id)
        problems += _of_claim(claim, text, place)
    for place, edit in _numbered("edits", report.edits):
        for former, claim in _numbered(f"{place}/before", edit.before):
            problems += _of_claim(claim, text, former)
    for n, part in enumerate(report.unread):
        if not _lies_in(part.span, text):
            value = f"{part.span.start}–{part.span.end}"
            problems.append(_quote(AuditFault.OUTSIDE_TEXT, f"unread/{n}/span", value))
    claims = (*report.claims, *report.set_aside, *(one for edit in report.edits for one in edit.before))
    return sum(len(claim.spans) for claim in claims) + len(report.unread), problems


def _numbered(name: str, some: Sequence[T]) -> list[tuple[str, T]]:
    return [(f"{name}/{n}", one) for n, one in enumerate(some)]


def _of_claim(claim: Claim, text: str, place: str) -> Iterator[AuditProblem]:
    for k, span in enumerate(claim.spans):
        if not _lies_in(span, text):
            yield _quote(AuditFault.OUTSIDE_TEXT, f"{place}/spans/{k}", f"{span.start}–{span.end}")
    first = claim.spans[0]
    if (found := text[first.start : first.end]) != claim.quote:
        yield _quote(AuditFault.QUOTE_ELSEWHERE, f"{place}/quote", claim.quote, found)


def check_evidence(report: Report) -> Outcome:
    """Every quote stands in its passage, to the character; no passage contradicts another of the same document; and
    nothing counts that may not."""
    problems: list[AuditProblem] = []
    looked = 0
    passages: dict[str, list[tuple[str, Passage]]] = defaultdict(list)
    for n, claim in enumerate(report.claims):
        for k, item in enumerate(claim.evidence):
            place = f"claims/{n}/evidence/{k}"
            problems += _of_evidence(report, claim, item, place)
            passages[item.passage.document_id].append((f"{place}/passage", item.passage))
            looked += 1
        for k, one in enumerate(claim.close):
            place = f"claims/{n}/close/{k}/passage"
            problems += _of_passage(one.passage, place)
            passages[one.passage.document_id].append((place, one.passage))
            looked += 1
    for some in passages.values():
        problems += _disagreeing(some)
    return looked, problems


def _of_evidence(report: Report, claim: Finding, item: Evidence, place: str) -> Iterator[AuditProblem]:
    passage, own = item.passage, item.source == "article"
    yield from _of_passage(passage, f"{place}/passage")
    if not item.quote.strip() or item.quote not in passage.text:
        yield _evidence(AuditFault.QUOTE_NOT_IN_PASSAGE, f"{place}/quote", item.quote)
    if own != (passage.document_id == ARTICLE):
        yield _evidence(AuditFault.PASSAGE_DIFFERS, f"{place}/from", item.source)
    elif own and report.article.text[passage.start : passage.end] != passage.text:
        yield _evidence(AuditFault.PASSAGE_DIFFERS, f"{place}/passage/text", passage.text)
    if own and item.stance is not Stance.CONTRADICTS:
        yield _evidence(AuditFault.ARTICLE_SUPPORTS_ITSELF, f"{place}/stance", item.stance)
    if item.independent and _may_not_count(claim, item):
        yield _evidence(AuditFault.COUNTS_AS_INDEPENDENT, f"{place}/independent")
    found = when(report.article.published_at, passage.published_at)
    if item.when is not found:
        yield _evidence(AuditFault.TIME_DIFFERS, f"{place}/when", item.when, found)


def _may_not_count(claim: Finding, item: Evidence) -> bool:
    """What depends on the article, stands under its own origin, or repeats somebody whom nobody can ask."""
    if item.source == "article" or item.dependence is not None or item.origin == ARTICLE:
        return True
    repeats = item.stance is Stance.SUPPORTS and item.same_speaker and item.own_hearing is None
    return repeats and has_unnamed_source(claim)


def _of_passage(passage: Passage, place: str) -> Iterator[AuditProblem]:
    if passage.start < 0 or len(passage.text) != passage.end - passage.start:
        value, found = f"{passage.start}–{passage.end}", str(len(passage.text))
        yield _evidence(AuditFault.PASSAGE_LENGTH, place, value, found)


def _disagreeing(some: list[tuple[str, Passage]]) -> Iterator[AuditProblem]:
    """Passages of one text that overlap are the same there."""
    ordered = sorted(some, key=lambda one: (one[1].start, one[1].end))
    reaching: Passage | None = None
    for place, passage in ordered:
        if reaching is not None and passage.start < reaching.end:
            end = min(passage.end, reaching.end)
            theirs = reaching.text[passage.start - reaching.start : end - reaching.start]
            if passage.text[: end - passage.start] != theirs:
                yield _evidence(AuditFault.PASSAGES_DISAGREE, f"{place}/text", passage.text)
        if reaching is None or passage.end > reaching.end:
            reaching = passage


def _lies_in(span: Span, text: str) -> bool:
    return span.start < span.end <= len(text)


def _quote(fault: AuditFault, place: str, text: str = "", found: str = "") -> AuditProblem:
    return AuditProblem(check=AuditCheck.QUOTES, fault=fault, place=place, told=text[:200], found=found[:200])


def _evidence(fault: AuditFault, place: str, text: str = "", found: str = "") -> AuditProblem:
    return AuditProblem(check=AuditCheck.EVIDENCE, fault=fault, place=place, told=text[:200], found=found[:200])
