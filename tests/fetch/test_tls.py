"""Certificates are checked against the name in the URL, though an address is what is dialled."""

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from agent.config import Settings
from agent.errors import FetchFailed, FetchReason, FetchRefused
from agent.fetch import Fetched, Fetcher, open_fetcher
from tests.fetch.conftest import Names, Time
from tests.support.raw_site import Site, open_site, redirect, respond

trustme = pytest.importorskip("trustme", reason="certificates for tests are made with trustme")


@dataclass(frozen=True)
class Trust:
    """Both ends of a connection: a site that can prove to be news.example and no other, and who believes it."""

    site: ssl.SSLContext
    reader: ssl.SSLContext


@pytest.fixture(scope="module")
def trust() -> Trust:
    authority = trustme.CA()
    site = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(site)
    reader = ssl.create_default_context()
    authority.configure_trust(reader)
    return Trust(site, reader)


@pytest.fixture
async def secure(trust: Trust) -> AsyncIterator[Site]:
    async with open_site(trust.site) as site:
        site.at("/", respond(b"<p>here"))
        yield site


@pytest.fixture
async def trusting(trust: Trust, inside: Settings, passing: Time, names: Names) -> AsyncIterator[Fetcher]:
    async with open_fetcher(inside, resolve=names.resolve, tls=trust.reader, sleep=passing.sleep) as fetcher:
        yield fetcher


async def test_a_site_that_proves_its_name_is_read(trusting: Fetcher, secure: Site, names: Names) -> None:
    names.lead("news.example", ["127.0.0.1"])
    page = await trusting.get(f"https://news.example:{secure.port}/")
    assert isinstance(page, Fetched)
    assert page.body == b"<p>here"
    assert secure.asked[-1].headers["host"] == f"news.example:{secure.port}"


async def test_a_site_that_proves_another_name_is_not_asked(trusting: Fetcher, secure: Site, names: Names) -> None:
    names.lead("other.example", ["127.0.0.1"])
    for url in (f"https://other.example:{secure.port}/", f"https://127.0.0.1:{secure.port}/"):
        with pytest.raises(FetchFailed, match="trusted") as failed:
            await trusting.get(url)
        assert failed.value.reason is FetchReason.TLS
    assert secure.asked == []


async def test_a_connection_to_one_name_is_not_used_for_another(
    trusting: Fetcher, secure: Site, names: Names
) -> None:
    """Both names lead to one address; the open connection proved only the first."""
    names.lead("news.example", ["127.0.0.1"])
    names.lead("other.example", ["127.0.0.1"])
    await trusting.get(f"https://news.example:{secure.port}/")
    with pytest.raises(FetchFailed):
        await trusting.get(f"https://other.example:{secure.port}/")


async def test_a_site_of_an_unknown_authority_is_not_asked(fetcher: Fetcher, secure: Site, names: Names) -> None:
    names.lead("news.example", ["127.0.0.1"])
    with pytest.raises(FetchFailed) as failed:
        await fetcher.get(f"https://news.example:{secure.port}/")
    assert failed.value.reason is FetchReason.TLS
    assert secure.asked == []


async def test_a_redirect_from_https_to_plain_http_is_refused(
    trusting: Fetcher, secure: Site, site: Site, names: Names
) -> None:
    names.lead("news.example", ["127.0.0.1"])
    secure.at("/", redirect(f"{site.url}/"))
    with pytest.raises(FetchRefused) as refused:
        await trusting.get(f"https://news.example:{secure.port}/")
    assert refused.value.reason is FetchReason.DOWNGRADE
    assert site.asked == []
