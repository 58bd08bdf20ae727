"""Which URLs may be asked for. The parsed URL that is then sent is checked, and never its text."""

import re
from ipaddress import ip_address

import httpx2

from agent.errors import FetchReason, FetchRefused

_LONGEST = 4096
_SHOWN_LENGTH = 200
_PORTS = {"http": 80, "https": 443}
# Where sites outside the two standard ports are served; databases and mail servers are not.
_OTHER_PORTS = range(8000, 9000)
# Below these are the ports of system services, which nobody reads coverage from.
_PRIVATE_PORTS = range(1024, 65536)
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
# Resolvers of operating systems read these as IPv4 addresses: 2130706433, 0x7f.1, 127.1, 017700000001.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile("[A-Za-z0-9._~-]")


def checked_url(text: str, *, private: bool = False) -> httpx2.URL:
    """The URL to ask for, without its fragment. `private` is as in `Reach`. Raises `FetchRefused`."""
    url = _parsed(text)
    if url.scheme not in _PORTS:
        raise FetchRefused(FetchReason.SCHEME, f"{shown(text)} is not read: only http and https are")
    if url.userinfo:
        raise FetchRefused(FetchReason.ADDRESS, f"{shown(text)} is not read: it carries a user name or password")
    if not _is_host(url.raw_host.decode("ascii")):
        raise FetchRefused(FetchReason.ADDRESS, f"{shown(text)} is not read: it names no host in a regular spelling")
    if not _is_port(url, private):
        raise FetchRefused(FetchReason.PORT, f"{shown(text)} is not read: port {url.port} is not one of the web's")
    return url.copy_with(fragment=None)


def regular(text: str) -> str:
    """The one spelling of all URLs that ask for the same, without a fragment. A text that is no URL is returned as it
    is."""
    try:
        url = httpx2.URL(text.strip()).copy_with(fragment=None)
    except (httpx2.InvalidURL, UnicodeError):
        return text
    return str(url if url.query else url.copy_with(query=None))


def spelling_key(text: str) -> str:
    """A key that all spellings of an address share: without scheme and `www.`, and with nothing escaped that need not
    be."""
    try:
        url = httpx2.URL(regular(text))
    except (httpx2.InvalidURL, UnicodeError):
        return text.strip()
    path = _ESCAPED.sub(_unescaped, url.raw_path.decode("ascii"))
    return f"{host_key(url).removeprefix('www.')}{path}"


def host_key(url: httpx2.URL) -> str:
    """A key of the host, for the pauses between requests: both schemes are one, and an unusual port is another
    server."""
    host = url.raw_host.decode("ascii").rstrip(".")
    return host if url.port is None else f"{host}:{url.port}"


def shown(url: str | httpx2.URL) -> str:
    """A URL as it may be shown: on one line, short, and without its password and query, which may hold a key."""
    bare = re.sub(r"(?<=//)[^/?#]*@", "", str(url)).partition("?")[0]
    line = _UNPRINTABLE.sub(" ", bare).strip()
    return line if len(line) <= _SHOWN_LENGTH else line[: _SHOWN_LENGTH - 1] + "…"


def _unescaped(escape: re.Match[str]) -> str:
    """The character, where it means the same with and without its escape."""
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()


def _parsed(text: str) -> httpx2.URL:
    if len(text) > _LONGEST:
        raise FetchRefused(FetchReason.ADDRESS, f"{shown(text)} is not read: it has over {_LONGEST} characters")
    try:
        return httpx2.URL(text.strip())
    except (httpx2.InvalidURL, UnicodeError) as err:
        raise FetchRefused(FetchReason.ADDRESS, f"{shown(text)} is not read: it is no proper URL") from err


def _is_host(host: str) -> bool:
    if ":" in host or _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return _is_address(host)
    labels = host.removesuffix(".").split(".")
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


def _is_address(host: str) -> bool:
    """In its canonical form, without a zone: every other spelling is somebody's attempt at being misread."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return "%" not in host and (address.version == 6 or str(address) == host)


def _is_port(url: httpx2.URL, private: bool) -> bool:
    if url.port is None or url.port in _PORTS.values():
        return True
    return url.port in (_PRIVATE_PORTS if private else _OTHER_PORTS)
