"""Whether the readers of a document see some words of it, and whether these still hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """None where nothing is said of it, so that what stands around it counts."""

    hidden: bool | None = None
    struck: bool | None = None

    def over(self, other: "Look") -> "Look":
        """This look where it says something, and otherwise the other."""
        return Look(
            other.hidden if self.hidden is None else self.hidden,
            other.struck if self.struck is None else self.struck,
        )


PLAIN = Look()
