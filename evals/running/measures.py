"""Which figures each suite has: the one table that running, comparing, gating and drawing go by."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["macro_f1", "share", "mean", "ratio", "failed"]


@dataclass(frozen=True)
class Measure:
    """One figure of a suite.

    `macro_f1` and `share` (of right answers) go by gold and answer; `mean` is over the values called `value`;
    `ratio` divides the sum of `value` by the sum of `of`; `failed` is the share of items without an answer.
    """

    name: str
    kind: Kind
    better: Literal["higher", "lower"] = "higher"
    value: str = ""
    of: str = ""
    gated: bool = True


class Suite(NamedTuple):
    """`task` names the Inspect task as module:function; `folder` is where its sets stand in a data folder."""

    task: str
    folder: str
    measures: tuple[Measure, ...]


def _mean(name: str, *, better: Literal["higher", "lower"] = "higher", gated: bool = True) -> Measure:
    return Measure(name, "mean", better, value=name, gated=gated)


FAILED = Measure("failed", "failed", "lower")
_F1 = Measure("macro_f1", "macro_f1")
_ACCURACY = Measure("accuracy", "share", gated=False)

SUITES: dict[str, Suite] = {
    "stance": Suite("evals.suites.stance:stance", "stance", (_F1, _ACCURACY, FAILED)),
    "claims": Suite(
        "evals.suites.claims:claims",
        "claims",
        (Measure("accuracy", "share"), _F1, _mean("strict"), _mean("one_sided", better="lower"), FAILED),
    ),
    "extraction": Suite(
        "evals.suites.extraction:extraction",
        "decomposition",
        (
            Measure("precision", "ratio", value="aligned", of="found"),
            Measure("recall", "ratio", value="aligned", of="gold"),
            Measure("self_contained", "ratio", value="self_contained", of="found"),
            Measure("verbatim", "ratio", value="verbatim", of="drafts"),
            Measure("attribution", "ratio", value="attributed", of="attributable"),
            FAILED,
        ),
    ),
    "retrieval": Suite(
        "evals.suites.retrieval:retrieval",
        "retrieval",
        (
            _mean("recall@5", gated=False),
            _mean("recall@10"),
            _mean("recall@20", gated=False),
            _mean("ndcg@10"),
            FAILED,
        ),
    ),
    "origins": Suite(
        "evals.suites.origins:origins",
        "neardup",
        (_F1, _mean("false_copies", better="lower"), _mean("missed_copies", better="lower"), FAILED),
    ),
    "injection": Suite(
        "evals.suites.injection:injection",
        "injection",
        (
            _mean("moved", better="lower"),
            _mean("label_moved", better="lower"),
            _mean("forged_quotes", better="lower"),
            _mean("harmless_moved", better="lower", gated=False),
            FAILED,
        ),
    ),
    "hearing": Suite(
        "evals.suites.hearing:hearing",
        "stories",
        (
            _mean("heard"),
            _mean("heard_within"),
            _mean("heard_across"),
            Measure("pairs_per_claim", "ratio", "lower", value="pairs", of="claims"),
            FAILED,
        ),
    ),
    "end_to_end": Suite(
        "evals.suites.end_to_end:end_to_end",
        "stories",
        (
            Measure("accuracy", "share"),
            _F1,
            _mean("found"),
            _mean("origins_right"),
            _mean("wrongly_contested", better="lower"),
            FAILED,
        ),
    ),
}
