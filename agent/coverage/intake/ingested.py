"""What came of adding coverage."""

from agent.coverage.intake.metadata import Caution, Rejection, Removed, Skipped
from agent.models import Frozen


class Ingested(Frozen):
    """`updated` of the `added` are new versions of known pages. `unchanged` were there already, `withdrawn` ones stay
    out, `older` ones were left out for their date.

    `rejected` were not added; `skipped` were passed over in a folder, being nothing that is read; `cautions` were
    added, but for a part of them; `removed` were taken back by whoever published them. Of `listed` pages `visited`
    are done.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    older: int = 0
    listed: int = 0
    visited: int = 0
    removed: tuple[Removed, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    cautions: tuple[Caution, ...] = ()

    def __add__(self, other: "Ingested") -> "Ingested":
        return Ingested(**{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields})
