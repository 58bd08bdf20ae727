"""Hashes what a report says, part by part, so that a changed part can be named. Pure.

What is hashed is the canonical JSON (RFC 8785) of a part without the fields that have their default value, so that
fields of later versions change no hash of an older report.
"""

import json
import re
from collections.abc import Iterable
from hashlib import sha256

import rfc8785
from pydantic import JsonValue

from agent.models import ARTICLE, Document, JudgedText, Report, Seal, digest

_BY_ITEM = ("claims", "origins", "edits", "set_aside")
# What people say of a version comes later, and makes no other version of it.
_ADDED = "corrections"
# What the two ways to write JSON differ in: numbers with a fraction or beyond measure, and the order of some keys.
# Within a text these may be anything, and cost no more than time.
_WRITTEN_OTHERWISE = re.compile(r"(?:^|[:,\[])-?\d+(?:[.eE]|(?<=[0-9]{16}))|[\U00010000-\U0010ffff]")


def sealed(report: Report, documents: Iterable[Document] = ()) -> Report:
    """The report with a new seal, and with the hashes of the texts that it rests on: those of `documents`, or those
    that it had."""
    texts = {one.document_id: one.sha256 for one in report.documents}
    named = documents_named(report)
    texts |= {one.id: digest(one.text) for one in documents if one.id in named}
    judged = tuple(JudgedText(document_id=one, sha256=texts[one]) for one in named if one in texts)
    whole = report.model_copy(update={"documents": judged, "seal": None})
    try:
        return whole.model_copy(update={"seal": seal_of(whole)})
    except ValueError:
        # Half a character, which hostile JSON can carry: it can be shown, and neither written nor hashed.
        return whole


def seal_of(report: Report) -> Seal:
    """The hashes of a report. Raises `ValueError` for what JSON cannot carry: half a character, a number that is too
    large."""
    parts = {name: _hash(value) for name, value in _parts(report)}
    version: dict[str, JsonValue] = {name: value for name, value in parts.items() if name != _ADDED}
    return Seal(sha256=_hash(version), parts=parts)


def documents_named(report: Report) -> dict[str, None]:
    """The ids of all documents that the report rests on or counts, in its order. Published reviews are not among
    them: only their markup is read, and that stands in the report."""
    named: dict[str, None] = {}
    for finding in report.claims:
        named |= dict.fromkeys(item.passage.document_id for item in finding.evidence)
        named |= dict.fromkeys(one.document_id for one in finding.changed_copies)
        named |= dict.fromkeys(one.passage.document_id for one in finding.close)
    for summary in report.origins:
        named |= dict.fromkeys(one.document_id for one in summary.tellings)
    # Its other sentences are evidence too, and its text stands in the report.
    named.pop(ARTICLE, None)
    return named


def _parts(report: Report) -> Iterable[tuple[str, JsonValue]]:
    fields: dict[str, JsonValue] = report.model_dump(
        mode="json", by_alias=True, exclude={"seal"}, exclude_defaults=True
    )
    for name, value in fields.items():
        if name in _BY_ITEM and isinstance(value, list):
            yield from ((f"{name}/{n}", item) for n, item in enumerate(value))
        else:
            yield name, value


def _hash(value: JsonValue) -> str:
    return sha256(canonical(value)).hexdigest()


def canonical(value: JsonValue) -> bytes:
    """The canonical JSON of a value, as `rfc8785.dumps` has it and mostly in a tenth of its time. Raises
    `ValueError`."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return rfc8785.dumps(value) if _WRITTEN_OTHERWISE.search(written) else written.encode("utf-8")
