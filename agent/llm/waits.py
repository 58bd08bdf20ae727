"""How long an endpoint asks to be left alone."""

import re
from collections.abc import Mapping

from agent.retry_after import retry_after

_IN_WORDS = re.compile(r"(?:retry|try again) in (?:(\d{1,3})m)?(\d{1,5}(?:\.\d{1,9})?)(m?s)\b")


def asked_wait(headers: Mapping[str, str], text: str) -> float | None:
    """Seconds, from the headers or else from the words (lower case); None when it asks for nothing."""
    asked = retry_after(headers)
    return wait_in_text(text) if asked is None else asked


def wait_in_text(text: str) -> float | None:
    """Seconds that stand in the words."""
    if (found := _IN_WORDS.search(text)) is None:
        return None
    minutes, seconds, unit = found.groups()
    return int(minutes or 0) * 60 + float(seconds) * (0.001 if unit == "ms" else 1.0)
