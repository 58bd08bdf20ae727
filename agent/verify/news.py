"""What came after a report: what later witnesses said of its claims, and which documents it rests on have left."""

from pydantic import Field

from agent.coverage.search.found import OriginLead
from agent.models import Failure, Frozen, Gap, Judgement, MatchedReview, Origin, Usage, Witness
from agent.verify.findings import missing


class LaterJudgements(Frozen):
    """What one origin that came later said of some claims of a report, or why it could not be asked. Without an
    origin it is the article itself that was asked.

    `replaces` are earlier versions of its page: what it says takes the place of what they said.
    """

    witness: Witness
    origin: Origin | None
    claim_ids: tuple[str, ...]
    replaces: frozenset[str] = frozenset()
    judgements: tuple[Judgement, ...] = ()
    taken_from: str = ""
    failure: Failure | None = None
    usage: Usage = Usage()

    @property
    def document_id(self) -> str:
        return self.origin.witness.id if self.origin else ""

    def missing(self, claim_id: str) -> Failure | None:
        """Why there is no answer about a claim that was asked for."""
        return missing(claim_id, self.witness.origin, self.judgements, self.failure)


class LaterEvidence(Frozen):
    """What a report is judged anew by.

    `judged` is what later witnesses said; on the claims in `whole` all witnesses were asked again. `leaving` are the
    documents that leave each claim, and `departed` tells why. `copies` are copies of the article, and `copied` the
    claims that found them. `gaps` tell why a search found nothing, `searching` is what it cost, and `leads` are what
    it found. `across` is the floor of their cosines between languages. `reviews` are published fact-checks that came,
    by claim; `uncompared` tells why some could not be compared.
    """

    judged: tuple[LaterJudgements, ...] = ()
    whole: frozenset[str] = frozenset()
    leaving: dict[str, frozenset[str]] = Field(default_factory=dict)
    departed: dict[str, str] = Field(default_factory=dict)
    copies: Origin | None = None
    copied: frozenset[str] = frozenset()
    gaps: dict[str, Gap] = Field(default_factory=dict)
    searching: Usage = Usage()
    leads: tuple[OriginLead, ...] = ()
    across: float = 0.0
    reviews: dict[str, tuple[MatchedReview, ...]] = Field(default_factory=dict)
    uncompared: dict[str, Failure] = Field(default_factory=dict)
