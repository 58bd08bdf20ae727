"""How long an endpoint asks to be left alone."""

import email.utils
import math
import re
import time
from collections.abc import Mapping

_IN_WORDS = re.compile(r"(?:retry|try again) in (?:(\d{1,3})m)?(\d{1,5}(?:\.\d{1,9})?)(m?s)\b")


def asked_wait(headers: Mapping[str, str], told: str) -> float | None:
    """Seconds, from the headers or else from the words (lower case); None when it asks for nothing."""
    asked = retry_after(headers)
    return told_wait(told) if asked is None else asked


def told_wait(told: str) -> float | None:
    """Seconds that stand in the words."""
    if (found := _IN_WORDS.search(told)) is None:
        return None
    minutes, seconds, unit = found.groups()
    return int(minutes or 0) * 60 + float(seconds) * (0.001 if unit == "ms" else 1.0)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the endpoint asks to wait: milliseconds, seconds or a date; None when it asks for nothing."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        return max(0.0, seconds) if math.isfinite(seconds) else None
    date = email.utils.parsedate_tz(headers.get("retry-after"))
    try:
        return max(0.0, email.utils.mktime_tz(date) - time.time()) if date else None
    except (ValueError, OverflowError):
        return None
