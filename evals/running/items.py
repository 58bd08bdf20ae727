"""What an evaluation is made of: one item per question that was asked, with what it was worth and what it cost."""

from collections.abc import Iterable

from pydantic import Field

from agent.models import Frozen, Usage


class Spent(Frozen):
    """What was paid for some answers; `cost` as in `Usage`."""

    seconds: float = 0.0
    usage: Usage = Usage()

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(seconds=self.seconds + other.seconds, usage=self.usage + other.usage)


class Item(Frozen):
    """One question. `values` are its measures by name, a missing one does not apply to it.

    `failure` says why there is no answer: such an item is counted, and is neither right nor wrong. `spent` is told
    by one item of those that were asked together.
    """

    id: str
    dataset: str
    lang: str = "und"
    gold: str | None = None
    answer: str | None = None
    values: dict[str, float] = Field(default_factory=dict)
    failure: str | None = None
    spent: Spent | None = None

    @property
    def key(self) -> str:
        """Which question it is, within its suite."""
        return f"{self.dataset}/{self.id}"


def total(items: Iterable[Item]) -> Spent:
    return sum((item.spent for item in items if item.spent), start=Spent())
