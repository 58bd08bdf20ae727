"""The direction in which the texts of a language run."""

from typing import Literal

Direction = Literal["ltr", "rtl", "auto"]

_RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})


def direction_of(language: str) -> Direction:
    """The `dir` of a text in a language; "auto" lets the text decide where the language is not known."""
    primary = language.split("-")[0].lower()
    if primary == "und":
        return "auto"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"
