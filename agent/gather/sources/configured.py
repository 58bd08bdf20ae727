"""The sources that are switched on, each by its own settings."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from agent.config import Settings
from agent.coverage.web.followed import Follows
from agent.fetch import Fetcher
from agent.fetch.service import ServiceClient, open_service_client
from agent.gather.source import NewsSource, SourceName
from agent.gather.sources.searxng import SearxngSource
from agent.storage import Database


def switched_on(settings: Settings) -> tuple[SourceName, ...]:
    """Those that settings switch on; feeds are on where some are followed."""
    on = {
        SourceName.SEARXNG: settings.searxng_url,
        SourceName.GDELT: settings.gdelt,
        SourceName.GOOGLE_NEWS: settings.google_news,
        SourceName.BRAVE: settings.brave_api_key,
        SourceName.SERPER: settings.serper_api_key,
        SourceName.MEDIA_CLOUD: settings.media_cloud_api_key,
        SourceName.DDGS: settings.ddgs,
    }
    return tuple(name for name, told in on.items() if told)


@asynccontextmanager
async def open_sources(settings: Settings, fetcher: Fetcher, database: Database) -> AsyncIterator[list[NewsSource]]:
    """Raises `ConfigurationError` for one whose packages are not there."""
    async with AsyncExitStack() as stack:
        on = switched_on(settings)
        client: ServiceClient | None = None
        sources: list[NewsSource] = []
        if settings.searxng_url is not None:
            # Whoever runs it says where it is, most often in a network of their own.
            own = await stack.enter_async_context(open_service_client(settings, private=True))
            sources.append(SearxngSource(own, settings.searxng_url.get_secret_value()))
        yield sources


async def sources_on(settings: Settings) -> tuple[str, ...]:
    """Those that would be asked now. Raises `StoreError`."""
    from agent.coverage.index.database import open_database

    with open_database(settings) as database:
        followed = (SourceName.FEEDS,) if Follows(database).all() else ()
    return tuple(name.value for name in (*switched_on(settings), *followed))
