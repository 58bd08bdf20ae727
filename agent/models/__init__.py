"""The data contract: what goes in, what flows, what comes out. Frozen, no I/O.

Offsets are Unicode code points, end exclusive, into the text they belong to, exactly as it was given.
"""

from agent.models.claims import Attribution, Claim, Draft, has_unnamed_source
from agent.models.evidence import ChangedCopy, CloseCoverage, Evidence, Failure, Judgement, Verdict
from agent.models.origins import (
    AGENCY,
    ANY_AGENCY,
    CopyLink,
    Origin,
    OriginCounts,
    OriginShare,
    OriginSummary,
    Telling,
)
from agent.models.reading import Part, Witness
from agent.models.report import AnalystInfo, Counts, Dropped, Finding, Report, Searched, UnreadPart
from agent.models.sets import (
    Bond,
    DateSource,
    Dependence,
    FailureReason,
    Gap,
    Kind,
    Label,
    RestsOn,
    SourceType,
    Stance,
    Step,
    When,
)
from agent.models.spending import Budget, Timings, TotalUsage, Usage
from agent.models.texts import ARTICLE, Article, Document, Frozen, LeftOut, Passage, Provenance, Span, digest

__all__ = [
    "AGENCY",
    "ANY_AGENCY",
    "ARTICLE",
    "AnalystInfo",
    "Article",
    "Attribution",
    "Bond",
    "Budget",
    "ChangedCopy",
    "Claim",
    "CloseCoverage",
    "CopyLink",
    "Counts",
    "DateSource",
    "Dependence",
    "Document",
    "Draft",
    "Dropped",
    "Evidence",
    "Failure",
    "FailureReason",
    "Finding",
    "Frozen",
    "Gap",
    "Judgement",
    "Kind",
    "Label",
    "LeftOut",
    "Origin",
    "OriginCounts",
    "OriginShare",
    "OriginSummary",
    "Part",
    "Passage",
    "Provenance",
    "Report",
    "RestsOn",
    "Searched",
    "SourceType",
    "Span",
    "Stance",
    "Step",
    "Telling",
    "Timings",
    "TotalUsage",
    "UnreadPart",
    "Usage",
    "Verdict",
    "When",
    "Witness",
    "digest",
    "has_unnamed_source",
]
