"""Each source, asked at a loopback service that answers as the real one documents it."""

import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from ddgs.exceptions import DDGSException, RatelimitException
from pydantic import SecretStr

from agent.config import Settings
from agent.fetch.service import ServiceClient, open_service_client
from agent.gather.answers import Json
from agent.gather.source import NewsSource, SearchQuestion, SourceError, SourceFault, SourceHit, SourceName
from agent.gather.sources.brave import BraveSource
from agent.gather.sources.ddgs import DdgsSource
from agent.gather.sources.gdelt import GdeltSource
from agent.gather.sources.google_news import GoogleNewsSource, address_in
from agent.gather.sources.media_cloud import MediaCloudSource
from agent.gather.sources.searxng import SearxngSource
from agent.gather.sources.serper import SerperSource
from tests.support.newsstand import item, rss
from tests.support.searching import Answer, SearchService

QUESTION = SearchQuestion(
    words=("Fordwick", "bridge", "212"),
    language="ar",
    country="EG",
    since=date(2026, 2, 14),
    until=date(2026, 4, 15),
    limit=5,
)
KEY = "secret-key-of-the-newsroom"
SITES = QUESTION.model_copy(update={"sites": ("ledger.example", "courier.example")})


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[ServiceClient]:
    async with open_service_client(settings, private=True) as client:
        yield client


Build = Callable[[ServiceClient, str], NewsSource]
BUILD: dict[SourceName, Build] = {
    SourceName.SEARXNG: SearxngSource,
    SourceName.GDELT: GdeltSource,
    SourceName.GOOGLE_NEWS: GoogleNewsSource,
    SourceName.BRAVE: lambda client, url: BraveSource(client, SecretStr(KEY), url),
    SourceName.SERPER: lambda client, url: SerperSource(client, SecretStr(KEY), url),
    SourceName.MEDIA_CLOUD: lambda client, url: MediaCloudSource(client, SecretStr(KEY), "1, 2", url),
}
ALL = pytest.mark.parametrize("name", BUILD, ids=str)
AS_JSON = pytest.mark.parametrize("name", [name for name in BUILD if name is not SourceName.GOOGLE_NEWS], ids=str)
WITH_KEY = pytest.mark.parametrize("name", [SourceName.BRAVE, SourceName.SERPER, SourceName.MEDIA_CLOUD], ids=str)


def _built(name: SourceName, client: ServiceClient, service: SearchService, *told: object) -> NewsSource:
    return BUILD[name](client, service.answers("/search", *told))


async def _refused(source: NewsSource, question: SearchQuestion = QUESTION) -> SourceError:
    with pytest.raises(SourceError) as told:
        await source.search(question)
    assert KEY not in str(told.value)
    assert "Fordwick" not in str(told.value)
    return told.value


def _places(hits: tuple[SourceHit, ...]) -> list[tuple[str | None, str, str | None]]:
    return [(hit.url, hit.title, hit.outlet) for hit in hits]


async def test_searxng(client: ServiceClient, service: SearchService) -> None:
    told = {
        "query": "Fordwick bridge 212",
        "number_of_results": 0,
        "results": [
            {
                "url": "https://ledger.example/bridge",
                "title": "Bridge <b>shut</b>",
                "content": "The bridge is shut",
                "engine": "bing news",
                "publishedDate": "2026-03-16T09:00:00",
            },
            {"url": "https://mail.example/a", "title": "Late", "publishedDate": None},
        ],
        "unresponsive_engines": [["google news", "CAPTCHA"]],
    }
    found = await _built(SourceName.SEARXNG, client, service, told).search(QUESTION)
    assert _places(found) == [
        ("https://ledger.example/bridge", "Bridge shut", None),
        ("https://mail.example/a", "Late", None),
    ]
    assert found[0].published_at == datetime(2026, 3, 16, 9, tzinfo=UTC)
    asked = service.asked[0].query
    assert (asked["q"], asked["categories"], asked["language"]) == ("Fordwick bridge 212", "news", "ar")


async def test_searxng_knows_ranges_that_end_now(client: ServiceClient, service: SearchService) -> None:
    source = _built(SourceName.SEARXNG, client, service, {"results": []})
    today = datetime.now(UTC).date()
    for days in (3, 20, 200, 2000):
        await source.search(QUESTION.model_copy(update={"since": today - timedelta(days=days), "until": today}))
    assert [asked.query.get("time_range") for asked in service.asked] == ["week", "month", "year", None]


async def test_searxng_tells_that_its_json_is_switched_off(client: ServiceClient, service: SearchService) -> None:
    err = await _refused(_built(SourceName.SEARXNG, client, service, Answer.of("<h1>Forbidden</h1>", 403)))
    assert (err.fault, "settings.yml" in str(err)) == (SourceFault.SETTING, True)


async def test_searxng_tells_which_engines_are_silent(client: ServiceClient, service: SearchService) -> None:
    told = {"results": [], "unresponsive_engines": [["google news", "CAPTCHA"], ["bing news", "timeout"]]}
    err = await _refused(_built(SourceName.SEARXNG, client, service, told))
    assert (err.fault, "google news: CAPTCHA" in str(err)) == (SourceFault.UNREACHABLE, True)


async def test_searxng_may_want_a_name_and_a_password(client: ServiceClient, service: SearchService) -> None:
    service.answers("/under/search", {"results": []})
    address = service.url.replace("http://", "http://desk:p%40ss@") + "/under/"
    assert await SearxngSource(client, address).search(QUESTION) == ()
    assert service.asked[0].headers["authorization"] == "Basic ZGVzazpwQHNz"


async def test_gdelt(client: ServiceClient, service: SearchService) -> None:
    told = {
        "articles": [
            {
                "url": "https://ledger.example/bridge",
                "url_mobile": "",
                "title": "Bridge shut",
                "seendate": "20260316T091500Z",
                "domain": "ledger.example",
                "language": "Arabic",
                "sourcecountry": "Egypt",
            }
        ]
    }
    question = QUESTION.model_copy(update={"language": "en", "written_in": "ar"})
    (found,) = await _built(SourceName.GDELT, client, service, told).search(question)
    assert (found.outlet, found.published_at) == ("ledger.example", datetime(2026, 3, 16, 9, 15, tzinfo=UTC))
    asked = service.asked[0].query
    assert asked["query"] == "Fordwick bridge 212 sourcelang:arabic"
    assert (asked["mode"], asked["format"], asked["sort"]) == ("artlist", "json", "hybridrel")
    assert (asked["startdatetime"], asked["enddatetime"]) == ("20260214000000", "20260415235959")


async def test_gdelt_is_asked_for_what_was_told_first_and_for_some_sites(
    client: ServiceClient, service: SearchService
) -> None:
    source = _built(SourceName.GDELT, client, service, {})
    assert await source.search(SITES.model_copy(update={"earliest_first": True})) == ()
    asked = service.asked[0].query
    assert asked["sort"] == "dateasc"
    assert "(domainis:ledger.example OR domainis:courier.example)" in asked["query"]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (Answer.of("Please limit requests to one every 5 seconds or contact us.", 429), SourceFault.BUSY),
        (Answer.of("Please limit requests to one every 5 seconds."), SourceFault.BUSY),
        (Answer.of("Your query was too short or too long."), SourceFault.QUESTION),
        (Answer.of("<html><body>Timeout</body></html>"), SourceFault.MALFORMED),
    ],
)
async def test_gdelt_complains_in_sentences(
    told: Answer, fault: SourceFault, client: ServiceClient, service: SearchService
) -> None:
    err = await _refused(_built(SourceName.GDELT, client, service, told))
    assert err.fault is fault
    assert err.retry_after == (5.5 if fault is SourceFault.BUSY else None)


async def test_gdelt_writes_json_that_is_none(client: ServiceClient, service: SearchService) -> None:
    told = Answer(b'{"articles": [{"url": "https://a.example/1", "title": "It\\\'s\tshut"}]}')
    (found,) = await _built(SourceName.GDELT, client, service, told).search(QUESTION)
    assert found.title in ("It's shut", "It\\'s shut")


async def test_gdelt_without_an_answer_has_none(client: ServiceClient, service: SearchService) -> None:
    assert await _built(SourceName.GDELT, client, service, Answer(b"")).search(QUESTION) == ()


async def test_brave(client: ServiceClient, service: SearchService) -> None:
    told = {
        "type": "news",
        "query": {"original": "Fordwick bridge 212"},
        "results": [
            {
                "type": "news_result",
                "url": "https://ledger.example/bridge",
                "title": "Bridge shut",
                "description": "The bridge",
                "age": "2 days ago",
                "page_age": "2026-03-16T09:00:00",
                "meta_url": {"scheme": "https", "hostname": "ledger.example"},
            }
        ],
    }
    (found,) = await _built(SourceName.BRAVE, client, service, told).search(SITES)
    assert (found.url, found.outlet) == ("https://ledger.example/bridge", "ledger.example")
    assert found.published_at == datetime(2026, 3, 16, 9, tzinfo=UTC)
    asked = service.asked[0]
    assert asked.headers["x-subscription-token"] == KEY
    assert asked.query["q"] == "Fordwick bridge 212 (site:ledger.example OR site:courier.example)"
    assert (asked.query["freshness"], asked.query["search_lang"]) == ("2026-02-14to2026-04-15", "ar")


async def test_brave_is_not_told_a_language_that_it_refuses(client: ServiceClient, service: SearchService) -> None:
    source = _built(SourceName.BRAVE, client, service, {"results": []})
    for language in ("ja", "ps"):
        await source.search(QUESTION.model_copy(update={"language": language}))
    assert [asked.query.get("search_lang") for asked in service.asked] == ["jp", None]


def _error(status: int, code: str, **headers: str) -> Answer:
    told = {"type": "ErrorResponse", "error": {"status": status, "code": code, "detail": f"bad {KEY}"}}
    return Answer.of(told, status, **headers)


@pytest.mark.parametrize(
    ("told", "fault", "wait"),
    [
        (
            _error(429, "RATE_LIMITED", x_ratelimit_remaining="0, 900", x_ratelimit_reset="1, 1419704"),
            SourceFault.BUSY,
            1,
        ),
        (
            _error(429, "RATE_LIMITED", x_ratelimit_remaining="1, 0", x_ratelimit_reset="1, 1419704"),
            SourceFault.QUOTA,
            None,
        ),
        (_error(422, "SUBSCRIPTION_TOKEN_INVALID"), SourceFault.KEY, None),
        (_error(422, "VALIDATION"), SourceFault.QUESTION, None),
    ],
)
async def test_brave_tells_limits_of_a_second_from_those_of_a_month(
    told: Answer, fault: SourceFault, wait: float | None, client: ServiceClient, service: SearchService
) -> None:
    err = await _refused(_built(SourceName.BRAVE, client, service, told))
    assert (err.fault, err.retry_after) == (fault, wait)


async def test_serper(client: ServiceClient, service: SearchService) -> None:
    told = {
        "searchParameters": {"q": "Fordwick bridge 212", "type": "news"},
        "news": [
            {
                "title": "Bridge shut",
                "link": "https://ledger.example/bridge",
                "snippet": "The bridge",
                "date": "2 days ago",
                "source": "The Ledger",
                "position": 1,
            }
        ],
        "credits": 1,
    }
    (found,) = await _built(SourceName.SERPER, client, service, told).search(QUESTION)
    assert _places((found,)) == [("https://ledger.example/bridge", "Bridge shut", "The Ledger")]
    assert found.published_at is None
    asked = service.asked[0]
    assert asked.headers["x-api-key"] == KEY
    assert asked.json == {
        "q": "Fordwick bridge 212",
        "hl": "ar",
        "num": 5,
        "gl": "eg",
        "tbs": "cdr:1,cd_min:2/14/2026,cd_max:4/15/2026",
    }


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (Answer.of({"message": "Unauthorized.", "statusCode": 403}, 403), SourceFault.KEY),
        (Answer.of({"message": "Not enough credits", "statusCode": 400}, 400), SourceFault.QUOTA),
        (Answer.of({"message": f"Bad {KEY}", "statusCode": 400}, 400), SourceFault.QUESTION),
    ],
)
async def test_serper_complains(
    told: Answer, fault: SourceFault, client: ServiceClient, service: SearchService
) -> None:
    assert (await _refused(_built(SourceName.SERPER, client, service, told))).fault is fault


async def test_media_cloud(client: ServiceClient, service: SearchService) -> None:
    told = {
        "stories": [
            {
                "id": "abc",
                "media_name": "ledger.example",
                "media_url": "ledger.example",
                "title": "Bridge shut",
                "publish_date": "2026-03-16",
                "url": "https://ledger.example/bridge",
                "language": "ar",
                "indexed_date": "2026-03-16T10:00:00",
            }
        ],
        "pagination_token": None,
    }
    source = _built(SourceName.MEDIA_CLOUD, client, service, told)
    (found,) = await source.search(SITES.model_copy(update={"earliest_first": True}))
    assert (found.outlet, found.published_at) == ("ledger.example", datetime(2026, 3, 16, tzinfo=UTC))
    asked = service.asked[0]
    assert asked.headers["authorization"] == f"Token {KEY}"
    assert asked.query["q"] == (
        "Fordwick AND bridge AND 212 AND language:ar"
        " AND (canonical_domain:ledger.example OR canonical_domain:courier.example)"
    )
    assert (asked.query["start"], asked.query["end"], asked.query["cs"]) == ("2026-02-14", "2026-04-15", "1,2")
    assert asked.query["sort_order"] == "asc"


async def test_media_cloud_tells_a_spent_week_from_a_bad_key(client: ServiceClient, service: SearchService) -> None:
    spent = Answer.of({"status": "error", "note": "Over Quota for this week"}, 403)
    assert (await _refused(_built(SourceName.MEDIA_CLOUD, client, service, spent))).fault is SourceFault.QUOTA
    unknown = Answer.of({"detail": "Invalid token."}, 401)
    assert (await _refused(_built(SourceName.MEDIA_CLOUD, client, service, unknown))).fault is SourceFault.KEY


def _google(record: bytes) -> str:
    return f"https://news.google.com/rss/articles/{urlsafe_b64encode(record).decode().rstrip('=')}?oc=5"


ADDRESS = "https://ledger.example/" + "b" * 150
OLD = _google(
    b'\x08\x13"' + bytes([len(ADDRESS) & 0x7F | 0x80, len(ADDRESS) >> 7]) + ADDRESS.encode() + b"\xd2\x01\x00"
)
NEW = _google(b'\x08\x13"\x09AU_yqLabc')


async def test_google_news(client: ServiceClient, service: SearchService) -> None:
    feed = rss(
        item(OLD, "Bridge shut - two lanes - The Ledger", date="Mon, 16 Mar 2026 09:00:00 GMT"),
        item(NEW, "Bridge open - Mole Mail"),
        title="Fordwick - Google News",
    )
    source = _built(SourceName.GOOGLE_NEWS, client, service, Answer(feed.encode(), content_type="application/xml"))
    found = await source.search(QUESTION)
    assert _places(found) == [(ADDRESS, "Bridge shut - two lanes", "The Ledger"), (None, "Bridge open", "Mole Mail")]
    assert found[0].published_at == datetime(2026, 3, 16, 9, tzinfo=UTC)
    asked = service.asked[0].query
    assert asked["q"] == "Fordwick bridge 212 after:2026-02-14 before:2026-04-16"
    assert (asked["hl"], asked["gl"], asked["ceid"]) == ("ar", "EG", "EG:ar")


@pytest.mark.parametrize(
    "link",
    [
        NEW,
        "https://news.google.com/rss/articles/",
        "https://news.google.com/rss/articles/%%%",
        _google(b'\x08\x13"\xff\xff\xff\xff'),
        _google(b'\x08\x13"\x0bjavascript:'),
        "https://news.google.com/topics/abc",
        "https://[",
    ],
)
def test_what_google_hides_is_no_address(link: str) -> None:
    assert address_in(link) is None


async def test_google_news_that_is_no_feed(client: ServiceClient, service: SearchService) -> None:
    told = Answer.of("<html><body>Before you continue</body></html>")
    assert (await _refused(_built(SourceName.GOOGLE_NEWS, client, service, told))).fault is SourceFault.MALFORMED


async def test_ddgs_is_asked_in_a_thread() -> None:
    asked: list[tuple[str, str, str | None, int]] = []

    def search(text: str, region: str, range_: str | None, most: int) -> Json:
        asked.append((text, region, range_, most))
        return [
            {"date": "2026-03-16T09:00:00+00:00", "title": "Shut", "url": "https://a.example/1", "source": "Ledger"}
        ]

    (found,) = await DdgsSource(search).search(SITES)
    assert (found.url, found.outlet, found.source) == ("https://a.example/1", "Ledger", SourceName.DDGS)
    assert asked[0][:2] == ("Fordwick bridge 212 (site:ledger.example OR site:courier.example)", "eg-ar")


@pytest.mark.parametrize(
    ("err", "fault"),
    [
        (RatelimitException("202 Ratelimit"), SourceFault.BUSY),
        (DDGSException("Fordwick bridge timed out"), SourceFault.UNREACHABLE),
    ],
)
async def test_ddgs_fails(err: DDGSException, fault: SourceFault) -> None:
    def search(text: str, region: str, range_: str | None, most: int) -> Json:
        raise err

    assert (await _refused(DdgsSource(search))).fault is fault


async def test_ddgs_that_finds_nothing_says_so_as_an_error() -> None:
    def search(text: str, region: str, range_: str | None, most: int) -> Json:
        raise DDGSException("No results found.")

    assert await DdgsSource(search).search(QUESTION) == ()


@ALL
@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (429, SourceFault.BUSY),
        (500, SourceFault.UNREACHABLE),
        (503, SourceFault.UNREACHABLE),
        (302, SourceFault.SETTING),
    ],
)
async def test_what_is_no_answer_is_told_as_what_it_is(
    name: SourceName, status: int, fault: SourceFault, client: ServiceClient, service: SearchService
) -> None:
    told = Answer.of("no", status, retry_after="7", location="http://127.0.0.1:1/elsewhere")
    err = await _refused(_built(name, client, service, told))
    assert err.fault is fault
    assert err.retry_after == (7 if status != 302 else None)
    assert len(service.asked) == 1


@WITH_KEY
@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_is_not_taken_is_told_by_its_setting(
    name: SourceName, status: int, client: ServiceClient, service: SearchService
) -> None:
    err = await _refused(_built(name, client, service, Answer.of({"message": f"unknown {KEY}"}, status)))
    assert (err.fault, "_API_KEY" in str(err)) == (SourceFault.KEY, True)


LISTS = {
    SourceName.SEARXNG: "results",
    SourceName.GDELT: "articles",
    SourceName.BRAVE: "results",
    SourceName.SERPER: "news",
    SourceName.MEDIA_CLOUD: "stories",
}


@AS_JSON
@pytest.mark.parametrize("told", ["[]", "7", '"x"', "{", '{"a":' * 3000, b"\xff\xfe{}".decode("latin1")])
async def test_an_answer_in_no_documented_form_is_no_crash(
    name: SourceName, told: str, client: ServiceClient, service: SearchService
) -> None:
    err = await _refused(_built(name, client, service, Answer(told.encode("latin1"))))
    assert err.fault in (SourceFault.MALFORMED, SourceFault.QUESTION)


@AS_JSON
@pytest.mark.parametrize("found", [{}, "text", 7, True])
async def test_a_list_that_is_none_is_told(
    name: SourceName, found: object, client: ServiceClient, service: SearchService
) -> None:
    err = await _refused(_built(name, client, service, {LISTS[name]: found}))
    assert err.fault is SourceFault.MALFORMED


@AS_JSON
async def test_wrong_types_cost_their_own_hit_alone(
    name: SourceName, client: ServiceClient, service: SearchService
) -> None:
    link = "link" if name is SourceName.SERPER else "url"
    wrong: list[object] = [None, 1, "x", [], {}, {link: 7}, {link: None}, {link: "https://a.example/" + "a" * 5000}]
    dates = {
        "publishedDate": 7,
        "seendate": {},
        "page_age": [],
        "date": 1.5,
        "publish_date": "never",
        "meta_url": "x",
    }
    good = {link: "https://a.example/1", "title": ["no", "text"], **dates}
    (found,) = await _built(name, client, service, {LISTS[name]: [*wrong, good]}).search(QUESTION)
    assert (found.url, found.title, found.published_at) == ("https://a.example/1", "", None)


@AS_JSON
async def test_a_title_is_one_short_line_without_markup(
    name: SourceName, client: ServiceClient, service: SearchService
) -> None:
    link = "link" if name is SourceName.SERPER else "url"
    title = "<script>alert(1)</script>\n&lt;img src=x onerror=y&gt;\u202eshut " + "a" * 5000
    told = {LISTS[name]: [{link: "https://a.example/1", "title": title}]}
    (found,) = await _built(name, client, service, told).search(QUESTION)
    assert not set("<>\n\u202e") & set(found.title)
    assert len(found.title) <= 300


@AS_JSON
async def test_a_million_hits_are_as_many_as_were_asked_for(
    name: SourceName, client: ServiceClient, service: SearchService
) -> None:
    link = "link" if name is SourceName.SERPER else "url"
    told = {LISTS[name]: [{link: f"https://a.example/{n}"} for n in range(20_000)]}
    assert len(await _built(name, client, service, told).search(QUESTION)) == 5


async def test_an_answer_without_an_end_is_not_read_to_it(client: ServiceClient, service: SearchService) -> None:
    source = _built(SourceName.SEARXNG, client, service, Answer(b" " * 4_000_000))
    with pytest.raises(Exception, match="3 MB") as told:
        await source.search(QUESTION)
    assert "Fordwick" not in str(told.value)


async def test_a_private_service_is_asked_only_where_that_was_said(
    settings: Settings, service: SearchService
) -> None:
    async with open_service_client(settings, private=False) as client:
        source = _built(SourceName.BRAVE, client, service, {"results": []})
        with pytest.raises(Exception, match=r"port|public network"):
            await source.search(QUESTION)
    assert service.asked == []


def test_a_key_is_in_no_settings_that_are_shown(settings: Settings) -> None:
    told = settings.model_copy(
        update={"brave_api_key": SecretStr(KEY), "searxng_url": SecretStr(f"http://x:{KEY}@h")}
    )
    assert KEY not in repr(told) + told.model_dump_json()
    assert json.loads(told.model_dump_json())["brave_api_key"] == "*" * 10
