"""What the coverage, and the article itself, say of a claim."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from agent.models.sets import Dependence, FailureReason, Gap, Label, RestsOn, Stance, Step, When
from agent.models.texts import Frozen, Passage


class Judgement(Frozen):
    """An analyst's answer for one claim about one witness. Its quotes are not checked yet. `own_hearing` are the
    words in which the witness says that it spoke with the claim's speaker itself."""

    claim_id: str
    stance: Stance
    quote: str = ""
    same_speaker: bool = False
    own_hearing: str = ""


class Evidence(Frozen):
    """What one witness says of one claim. `quote` stands in `passage.text`, character by character: that is checked
    in code.

    `origin` is the id of one of `Report.origins`: whoever the witness has it from, and what is counted. `dependence`
    tells why it is not `independent`. `own_hearing` are the words in which the witness says that it spoke with the
    speaker itself. `corrected`: whoever said it takes it back, in a note of correction or in other words. `trusted`
    is the weight that the newsroom gives to the site, from its settings: it is shown to readers and decides no label.
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
    """A copy that has a number, a date, a name or a denial of the claim otherwise than the report that it copies: it
    says `says` where that report has `told`. `quote` is the sentence of the copy, and `of` the id of the document
    that it copies, or "article"."""

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
    """A passage in another language than the article's that seems to be about a claim, and that no model has compared
    with it: for a person to read. It decides no label and is counted nowhere.

    `similarity` is a cosine, which cannot tell a claim from its denial. `names` are words of the passage that sound
    like names of the claim. `numbers` and `dates` are those of the claim that the passage has too, `numbers_differ`
    those that it has not.
    """

    passage: Passage
    origin: str
    similarity: float
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    numbers_differ: tuple[str, ...] = ()


class Failure(Frozen):
    """Why a step could not be completed. A failure is never a label."""

    step: Step
    reason: FailureReason
    message: str


class Verdict(Frozen):
    """What the policy decides for a claim. Either `label` or `failure` is set, and never both."""

    label: Label | None
    rests_on: RestsOn | None = None
    unsourced_because: Gap | None = None
    failure: Failure | None = None
