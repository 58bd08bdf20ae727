"""What came of checking a report again."""

from enum import StrEnum

from agent.models import Frozen


class AuditCheck(StrEnum):
    """What is checked, in the order in which it is told."""

    FORM = "form"
    SEAL = "seal"
    QUOTES = "quotes"
    EVIDENCE = "evidence"
    ORIGINS = "origins"
    LABELS = "labels"
    COUNTS = "counts"
    DOCUMENTS = "documents"


class AuditFault(StrEnum):
    """What may be wrong with a report, by kind."""

    NOT_A_REPORT = "not_a_report"
    NOT_ITS_FORM = "not_its_form"
    SEAL_REMOVED = "seal_removed"
    PART_CHANGED = "part_changed"
    PART_ADDED = "part_added"
    PART_REMOVED = "part_removed"
    SEAL_CHANGED = "seal_changed"
    ARTICLE_CHANGED = "article_changed"
    OUTSIDE_TEXT = "outside_text"
    QUOTE_ELSEWHERE = "quote_elsewhere"
    SAME_ID = "same_id"
    PASSAGE_LENGTH = "passage_length"
    PASSAGE_DIFFERS = "passage_differs"
    PASSAGES_DISAGREE = "passages_disagree"
    QUOTE_NOT_IN_PASSAGE = "quote_not_in_passage"
    TIME_DIFFERS = "time_differs"
    COUNTS_AS_INDEPENDENT = "counts_as_independent"
    ARTICLE_SUPPORTS_ITSELF = "article_supports_itself"
    ORIGIN_UNKNOWN = "origin_unknown"
    ORIGIN_UNUSED = "origin_unused"
    FEWER_ARTICLES = "fewer_articles"
    ORIGINS_DIFFER = "origins_differ"
    LABEL_DIFFERS = "label_differs"
    TOTALS_DIFFER = "totals_differ"
    HASH_UNUSED = "hash_unused"


class AuditProblem(Frozen):
    """One thing that does not hold. `place` is where in the JSON: "claims/2/evidence/0". `told` is what the report
    says and `found` what comes of it, where that can be said."""

    check: AuditCheck
    fault: AuditFault
    place: str
    told: str = ""
    found: str = ""


class StoredState(StrEnum):
    """How a document stands in the store now. `REPLACED`: another text stands at its address. `ALTERED`: the store
    has another text under its id than the one that was judged. `UNKNOWN`: the report has no hash of it."""

    SAME = "same"
    REPLACED = "replaced"
    ALTERED = "altered"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    UNKNOWN = "unknown"


class AuditedDocument(Frozen):
    document_id: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    state: StoredState


class Audit(Frozen):
    """`looked` tells how many things each check looked at. `before_hashes`: the report was made when there were none,
    and everything else was checked; `unhashed` are documents of which alone that holds. `documents` are set when a
    store was at hand; what became of one later is no fault of the report."""

    run_id: str | None
    seal: str | None = None
    before_hashes: bool = False
    unhashed: tuple[str, ...] = ()
    looked: dict[AuditCheck, int]
    problems: tuple[AuditProblem, ...] = ()
    documents: tuple[AuditedDocument, ...] | None = None

    @property
    def holds(self) -> bool:
        return not self.problems

    @property
    def moved(self) -> tuple[AuditedDocument, ...]:
        """The documents that stand no longer as they were judged."""
        return tuple(one for one in self.documents or () if one.state not in (StoredState.SAME, StoredState.UNKNOWN))
