"""The date of a page is that of its article: what it states, what it shows, then its address; never another's."""

import json
import time

import pytest

from agent.coverage.intake.date_choice import PageDate
from agent.coverage.intake.listed import ListedDates
from agent.coverage.intake.page_date import date_of_page
from agent.models import DateSource

ADDRESS = "https://harbourpost.example/floods"
PARAGRAPHS = (
    "<p>The floods of the river Lode killed people in five towns on Wednesday night, the rescue service said on"
    " Thursday morning, and the roads were shut.</p><p>Its director, Ola Strand, asked the inhabitants of the valley"
    " to leave their houses until Saturday and not to use the old bridges at all.</p>"
)
MORNING = "2024-03-14T07:30"
META = '<meta property="article:published_time" content="2024-03-14T07:30:00Z">'


def page(head: str = "", *, above: str = "", below: str = "", before: str = "", after: str = "") -> str:
    """A page with an article: things above and below its text, and before and after the article."""
    return (
        f"<!DOCTYPE html><html><head><title>Floods in the valley - Harbour Post</title>{head}</head>"
        f"<body>{before}<main><article><h1>Floods in the valley</h1>{above}{PARAGRAPHS}{below}</article>{after}"
        "</main></body></html>"
    )


def bare(above: str = "", *, before: str = "", after: str = "") -> str:
    """A page that marks no article."""
    return (
        f"<html><head><title>Floods in the valley</title></head><body>{before}<div>"
        f"<h1>Floods in the valley</h1>{above}<div>{PARAGRAPHS}</div></div>{after}</body></html>"
    )


def ld(*nodes: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{node if isinstance(node, str) else json.dumps(node)}</script>'
        for node in nodes
    )


def dated(
    html: str, address: str | None = ADDRESS, language: str = "en", listed: dict[str, object] | None = None
) -> PageDate:
    return date_of_page(html, (address,), language, ListedDates.model_validate(listed or {}))


def told(date: PageDate) -> tuple[str, DateSource] | None:
    return (f"{date.moment:%Y-%m-%dT%H:%M}", date.source) if date.moment else None


ARTICLE = {"@type": "NewsArticle", "datePublished": "2024-03-14T09:30:00+02:00", "dateModified": "2024-09-20"}
OTHER = {"@type": "NewsArticle", "url": "/flood-2019", "headline": "The flood of 2019", "datePublished": "2019-05-02"}


@pytest.mark.parametrize(
    "nodes",
    [
        [ARTICLE],
        [[ARTICLE]],
        [{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, ARTICLE]}],
        [{"@type": "WebPage", "datePublished": "2024-03-13", "mainEntity": ARTICLE}],
        [{"@type": "Thing", "mainEntityOfPage": ARTICLE}],
        [{"@type": "Organization"}, ARTICLE],
        [{**ARTICLE, "@type": ["Article", "ReportageNewsArticle"]}],
        [{**ARTICLE, "@type": "https://schema.org/BlogPosting"}],
        [{**ARTICLE, "@type": "LiveBlogPosting", "liveBlogUpdate": [{**OTHER, "@type": "BlogPosting"}]}],
        [{**ARTICLE, "datePublished": [{"@value": ARTICLE["datePublished"]}]}],
        [OTHER, {**ARTICLE, "url": ADDRESS}],
        [OTHER, {**ARTICLE, "headline": "Floods in the valley"}],
        [[OTHER, {**ARTICLE, "mainEntityOfPage": {"@id": ADDRESS + "?utm_source=x"}}, OTHER]],
        [{**ARTICLE, "video": {"@type": "VideoObject", "datePublished": "2019-05-02"}}],
        [{**ARTICLE, "comment": [{"@type": "Comment", "datePublished": "2024-03-16"}]}],
        [{**ARTICLE, "isBasedOn": OTHER, "hasPart": [OTHER], "mentions": OTHER, "citation": OTHER}],
        [{"@type": "VideoObject", "uploadDate": "2019-05-02", "datePublished": "2019-05-02"}, ARTICLE],
        [{"@type": "WebPage", "@id": ADDRESS, "datePublished": ARTICLE["datePublished"]}],
        # Not quite JSON.
        ['<!-- {"@type":"NewsArticle", /* a */ "datePublished":"2024-03-14T09:30+02:00", // b\n "x":["a",],} -->'],
        ['//<![CDATA[\n{"@type":"NewsArticle","datePublished":"2024-03-14T09:30+02:00"}\n//]]>'],
        ['{"@type":"Organization"}{"@type":"NewsArticle","datePublished":"2024-03-14T09:30+02:00"};'],
        ['{"@type":"NewsArticle","headline":"a\n\tb","datePublished":"2024-03-14T09:30+02:00"}'],
        ["{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2024-03-14T09:30+02:00&quot;}"],
        ['{"@type":"NewsArticle","headline":"he said "no"","datePublished":"2024-03-14T09:30+02:00"}'],
    ],
)
def test_structured_data_of_the_article_itself_comes_first(nodes: list[object]) -> None:
    html = page(ld(*nodes) + '<meta name="date" content="2024-03-15">', above="<time>16 March 2024</time>")
    assert told(dated(html)) == (MORNING, DateSource.STRUCTURED_DATA)


@pytest.mark.parametrize(
    "nodes",
    [
        [OTHER],
        [{"@type": "VideoObject", "datePublished": "2019-05-02", "uploadDate": "2019-05-02"}],
        [{"@type": "NewsArticle", "dateModified": "2024-09-20", "dateCreated": "2019-05-02"}],
        [{"@type": "ItemList", "itemListElement": [OTHER]}],
        [{"@type": "Claim", "datePublished": "2019-05-02"}],
        [{"@type": "ClaimReview", "itemReviewed": {"@type": "Claim", "datePublished": "2019-05-02"}}],
        [{"@type": "Product", "review": {"@type": "Review", "datePublished": "2019-05-02"}}],
        # Two that do not tell of which page they are, and not the same.
        [{"@type": "NewsArticle", "datePublished": day} for day in ("2019-05-02", "2024-03-14")],
        ['{"@type":"NewsArticle","headline":"a "b"","video":{"@type":"VideoObject"},"datePublished":"2019-05-02"}'],
    ],
)
def test_the_date_of_something_else_is_never_the_articles(nodes: list[object]) -> None:
    assert told(dated(page(ld(*nodes)))) is None


@pytest.mark.parametrize(
    "node",
    [
        {
            "@type": "ClaimReview",
            "url": ADDRESS,
            "itemReviewed": {"@type": "Claim", "datePublished": "2019-06-20", "appearance": OTHER},
            "datePublished": "2024-03-14",
        },
        {
            "@graph": [
                {"@type": "Claim", "datePublished": "2019-06-20"},
                {
                    "datePublished": "2024-03-14",
                    "itemReviewed": {"datePublished": "2019-06-20"},
                    "@type": "ClaimReview",
                },
            ]
        },
        [
            {"@type": "ClaimReview", "itemReviewed": {"@type": "CreativeWork", "datePublished": "2019-06-20"}},
            {"@type": "NewsArticle", "datePublished": "2024-03-14"},
        ],
        {
            "@type": "NewsArticle",
            "datePublished": "2024-03-14",
            "review": {"@type": "ClaimReview", "datePublished": "2019-06-20"},
        },
    ],
)
def test_of_a_fact_check_the_date_is_that_of_the_review(node: object) -> None:
    assert told(dated(page(ld(node)))) == ("2024-03-14T00:00", DateSource.STRUCTURED_DATA)


@pytest.mark.parametrize(
    "head",
    [
        META,
        '<meta content="2024-03-14T09:30:00+02:00" property="og:article:published_time">',
        '<meta name="parsely-pub-date" content="2024-03-14T07:30:00Z">',
        '<meta name="cXenseParse:recs:publishtime" content="2024-03-14T07:30:00.000Z">',
        '<meta name="sailthru.date" content="Thu, 14 Mar 2024 07:30:00 +0000">',
        '<meta name="DC.date.issued" content="2024-03-14T07:30:00Z">',
        '<meta itemprop="datePublished" content="2024-03-14T09:30+02:00">',
        '<meta name="pubdate" content="14 آذار 2024 09:30 بتوقيت بيروت">',
        '<meta property="article:modified_time" content="2024-09-20T08:00Z">' + META,
        '<meta name="date" content="2024-09-20">' + META,
    ],
)
def test_metadata_of_the_page_comes_before_what_it_shows(head: str) -> None:
    html = page(head, above="<time>16 March 2024</time>")
    assert told(dated(html)) == (MORNING, DateSource.METADATA)


def test_microdata_of_the_article_is_structured_data_and_that_of_others_is_not() -> None:
    article = '<div itemscope itemtype="https://schema.org/NewsArticle">'
    own = article + '<meta itemprop="headline" content="Floods in the valley">'
    time_of_day = '<meta itemprop="datePublished" content="2024-03-14T07:30Z"></div>'
    assert told(dated(page(above=own + time_of_day))) == (MORNING, DateSource.STRUCTURED_DATA)
    other = article + '<b itemprop="headline">The flood of 2019</b>'
    video = '<div itemscope itemtype="https://schema.org/VideoObject">'
    claim = own + '<div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">'
    assert [told(dated(page(below=start + time_of_day))) for start in (other, video, claim)] == [None] * 3
    review = (
        '<div itemscope itemtype="https://schema.org/ClaimReview"><div itemprop="itemReviewed" itemscope'
        ' itemtype="https://schema.org/Claim"><meta itemprop="datePublished" content="2019-06-20"></div>'
        '<div itemprop="author" itemscope><a itemprop="url" href="/about"></a><i itemprop="name">Ada</i></div>'
    )
    assert told(dated(page(below=review + time_of_day))) == (MORNING, DateSource.STRUCTURED_DATA)
    assert told(dated(page(below=(review + time_of_day) * 2))) == (MORNING, DateSource.STRUCTURED_DATA)
    later = (review + time_of_day).replace("03-14", "03-15")
    assert told(dated(page(below=review + time_of_day + later))) is None


@pytest.mark.parametrize(
    "above",
    [
        '<p><time datetime="2024-03-14T09:30:00+02:00">Thursday</time></p>',
        '<p class="meta">By Ada Pilot | <time>14 March 2024, 09:30 EET</time> | 3 min read</p>',
        '<div class="byline">By Ada Pilot, 14 March 2024, 9:30 a.m. EET</div>',
        "<p>Published 14 March 2024 09:30 EET | Updated 20 September 2024 10:00 EEST</p>",
        "<p>Posted on March 14, 2024, 7:30 a.m. GMT by Ada Pilot</p>",
        "<div>الخميس 14 مارس/آذار 2024 - 09:30 بتوقيت بيروت</div>",
        '<span class="date">14 آذار 2024</span> <span class="hour">10:30 بتوقيت دمشق</span>',
        '<div class="info"><b>14 mars 2024</b><i> à 8h30, heure de Paris</i></div>',
        '<ul class="post-meta"><li>Ada Pilot</li><li class="date">14 March 2024 07:30 GMT</li></ul>',
        '<div class="d"><span class="day">14</span> <b>March</b> <b>2024</b> <b>07:30 GMT</b></div>',
        '<span class="timestamp" data-timestamp="1710401400">long ago</span>',
        '<abbr class="published" title="2024-03-14T07:30:00Z">14 March</abbr>',
        '<a href="/floods"><time class="entry-date published" datetime="2024-03-14T07:30Z">March 14</time></a>'
        '<time class="updated" datetime="2024-09-20">September 20, 2024</time>',
        "<dl><dt>Updated</dt><dd><time>20 September 2024</time></dd>"
        '<dt>Published</dt><dd><time datetime="2024-03-14T07:30Z">14 March</time></dd></dl>',
        '<div>Last update: <time datetime="2024-09-20">20 September 2024</time></div>'
        '<div>Published: <time datetime="2024-03-14T07:30Z">14 March</time></div>',
        f'<p class="standfirst">{"The valley of the Lode is flooded again, five years after the last time. " * 2}</p>'
        '<time datetime="2024-03-14T07:30Z">14 March</time>',
        '<time datetime="2024-03-14">14 March 2024, 07:30 UTC</time>',
        '<p>By Ada Pilot <span itemprop="datePublished" content="2024-03-14T09:30:00+02:00">Thursday</span></p>',
        '<time itemprop="dateModified" datetime="2024-03-14T19:20:45+01:00">14/03/2024 07:30 |'
        " Actualizado a 14/03/2024 19:20</time>",
        '<p class="updated">Published: 14 March 2024 07:30 GMT, updated: 14 March 2024 10:00 GMT</p>',
    ],
)
@pytest.mark.parametrize("shape", [page, bare])
def test_the_date_line_beside_the_headline_is_read_to_the_minute(above: str, shape: object) -> None:
    html = page(above=above) if shape is page else bare(above)
    assert told(dated(html)) == (MORNING, DateSource.VISIBLE_LINE)


@pytest.mark.parametrize(
    ("language", "line", "moment"),
    [
        ("fa", "پنجشنبه ۲۴ اسفند ۱۴۰۲ - ۱۱:۰۰ به وقت تهران", MORNING),
        ("fa", "1402/12/24", "2024-03-14T00:00"),
        ("ar", "الخميس 3 رمضان 1445", "2024-03-14T00:00"),
        ("ar", "٤ رمضان ١٤٤٥ هـ الموافق ١٤ مارس ٢٠٢٤م", "2024-03-14T00:00"),
        ("ar", "14 مارس 2024، 10:30 AST", MORNING),
        ("ku", "14'ê Adarê 2024", "2024-03-14T00:00"),
        ("tr", "14.03.2024 10:30 (TSİ)", MORNING),
        ("tr", "05.03.2024", "2024-03-05T00:00"),
        ("ru", "14 марта 2024, 10:30 мск", MORNING),
        ("fr", "jeudi 14 mars 2024 à 8h30 (heure de Paris)", MORNING),
        ("zh", "2024年3月14日 07:30 UTC", MORNING),
    ],
)
def test_date_lines_of_many_languages(language: str, line: str, moment: str) -> None:
    html = page(above=f'<div class="date">{line}</div>')
    assert told(dated(html, language=language)) == (moment, DateSource.VISIBLE_LINE)


STORY = '<time datetime="2019-05-02">2 May 2019</time> The flood of 2019'


@pytest.mark.parametrize(
    "html",
    [
        page(after=f'<section class="related"><h3>Read also</h3><a href="/x">{STORY}</a></section>'),
        page(below=f"<section><h3>Read also</h3>{STORY}</section>"),
        page(below=f"<h3>اقرأ أيضا</h3><p>{STORY}</p>"),
        page(below='<ul><li><time>2 May 2019</time> <a href="/x">The flood of 2019</a></li></ul>'),
        page(below='<div class="date">2 May 2019</div><a href="/x">The flood of 2019</a>'),
        page(above=f'<a href="/x">{STORY}</a>'),
        page(above='<div><a href="/x">The flood of 2019 in pictures</a> <span class="date">2 May 2019</span></div>'),
        page(above=f'<aside>{STORY}</aside><nav class="date">2 May 2019</nav>'),
        page(above="<figure><figcaption>Taken on <time>2 May 2019</time></figcaption></figure>"),
        page(above='<blockquote class="tweet"><p>We are safe</p><time>2 May 2019</time></blockquote>'),
        page(above='<div class="video-player"><span class="date">2 May 2019</span></div>'),
        page(above='<p class="event-date">2 May 2019</p>'),
        page(above='<p class="date" hidden>2 May 2019</p><p class="date" style="display: none">2 May 2019</p>'),
        page(above="<p>Last updated: 20 September 2024</p>"),
        page(above='<p class="updated">20 September 2024</p>'),
        page(above='<p>Mis à jour : <time datetime="2024-09-20">20 septembre</time></p>'),
        page(above="<h2>The flood of 2 May 2019 comes back</h2><p>Worst since 2 May 2019</p>"),
        page(above='<p class="when">Thursday morning</p>'),
        page(above="<time>3 hours ago</time>"),
        page(below='<div id="comments"><div><span class="date">15 March 2024</span> Well said</div></div>'),
        page(below="<article><time>15 March 2024</time> Well said</article>"),
        page(below='<footer>© <span class="date">2 May 2019</span></footer>'),
        page(after='<div class="date">2 May 2019</div><footer>Copyright 2 May 2019</footer>'),
        page(before='<header><span class="date">Friday 20 September 2024</span></header>'),
        bare(before='<div class="today">Friday 20 September 2024</div><p>20 September 2024</p>'),
        bare(after='<div>Copyright 2 May 2019</div><p class="copyright">2 May 2019</p>'),
        page('<meta property="article:modified_time" content="2024-09-20T08:00:00Z">'),
        page('<meta property="article:published_time" content="0001-01-01T00:00:00">'),
        page('<meta property="article:published_time" content="1970-01-01T00:00:00Z">'),
    ],
)
def test_a_date_elsewhere_in_the_page_is_not_the_articles(html: str) -> None:
    assert told(dated(html)) is None


def test_of_a_live_report_the_first_entry_tells_since_when_it_is_there() -> None:
    entries = "".join(
        f'<div class="entry"><time datetime="2024-03-14T{hour}:30Z">{hour}:30</time><h3>The river</h3></div>'
        for hour in ("11", "09", "07")
    )
    assert told(dated(page(above=entries))) == (MORNING, DateSource.VISIBLE_LINE)


def test_a_headline_may_stand_outside_of_the_article_that_it_is_of() -> None:
    """In a page of one article; where there are several, they are teasers."""
    line = '<p class="date">14 March 2024 07:30 GMT</p>'
    start = "<html><head><title>Floods in the valley</title></head><body><div><h1>Floods in the valley</h1></div>"
    one = f"{start}<main><article>{line}{PARAGRAPHS}</article></main></body></html>"
    assert told(dated(one)) == (MORNING, DateSource.VISIBLE_LINE)
    several = f"{start}<article>{line}{PARAGRAPHS}</article><article>{PARAGRAPHS}</article></body></html>"
    assert told(dated(several)) is None
    over = (
        f"<html><head><title>Floods in the valley</title></head><body>{line}<div><h1>Floods in the valley</h1></div>"
    )
    assert told(dated(f"{over}<div>{PARAGRAPHS}</div></body></html>")) == (MORNING, DateSource.VISIBLE_LINE)


def test_a_headline_may_be_a_lower_heading_under_the_name_of_the_site() -> None:
    head = "<title>Floods in the valley - Harbour Post</title>"
    for logo in ("<h1>Harbour Post</h1>", ""):
        html = (
            f"<html><head>{head}</head><body><div>{logo}<p>20 September 2024</p></div><div>"
            f"<h2>Floods in the valley</h2><p>14 March 2024 07:30 GMT</p>{PARAGRAPHS}</div></body></html>"
        )
        assert told(dated(html)) == (MORNING, DateSource.VISIBLE_LINE)


def test_a_date_may_lead_to_all_of_its_day() -> None:
    for href, is_read in (
        ("/2024/03/14/", True),
        ("/time/2024-03-14", True),
        ("/2024/03/14/flood-in-the-town", False),
    ):
        html = page(above=f'<a href="{href}"><time>14 March 2024</time></a>')
        assert told(dated(html)) == (("2024-03-14T00:00", DateSource.VISIBLE_LINE) if is_read else None)


def test_a_value_for_machines_that_is_of_another_time_than_its_words_does_not_count() -> None:
    line = '<time datetime="2024-09-20T10:18:46Z">Published on 14 March 2024</time>'
    assert told(dated(page(above=line))) == ("2024-03-14T00:00", DateSource.VISIBLE_LINE)
    # Of the night before, elsewhere on the Earth.
    line = '<time datetime="2024-03-13T23:30:00Z">Published on 14 March 2024</time>'
    assert told(dated(page(above=line))) == ("2024-03-13T23:30", DateSource.VISIBLE_LINE)


def test_a_picture_with_its_copyright_before_a_date_says_nothing_of_it() -> None:
    html = page(above='<figure>© Ada Pilot</figure><div><time datetime="2024-03-14T07:30Z">14.03.2024</time></div>')
    assert told(dated(html)) == (MORNING, DateSource.VISIBLE_LINE)


def test_a_date_line_may_stand_below_the_article() -> None:
    for line in ('<p class="date">14 March 2024 07:30 GMT</p>', "<p>14 March 2024 07:30 GMT</p>"):
        assert told(dated(page(below=line))) == (MORNING, DateSource.VISIBLE_LINE)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/03/14/floods", "2024-03-14"),
        ("/world/2024-03-14-floods.html", "2024-03-14"),
        ("/a/20240314/floods", "2024-03-14"),
        ("/2024/mar/14/floods", "2024-03-14"),
        ("/14-03-2024/floods", "2024-03-14"),
        ("/03-04-2024/floods", None),
        ("/2024/03/floods", None),
        ("/2024/03/14/anniversary-2019-03-14", None),
        ("/1945/05/08/floods", None),
        ("/2099/03/14/floods", None),
        ("/floods-20240314123", None),
        ("/floods?day=2024-03-14", None),
    ],
)
def test_an_address_tells_a_day_where_nothing_else_does(path: str, day: str | None) -> None:
    expected = (f"{day}T00:00", DateSource.ADDRESS) if day else None
    assert told(dated(page(), f"https://harbourpost.example{path}")) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (page(META), (MORNING, DateSource.METADATA)),
        (page(ld(ARTICLE)), (MORNING, DateSource.STRUCTURED_DATA)),
        (page(above="<time>14 March 2024</time>"), ("2024-03-14T00:00", DateSource.VISIBLE_LINE)),
        (page(above='<p class="date">05/03/2024</p>'), None),
    ],
)
def test_an_address_is_never_heard_against_the_pages_own_word(html: str, expected: object) -> None:
    date = dated(html, "https://harbourpost.example/anniversary/2019-03-14/flood")
    assert told(date) == expected
    if date.moment:
        (left,) = date.left_out
        assert left.what == "the day 2019-03-14 in its address"


@pytest.mark.parametrize(
    ("html", "address", "expected"),
    [
        (page(above='<p class="date">05/03/2024 19:30</p>'), ADDRESS, None),
        (page(above='<p class="date">Tuesday 05/03/2024 19:30</p>'), ADDRESS, "2024-03-05T19:30"),
        (page(above='<p class="date">05/03/2024 19:30</p>'), "https://h.example/2024/03/05/x", "2024-03-05T19:30"),
        (
            page(above='<p class="date">٠٥/٠٣/٢٠٢٤ 19:30</p>', after='<ul><li class="date">25/03/2024</li></ul>'),
            ADDRESS,
            "2024-03-05T19:30",
        ),
        (
            page(above="<time>03/05/2024 7:30 PM</time>", after="<aside><time>03/25/2024 9:00 AM</time></aside>"),
            ADDRESS,
            "2024-03-05T19:30",
        ),
        (page('<meta name="date" content="05/03/2024 19:30">'), ADDRESS, None),
        (
            page('<meta name="date" content="05/03/2024 19:30">', above="<time>5 March 2024</time>"),
            ADDRESS,
            "2024-03-05T19:30",
        ),
    ],
)
def test_numbers_that_may_be_two_days_are_settled_by_the_page_or_left_out(
    html: str, address: str, expected: str | None
) -> None:
    date = dated(html, address)
    assert (told(date) or [None])[0] == expected
    reasons = [f"{one.what} {one.why}" for one in date.cautions]
    assert ["may be 2024-03-05 or 2024-05-03" in one for one in reasons] == ([] if expected else [True])


def test_of_words_that_agree_about_the_day_the_one_with_the_time_is_taken() -> None:
    by_day = {**ARTICLE, "datePublished": "2024-03-14"}
    assert told(dated(page(ld(by_day) + META))) == (MORNING, DateSource.METADATA)
    shown = page(ld(by_day), above="<time>14 March 2024, 09:30 EET</time>")
    assert told(dated(shown)) == (MORNING, DateSource.VISIBLE_LINE)
    # Printed without its zone by one, with it by the other.
    local = {**ARTICLE, "datePublished": "2024-03-14T09:30:00"}
    assert told(dated(page(ld(local) + META))) == (MORNING, DateSource.METADATA)


def test_words_that_contradict_each_other_are_heard_in_their_order_and_the_rest_is_noted() -> None:
    date = dated(page(ld(ARTICLE) + '<meta name="date" content="2019-05-02">'))
    assert told(date) == (MORNING, DateSource.STRUCTURED_DATA)
    assert [one.what for one in date.left_out] == ["date '2019-05-02'"]
    assert date.cautions == ()


def test_two_date_lines_that_do_not_agree_are_told_and_none_is_taken() -> None:
    date = dated(page(above="<time>14 March 2024</time> <time>20 September 2024</time>"))
    assert told(date) is None
    (caution,) = date.cautions
    assert "do not tell one day" in caution.why


def test_a_zone_that_is_not_settled_leaves_the_day_and_is_told() -> None:
    date = dated(page(above="<time>14 March 2024, 10:30 AST</time>"))
    assert told(date) == ("2024-03-14T00:00", DateSource.VISIBLE_LINE)
    (caution,) = date.cautions
    assert "the zone 'AST' means several: only the day is kept" in caution.why


def test_a_date_of_the_future_is_told_and_the_next_word_is_heard() -> None:
    head = '<meta property="article:published_time" content="2099-03-14T07:30:00Z">'
    date = dated(page(head, above="<time>14 March 2024</time>"))
    assert told(date) == ("2024-03-14T00:00", DateSource.VISIBLE_LINE)
    assert [one.why for one in date.cautions] == ["is in the future: left out"]


def test_structured_data_that_cannot_be_read_is_told_where_it_might_have_helped() -> None:
    broken = ld('{"@type": "NewsArticle", "datePublished": ')
    date = dated(page(broken))
    assert [one.what for one in date.cautions] == ["a block of its structured data"]
    date = dated(page(broken + META))
    assert (told(date), date.cautions) == ((MORNING, DateSource.METADATA), ())
    assert [one.what for one in date.left_out] == ["a block of its structured data"]
    mended = dated(page(ld('{"@type": "NewsArticle", "datePublished": "2024-03-14",}')))
    assert mended.mended == ("comments, commas and escapes in its structured data, which was not JSON",)


def test_addresses_that_are_none_do_no_harm() -> None:
    head = '<link rel="canonical" href="http://["><meta property="og:url" content="//[">'
    node = {**ARTICLE, "url": "http://[x", "mainEntityOfPage": {"@id": "http://[1"}}
    html = page(
        head + ld(node), above='<a href="http://[/2024/03/14/">14 March 2024</a>', below='<a href="//[">a b c d</a>'
    )
    for address in (ADDRESS, "http://[", None):
        assert told(dated(html, address)) == (MORNING, DateSource.STRUCTURED_DATA)


THURSDAY = "Thu, 14 Mar 2024 07:30:00 GMT"
FRIDAY = "Fri, 20 Sep 2024 08:00:00 GMT"


@pytest.mark.parametrize(
    ("html", "path", "listed", "expected"),
    [
        (page(META), "/floods", {"changed_at": FRIDAY}, (MORNING, DateSource.METADATA)),
        (page(META), "/floods", {"published_at": FRIDAY}, (MORNING, DateSource.METADATA)),
        (page(), "/floods", {"published_at": THURSDAY}, (MORNING, DateSource.FEED)),
        (page(), "/2019/03/14/floods", {"published_at": THURSDAY}, (MORNING, DateSource.FEED)),
        (page(above="<time>14 March 2024</time>"), "/floods", {"published_at": THURSDAY}, (MORNING, DateSource.FEED)),
        (
            page(above="<time>13 March 2024</time>"),
            "/floods",
            {"published_at": THURSDAY},
            ("2024-03-13T00:00", DateSource.VISIBLE_LINE),
        ),
        (page(), "/floods", {"changed_at": FRIDAY}, ("2024-09-20T08:00", DateSource.FEED_UPDATED)),
        (page(), "/2024/03/14/floods", {"changed_at": FRIDAY}, ("2024-03-14T00:00", DateSource.ADDRESS)),
        (page(), "/floods", {"published_at": THURSDAY, "changed_at": FRIDAY}, (MORNING, DateSource.FEED)),
        (
            page(above='<p class="date">05/03/2024</p>'),
            "/floods",
            {"published_at": "Tue, 05 Mar 2024 19:30:00 GMT"},
            ("2024-03-05T19:30", DateSource.FEED),
        ),
        (page(above='<p class="date">05/03/2024</p>'), "/floods", {"changed_at": FRIDAY}, None),
    ],
)
def test_what_a_feed_tells_adds_to_the_pages_own_word_and_stands_in_for_none(
    html: str, path: str, listed: dict[str, object], expected: object
) -> None:
    assert told(dated(html, f"https://harbourpost.example{path}", listed=listed)) == expected


def _slow_pages() -> list[str]:
    start = "<html><head><title>t</title></head><body><main><h1>t</h1>"
    many = 29_000
    scripts = ['"\\' * 2_000_000, "/*" * 2_000_000, '{"a":"' + '\\"' * 2_000_000, "[" * 4_000_000]
    scripts += ['{"@graph":[' + '{"@graph":[]},' * 300_000 + "{}]}", '"@type":"NewsArticle",' * 200_000]
    return [
        start + "<time>1 March 2016</time>" * many,
        start + "<span class=date>1 March 2016 12:30 EET</span>" * many,
        start + "<div>Northbank, 1 March 2016 and" * many,
        start + "<div><a href=/x>a b c d e</a>2016" * 14_000,
        start
        + "<div itemscope itemtype=http://schema.org/Article>" * 200
        + "<b itemprop=datePublished>1</b>" * 20_000,
        "<html><title>abc</title>" + "<h1>abc def ghi</h1>" * many,
        *(start + f'<script type="application/ld+json">{script}</script>' for script in scripts),
    ]


def test_a_page_made_to_be_slow_is_not() -> None:
    for html in _slow_pages():
        started = time.process_time()
        dated(html)
        assert time.process_time() - started < 5, html[:200]
