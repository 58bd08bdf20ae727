"""Which addresses may be connected to: those that belong to the public network.

The ranges are those of the IANA special-purpose registries. Python's own `is_global` is asked as well but not
alone: what it answers differs between its releases.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from agent.errors import FetchReason, FetchRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# The addresses of a name, in the order in which they are to be tried; raises OSError when there are none.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


def _networks(listed: str) -> tuple[Network, ...]:
    return tuple(ip_network(entry) for entry in listed.split())


# Where clouds answer with the machine's own keys. Never needed for coverage, so never opened.
_METADATA = _networks("""
    169.254.0.0/16 100.100.100.200/32 168.63.129.16/32 192.0.0.192/32
    fe80::/10 fd00:ec2::/32 fd20:ce::254/128 fd00:c1::a9fe:a9fe/128 fd00:42::42/128
""")
# What ISNAD_ALLOW_PRIVATE_URLS opens.
_PRIVATE = _networks("127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 ::1/128 fc00::/7")
_SPECIAL = _networks("""
    0.0.0.0/8 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.175.48.0/24
    198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20
""")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Networks without IPv4 reach it through these; the IPv4 address stands in the last 32 bits.
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class NetworkPolicy:
    """Which networks may be reached: the public one alone, or private ones too."""

    private: bool = False

    def check(self, host: str, found: str) -> None:
        """Raises `FetchRefused` unless `found`, an address of `host`, may be connected to."""
        try:
            address = ip_address(found)
        except ValueError as err:
            raise FetchRefused(FetchReason.ADDRESS, f"{host!r} resolves to {found!r}, which is no address") from err
        if not self.allows(address):
            where = found if host == found else f"{host} ({found})"
            raise FetchRefused(FetchReason.PRIVATE, f"{where} is not in the public network{self._advice(address)}")

    def check_literal(self, host: str) -> None:
        """Raises `FetchRefused` for a host that is written as an address which may not be connected to."""
        try:
            ip_address(host)
        except ValueError:
            return
        self.check(host, host)

    def allows(self, address: Address) -> bool:
        if isinstance(address, IPv6Address) and address in _NAT64:
            return self.allows(IPv4Address(int(address) & 0xFFFFFFFF))
        if _within(address, _METADATA):
            return False
        if _within(address, _PRIVATE):
            return self.private and getattr(address, "scope_id", None) is None
        return _public(address)

    def _advice(self, address: Address) -> str:
        opens = not self.private and NetworkPolicy(private=True).allows(address)
        return "; ISNAD_ALLOW_PRIVATE_URLS=true opens private networks" if opens else ""


def _public(address: Address) -> bool:
    """Mapped, 6to4, Teredo and other ways to write IPv4 as IPv6 are outside: no honest name needs them."""
    if isinstance(address, IPv6Address) and (address not in _GLOBAL_UNICAST or address.scope_id is not None):
        return False
    return address.is_global and not _within(address, _SPECIAL)


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)
