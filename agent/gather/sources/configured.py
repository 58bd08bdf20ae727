"""The sources that are switched on, each by its own settings."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

from agent.config import Settings
from agent.coverage.web.followed import Follows
from agent.fetch import Fetcher
from agent.fetch.service import ServiceClient, open_service_client
from agent.gather.source import NewsSource, SourceName
from agent.storage import Database


def switched_on(settings: Settings) -> tuple[SourceName, ...]:
    """Those that settings switch on. Feeds are on where some are followed, which the catalogue knows."""
    on = {
        SourceName.SEARXNG: settings.searxng_url,
        SourceName.GDELT: SourceName.GDELT in settings.keyless_sources,
        SourceName.GOOGLE_NEWS: SourceName.GOOGLE_NEWS in settings.keyless_sources,
        SourceName.BRAVE: settings.brave_api_key,
        SourceName.SERPER: settings.serper_api_key,
        SourceName.MEDIA_CLOUD: settings.media_cloud_api_key,
        SourceName.DDGS: SourceName.DDGS in settings.keyless_sources,
    }
    return tuple(name for name, value in on.items() if value)


def sources_on(settings: Settings, *, follows: bool) -> tuple[str, ...]:
    """Those that would be asked now, with whether some feeds are followed."""
    followed = (SourceName.FEEDS,) if follows else ()
    return tuple(name.value for name in (*switched_on(settings), *followed))


@asynccontextmanager
async def open_sources(settings: Settings, fetcher: Fetcher, database: Database) -> AsyncIterator[list[NewsSource]]:
    """Raises `ConfigurationError` for one whose packages are not there."""
    on = switched_on(settings)
    async with AsyncExitStack() as stack:
        sources: list[NewsSource] = []
        if settings.searxng_url is not None:
            from agent.gather.sources.searxng import SearxngSource

            # Whoever runs it says where it is, most often in a network of their own.
            own = await stack.enter_async_context(open_service_client(settings, private=True))
            sources.append(SearxngSource(own, settings.searxng_url.get_secret_value()))
        if set(on) - {SourceName.SEARXNG, SourceName.DDGS}:
            private = settings.allow_private_urls
            client = await stack.enter_async_context(open_service_client(settings, private=private))
            sources += _of_services(settings, client)
        if SourceName.DDGS in on:
            from agent.gather.sources.ddgs import DdgsSource, load_ddgs

            sources.append(DdgsSource(load_ddgs()))
        if followed := Follows(database).all():
            from agent.gather.sources.feeds import FollowedSource

            sources.append(FollowedSource(fetcher, followed))
        yield sources


def _of_services(settings: Settings, client: ServiceClient) -> Iterator[NewsSource]:
    if SourceName.GDELT in settings.keyless_sources:
        from agent.gather.sources.gdelt import GdeltSource

        yield GdeltSource(client)
    if SourceName.GOOGLE_NEWS in settings.keyless_sources:
        from agent.gather.sources.google_news import GoogleNewsSource

        yield GoogleNewsSource(client)
    if settings.brave_api_key is not None:
        from agent.gather.sources.brave import BraveSource

        yield BraveSource(client, settings.brave_api_key)
    if settings.serper_api_key is not None:
        from agent.gather.sources.serper import SerperSource

        yield SerperSource(client, settings.serper_api_key)
    if settings.media_cloud_api_key is not None:
        from agent.gather.sources.media_cloud import MediaCloudSource

        yield MediaCloudSource(client, settings.media_cloud_api_key, settings.media_cloud_collections)
