"""What came of adding coverage."""

from agent.coverage.intake.metadata import Caution, Rejection, Removed, Skipped
from agent.models import Frozen


class Ingested(Frozen):
    """What became of documents and pages that were to be added. `updated` of the `added` ones are new versions of
    known pages. `unchanged` were in the store already, `withdrawn` ones stay out, `older` ones were left out for
    their date.

    `rejected` could not be added. `skipped` are files in a folder of a kind that is not read. `cautions` were added
    without a part of them. `removed` were taken back by whoever published them. `visited` of the `listed` pages are
    done.
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
