"""The certificate authorities of this machine, read once a process."""

import ssl
from functools import lru_cache

import httpx2


@lru_cache(maxsize=1)
def authorities() -> ssl.SSLContext:
    """What every connection to the outside is checked against. Reading them takes longer than many a call."""
    return httpx2.create_ssl_context()
