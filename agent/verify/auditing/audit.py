"""All checks of a report, one after the other."""

from agent.models import Report
from agent.verify.auditing.counting import check_counts, check_labels, check_origins
from agent.verify.auditing.form import read_report
from agent.verify.auditing.hashes import check_documents, check_seal, unhashed
from agent.verify.auditing.places import check_evidence, check_quotes
from agent.verify.auditing.records import Audit, AuditCheck, AuditProblem

_CHECKS = {
    AuditCheck.SEAL: check_seal,
    AuditCheck.QUOTES: check_quotes,
    AuditCheck.EVIDENCE: check_evidence,
    AuditCheck.ORIGINS: check_origins,
    AuditCheck.LABELS: check_labels,
    AuditCheck.COUNTS: check_counts,
    AuditCheck.DOCUMENTS: check_documents,
}


def audit_json(data: bytes) -> Audit:
    """A report as JSON, checked again. Never raises: what is no report fails the check of its form."""
    report = read_report(data)
    if isinstance(report, Report):
        return audit(report)
    return Audit(run_id=None, looked={AuditCheck.FORM: 1}, problems=report)


def audit(report: Report) -> Audit:
    """Takes a time that grows with the size of the report, and no more."""
    problems: list[AuditProblem] = []
    looked = {AuditCheck.FORM: 1}
    before = report.seal is None and not report.documents
    for name, check in _CHECKS.items():
        if before and name in (AuditCheck.SEAL, AuditCheck.DOCUMENTS):
            continue
        looked[name], found = check(report)
        problems += found
    return Audit(
        run_id=report.run_id,
        seal=report.seal.sha256 if report.seal else None,
        before_hashes=before,
        unhashed=unhashed(report),
        looked=looked,
        problems=tuple(problems),
    )
