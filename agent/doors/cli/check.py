"""One line of `isnad doctor`."""

from typing import Literal, NamedTuple


class Check(NamedTuple):
    """`code` is the exit code that it asks for."""

    name: str
    result: Literal["ok", "note", "bad"]
    message: str
    code: int = 0
