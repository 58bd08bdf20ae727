"""What people did to the claims of a report, in sentences, for every form of it."""

from collections.abc import Iterable, Sequence

from agent.doors.render.bidi import isolated, one_line
from agent.messages import Words
from agent.models import ClaimEdit, FormerClaim, Frozen, Report, SetAside, number_of


class EditLine(Frozen):
    """One edit as it is listed: the `numbers` of the claims it is about, and of which version it is."""

    numbers: str
    version: str
    what: str


def edit_lines(report: Report, words: Words) -> list[EditLine]:
    """First to last."""
    return [
        EditLine(
            numbers=words("edit.numbers", numbers=numbers_of(one, words)),
            version=words("edit.version", n=words.number(one.version)),
            what=edited(one, words),
        )
        for one in report.edits
    ]


def edited(one: ClaimEdit, words: Words) -> str:
    """What was done, by whom, when, what it was before, and why; their words stand in isolates."""
    told = words(
        f"edit.{one.kind.value}",
        **{"who": isolated(one_line(one.who)), "day": words.date(one.edited_at.date())}
        | ({"before": _before(one.before, words)} if one.before else {}),
    )
    because = f" {words('edit.because', reason=isolated(one_line(one.reason)))}" if one.reason else ""
    return f"{told}{because}"


def put_aside(one: SetAside, words: Words) -> str:
    """By whom, when, and why."""
    who, reason = isolated(one_line(one.who)), isolated(one_line(one.reason))
    return words("aside.by", who=who, day=words.date(one.set_aside_at.date()), reason=reason)


def numbers_of(one: ClaimEdit, words: Words) -> str:
    """The numbers of what came of an edit; of what was set aside its own."""
    numbers: Iterable[str] = one.claim_ids or [claim.id for claim in one.before]
    return words("comma").join(name[1:] for name in numbers)


def _before(claims: Sequence[FormerClaim], words: Words) -> str:
    told = (f"{number_of(one)}. {words.quoted(isolated(one_line(one.text)))}" for one in claims)
    return " · ".join(told)
