"""Reads when something is due, as a span of time or as the five fields of cron, into the form that the engine
takes."""

import re
from datetime import datetime

# It has no types of its own.
from croniter import croniter  # type: ignore[import-untyped]

from agent.errors import ConfigurationError

_SPAN = re.compile(r"(\d{1,3})\s*([mhd])", re.IGNORECASE)
_LARGER = {"m": 60, "h": 24}


def cron_of(setting: str, text: str) -> str:
    """The cron expression, in UTC. Raises `ConfigurationError` for what is neither cron nor a span that divides an
    hour or a day."""
    span = _SPAN.fullmatch(text.strip())
    if span is None:
        if not croniter.is_valid(text, second_at_beginning=True):
            raise ConfigurationError(
                f"{setting}: {text!r} is neither a span such as 10m, 1h or 1d nor a cron expression such as 0 3 * * *"
            )
        return text
    number, unit = int(span[1]), span[2].lower()
    if unit == "d" and number == 1:
        return "0 0 * * *"
    larger = _LARGER.get(unit)
    if larger is None or not number or number >= larger or larger % number:
        raise ConfigurationError(
            f"{setting}: {text!r} does not go evenly into the next unit; take 1m, 5m, 10m, 30m, 1h, 6h, 12h, 1d, "
            "or a cron expression"
        )
    return f"*/{number} * * * *" if unit == "m" else f"0 */{number} * * *"


def next_after(cron: str, moment: datetime) -> datetime:
    found: datetime = croniter(cron, moment, second_at_beginning=True).get_next(datetime)
    return found


def last_before(cron: str, moment: datetime) -> datetime:
    found: datetime = croniter(cron, moment, second_at_beginning=True).get_prev(datetime)
    return found
