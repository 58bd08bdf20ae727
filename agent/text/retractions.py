"""Words of which a text tells that whoever said them took them back: "The agency has deleted its report that …"."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from agent.text.patterns import compiled

# Longer sentences are no such news. A hostile one would only cost time.
_LONGEST = 1000
_NEAR = 40
_BESIDE = re.compile(r"[,،]\s*(?:who|which|qui|quien|der|die|das|которы[йе]|которая|الذي|التي|که)\b[^,،]*\Z")


def retracted_in(sentence: str) -> str | None:
    """What the sentence tells to have been taken back; None where it tells of nothing taken back."""
    if len(sentence) > _LONGEST:
        return None
    for form in _forms():
        match = form.search(sentence)
        if match is not None and _open().search(sentence, 0, match.start()) is None:
            return match.groupdict().get("said") or _behind(sentence, match)
    return None


def _behind(sentence: str, found: re.Match[str]) -> str:
    """What follows; of a clause beside the sentence, "The mayor, who deleted a post saying …, told us …", its own."""
    after = sentence[found.end() :]
    return re.split("[,،]", after)[0] if _BESIDE.search(sentence, 0, found.start()) else after


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled([pattern]) for pattern in _lists()["forms"])


@lru_cache(maxsize=1)
def _open() -> re.Pattern[str]:
    """Stands before a form, in the same clause, where nothing is told to have been taken back."""
    return re.compile(rf"(?:{compiled(_lists()['open']).pattern})[^.,;:،؛]{{0,{_NEAR}}}\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    fields: dict[str, list[str]] = tomllib.loads((files("agent.text") / "retractions.toml").read_text("utf-8"))
    return fields
