"""Which addresses may be connected to; held against another library's list as an oracle."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from ssl import SSLContext

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.config import Settings
from agent.errors import FetchReason, FetchRefused
from agent.fetch import open_fetcher
from agent.fetch.address import NetworkPolicy
from tests.fetch.dialling import Dialled

PUBLIC = """
8.8.8.8 1.1.1.1 93.184.216.34 172.15.255.255 172.32.0.1 100.63.255.255 100.128.0.1 198.17.255.255 198.20.0.1
223.255.255.255 2001:4860:4860::8888 2606:4700:4700::1111 2a00:1450::1 64:ff9b::8.8.8.8
""".split()
PRIVATE = """
127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.255 ::1 fc00::1
fd12:3456::1 64:ff9b::7f00:1 64:ff9b::10.0.0.1
""".split()
NEVER = """
169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254 fd00:ec2::23 fd20:ce::254
fd00:c1::a9fe:a9fe fd00:42::42 fe80::1 fe80::a9fe:a9fe 64:ff9b::169.254.169.254
0.0.0.0 0.1.2.3 192.0.0.9 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250
240.0.0.1 255.255.255.255
:: ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:169.254.169.254 ::127.0.0.1 ::8.8.8.8 2002:7f00:1:: 2002:a9fe:a9fe::
2001:0:7f00:1:: 2001::1 2001:db8::1 2001:20::1 3fff::1 5f00::1 100::1 ff02::1 fec0::1 64:ff9b:1::7f00:1 4000::1
fe80::1%eth0 ::1%lo 2001:4860:4860::8888%eth0
""".split()


def test_public_addresses_are_read() -> None:
    for address in PUBLIC:
        NetworkPolicy().check("news.example", address)


def test_private_addresses_are_read_only_when_they_are_opened() -> None:
    for address in PRIVATE:
        with pytest.raises(FetchRefused, match="ISNAD_ALLOW_PRIVATE_URLS") as refused:
            NetworkPolicy().check("news.example", address)
        assert refused.value.reason is FetchReason.PRIVATE
        NetworkPolicy(private=True).check("news.example", address)


@pytest.mark.parametrize("private", [False, True])
def test_metadata_and_special_addresses_are_never_read(private: bool) -> None:
    for address in NEVER:
        with pytest.raises(FetchRefused) as refused:
            NetworkPolicy(private).check("news.example", address)
        assert "ISNAD_ALLOW_PRIVATE_URLS" not in str(refused.value)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(FetchRefused):
        NetworkPolicy(private=True).check("news.example", "news.example")


@given(st.one_of(st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(0, 2**128 - 1).map(IPv6Address)))
def test_opening_private_networks_closes_nothing(address: IPv4Address | IPv6Address) -> None:
    assert NetworkPolicy(private=True).allows(address) or not NetworkPolicy().allows(address)


def _oracle_allows(address: IPv4Address | IPv6Address) -> bool:
    drawbridge = pytest.importorskip("drawbridge", reason="the oracle is not installed")
    try:
        drawbridge._validator.check_ip("news.example", address, drawbridge.Policy())
    except drawbridge.BlockedAddressError:
        return False
    return True


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_no_address_is_read_that_the_oracle_refuses(address: IPv4Address) -> None:
    assert _oracle_allows(address) or not NetworkPolicy().allows(address)


def test_the_edges_of_every_range_that_the_oracle_refuses_are_refused() -> None:
    oracle = pytest.importorskip("drawbridge._validator", reason="the oracle is not installed")
    edges = [a for net in oracle.PRIVATE_IP_RANGES for a in (net[0], net[net.num_addresses // 2], net[-1])]
    assert len(edges) > 80
    # Through NAT64 an IPv4 address is reached, and that one is what is judged.
    assert [str(a) for a in edges if NetworkPolicy().allows(a)] in ([], ["64:ff9b::8000:0"])


def test_the_oracle_refuses_what_we_refuse() -> None:
    """But for special ranges that it does not know, and IPv4 written as IPv6, which it unwraps."""
    known = """
    168.63.129.16 192.88.99.1 ::127.0.0.1 ::8.8.8.8 ::ffff:8.8.8.8 3fff::1 5f00::1 fec0::1 4000::1
    """.split()
    judged = [address for address in (*PRIVATE, *NEVER) if "%" not in address]
    assert sorted(a for a in judged if _oracle_allows(ip_address(a))) == sorted(known)


HOSTILE = """
http://127.0.0.1/ http://localhost/ http://127.1/ http://2130706433/ http://0x7f000001/ http://0177.0.0.1/ http://0/
http://0.0.0.0/ http://[::1]/ http://[::]/ http://[::ffff:127.0.0.1]/ http://[::ffff:a9fe:a9fe]/ http://10.0.0.1/
http://172.16.0.1/ http://192.168.0.1/ http://100.64.0.1/ http://100.100.100.200/ http://169.254.169.254/latest/
http://0xa9fea9fe/ http://2852039166/ http://[fd00:ec2::254]/ http://[fe80::1]/ http://[fc00::1]/ http://[ff02::1]/
http://[2002:7f00:1::]/ http://[2001:0:7f00:1::]/ http://[64:ff9b::7f00:1]/ http://224.0.0.1/ http://255.255.255.255/
http://198.18.0.1/ http://192.0.2.1/ http://8.8.8.8:22/ http://8.8.8.8:6379/ file:///etc/passwd ftp://8.8.8.8/
gopher://127.0.0.1:70/ http://user@127.0.0.1/ http://8.8.8.8@127.0.0.1/ http://127.0.0.1./
""".split()


async def test_every_url_that_the_oracle_refuses_is_refused(settings: Settings, authorities: SSLContext) -> None:
    drawbridge = pytest.importorskip("drawbridge", reason="the oracle is not installed")
    dialled = Dialled()
    async with drawbridge.Client() as oracle, open_fetcher(settings, tls=authorities, dial=dialled) as fetcher:
        for url in HOSTILE:
            with pytest.raises((drawbridge.DrawbridgeError, httpx.InvalidURL)):
                await oracle.get(url)
            with pytest.raises(FetchRefused):
                await fetcher.get(url)
    assert dialled.addresses == []
