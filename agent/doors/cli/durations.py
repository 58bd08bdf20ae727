"""Spans of time on the command line: 15m, 2h, 1d."""

import re

import click

_FORM = re.compile(r"(\d{1,6})\s*([smhd]?)", re.IGNORECASE)
_SECONDS = {"": 60, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Duration(click.ParamType[int]):
    """In seconds; a bare number is minutes."""

    name = "duration"

    def __init__(self, least: int) -> None:
        self._least = least

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        result = _FORM.fullmatch(value.strip())
        if result is None:
            self.fail(f"{value!r} is not a span of time; write it as 15m, 2h or 1d", param, ctx)
        seconds = int(result[1]) * _SECONDS[result[2].lower()]
        if seconds < self._least:
            self.fail(f"{value!r} is too short; {shown(self._least)} is the least", param, ctx)
        return seconds


def shown(seconds: int) -> str:
    """As it would be typed."""
    for unit in "dhm":
        if seconds % _SECONDS[unit] == 0:
            return f"{seconds // _SECONDS[unit]}{unit}"
    return f"{seconds}s"
