"""Hashes of a report, taken again."""

from agent.models import Report
from agent.verify.auditing.records import AuditCheck, AuditFault, AuditProblem
from agent.verify.sealing import documents_named, seal_of

Outcome = tuple[int, list[AuditProblem]]


def check_seal(report: Report) -> Outcome:
    """Names the parts that are not as they were sealed."""
    if report.seal is None:
        return 1, [_seal(AuditFault.SEAL_REMOVED, "seal")]
    seal = report.seal
    try:
        found = seal_of(report)
    except ValueError:
        return 1, [_seal(AuditFault.SEAL_CHANGED, "seal")]
    problems = [
        _seal(AuditFault.PART_CHANGED, name)
        for name, value in found.parts.items()
        if name in seal.parts and seal.parts[name] != value
    ]
    problems += [_seal(AuditFault.PART_ADDED, name) for name in found.parts if name not in seal.parts]
    problems += [_seal(AuditFault.PART_REMOVED, name) for name in seal.parts if name not in found.parts]
    if found.sha256 != seal.sha256 and not problems:
        problems.append(_seal(AuditFault.SEAL_CHANGED, "seal/sha256"))
    return len(found.parts), problems


def check_documents(report: Report) -> Outcome:
    """No text has two hashes, and no hash is of a text that nobody knows. Those without one are in `unhashed`."""
    named = documents_named(report)
    hashed: set[str] = set()
    problems: list[AuditProblem] = []
    for n, one in enumerate(report.documents):
        if one.document_id not in named or one.document_id in hashed:
            problems.append(_document(AuditFault.HASH_UNUSED, f"documents/{n}", one.document_id))
        hashed.add(one.document_id)
    return len(report.documents), problems


def unhashed(report: Report) -> tuple[str, ...]:
    """The documents of a sealed report that were judged before there were hashes, for an earlier version of it."""
    hashed = {one.document_id for one in report.documents}
    return tuple(one for one in documents_named(report) if one not in hashed) if report.seal else ()


def _seal(fault: AuditFault, place: str) -> AuditProblem:
    return AuditProblem(check=AuditCheck.SEAL, fault=fault, place=place[:200])


def _document(fault: AuditFault, place: str, text: str = "") -> AuditProblem:
    return AuditProblem(check=AuditCheck.DOCUMENTS, fault=fault, place=place, told=text[:200])
