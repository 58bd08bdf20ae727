"""What text is set on before it is shown: rich's console, held to a screen and to nothing of this machine."""

from io import StringIO

from rich.console import Console

from agent.doors.render.screen import Screen


def build_paper(screen: Screen, out: StringIO) -> Console:
    """Writes into `out`. Marks and emoji codes in a text are text."""
    return Console(
        file=out,
        width=screen.width,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        no_color=not screen.colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
