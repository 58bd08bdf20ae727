"""What is said of a name that looks like a setting and is none: what replaces it, or the nearest that there is."""

from collections.abc import Iterable
from difflib import get_close_matches

_LIKELY = 0.75
# Read elsewhere: by the evaluations and by the tests.
_OTHERS = ("ISNAD_EVAL_", "ISNAD_TEST_")
FORMER = {
    "ISNAD_ANSWER_CACHE": "ISNAD_ANSWER_CACHE_MB=0 keeps no answers",
    "ISNAD_CONNECT_TIMEOUT": "a connection is given up after 10 seconds",
    "ISNAD_DDGS": "ISNAD_GATHER_FROM names it",
    "ISNAD_EMBEDDING_PASSAGE_PREFIX": "ISNAD_EMBEDDING_PREFIXES has both, as 'query: |passage: '",
    "ISNAD_EMBEDDING_QUERY_PREFIX": "ISNAD_EMBEDDING_PREFIXES has both, as 'query: |passage: '",
    "ISNAD_EVAL_SUITE": "the suite `quick` is what runs by the clock; `isnad eval run --suite` runs another",
    "ISNAD_FACT_CHECK_URL": "the Fact Check Tools API is asked at its own address",
    "ISNAD_FETCH_CONCURRENCY": "eight hosts are read at the same time",
    "ISNAD_FETCH_MAX_WAIT": "a host that wants to be left alone for more than a minute is told as a failure",
    "ISNAD_GATHER_MAX_MB": "ten times ISNAD_FETCH_MAX_MB are fetched for one article at most",
    "ISNAD_GATHER_SECONDS": "gathering for one article ends after three minutes",
    "ISNAD_GDELT": "ISNAD_GATHER_FROM names it",
    "ISNAD_GOOGLE_NEWS": "ISNAD_GATHER_FROM names it",
    "ISNAD_HOSTS": "ISNAD_PUBLIC_URL lists the addresses under which the service is reached",
    "ISNAD_KEY_REQUESTS_PER_MINUTE": "a key may ask 600 times, or as its --requests-per-minute says",
    "ISNAD_MAX_BODY_MB": "a tenth of ISNAD_MAX_UPLOAD_MB bounds a request without files",
    "ISNAD_MAX_JOBS_PER_KEY": "a key has a fifth of ISNAD_MAX_QUEUED_JOBS",
    "ISNAD_MAX_RETRY_SECONDS": "ISNAD_MAX_TRIES bounds how often a call is tried, two minutes bound how long",
    "ISNAD_PASSAGES_PER_CLAIM": "four are looked up for each of ISNAD_ORIGINS_PER_CLAIM, 24 at least",
    "ISNAD_PRICE_CACHED": "ISNAD_PRICES has all prices, as '2.5 10 1.25'",
    "ISNAD_PRICE_COMPLETION": "ISNAD_PRICES has all prices, as '2.5 10 1.25'",
    "ISNAD_PRICE_PROMPT": "ISNAD_PRICES has all prices, as '2.5 10 1.25'",
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
