"""A report checked again, from itself alone: no model, no store, and the same policy as when it was made."""

from agent.verify.auditing.audit import audit, audit_json
from agent.verify.auditing.records import Audit, AuditCheck, AuditedDocument, AuditFault, AuditProblem, StoredState

__all__ = [
    "Audit",
    "AuditCheck",
    "AuditFault",
    "AuditProblem",
    "AuditedDocument",
    "StoredState",
    "audit",
    "audit_json",
]
