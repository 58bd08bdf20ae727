"""What came of checking a report again, in words."""

from dataclasses import dataclass

from agent.messages import Words
from agent.verify.auditing import Audit, AuditedDocument, AuditProblem


@dataclass(frozen=True)
class AuditLine:
    """One check: what it is, how much it looked at, and what does not hold."""

    name: str
    looked: int
    problems: tuple[AuditProblem, ...]


def verdict(audit: Audit, words: Words) -> str:
    """The outcome in a sentence."""
    if audit.problems:
        return words("audit.fails", count=words.count("faults", len(audit.problems)))
    if audit.unhashed:
        return f"{words('audit.holds')} {words('audit.unhashed', count=words.count('articles', len(audit.unhashed)))}"
    return words("audit.holds_unsealed" if audit.before_hashes else "audit.holds")


def lines(audit: Audit, words: Words) -> list[AuditLine]:
    return [
        AuditLine(
            name=words(f"audit.check.{check.value}"),
            looked=count,
            problems=tuple(one for one in audit.problems if one.check is check),
        )
        for check, count in audit.looked.items()
    ]


def fault(problem: AuditProblem, words: Words) -> str:
    return words(f"audit.fault.{problem.fault.value}")


def values(problem: AuditProblem, words: Words) -> list[tuple[str, str]]:
    """What the report says, and what comes of it, each with its name."""
    items = (("audit.told", problem.told), ("audit.found", problem.found))
    return [(words(key), value) for key, value in items if value]


def state(document: AuditedDocument, words: Words) -> str:
    return words(f"audit.state.{document.state.value}")


def named(document: AuditedDocument) -> str:
    return document.outlet or document.title or document.document_id
