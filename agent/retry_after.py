"""How long a server asks to be left alone: one reading of `Retry-After`, for model endpoints and for web pages."""

import email.utils
import re
import time
from collections.abc import Mapping

_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Thirty years: more than anybody waits, and less than what a clock cannot add.
_MOST_SECONDS = 999_999_999.0


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from now, by the header's milliseconds, seconds or date; None when it says nothing that can be read."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        text = headers.get(name, "").strip()
        if _SECONDS.fullmatch(text):
            return min(float(text) * unit, _MOST_SECONDS)
    date = email.utils.parsedate_tz(headers.get("retry-after", ""))
    try:
        return min(max(0.0, email.utils.mktime_tz(date) - time.time()), _MOST_SECONDS) if date else None
    except (ValueError, OverflowError):
        return None
