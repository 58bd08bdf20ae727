"""A report's documents beside the store: which of them have changed since, and which are gone."""

from agent.coverage.index.entries import DocumentState
from agent.coverage.index.stored import StoredDocument, UnknownDocument
from agent.models import Passage, Report, Telling, digest
from agent.models.evidence import ChangedCopy
from agent.service.workspace import Workspace
from agent.verify.auditing import Audit, AuditedDocument, StoredState, audit
from agent.verify.sealing import documents_named


async def audit_with_store(report: Report, workspace: Workspace) -> Audit:
    """The report checked again, and each of its documents looked up in the store."""
    checked = audit(report)
    hashes = {one.document_id: one.sha256 for one in report.documents}
    known = _known(report)
    documents = [
        AuditedDocument(
            document_id=name,
            outlet=known[name].outlet,
            title=known[name].title,
            url=known[name].url,
            state=await _state(name, hashes.get(name), workspace),
        )
        for name in documents_named(report)
    ]
    return checked.model_copy(update={"documents": tuple(documents)})


async def _state(name: str, sha256: str | None, workspace: Workspace) -> StoredState:
    try:
        stored = await workspace.document(name)
    except UnknownDocument:
        return StoredState.GONE
    # A beginning of an id finds a document too.
    return StoredState.GONE if stored.id != name else _compared(stored, sha256)


def _compared(stored: StoredDocument, sha256: str | None) -> StoredState:
    if sha256 is not None and digest(stored.text) != sha256:
        return StoredState.ALTERED
    if stored.state is DocumentState.WITHDRAWN:
        return StoredState.WITHDRAWN
    if stored.state is DocumentState.SUPERSEDED:
        return StoredState.REPLACED
    return StoredState.SAME if sha256 is not None else StoredState.UNKNOWN


def _known(report: Report) -> dict[str, Passage | ChangedCopy | Telling]:
    """What the report tells of each document."""
    fields: dict[str, Passage | ChangedCopy | Telling] = {}
    for summary in report.origins:
        fields |= {one.document_id: one for one in summary.tellings}
    for finding in report.claims:
        fields |= {one.document_id: one for one in finding.changed_copies}
        fields |= {one.passage.document_id: one.passage for one in finding.close}
        fields |= {item.passage.document_id: item.passage for item in finding.evidence}
    return fields
