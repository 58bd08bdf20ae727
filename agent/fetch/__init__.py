"""Fetches addresses that strangers wrote: checked, bounded and polite. Importing this package loads no client."""

from agent.fetch.fetched import Fetched, NotModified, PageGone, PostResponse, Validators, Wanted
from agent.fetch.protocol import Fetcher, open_fetcher

__all__ = ["Fetched", "Fetcher", "NotModified", "PageGone", "PostResponse", "Validators", "Wanted", "open_fetcher"]
