"""Who speaks, in several languages: words of a data file that mean the same."""

import tomllib
from functools import cache
from importlib.resources import files

from agent.text import fold


def role_of(word: str) -> int | None:
    """What a folded word for a speaker means, as the number of its row; None for other words."""
    return _rows().get(word)


@cache
def _rows() -> dict[str, int]:
    table = tomllib.loads(files("agent.chat.answering").joinpath("roles.toml").read_text("utf-8"))
    return {fold(word): number for number, row in enumerate(table["same"]) for word in row}
