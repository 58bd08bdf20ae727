"""Which URLs are asked for at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import FetchReason, FetchRefused
from agent.fetch.url import checked_url, host_key, shown

REFUSED = {
    FetchReason.SCHEME: """
        file:///etc/passwd ftp://news.example/ gopher://127.0.0.1:6379/_INFO javascript:alert(1) data:text/html,hi
        dict://news.example/ ldap://news.example/ jar:http://news.example/!/ news.example //news.example/ ws://news.example/
    """,
    FetchReason.ADDRESS: """
        http://user:password@news.example/ http://user@news.example/ http://news.example\\@127.0.0.1/
        http://2130706433/ http://017700000001/ http://0x7f000001/ http://0x7f.1/ http://127.1/ http://0177.0.0.1/
        http://127.0.0.1./ http://0/ http://127.0.0.01/ http://0xa9fea9fe/ http://1.2.3.4.5/ http://x.0x7f/
        http://[::1%25lo]/ http://[fe80::1%25eth0]/ http://%31%32%37.0.0.1/ http://１２７.０.０.１/ http://ⓛocalhost/
        http:///x http:news.example http://./ http://news..example/ http://a%20b/ http://news.example%00.evil.example/
        http://[v1.x]/ http://[::1 http://*/ http://news.example:port/
    """,
    FetchReason.PORT: """
        http://news.example:22/ http://news.example:25/ http://news.example:6379/ http://news.example:0/
        http://news.example:9200/ http://news.example:7999/ http://news.example:99999/ https://news.example:11211/
    """,
}


@pytest.mark.parametrize(
    ("reason", "url"), [(reason, url) for reason, urls in REFUSED.items() for url in urls.split()]
)
def test_what_is_no_plain_web_address_is_refused(reason: FetchReason, url: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        checked_url(url)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "url", ["http://news.example/a\r\nX-Sent: 1", "http://news.example/" + "a" * 5000, "", "\x00"]
)
def test_lines_and_lengths_that_no_url_has_are_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        checked_url(url)


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://news.example", "http://news.example"),
        (" https://news.example/a?b=c#d ", "https://news.example/a?b=c"),
        ("HTTPS://NEWS.EXAMPLE:443/A", "https://news.example/A"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        ("http://أخبار.example/خبر", "http://xn--igbicxr.example/%D8%AE%D8%A8%D8%B1"),
        ("http://under_score.example/", "http://under_score.example/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://93.184.216.34/", "http://93.184.216.34/"),
    ],
)
def test_plain_web_addresses_are_asked_for(given: str, asked: str) -> None:
    assert str(checked_url(given)).replace(checked_url(given).host, checked_url(given).raw_host.decode()) == asked


def test_private_networks_have_more_ports_but_not_those_of_system_services() -> None:
    assert checked_url("http://127.0.0.1:49152/", private=True).port == 49152
    with pytest.raises(FetchRefused):
        checked_url("http://127.0.0.1:22/", private=True)


def test_both_schemes_of_a_host_are_one_host() -> None:
    keys = {host_key(checked_url(u)) for u in ("http://News.example/a", "https://news.example./b")}
    assert keys == {"news.example"}
    assert host_key(checked_url("http://news.example:8080/")) == "news.example:8080"


def test_a_shown_url_tells_no_secret_and_stays_one_line() -> None:
    assert shown("http://me:secret@news.example/a?key=secret") == "http://news.example/a"
    assert "\n" not in shown("http://news.example/\na")
    assert len(shown("http://news.example/" + "a" * 9999)) <= 200


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://", "http://[", "http://news.example:"]))
def test_any_text_is_a_url_or_refused(text: str, before: str) -> None:
    try:
        url = checked_url(before + text)
    except FetchRefused:
        return
    assert url.scheme in ("http", "https")
    assert url.raw_host
