"""Finished reports: every version of each, what changed between them and why, and what people say is wrong."""

from agent.storage.reports.records import (
    Cause,
    Change,
    Correction,
    EditRecord,
    LabelledClaim,
    Recorded,
    Version,
)
from agent.storage.reports.store import Reports, key_of, open_reports

__all__ = [
    "Cause",
    "Change",
    "Correction",
    "EditRecord",
    "LabelledClaim",
    "Recorded",
    "Reports",
    "Version",
    "key_of",
    "open_reports",
]
