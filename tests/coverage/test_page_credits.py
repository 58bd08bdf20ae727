"""Whom pages credit in what they tell machines, and what that makes of two reports beside each other."""

import json
from pathlib import Path

import pytest

from agent.article import About, read_article
from agent.coverage.intake.page_credits import page_credits
from agent.coverage.intake.reading import read_coverage
from agent.coverage.origins.roots import root_of
from agent.models import Article, Bond, Document, Evidence, Origin, Passage, Provenance, Span, Stance, When
from agent.verify.summaries import origins_known
from tests.support.shelf import DENIAL, QUAY, WITNESS

REUTERS = {"@type": "Organization", "name": "Reuters"}
OWN = {"@type": "NewsMediaOrganization", "name": "Harbour Post"}
ADA = {"@type": "Person", "name": "Ada Pilot"}


def _page(*told: object, head: str = "", text: str = QUAY) -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in told)
    return (
        '<html lang="en"><head><title>Quay two shut</title><meta property="og:site_name" content="Harbour Post">'
        f'<link rel="canonical" href="https://harbourpost.example/quay">{head}{scripts}</head><body><article>'
        f"<h1>Quay two shut</h1><p>{text}</p><p>{DENIAL}</p></article></body></html>"
    )


def _article(**told: object) -> dict[str, object]:
    usual: dict[str, object] = {"@type": "NewsArticle", "headline": "Quay two shut"}
    return {"@context": "https://schema.org", **usual, **told}


def _read(tmp_path: Path, page: str) -> Document:
    (tmp_path / "a.html").write_text(page, "utf-8")
    (document,) = (item for item in read_coverage([tmp_path / "a.html"]) if isinstance(item, Document))
    return document


def _root(tmp_path: Path, page: str) -> str | None:
    root = root_of(_read(tmp_path, page))
    return root.id if root else None


@pytest.mark.parametrize(
    "told",
    [
        _article(author=REUTERS, publisher=OWN),
        _article(author=[ADA, REUTERS], publisher=OWN),
        _article(author=[{"@type": ["Organization"], "name": ["Reuters"]}]),
        _article(author="Reuters"),
        _article(author={"@type": "Person", "name": "Reuters"}),
        _article(author=ADA, sourceOrganization=REUTERS),
        _article(author=ADA, provider={"@type": "Organization", "name": "Reuters News Agency"}),
        _article(author=ADA, creator=REUTERS),
        _article(author=ADA, copyrightHolder={"@type": "Organization", "name": "Thomson Reuters"}),
        _article(author=ADA, publisher=REUTERS),
        _article(author=ADA, creditText="Reuters"),
        _article(author=ADA, isBasedOn={"@type": "NewsArticle", "publisher": REUTERS}),
        _article(author=ADA, isBasedOn="https://www.reuters.com/world/1"),
        _article(author=ADA, translationOfWork={"@type": "Article", "url": "https://www.reuters.com/world/1"}),
        {"@graph": [{"@type": "WebPage", "name": "x"}, _article(author={"@id": "#r"}), REUTERS | {"@id": "#r"}]},
        [{"@type": "BreadcrumbList"}, _article(author=REUTERS)],
        {"@type": "WebPage", "mainEntity": _article(author=REUTERS)},
        _article(**{"@type": ["ReportageNewsArticle", "Thing"], "author": REUTERS}),
    ],
)
def test_an_agency_in_the_structured_data_of_the_article_is_credited(tmp_path: Path, told: object) -> None:
    assert _root(tmp_path, _page(told)) == "agency:reuters"


@pytest.mark.parametrize(
    "told",
    [
        _article(author=OWN, publisher=OWN, sourceOrganization=OWN),
        _article(author={"@type": "Organization", "name": "Harbour Post Newsroom"}),
        _article(author={"@type": "Organization", "name": "Redaktion"}),
        _article(author=ADA, provider={"@type": "Organization", "name": "Page Works Ltd"}),
        _article(author=ADA, copyrightHolder={"@type": "Organization", "name": "Harbour Media AS"}),
        _article(author=ADA, isBasedOn="https://doi.example/10.5/1"),
        _article(author=ADA, mentions=[REUTERS], about=REUTERS, citation="Reuters"),
        _article(author=ADA, hasPart=[_article(author=REUTERS)], review={"author": REUTERS}),
        _article(author=ADA, video={"@type": "VideoObject", "creator": REUTERS}),
        _article(author=ADA, image={"@type": "ImageObject", "creditText": "Reuters", "copyrightHolder": REUTERS}),
        {"@type": "ItemList", "itemListElement": [_article(author=REUTERS)]},
    ],
)
def test_what_is_not_said_of_the_article_or_names_no_agency_is_no_credit(tmp_path: Path, told: object) -> None:
    assert _root(tmp_path, _page(told)) == "outlet:harbour post"


def test_of_several_articles_the_one_of_the_page_counts(tmp_path: Path) -> None:
    teaser = _article(headline="Floods in the valley", author=REUTERS, url="https://harbourpost.example/floods")
    own = _article(author=ADA, url="https://harbourpost.example/quay?utm_source=feed")
    named = {**own, "url": None}
    assert _root(tmp_path, _page(teaser, own)) == "outlet:harbour post"
    assert _root(tmp_path, _page(teaser, named)) == "outlet:harbour post"
    assert _root(tmp_path, _page([own, teaser])) == "outlet:harbour post"
    swapped = _article(headline="Quay", author=REUTERS, mainEntityOfPage={"@id": "https://harbourpost.example/quay"})
    assert _root(tmp_path, _page({**teaser, "author": ADA}, swapped)) == "agency:reuters"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="original-source" content="https://www.reuters.com/world/1">',
        "<meta content='Reuters' name='syndication-source'>",
        '<meta property="DC.source" content="Reuters">',
        '<meta name="author" content="Le Quai avec Reuters">',
    ],
)
def test_a_source_in_the_head_of_a_page_is_credited(tmp_path: Path, head: str) -> None:
    assert _root(tmp_path, _page(head=head)) == "agency:reuters"


@pytest.mark.parametrize("key", ["isBasedOn", "isBasedOnUrl", "translationOfWork"])
def test_an_outlet_that_an_article_is_made_from_may_be_known_by_its_address(tmp_path: Path, key: str) -> None:
    assert _root(tmp_path, _page(_article(author=ADA, **{key: "https://www.theguardian.com/1"}))) == "family:guardian"


@pytest.mark.parametrize(
    ("box", "root"),
    [
        ("<div class='republish'><p>This story first appeared in the Bay Courier.</p></div>", "outlet:bay courier"),
        (
            "<div class='repub-note'>Republished from the <i>Bay Courier</i> with permission.</div>",
            "outlet:bay courier",
        ),
        ("<div class='article-source'>Source: <b>Reuters</b></div>", "agency:reuters"),
        ("<p class='story-source'>المصدر: رويترز</p>", "agency:reuters"),
        ("<div id='kaynak'>Kaynak: Reuters</div>", "agency:reuters"),
        ("<div class='sources'>Source: the ministry of ports</div>", "outlet:harbour post"),
        ("<div class='open-source'>Reuters told us of a new quay</div>", "outlet:harbour post"),
        ("<div class='related'><p class='article-source'>Source: Reuters</p></div>", "outlet:harbour post"),
        ("<footer><p class='article-source'>Source: Reuters</p></footer>", "outlet:harbour post"),
    ],
)
def test_a_box_behind_the_article_tells_where_it_is_from(tmp_path: Path, box: str, root: str) -> None:
    assert _root(tmp_path, _page().replace("</article>", f"</article>{box}")) == root


@pytest.mark.parametrize(
    "author", ["Ada Pilot for Reuters", "Ada Pilot (Reuters)", "Ada Pilot via Reuters", "Reuters"]
)
@pytest.mark.parametrize(
    "place",
    [
        '<meta name="author" content="{}">',
        '<p class="byline">{}</p>',
        '<div class="article__author"><a rel="author" href="/x">{}</a></div><div>More</div>',
        '<span itemprop="author">{}</span>',
    ],
)
def test_an_agency_in_a_visible_by_line_is_credited(tmp_path: Path, place: str, author: str) -> None:
    told = place.format(author)
    page = _page(head=told) if told.startswith("<meta") else _page().replace("</h1>", f"</h1>{told}")
    assert _root(tmp_path, page) == "agency:reuters"


@pytest.mark.parametrize("by_line", ["", '<p class="byline">Ada Pilot</p>'])
@pytest.mark.parametrize("beside", ["</article><div>", "<aside>", "<footer>"])
def test_an_agency_that_signs_a_story_beside_the_article_is_not_credited(
    tmp_path: Path, by_line: str, beside: str
) -> None:
    teaser = f'{beside}<h3>Floods</h3><span class="author">Reuters</span>'
    page = _page().replace("</h1>", f"</h1>{by_line}").replace("</article>", f"{teaser}</article>")
    document = _read(tmp_path, page)
    root = root_of(document)
    assert (root and root.id, "Reuters" in (document.author or "")) == ("outlet:harbour post", False)


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">{broken</script>',
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        '<script type="application/ld+json">' + '{"@graph":' * 50_000 + "</script>",
        '<script type="application/ld+json">{"@type": 5, "author": [[{"name": {"a": 1}}]]}</script>' * 200,
        '<script type="application/ld+json">'
        + json.dumps({"@graph": [_article(author=[REUTERS] * 9000)] * 3})
        + "</script>",
        "<meta " * 5_000,
    ],
)
def test_structured_data_that_is_hostile_costs_no_page(tmp_path: Path, script: str) -> None:
    assert QUAY in _read(tmp_path, _page(head=script)).text


@pytest.mark.parametrize(
    "page",
    ['<script type="application/ld+json">' * 9_000, '<script type="application/ld+json"' * 9_000, "<meta" * 99_000],
)
def test_tags_that_are_never_closed_take_no_time(page: str) -> None:
    assert page_credits(page, author=None, canonical=None, outlet=None).names == ()


def test_structured_data_in_a_comment_or_a_cdata_section_is_read() -> None:
    inner = json.dumps(_article(author=REUTERS))
    for wrapped in (f"<!-- {inner} -->", f"//<![CDATA[\n{inner}\n//]]>", f"\n{inner}\n"):
        page = f'<script nonce="x" type="application/ld+json">{wrapped}</script>'
        assert page_credits(page, author=None, canonical=None, outlet="Harbour Post").author == "Reuters"


def test_an_article_that_is_a_page_credits_as_it_would_in_coverage() -> None:
    page = _page(_article(author=ADA, sourceOrganization=REUTERS))
    article = read_article(page.encode(), "a.html", About(), 10_000)
    root = root_of(article)
    assert (article.author, root and root.id) == ("Ada Pilot, via Reuters", "agency:reuters")


def test_a_line_of_coverage_may_name_its_credits(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    keys: tuple[dict[str, object], ...] = (
        {"credits": ["Reuters"]},
        {"creditline": "Reuters"},
        {"credit": {"name": "Reuters"}},
        {"credits": None},
    )
    path.write_text("\n".join(json.dumps({"text": f"{QUAY} {n}", **key}) for n, key in enumerate(keys)))
    read = [item.provenance.credits for item in read_coverage([path]) if isinstance(item, Document)]
    assert read == [("Reuters",), ("Reuters",), ("Reuters",), ()]


def test_a_feeds_entry_that_came_from_an_agencys_feed_credits_it(tmp_path: Path) -> None:
    entries = "".join(
        f"<item><title>{n}</title><link>https://bay.example/{n}</link><source url='https://x.example/'>{source}</source>"
        f"<content:encoded><![CDATA[<p>{QUAY} {n}</p><p>{DENIAL}</p>]]></content:encoded></item>"
        for n, source in enumerate(("Reuters", "World news"))
    )
    feed = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bay Desk</title>'
        f"{entries}</channel></rss>"
    )
    (tmp_path / "a.xml").write_text(feed)
    read = [item for item in read_coverage([tmp_path / "a.xml"]) if isinstance(item, Document)]
    assert [root.id for one in read if (root := root_of(one))] == ["agency:reuters", "outlet:bay desk"]


def _origin(document: Document) -> Origin:
    return Origin(id=f"o{document.id}", documents=(document,))


def _evidence(document: Document, root: str) -> Evidence:
    passage = Passage.of(document, Span(start=0, end=20))
    return Evidence(
        stance=Stance.SUPPORTS, quote=passage.text, source="coverage", passage=passage, origin=root,
        independent=True, same_speaker=False, when=When.UNKNOWN,
    )  # fmt: skip


def _told(text: str, outlet: str, **known: object) -> Document:
    return Document.of(text, outlet=outlet, **known)  # type: ignore[arg-type]  # as the tests give them


def _counted(article: Article, *documents: Document) -> list[str]:
    known = origins_known(article, [_origin(document) for document in documents])
    return [known.roots[f"o{document.id}"] for document in documents]


ARTICLE = Article(text="The second quay is shut.", outlet="Evening Sheet", language="en")


def test_two_reports_that_credit_one_agency_in_other_places_are_one_origin_and_it_is_told_why() -> None:
    structured = _told(QUAY, "Harbour Post", provenance=Provenance(credits=("Reuters",)))
    french = _told(WITNESS, "Le Quai", author="Le Quai avec Reuters")
    wire = _told(f"NORTHBANK (Reuters) - {DENIAL}", "Valley Courier")
    assert _counted(ARTICLE, structured, french, wire) == ["agency:reuters"] * 3
    known = origins_known(ARTICLE, [_origin(one) for one in (structured, french, wire)])
    (card,) = known.summaries(_evidence(one, "agency:reuters") for one in (structured, french, wire))
    assert [telling.why for telling in card.tellings] == [Bond.CREDITS_AGENCY] * 3
    assert (card.name, card.articles) == ("Reuters", 3)


def test_two_reprints_of_one_outlets_report_are_one_origin_with_it() -> None:
    first = _told(QUAY, "Le Quai")
    english = _told(f"{DENIAL}\nFirst published in French by Le Quai.", "Harbour Post")
    arabic = _told(f"{WITNESS}\nالمصدر: صحيفة Le Quai", "المرفأ")
    assert _counted(ARTICLE, first, english, arabic) == ["outlet:le quai"] * 3


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Alizé Presse", "وكالة أليزيه برس"),
        ("Suhail News Agency", "وكالة سهيل للأنباء"),
        ("Harbour Post", "هاربر بوست"),
        ("Tarrance Observer", "تارانس أوبزرفر"),
        ("La Vigie australe", "لا فيجي أوسترال"),
        ("Al-Madar al-Yawm", "المدار اليوم"),
        ("Chronicle of the Bay", "كرونيكل أوف ذا باي"),
    ],
)
def test_an_outlet_that_is_credited_in_another_script_is_that_outlet(latin: str, arabic: str) -> None:
    own = _told(QUAY, latin)
    credits = _told(f"{WITNESS}\nترجمة عن «{arabic}»", "دفتر الأخبار")
    back = _told(f"{DENIAL}\nSource: {latin}", "Valley Courier")
    (one, other, third) = _counted(ARTICLE, own, credits, back)
    assert one == other == third
    article = Article(text="The second quay is shut.", outlet=latin, language="en")
    known = origins_known(article, [_origin(own), _origin(credits), _origin(back)])
    assert known.independent == frozenset()


def test_an_outlet_is_credited_by_its_host_and_by_its_name_in_the_letters_of_a_neighbour() -> None:
    own = _told(QUAY, "Harbour Post")
    by_host = _told(f"{WITNESS}\nThis article first appeared on harbourpost.example.", "Valley Courier")
    assert _counted(ARTICLE, own, by_host) == ["outlet:harbour post"] * 2
    persian = _told(f"{QUAY}\nمنبع: خبرگزاری آونگ", "صبحانه")
    arabic = _told(f"{WITNESS}\nالمصدر: وكالة آونك", "أخبار الجوار")
    assert len(set(_counted(ARTICLE, persian, arabic))) == 1


def test_what_is_credited_by_two_names_in_two_scripts_is_one_whichever_is_asked_first() -> None:
    latin = _told(f"{QUAY}\nvia Alize Presse", "Monsoon Standard")
    arabic = _told(f"{WITNESS}\nنقلاً عن وكالة أليزيه برس", "بريد المحيط")
    assert _counted(ARTICLE, latin, arabic) == _counted(ARTICLE, arabic, latin) == ["outlet:alize presse"] * 2


def test_a_signature_in_brackets_counts_where_the_article_is_of_that_outlet() -> None:
    signed = _told(f"{WITNESS}\n(لا فيجي أوسترال)", "أوراق جنوبية")
    origin = _origin(signed)
    for outlet, independent in (("La Vigie australe", False), ("Harbour Post", True), (None, True)):
        article = Article(text="The second quay is shut.", outlet=outlet)
        assert (origin.id in origins_known(article, [origin]).independent) is independent
    guardian = _origin(_told(f"{WITNESS}\n(الغارديان)", "أوراق جنوبية"))
    article = Article(text="The second quay is shut.", outlet="The Observer")
    assert origins_known(article, [guardian]).independent == frozenset()


def test_outlets_that_only_sound_alike_and_credit_nobody_are_two() -> None:
    assert _counted(ARTICLE, _told(QUAY, "Poyraz"), _told(WITNESS, "بويراز")) == ["outlet:poyraz", "outlet:بويراز"]


def test_a_name_that_may_be_two_outlets_is_the_one_that_is_written_like_it_and_joins_no_two() -> None:
    credits = _told(f"{WITNESS}\nترجمة عن «باي هيرالد»", "دفتر الأخبار")
    bay, boy = _told(QUAY, "Bay Herald"), _told(DENIAL, "Boy Herald")
    for documents in ([bay, boy, credits], [boy, bay, credits]):
        roots = dict(zip((one.outlet for one in documents), _counted(ARTICLE, *documents), strict=True))
        assert roots == {
            "Bay Herald": "outlet:bay herald",
            "Boy Herald": "outlet:boy herald",
            "دفتر الأخبار": "outlet:bay herald",
        }


def test_independent_reports_of_one_event_are_two_origins_though_both_cite_an_agency_and_an_office() -> None:
    one = _told(f"{QUAY} Reuters reported earlier that the crane was old.\nPhoto: Reuters", "Harbour Post")
    other = _told(f"Selon la police, {WITNESS} The master told Reuters so.", "Valley Courier")
    assert _counted(ARTICLE, one, other) == ["outlet:harbour post", "outlet:valley courier"]


def test_a_false_credit_weakens_who_gives_it_alone() -> None:
    honest = [_told(QUAY, "Harbour Post"), _told(WITNESS, "Valley Courier")]
    before = origins_known(ARTICLE, [_origin(one) for one in honest])
    liar = _told(f"{DENIAL}\nFirst published by Harbour Post. Source: Valley Courier", "Forger")
    after = origins_known(ARTICLE, [_origin(one) for one in (*honest, liar)])
    assert {key: after.roots[key] for key in before.roots} == before.roots
    assert before.independent <= after.independent
    assert after.roots[f"o{liar.id}"] in before.roots.values()
