"""The floors of one store: when they are measured, on what, and what was measured."""

from collections.abc import Sequence

from agent.coverage.embedding.calibration import (
    FEWEST_DRAWN,
    MOST_DRAWN,
    CalibrationSample,
    VectorSample,
    calibrated,
    unrelated,
)
from agent.coverage.embedding.embed import Floors, Traits
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.store import Index
from agent.coverage.index.vectors import Rows

# They are measured anew when the store has grown to so many times what it was.
_GROWN = 2
_HEAD = 300
_WITHIN, _ACROSS, _MEASURED_AT = "floor_within", "floor_across", "floors_measured_at"


class MeasuredFloors:
    """Kept with the catalogue. Blocking."""

    def __init__(self, catalogue: Catalogue, index: Index, traits: Traits) -> None:
        self._catalogue = catalogue
        self._index = index
        self._traits = traits

    @property
    def floors(self) -> Floors:
        """Those that were measured, else the embedder's own."""
        within, across = self._catalogue.fact(_WITHIN), self._catalogue.fact(_ACROSS)
        if within is None or across is None:
            return self._traits.floors
        return Floors(within=float(within), across=float(across))

    def draw(self) -> list[CalibrationSample]:
        """What they are to be measured on now; nothing while what was measured holds."""
        fewest = FEWEST_DRAWN if self._traits.settled else 1
        if self._catalogue.counts.passages() < max(fewest, _GROWN * int(self._catalogue.fact(_MEASURED_AT) or 0)):
            return []
        drawn = self._catalogue.draw(MOST_DRAWN)
        return drawn if len(drawn) >= fewest else []

    def asked(self, drawn: Sequence[CalibrationSample]) -> list[str]:
        """The texts whose vectors `floors_of` wants, as queries."""
        return [text for _, text in unrelated()] + [one.head[:_HEAD] for one in drawn]

    def floors_of(self, space: str, drawn: Sequence[CalibrationSample], rows: Rows) -> Floors:
        sentences = unrelated()
        vectors = self._index.vectors(space, [one.key for one in drawn])
        there = [one for one in drawn if one.key in vectors]
        own, heads = rows[: len(sentences)], rows[len(sentences) :]
        return calibrated(
            VectorSample([""] * len(sentences), [language for language, _ in sentences], own),
            _spoken(drawn, heads),
            _spoken(there, [vectors[one.key] for one in there]),
            self._traits,
        )

    def learn(self, floors: Floors) -> None:
        """Within the caller's transaction."""
        measured = {_WITHIN: floors.within, _ACROSS: floors.across, _MEASURED_AT: self._catalogue.counts.passages()}
        self._catalogue.learn(**{name: str(value) for name, value in measured.items()})

    def forget(self) -> None:
        """Within the caller's transaction: what another embedder measured says nothing."""
        for name in (_WITHIN, _ACROSS, _MEASURED_AT):
            self._catalogue.forget(name)


def _spoken(drawn: Sequence[CalibrationSample], rows: Rows) -> VectorSample:
    return VectorSample([one.document_id for one in drawn], [one.language for one in drawn], rows)
