"""Foreign text within a line: on one line, and in marks that keep its direction of writing to itself."""

from agent.text.folding import visible

FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE = "\u2068", "\u2066", "\u2069"


def isolated(text: str) -> str:
    """The text in isolates of its own direction, whatever stands beside it."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def left_to_right(text: str) -> str:
    """The text in isolates from left to right, as a change or a sign with its number is read."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"


def visible_line(text: str) -> str:
    """The text on one line, without what cannot be seen."""
    return " ".join(visible(" ".join(text.split())).split())


def isolated_line(text: str) -> str:
    """A text of somebody else as one line in isolates; of none an empty one."""
    line = visible_line(text)
    return isolated(line) if line else ""
