"""One line of each kind of set. Fields beyond these are left alone."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.models import Label, SourceType

Gold = Literal["supports", "refutes", "neither"]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    dataset: str
    lang: str


class StancePair(Record):
    """What a passage says of a claim, by human judgement."""

    claim: str
    passage: str
    label: Gold


class Translation(Record):
    """A text in `lang`, and the same in another language."""

    text: str
    other_lang: str
    other: str


class ClaimDocument(BaseModel):
    """`stance`: what it says of the claim, where somebody judged that."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    doc_id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    stance: Gold | None = None


class ClaimCase(Record):
    """A claim with whole documents, and the label they earn it together."""

    claim: str
    documents: tuple[ClaimDocument, ...]
    label: Label
    orig_label: str | None = None

    @property
    def conflicting(self) -> bool:
        """Whether its sources are known to disagree."""
        disputed = (self.orig_label or "").casefold().startswith(("conflicting", "disputed"))
        return disputed or {"supports", "refutes"} <= {document.stance for document in self.documents}


class GoldAttribution(BaseModel):
    """Who says a claim; `speaker` in words of the text, None when nobody but its author."""

    model_config = ConfigDict(frozen=True)

    speaker: str | None
    source: SourceType


class Decomposition(Record):
    """A text, one sentence of it or all, and the claims that people took from there."""

    context: str
    sentence: str | None = None
    claims: tuple[str, ...]
    attributions: tuple[GoldAttribution, ...] = ()


class Query(Record):
    dataset: str = ""
    lang: str = "und"
    text: str


class CorpusDocument(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: str
    title: str | None = None
    lang: str = "und"


class NearPair(Record):
    """Two texts; whether one goes back to the other, with or without a changed fact."""

    text_a: str
    text_b: str
    label: str

    @property
    def judged(self) -> bool:
        """Whether its label tells copies from reports; some sets of pairs hold other judgements."""
        return self.is_copy or self.label in ("same_story", "different_story")

    @property
    def is_copy(self) -> bool:
        return self.label in ("near_duplicate", "near_duplicate_changed_fact")


class Attack(Record):
    """A text that gives orders, or a harmless one that looks like it."""

    lang: str = "und"
    text: str
    label: Literal["injection", "benign"]
    meta: dict[str, object] = Field(default_factory=dict)
