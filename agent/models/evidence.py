"""What witnesses say of a claim."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from agent.models.sets import Dependence, FailureReason, Gap, Label, RestsOn, Stance, Step, When
from agent.models.texts import Frozen, Passage


class Judgement(Frozen):
    """What an analyst answers for one claim about one witness; the quotes are not yet checked.

    `own_hearing` are the words in which the witness says that it spoke with the claim's speaker itself.
    """

    claim_id: str
    stance: Stance
    quote: str = ""
    same_speaker: bool = False
    own_hearing: str = ""


class Evidence(Frozen):
    """One witness's word on one claim. `quote` stands in `passage.text` (checked in code, to the character).

    `origin` is the id of a card in `Report.origins`: who it goes back to, and what is counted. `dependence` tells why
    it is not `independent`. `own_hearing` are words of the witness by which it spoke with the speaker itself.
    `corrected`: whoever said it takes it back, in a note of correction or in other words. `trusted` is the weight
    that the newsroom gives to its site, told to readers and to nothing that decides a label.
    """

    stance: Literal[Stance.SUPPORTS, Stance.CONTRADICTS, Stance.QUALIFIES]
    quote: str
    source: Literal["coverage", "article"] = Field(alias="from")
    passage: Passage
    origin: str
    independent: bool
    same_speaker: bool
    when: When
    dependence: Dependence | None = None
    own_hearing: str | None = None
    corrected: bool = False
    trusted: int | None = None


class ChangedCopy(Frozen):
    """A copy that has a number, a date or a name of the claim otherwise than the report that it copies: it says
    `says` where the report has `told`. `quote` is the copy's own sentence; `of` the document that it copies, or the
    article itself."""

    document_id: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"
    of: str
    told: str
    says: str
    quote: str


class CloseCoverage(Frozen):
    """A passage in another language than the article that seems to tell of a claim, and that nobody has compared with
    it: for a person to read. It has no say in any label and counts nowhere.

    `similarity` is a cosine, which cannot tell a claim from its denial. `names` are words of the passage that sound
    like names of the claim, `numbers` and `dates` the claim's own that the passage has too, `numbers_differ` those of
    the claim that it has not.
    """

    passage: Passage
    origin: str
    similarity: float
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    numbers_differ: tuple[str, ...] = ()


class Failure(Frozen):
    step: Step
    reason: FailureReason
    message: str


class Verdict(Frozen):
    """Exactly one of `label` and `failure` is set."""

    label: Label | None
    rests_on: RestsOn | None = None
    unsourced_because: Gap | None = None
    failure: Failure | None = None
