"""What witnesses say of a claim."""

from typing import Literal

from pydantic import Field

from agent.models.sets import FailureReason, Stance, Step, When
from agent.models.texts import Frozen, Passage


class Judgement(Frozen):
    """What an analyst answers for one claim about one witness; the quote is not yet checked."""

    claim_id: str
    stance: Stance
    quote: str = ""
    same_speaker: bool = False


class Evidence(Frozen):
    """One witness's word on one claim. `quote` stands in `passage.text` (checked in code, to the character).

    `origin` is the id of a card in `Report.origins`: who it goes back to, and what is counted.
    """

    stance: Literal[Stance.SUPPORTS, Stance.CONTRADICTS, Stance.QUALIFIES]
    quote: str
    source: Literal["coverage", "article"] = Field(alias="from")
    passage: Passage
    origin: str
    independent: bool
    same_speaker: bool
    when: When


class Failure(Frozen):
    step: Step
    reason: FailureReason
    message: str
