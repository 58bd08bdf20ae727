"""One change of a text."""

from typing import NamedTuple


class Edit(NamedTuple):
    """`text` stands in place of what stood from `start` to `end`."""

    start: int
    end: int
    text: str
