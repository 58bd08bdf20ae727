"""From bytes to a report: its form held to strictly, and every place named where it is not kept."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from agent.models import Report
from agent.verify.auditing.records import AuditCheck, AuditFault, AuditProblem

_MOST_LISTED, _LONGEST = 50, 200


class _DuplicateKey(ValueError):
    pass


def read_report(data: bytes) -> Report | tuple[AuditProblem, ...]:
    """The report, or why it is none. What JSON writes in two ways is the same; what it tells twice is refused, as
    readers differ in which of the two they take."""
    try:
        json.loads(data, object_pairs_hook=_once)
    except _DuplicateKey as err:
        return (_problem(AuditFault.NOT_ITS_FORM, str(err)),)
    except (ValueError, RecursionError):
        return (_problem(AuditFault.NOT_A_REPORT, ""),)
    try:
        return Report.model_validate_json(data, strict=True)
    except ValidationError as err:
        return tuple(_problems(err))


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        ((name, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise _DuplicateKey(name[:100])
    return fields


def _problems(err: ValidationError) -> Iterator[AuditProblem]:
    for problem in err.errors()[:_MOST_LISTED]:
        place = "/".join(str(step) for step in problem["loc"])[:_LONGEST]
        yield _problem(AuditFault.NOT_ITS_FORM, place).model_copy(update={"found": problem["msg"][:_LONGEST]})


def _problem(fault: AuditFault, place: str) -> AuditProblem:
    return AuditProblem(check=AuditCheck.FORM, fault=fault, place=place)
