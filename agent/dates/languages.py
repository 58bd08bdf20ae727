"""What the language of a text tells of its dates."""

import re
from dataclasses import dataclass

from agent.dates.tables import Calendar

_PERSIAN_DIGIT = re.compile("[\u06f0-\u06f9]")
# Languages whose years of thirteen or fourteen hundred are those of the solar calendar, and of the lunar one.
_SOLAR = frozenset({"fa", "prs", "ps", "tg", "mzn", "lrc", "glk"})
_LUNAR = frozenset({"ar", "ur"})
# Languages in which numbers with dots between them are day, month and year, and nothing else, in every country.
_DOTTED = frozenset("az be bg bs cs da de et fi hr hy is ka kk lv mk nb nn no pl ro ru sk sl sq sr tr uk".split())


@dataclass(frozen=True, slots=True)
class Language:
    """A language and a region, as in en-AU; empty where they are not known. `dots_are_day_first`: of 05.03.2024 the
    five is the day."""

    primary: str = ""
    region: str = ""
    calendar: Calendar | None = None
    dots_are_day_first: bool = False

    @classmethod
    def of(cls, code: str | None, text: str = "") -> "Language":
        """Of a code of BCP 47. Persian digits in a text tell more of its calendar than its language does."""
        primary, *rest = (code or "").replace("_", "-").lower().split("-")
        region = next((part.upper() for part in rest if len(part) == 2), "")
        calendar = None
        if _PERSIAN_DIGIT.search(text) or primary in _SOLAR:
            calendar = Calendar.JALALI
        elif primary in _LUNAR:
            calendar = Calendar.HIJRI
        return cls("" if primary == "und" else primary, region, calendar, primary in _DOTTED)
