"""Where text is shown: how wide, in colour or not, and who orders right-to-left lines."""

import shutil
from collections.abc import Mapping
from typing import TextIO

from agent.doors.render.bidi import LineOrder, order_for
from agent.models import Frozen

_NARROWEST = 40
_WIDEST = 132
# mlterm counts a direction mark as a column, though it shows none.
_ROOM_FOR_MARKS = 10


class Screen(Frozen):
    width: int = 100
    colour: bool = False
    order: LineOrder = LineOrder.LOGICAL


PLAIN = Screen()


def screen_for(stream: TextIO, environ: Mapping[str, str]) -> Screen:
    """The screen behind a stream; a file or a pipe is plain, and NO_COLOR and TERM=dumb are honoured."""
    if not stream.isatty():
        return PLAIN
    order = order_for(environ, terminal=True)
    columns = shutil.get_terminal_size((PLAIN.width, 24)).columns
    if order is LineOrder.TERMINAL:
        columns -= _ROOM_FOR_MARKS
    return Screen(
        width=max(_NARROWEST, min(_WIDEST, columns)),
        colour=not environ.get("NO_COLOR") and environ.get("TERM") != "dumb",
        order=order,
    )
