"""The files of messages: which languages there are, and the sections of one."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

ENGLISH = "en"
_SUFFIX = ".toml"


@cache
def languages() -> tuple[str, ...]:
    """The BCP 47 codes of the languages that there is a file for, in the order of the alphabet."""
    names = (one.name for one in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def spoken_for(language: str) -> str:
    """The language in which a reader of `language` is spoken to: their own where there is a file, else English."""
    primary = language.partition("-")[0].lower()
    return primary if primary in languages() else ENGLISH


@cache
def sections(language: str) -> dict[str, dict[str, str]]:
    """The messages of one file by section and by dotted name."""
    text = files(__package__).joinpath(f"{language}{_SUFFIX}").read_text("utf-8")
    return {name: dict(_flat(table)) for name, table in tomllib.loads(text).items()}


def fallback_text(language: str) -> str:
    """What is said in English's place to those who speak a language that has no file: in theirs, for a few."""
    value = sections(ENGLISH)["strangers"]
    return value.get(language, value[ENGLISH])


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, str):
            yield f"{before}{name}", value
        else:
            raise TypeError(f"the message {before}{name} is no text: {value!r}")
