"""One figure: what was tried, what came of it, and whether it is what is promised."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """`promised` names what has to be 0 (or as told) and is checked; the rest is only told."""

    name: str
    seed: int
    values: dict[str, float | int | str | None]
    promised: dict[str, float | int] = field(default_factory=dict)

    @property
    def broken(self) -> list[str]:
        """The promises that this run did not keep."""
        return [name for name, value in self.promised.items() if self.values.get(name) != value]

    @property
    def line(self) -> str:
        return json.dumps({"figure": self.name, "seed": self.seed, **self.values, "broken": self.broken})
