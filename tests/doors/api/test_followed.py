"""Feeds that are followed, by the API: begun, listed, looked at by the clock, ended."""

from collections.abc import Iterator

import pytest

from tests.doors.api.desk import Desk
from tests.doors.api.test_errors import refused
from tests.support.newsstand import RSS, Newsstand, item, page, rss, run_newsstand, story

_PATH = "/v1/coverage/followed"


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with run_newsstand() as one:
        yield one


def _urls(desk: Desk) -> list[str]:
    return [one["url"] for one in desk.http.get(_PATH).json()["followed"]]


def test_a_feed_is_followed_listed_and_left(desk: Desk, stand: Newsstand) -> None:
    stand.put("/1", page(story(1)))
    feed = stand.put("/feed", rss(item("/1")), RSS)
    began = desk.http.post(_PATH, json={"url": feed, "every": 3600})
    assert (began.status_code, began.json()["kind"], began.json()["every"]) == (200, "feed", 3600)
    assert began.json()["looked_at"] is None
    assert stand.statuses("/1") == []
    again = desk.http.post(_PATH, json={"url": feed}).json()
    assert (again["every"], again["added_at"]) == (900, began.json()["added_at"])
    assert _urls(desk).count(feed) == 1
    assert desk.http.delete(_PATH, params={"url": feed}).status_code == 204
    assert feed not in _urls(desk)
    refused(desk.http.delete(_PATH, params={"url": feed}), 404, "not-found")


def test_a_feed_is_followed_once_however_its_address_is_spelled(desk: Desk, stand: Newsstand) -> None:
    stand.put("/1", page(story(1)))
    feed = stand.put("/feed", rss(item("/1")), RSS)
    others = (
        f" {feed} ",
        f"{feed}#top",
        f"{feed}?",
        feed.replace("http:", "HTTP:"),
        feed.replace("/feed", "/./feed"),
    )
    for one in (feed, *others):
        assert desk.http.post(_PATH, json={"url": one}).json()["url"] == feed
    assert [one for one in _urls(desk) if stand.url in one] == [feed]
    assert desk.http.delete(_PATH, params={"url": f"{feed}#top"}).status_code == 204
    assert feed not in _urls(desk)


def test_a_refusal_shows_no_password(desk: Desk) -> None:
    answer = desk.http.post(_PATH, json={"url": "https://reader:s3cret@harbour.example/feed?key=t0ken"})
    refused(answer, 422, "invalid")
    assert "harbour.example/feed" in answer.text
    assert not [one for one in ("s3cret", "t0ken") if one in answer.text]


@pytest.mark.parametrize("path", ["/1", "/missing"])
def test_what_is_no_feed_is_not_followed(desk: Desk, stand: Newsstand, path: str) -> None:
    stand.put("/1", page(story(1)))
    url = f"{stand.url}{path}"
    refused(desk.http.post(_PATH, json={"url": url}), 422, "invalid")
    assert url not in _urls(desk)


@pytest.mark.parametrize("body", [{"url": "no address"}, {"url": "https://harbour.example/", "every": 5}, {}])
def test_bad_wishes_are_refused(desk: Desk, body: dict[str, object]) -> None:
    refused(desk.http.post(_PATH, json=body), 422, "invalid")
