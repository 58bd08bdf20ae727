"""What people do to the claims of a report: what they ask for, and what the report tells of it."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, TypeAdapter

from agent.models.claims import Claim
from agent.models.sets import EditKind, Label
from agent.models.texts import Frozen

MOST_PIECES, _MOST_MERGED = 20, 50

Wording = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")]
ClaimId = Annotated[str, StringConstraints(max_length=20, pattern=r"^c[1-9]\d*$")]
# Which of several places, counted as people count.
Place = Annotated[int, Field(ge=1, le=100_000)]


class ChosenWords(Frozen):
    """A claim as a person takes it from the article: `quote` are words of it, at the `place`th where they stand
    several times; `text` is how the person words the claim, and `speaker` who says it, in words of the article."""

    quote: Wording = Field(examples=["the second quay will open again this week"])
    place: Place | None = None
    text: Wording | None = Field(None, examples=["The second quay of Port Selby will open again this week."])
    speaker: Wording | None = None


class AddClaim(ChosenWords):
    """A claim that nobody has read out of the article."""

    kind: Literal[EditKind.ADD] = EditKind.ADD
    reason: Wording | None = None


class RewordClaim(Frozen):
    """The same claim in other words, on the same quote or on another one. What is not told stays as it is."""

    kind: Literal[EditKind.REWORD] = EditKind.REWORD
    claim_id: ClaimId
    text: Wording | None = None
    quote: Wording | None = None
    place: Place | None = None
    speaker: Wording | None = None
    reason: Wording | None = None


class SplitClaim(Frozen):
    """One claim that says several things becomes several."""

    kind: Literal[EditKind.SPLIT] = EditKind.SPLIT
    claim_id: ClaimId
    into: tuple[ChosenWords, ...] = Field(min_length=2, max_length=MOST_PIECES)
    reason: Wording | None = None


class MergeClaims(Frozen):
    """Several claims that say one thing become the first of them, with the places of all."""

    kind: Literal[EditKind.MERGE] = EditKind.MERGE
    claim_ids: tuple[ClaimId, ...] = Field(min_length=2, max_length=_MOST_MERGED)
    text: Wording | None = None
    reason: Wording | None = None


class SetClaimAside(Frozen):
    """A claim that is not to count, and why."""

    kind: Literal[EditKind.SET_ASIDE] = EditKind.SET_ASIDE
    claim_id: ClaimId
    reason: Wording


class RestoreClaim(Frozen):
    """A claim that was set aside counts again."""

    kind: Literal[EditKind.RESTORE] = EditKind.RESTORE
    claim_id: ClaimId
    reason: Wording | None = None


EditRequest = Annotated[
    AddClaim | RewordClaim | SplitClaim | MergeClaims | SetClaimAside | RestoreClaim, Field(discriminator="kind")
]


@cache
def _requests() -> TypeAdapter[EditRequest]:
    return TypeAdapter(EditRequest)


def edit_request(fields: Mapping[str, object]) -> EditRequest:
    """What a person asks for, by its `kind`. Raises `ValidationError`."""
    return _requests().validate_python(fields)


class FormerClaim(Claim):
    """A claim as it was, with the label that it had; without one its check had failed."""

    label: Label | None = None


class SetAside(FormerClaim):
    """A claim that a person set aside: it is shown, and counts nowhere. Its evidence stands in earlier versions."""

    reason: str
    who: str
    set_aside_at: AwareDatetime


class ClaimEdit(Frozen):
    """What a person did. `before` are the claims as they were, `claim_ids` those that came of them and were checked
    alone by the `analyst`, a model or "lexical"; what is set aside is not checked. `version` is the one that was
    made; `asked` the SHA-256 of what was asked for, by which the same edit is known when it comes again."""

    kind: EditKind
    who: str
    edited_at: AwareDatetime
    version: int = Field(ge=2)
    reason: str = ""
    before: tuple[FormerClaim, ...] = ()
    claim_ids: tuple[str, ...] = ()
    analyst: str | None = None
    asked: str = Field(pattern=r"^[0-9a-f]{64}$")
