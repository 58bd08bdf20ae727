"""What people did to the claims of a report, in sentences: on pages, in files and in a chat."""

from collections.abc import Iterable, Sequence

from agent.messages import Words
from agent.models import ClaimEdit, FormerClaim, SetAside, number_of
from agent.text.isolates import isolated, visible_line


def edited(one: ClaimEdit, words: Words) -> str:
    """What was done, by whom, when, what it was before, and why; their words stand in isolates."""
    fields = {"who": _isolated(one.who), "day": words.date(one.edited_at.date())}
    if one.before:
        fields["before"] = _before(one.before, words)
    because = f" {words('edit.because', reason=_isolated(one.reason))}" if one.reason else ""
    return f"{words(f'edit.{one.kind.value}', **fields)}{because}"


def put_aside(one: SetAside, words: Words) -> str:
    """By whom, when, and why."""
    who, reason = _isolated(one.who), _isolated(one.reason)
    return words("aside.by", who=who, day=words.date(one.set_aside_at.date()), reason=reason)


def numbers_of(one: ClaimEdit, words: Words) -> str:
    """The numbers of what came of an edit; of what was set aside its own."""
    numbers: Iterable[str] = one.claim_ids or [claim.id for claim in one.before]
    return words("comma").join(name[1:] for name in numbers)


def _before(claims: Sequence[FormerClaim], words: Words) -> str:
    lines = (f"{number_of(one)}. {words.quoted(_isolated(one.text))}" for one in claims)
    return " · ".join(lines)


def _isolated(text: str) -> str:
    return isolated(visible_line(text))
