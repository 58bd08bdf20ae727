"""Reading addresses that strangers wrote: guarded, bounded and polite. Importing this package loads no client."""

from agent.fetch.fetched import Answered, Fetched, Gone, NotModified, Validators, Wanted
from agent.fetch.protocol import Fetcher, open_fetcher

__all__ = ["Answered", "Fetched", "Fetcher", "Gone", "NotModified", "Validators", "Wanted", "open_fetcher"]
