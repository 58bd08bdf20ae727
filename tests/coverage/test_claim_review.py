"""Pages that check claims: what their markup says of the claim, of the rating and of the days of both."""

# ruff: noqa: E501  # markup is kept on one line
import json
from datetime import date

import pytest

from agent.coverage.intake.metadata import Caution, Item, Rejection
from agent.coverage.intake.page import KnownMetadata, read_page
from agent.models import Document, PublishedReview
from tests.support.newsstand import story

URL = "https://harbourpost.example/check"
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": URL,
    "claimReviewed": "The dam was never opened",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "Water Board"},
        "datePublished": "2019-06-20",
        "appearance": {"@type": "CreativeWork", "url": "https://social.example/1"},
    },
    "author": {"@type": "Organization", "name": "Harbour Post"},
    "datePublished": "2024-03-14",
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "alternateName": "False"},
}


def _page(*scripts: object, body: str = "", language: str = "en") -> bytes:
    told = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in scripts)
    listing_of = "".join(f"<p>{story(number)}</p>" for number in range(6))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>Was the dam opened?</title>{told}'
        f"</head><body><main><article><h1>Was the dam opened?</h1>{listing_of}{body}</article></main></body></html>"
    ).encode()


def _items(*scripts: object, body: str = "", url: str | None = URL) -> list[Item]:
    return list(read_page(_page(*scripts, body=body), "page", KnownMetadata(url=url)))


def _reviews(*scripts: object, body: str = "", url: str | None = URL) -> tuple[PublishedReview, ...]:
    (document,) = [one for one in _items(*scripts, body=body, url=url) if isinstance(one, Document)]
    assert not document.provenance.is_record
    return document.provenance.reviews


def _refused(*scripts: object, url: str | None = URL) -> list[str]:
    return [one.reason for one in _items(*scripts, url=url) if isinstance(one, Caution)]


def _with(**changes: object) -> dict[str, object]:
    told = {**REVIEW, **changes}
    return {name: value for name, value in told.items() if value is not None}


def test_a_page_that_checks_a_claim_tells_whose_claim_of_which_day_and_what_it_calls_it() -> None:
    (one,) = _reviews(REVIEW)
    assert (one.claim, one.rating) == ("The dam was never opened", "False")
    assert (one.claimant, one.claimed_on, one.appearances) == (
        "Water Board",
        date(2019, 6, 20),
        ("https://social.example/1",),
    )
    assert one.published_at is not None
    assert (one.publisher, one.site, one.published_at.date()) == (
        "Harbour Post",
        "harbourpost.example",
        date(2024, 3, 14),
    )
    assert one.url == URL


def test_the_day_of_the_claim_is_not_that_of_the_page() -> None:
    (document,) = [one for one in _items(REVIEW) if isinstance(one, Document)]
    assert document.published_at is not None
    assert document.published_at.date() == date(2024, 3, 14)


@pytest.mark.parametrize(
    ("changes", "field", "expected"),
    [
        ({"itemReviewed": "The dam was never opened", "claimReviewed": None}, "claim", "The dam was never opened"),
        (
            {"itemReviewed": {"@type": "Claim", "text": "It stayed shut"}, "claimReviewed": None},
            "claim",
            "It stayed shut",
        ),
        ({"itemReviewed": {"@type": "CreativeWork", "author": {"name": "Ola Strand"}}}, "claimant", "Ola Strand"),
        (
            {"itemReviewed": {"author": [{"name": "Ola Strand"}, {"name": "Ada Pilot"}]}},
            "claimant",
            "Ola Strand, Ada Pilot",
        ),
        ({"itemReviewed": {"author": "Ola Strand"}}, "claimant", "Ola Strand"),
        ({"itemReviewed": [{"@type": "Claim", "author": {"name": "Ola Strand"}}]}, "claimant", "Ola Strand"),
        ({"itemReviewed": {"@type": "Claim"}}, "claimant", None),
        (
            {"itemReviewed": {"firstAppearance": "https://a.example/1", "appearance": ["https://b.example/1"]}},
            "appearances",
            ("https://a.example/1", "https://b.example/1"),
        ),
        ({"itemReviewed": {"appearance": "javascript:alert(1)"}}, "appearances", ()),
        ({"claimReviewed": ["The dam was never opened"]}, "claim", "The dam was never opened"),
        (
            {"claimReviewed": {"@value": "The dam was never opened", "@language": "en"}},
            "claim",
            "The dam was never opened",
        ),
        ({"claimReviewed": "The <b>dam</b> was &quot;never&quot; opened"}, "claim", 'The dam was "never" opened'),
        ({"reviewRating": [{"ratingValue": 1}, {"alternateName": "Mostly false"}]}, "rating", "Mostly false"),
        ({"reviewRating": {"name": "مضلل"}}, "rating", "مضلل"),
        ({"reviewRating": "Half true"}, "rating", "Half true"),
        ({"reviewRating": {"alternateName": "<i onclick=x()>False</i>"}}, "rating", "False"),
        ({"author": {"@type": "Person", "name": "Ada Pilot"}}, "publisher", "Ada Pilot"),
        (
            {"author": [{"@type": "Person", "name": "Ada Pilot"}, {"@type": "NewsMediaOrganization", "name": "HP"}]},
            "publisher",
            "HP",
        ),
        ({"author": None, "publisher": {"name": "The Post"}}, "publisher", "The Post"),
        ({"author": None}, "publisher", "harbourpost.example"),
        ({"url": "/check#claim-2"}, "url", "https://harbourpost.example/check#claim-2"),
        ({"url": None}, "url", URL),
        ({"itemReviewed": {"datePublished": "soon"}}, "claimed_on", None),
        ({"itemReviewed": {"datePublished": "2999-01-01"}}, "claimed_on", None),
    ],
)
def test_markup_is_read_however_it_is_spelt(changes: dict[str, object], field: str, expected: object) -> None:
    (one,) = _reviews(_with(**changes))
    assert getattr(one, field) == expected


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reviewRating": {"ratingValue": 1, "bestRating": 5}}, "by a number only (1)"),
        ({"reviewRating": {"alternateName": "2/5"}}, "by a number only (2/5)"),
        ({"reviewRating": {"ratingValue": 1e20}}, "by a number only"),
        ({"reviewRating": None}, "nothing of how it rates"),
        ({"claimReviewed": None}, "names no claim"),
        ({"claimReviewed": "x" * 3000}, "more than 2,000 characters"),
        ({"reviewRating": {"alternateName": "x" * 500}}, "more than 400 characters"),
        ({"url": "https://other.example/check"}, "another site: other.example"),
    ],
)
def test_what_names_no_claim_or_no_rating_in_words_is_refused_and_told(changes: dict[str, object], why: str) -> None:
    assert _reviews(_with(**changes)) == ()
    (told,) = _refused(_with(**changes))
    assert why in told


def test_a_page_may_check_several_claims_in_graphs_lists_and_parts_that_name_each_other() -> None:
    claim = {"@id": "#c", "@type": "Claim", "author": {"@id": "#who"}, "datePublished": "2019-06-20"}
    graph = {
        "@graph": [
            {"@type": "Person", "@id": "#who", "name": "Ola Strand"},
            claim,
            _with(claimReviewed="The first", itemReviewed={"@id": "#c"}),
        ]
    }
    article = {"@type": "NewsArticle", "headline": "x", "review": [_with(claimReviewed="The second")]}
    several = [
        _with(claimReviewed="The third"),
        _with(**{"@type": ["ClaimReview", "Review"]}, claimReviewed="The fourth"),
    ]
    found = _reviews(graph, article, several)
    assert [one.claim for one in found] == ["The first", "The second", "The third", "The fourth"]
    assert (found[0].claimant, found[0].claimed_on) == ("Ola Strand", date(2019, 6, 20))


def test_the_same_review_told_twice_is_one() -> None:
    assert len(_reviews(REVIEW, _with(claimReviewed="The dam was never opened."))) == 1


MICRODATA = """
<div itemscope itemtype="https://schema.org/ClaimReview"><meta itemprop="datePublished" content="2024-03-14">
<h2 itemprop="claimReviewed">The dam was never opened</h2>
<div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ola Strand</b></span>
<time itemprop="datePublished" datetime="2019-06-20">in June</time>
<a itemprop="appearance" href="https://social.example/1">here</a></div>
<div itemprop="author" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="Harbour Post"></div>
<div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
<meta itemprop="ratingValue" content="1"><img itemprop="image" src="/false.png"><span itemprop="alternateName">False</span>
</div></div>"""


def test_microdata_and_rdfa_say_the_same_as_json() -> None:
    rdfa = (
        MICRODATA.replace("itemscope itemtype", "typeof")
        .replace("itemprop", "property")
        .replace("https://schema.org/", "")
    )
    for markup in (MICRODATA, f'<div vocab="https://schema.org/">{rdfa}</div>'):
        (one,) = _reviews(body=markup)
        assert (one.claim, one.rating, one.claimant, one.claimed_on, one.publisher, one.appearances) == (
            "The dam was never opened",
            "False",
            "Ola Strand",
            date(2019, 6, 20),
            "Harbour Post",
            ("https://social.example/1",),
        )


def test_a_page_without_an_article_still_says_what_it_checked() -> None:
    page = f'<html><head><script type="application/ld+json">{json.dumps(REVIEW)}</script></head><body></body></html>'
    (record,) = read_page(page.encode(), "page", KnownMetadata(url=URL))
    assert isinstance(record, Document)
    assert record.provenance.is_record
    assert [one.claim for one in record.provenance.reviews] == ["The dam was never opened"]
    empty = list(read_page(b"<html><body></body></html>", "page", KnownMetadata(url=URL)))
    assert isinstance(empty[0], Rejection)


def test_a_page_that_rates_a_claim_otherwise_is_another_version_of_it() -> None:
    def document(rating: str) -> Document:
        told = _with(reviewRating={"alternateName": rating})
        return next(one for one in _items(told) if isinstance(one, Document))

    assert document("False").id != document("True").id
    assert document("False").id == document("False").id


def test_markup_made_to_be_slow_or_deep_takes_no_time_and_costs_no_page() -> None:
    many = [_with(claimReviewed=f"Claim {number}") for number in range(500)]
    wide = "<div itemscope itemtype='https://schema.org/ClaimReview'>" * 500
    nodes = {"@graph": [[{}] * 30_000, REVIEW]}
    for depth, found in ((200, ["The dam was never opened"]), (50_000, [])):
        deep = '{"mainEntity":[' * depth + json.dumps(REVIEW) + "]}" * depth
        page = _page().replace(b"</head>", f'<script type="application/ld+json">{deep}</script></head>'.encode())
        (document,) = [one for one in read_page(page, "page", KnownMetadata(url=URL)) if isinstance(one, Document)]
        assert [one.claim for one in document.provenance.reviews] == found
    assert len(_reviews(many)) == 100
    assert any("400 more fact-checks" in told for told in _refused(many))
    assert _reviews(body=wide) == ()
    assert _reviews(nodes) == ()
    assert [one.claim for one in _reviews(*[REVIEW], "[" * 20_000)] == ["The dam was never opened"]


def test_what_cannot_be_seen_in_a_name_or_a_rating_is_not_kept() -> None:
    (one,) = _reviews(
        _with(reviewRating={"alternateName": "Fa\u202else\u200b\n<!-- x -->"}, author={"name": "H\u2066P"})
    )
    assert (one.rating, one.publisher) == ("False", "HP")


def test_a_number_that_no_float_holds_is_a_number_like_others() -> None:
    (why,) = _refused(_with(reviewRating={"ratingValue": 10**400}))
    assert "by a number only" in why
    (one,) = _reviews(_with(headline=10**300))
    assert one.title == str(10**300)
