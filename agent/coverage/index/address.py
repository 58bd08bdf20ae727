"""Which addresses lead to one page."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|yclid|igshid|mc_[ce]id)$")


def same_page(one: str | None, other: str | None) -> bool:
    """Whether two addresses lead to one page, tracking parameters and the like left aside."""
    return one is not None and page_key(one) == page_key(other)


@lru_cache(maxsize=1 << 14)
def page_key(url: str | None) -> str | None:
    """What all addresses of a page have in common: no scheme, no `www.`, no tracking, parameters in order."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)))
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{query}"


def host_of(url: str | None) -> str | None:
    """The host of a web address without `www.`; None where there is none."""
    try:
        host = urlsplit(url.strip()).hostname if url else None
    except ValueError:
        return None
    return host.casefold().removeprefix("www.") or None if host else None


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one, or one stands under the other: "m.gazette.example"."""
    above, below = sorted((one, other), key=len)
    return above == below or ("." in above and below.endswith(f".{above}"))
