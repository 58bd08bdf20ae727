"""Files in a chat on this machine: one that is named, dropped or pasted by its path is checked.

Only here: what is said to a service may name no file of the machine that it runs on.
"""

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from agent.config import Settings

_LONGEST_PATH = 4096
_RUN = re.compile(r"last|[\w-]*\d[\w-]*")


def turn_of_file(name: str, settings: "Settings", fields: "dict[str, str | None] | None" = None) -> str:
    """The turn that checks a file; raises `BadInput`."""
    from agent.doors.cli.verify_files import known_about, read_given

    article = read_given(name, known_about(None, fields or {}), settings)
    day = f" {article.published_at:%Y-%m-%d}" if article.published_at else ""
    return f"/verify{day} {article.outlet or ''}\n{article.text}" if day else f"/verify {article.text}"


def run_named(name: str) -> str | None:
    """The name when it is that of an earlier run, or `last`, and of no file."""
    return name if _RUN.fullmatch(name) and not _is_file(name) else None


def file_named(said: str) -> Path | None:
    """The file whose path is all that was said, as terminals write one that is dropped on them; None for words."""
    text = said.strip()
    if not 0 < len(text) <= _LONGEST_PATH or "\n" in text:
        return None
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    return _found(text) or (_found(words[0]) if len(words) == 1 else None)


def _found(text: str) -> Path | None:
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    path = Path(text).expanduser()
    is_path = path.suffix != "" or "/" in text or "\\" in text
    return path if is_path and _is_file(str(path)) else None


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False
