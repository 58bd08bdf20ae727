"""What is said of a name that looks like a setting and is none: what replaces it, or the nearest that there is."""

from collections.abc import Iterable
from difflib import get_close_matches

_LIKELY = 0.75
# Read elsewhere: by the evaluations and by the tests.
_OTHERS = ("ISNAD_EVAL_", "ISNAD_TEST_")
FORMER = {
    "ISNAD_ANSWER_CACHE": "ISNAD_ANSWER_CACHE_MB=0 keeps no answers",
    "ISNAD_CONNECT_TIMEOUT": "a connection is given up after 10 seconds",
    "ISNAD_EVAL_SUITE": "the suite `quick` is what runs by the clock; `isnad eval run --suite` runs another",
    "ISNAD_FETCH_MAX_WAIT": "a host that wants to be left alone for more than a minute is told as a failure",
    "ISNAD_MAX_RETRY_SECONDS": "ISNAD_MAX_TRIES bounds how often a call is tried, two minutes bound how long",
    "ISNAD_SENTENCES_PER_PART": "an article is read five sentences at a time; ISNAD_CLAIMS_PER_CALL shortens calls",
}


def replacement_of(name: str, known: Iterable[str]) -> str | None:
    """The end of a sentence that begins with the name; None where another part of the project reads it."""
    if (instead := FORMER.get(name)) is not None:
        return f" any more: {instead}."
    if name.startswith(_OTHERS):
        return None
    near = get_close_matches(name, known, n=1, cutoff=_LIKELY)
    return f". Did you mean {near[0]}?" if near else "; .env.example lists them all."
