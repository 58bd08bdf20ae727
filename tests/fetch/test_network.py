"""A name is resolved once, everything it resolves to is checked, and a checked address is what is dialled."""

from collections.abc import Sequence

import httpcore2
import pytest

from agent.errors import FetchError, FetchFailed, FetchReason, FetchRefused
from agent.fetch import Fetcher
from agent.fetch.address import NetworkPolicy
from agent.fetch.network import GuardedNetwork, open_resolver
from tests.fetch.conftest import Names
from tests.fetch.dialling import PUBLIC, Dialled
from tests.support.raw_site import Site, respond

OTHER = "2606:4700:4700::1111"


@pytest.fixture
def dialled() -> Dialled:
    return Dialled()


async def test_a_name_that_turns_private_after_the_check_is_never_asked_again(names: Names, dialled: Dialled) -> None:
    names.lead("rebinding.example", [PUBLIC], ["127.0.0.1"])
    await GuardedNetwork(NetworkPolicy(), names.resolve, dialled).connect_tcp("rebinding.example", 80)
    assert names.asked == ["rebinding.example"]
    assert dialled.addresses == [PUBLIC]


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], ["169.254.169.254"], [PUBLIC, "10.0.0.1"], ["::1", OTHER], ["fe80::1%lo"]]
)
async def test_one_private_address_of_a_name_is_enough_to_refuse_it(
    answer: Sequence[str], names: Names, dialled: Dialled
) -> None:
    names.lead("news.example", answer)
    with pytest.raises(FetchRefused) as refused:
        await GuardedNetwork(NetworkPolicy(), names.resolve, dialled).connect_tcp("news.example", 80)
    assert refused.value.reason is FetchReason.PRIVATE
    assert dialled.addresses == []


async def test_the_next_address_is_tried_when_one_does_not_answer(names: Names) -> None:
    dialled = Dialled(OTHER)
    names.lead("news.example", [OTHER, PUBLIC])
    await GuardedNetwork(NetworkPolicy(), names.resolve, dialled).connect_tcp("news.example", 80)
    assert dialled.addresses == [OTHER, PUBLIC]


async def test_a_name_with_hundreds_of_dead_addresses_is_given_up_soon(names: Names) -> None:
    dead = [f"93.184.216.{n}" for n in range(200)]
    dialled = Dialled(*dead)
    names.lead("news.example", dead)
    with pytest.raises(httpcore2.ConnectError):
        await GuardedNetwork(NetworkPolicy(), names.resolve, dialled).connect_tcp("news.example", 80)
    assert len(dialled.addresses) == 4


async def test_an_address_in_the_url_is_not_asked_of_the_name_server(names: Names, dialled: Dialled) -> None:
    await GuardedNetwork(NetworkPolicy(), names.resolve, dialled).connect_tcp(PUBLIC, 80)
    assert names.asked == []
    with pytest.raises(FetchRefused):
        await GuardedNetwork(NetworkPolicy(), names.resolve, dialled).connect_tcp("127.0.0.1", 80)


async def test_sockets_of_this_machine_are_refused(names: Names, dialled: Dialled) -> None:
    with pytest.raises(FetchRefused):
        await GuardedNetwork(NetworkPolicy(private=True), names.resolve, dialled).connect_unix_socket(
            "/run/docker.sock"
        )


async def test_a_name_without_an_address_is_told(outside: Fetcher, names: Names) -> None:
    with pytest.raises(FetchFailed, match=r"nowhere\.example") as failed:
        await outside.get("http://nowhere.example/")
    assert failed.value.reason is FetchReason.NAME
    names.lead("empty.example", [])
    with pytest.raises(FetchFailed, match="no address"):
        await outside.get("http://empty.example/")


async def test_the_system_resolver_answers_each_address_once() -> None:
    async with open_resolver() as resolve:
        assert set(await resolve("localhost", 80)) <= {"127.0.0.1", "::1"}


async def test_a_url_to_this_machine_and_a_name_that_leads_here_are_refused(
    outside: Fetcher, names: Names, site: Site
) -> None:
    names.lead("news.example", ["127.0.0.1"])
    for url in ("http://127.0.0.1/", "http://127.0.0.1:8000/", "http://news.example/", "http://[::1]/"):
        with pytest.raises(FetchError) as refused:
            await outside.get(url)
        assert refused.value.reason is FetchReason.PRIVATE
    with pytest.raises(FetchRefused):
        await outside.post("http://news.example/hook", b"{}")
    assert site.asked == []


async def test_metadata_addresses_stay_refused_where_private_networks_are_open(
    fetcher: Fetcher, names: Names
) -> None:
    names.lead("metadata.example", ["169.254.169.254"])
    for url in ("http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://metadata.example/"):
        with pytest.raises(FetchRefused) as refused:
            await fetcher.get(url)
        assert refused.value.reason is FetchReason.PRIVATE


async def test_the_host_is_told_the_name_and_not_the_address(fetcher: Fetcher, names: Names, site: Site) -> None:
    names.lead("xn--igbicxr.example", ["127.0.0.1"])
    site.at("/", respond(b"<p>hello"))
    await fetcher.get(f"http://أخبار.example:{site.port}/")
    assert {asked.headers["host"] for asked in site.asked} == {f"xn--igbicxr.example:{site.port}"}


async def test_proxies_of_the_environment_are_not_used(
    fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.at("/", respond(b"<p>hello"))
    await fetcher.get(f"{site.url}/")
    assert site.paths == ["/"]
