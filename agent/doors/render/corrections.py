"""What a person says is wrong in a report, in one sentence, for every form of it."""

from agent.doors.render.bidi import isolated
from agent.messages import Words
from agent.models import LabelCorrection


def corrected(one: LabelCorrection, words: Words) -> str:
    """By whom, when, to what, and why; their words stand in isolates."""
    given = one.given.value if one.given is not None else "failed"
    return words(
        "corrected_by_person",
        who=isolated(one.who),
        day=words.date(one.corrected_at.date()),
        label=words(f"label.{one.label.value}"),
        given=words(f"label.{given}"),
        reason=isolated(one.reason),
    )
