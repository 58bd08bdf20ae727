"""What comes out."""

from typing import Literal

from pydantic import AwareDatetime, Field

from agent.models.claims import Claim
from agent.models.edits import ClaimEdit, SetAside
from agent.models.evidence import ChangedCopy, CloseCoverage, Evidence, Failure
from agent.models.origins import OriginCounts, OriginSummary
from agent.models.reviews import MatchedReview
from agent.models.sets import EditKind, Gap, Label, RestsOn
from agent.models.spending import Timings, TotalUsage
from agent.models.texts import Article, Frozen, Span

_SHA256 = r"^[0-9a-f]{64}$"


class Finding(Claim):
    """A claim with its evidence and the label that the evidence earns; without a label there is a `failure`.

    `changed_copies` tell the claim otherwise than the report that they copy, and have no say in the label.
    Nor has what is `close` in other languages, nor the rating of published `reviews` of the claim."""

    label: Label | None
    rests_on: RestsOn | None = None
    unsourced_because: Gap | None = None
    failure: Failure | None = None
    explanation: str = ""
    evidence: tuple[Evidence, ...] = ()
    origins: OriginCounts = OriginCounts()
    changed_copies: tuple[ChangedCopy, ...] = ()
    close: tuple[CloseCoverage, ...] = ()
    reviews: tuple[MatchedReview, ...] = ()


class UnreadPart(Frozen):
    """A stretch of the article whose claims could not be extracted. Silence about it would read as "no claims"."""

    span: Span
    failure: Failure


class AnalystInfo(Frozen):
    """Which analyst and embedder spoke. `measured` holds published scores (macro-F1 per set), where there are any."""

    kind: Literal["model", "lexical"]
    model: str | None = None
    embedder: str
    prompts: dict[str, str] = Field(default_factory=dict)
    measured: dict[str, float] = Field(default_factory=dict)


class Counts(Frozen):
    corroborated: int = 0
    contested: int = 0
    unsourced: int = 0
    failed: int = 0


class Searched(Frozen):
    """`documents` stand in the store, `in_window` of them around the event, `passages` were found for the claims.

    `other_languages` of those in the window could not be compared, because the embedder does not know their languages
    together with the article's; `uncompared` counts them by language.
    """

    documents: int = 0
    in_window: int = 0
    passages: int = 0
    other_languages: int = 0
    uncompared: dict[str, int] = Field(default_factory=dict)


class Dropped(Frozen):
    """What analysts said and code refused, counted. `sources_without_quote`: that a text has its matter from the
    article's outlet, or has heard a speaker itself, told with words that it does not hold."""

    claims_without_quote: int = 0
    claims_over_limit: int = 0
    evidence_without_quote: int = 0
    judgements_of_unknown_claims: int = 0
    sources_without_quote: int = 0


class LabelCorrection(Frozen):
    """A person's word that a label is wrong, in the version of the report that it is about."""

    claim_id: str
    given: Label | None
    label: Label
    reason: str
    who: str
    corrected_at: AwareDatetime
    version: int = 1


class JudgedText(Frozen):
    """The SHA-256 of the whole text of a document as it stood when it was judged."""

    document_id: str
    sha256: str = Field(pattern=_SHA256)


class Seal(Frozen):
    """Hashes of what a report says, by part: "article", "claims/0", …, and `sha256` over all of these but people's
    corrections: it is that of the version.

    Whoever changes a report can make a new seal: it tells what was changed by accident or without care, and by whom
    it was made only where the first one is known from elsewhere.
    """

    sha256: str = Field(pattern=_SHA256)
    parts: dict[str, str]


class Report(Frozen):
    """Everything a reader needs to judge the labels. `notices` warn the reader, e.g. of orders found in a text.

    `corrections` are what people had said when the report was given out; nothing in it was judged by them. `edits`
    are what people did to its claims, first to last, and `set_aside` the claims that they took out of all counts.
    `documents` are the texts of all documents that it names; its `seal` is over everything else. Reports from before
    there were hashes have neither. A field that is added has a plain default, or older seals would break.
    """

    schema_version: Literal["1"] = "1"
    run_id: str
    article: Article
    analyst: AnalystInfo
    claims: tuple[Finding, ...]
    origins: tuple[OriginSummary, ...] = ()
    unread: tuple[UnreadPart, ...] = ()
    counts: Counts
    searched: Searched
    dropped: Dropped
    notices: tuple[str, ...] = ()
    corrections: tuple[LabelCorrection, ...] = ()
    edits: tuple[ClaimEdit, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    usage: TotalUsage
    timings: Timings
    documents: tuple[JudgedText, ...] = ()
    seal: Seal | None = None

    @property
    def complete(self) -> bool:
        """Whether every part was read and every claim was checked."""
        return not self.unread and not self.counts.failed

    def corrections_of(self, claim_id: str) -> list[LabelCorrection]:
        """First to last, as far as they are of the claim as it is worded now."""
        since = self.worded_since(claim_id)
        return [one for one in self.corrections if one.claim_id == claim_id and one.version >= since]

    def worded_since(self, claim_id: str) -> int:
        """The first version in which the claim says what it says now."""
        worded = (edit for edit in self.edits_of(claim_id) if edit.kind is not EditKind.RESTORE)
        return max((edit.version for edit in worded), default=1)

    def became(self, claim_id: str) -> list[str]:
        """The claims that a claim of this or an earlier version is now, in the order of the report."""
        ids = {claim_id}
        for edit in self.edits:
            # What is set aside keeps its id, and may come back.
            if edit.kind is not EditKind.SET_ASIDE and not ids.isdisjoint(one.id for one in edit.before):
                ids = ids.difference(one.id for one in edit.before).union(edit.claim_ids)
        return [one.id for one in self.claims if one.id in ids]

    def edits_of(self, claim_id: str) -> list[ClaimEdit]:
        """What people did that the claim came of, first to last."""
        return [one for one in self.edits if claim_id in one.claim_ids]
