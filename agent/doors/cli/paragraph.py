"""Prints a paragraph of foreign text, in the width and reading order of the terminal."""

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from agent.doors.render.bidi import Base


def show(text: str, indent: int = 0, base: "Base | None" = None) -> None:
    """Without control characters; a file or a pipe gets it as it is stored. `base` is where a line of ours begins,
    whatever names stand in it: told by its first letter otherwise."""
    from agent.doors.render.bidi import wrapped
    from agent.doors.render.screen import screen_for

    screen = screen_for(sys.stdout, os.environ)
    for line in wrapped(clean(text), screen.width - indent, screen.order, base):
        click.echo(" " * indent + line)


def clean(text: str) -> str:
    """A text on one line, without characters that move a cursor."""
    from agent.doors.render.bidi import one_line

    return one_line(text)
