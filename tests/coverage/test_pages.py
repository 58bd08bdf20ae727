"""Pages: all of the article and nothing beside it, and what was left out is told."""

import pytest

from agent.coverage.intake.metadata import Caution, Rejection
from agent.coverage.intake.page import KnownMetadata, read_page
from agent.models import Document
from tests.support.pages import FLOODS, HOUSES, SCHOOL, page

_BEYOND = "Four hundred houses"


def _read(data: bytes) -> Document:
    (document,) = [item for item in read_page(data, "page.html") if isinstance(item, Document)]
    return document


def _lines(data: bytes) -> list[str]:
    return [line for line in _read(data).text.splitlines() if line]


def _cautions(data: bytes) -> list[str]:
    return [item.reason for item in read_page(data, "page.html") if isinstance(item, Caution)]


def _left_out(document: Document) -> str:
    return " · ".join(f"{one.what} {one.why}" for one in document.provenance.left_out)


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (
            "<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Northbank</td><td>17</td></tr></table>",
            ["Town, Dead", "Northbank 17 (Dead)"],
        ),
        (
            "<div class='widget table-responsive'><table><tr><td>Northbank</td><td>17</td></tr><tr><td>Southbank</td>"
            "<td>71</td></tr></table></div>",
            ["Northbank 17", "Southbank 71"],
        ),
        (
            "<table><tr><td><a href='/n'>Northbank</a></td><td>17</td></tr><tr><td><a href='/s'>Southbank</a></td>"
            "<td>71</td></tr></table>",
            ["Northbank 17", "Southbank 71"],
        ),
        ("<h2>What is known</h2><ul><li>17 dead in Northbank</li></ul>", ["What is known", "17 dead in Northbank"]),
        (
            "<figure><img src='a.jpg'><figcaption>The market hall of Northbank <span class='credit'>Photo: Bay Agency"
            "</span></figcaption></figure>",
            ["The market hall of Northbank"],
        ),
        (
            "<div class='wp-caption'><p class='wp-caption-text'>The hall under water (Bay/Reuters)</p></div>",
            ["The hall under water"],
        ),
        (
            "<blockquote><p>We never opened the dam.</p><footer>Ola Strand, director</footer></blockquote>",
            ["“We never opened the dam.” — Ola Strand, director"],
        ),
        (
            "<figure><blockquote><p>We never opened the dam.</p></blockquote>"
            "<figcaption>Ola Strand, director</figcaption></figure>",
            ["“We never opened the dam.” — Ola Strand, director"],
        ),
        (
            "<figure class='wp-block-pullquote'><blockquote><p>We never opened the dam.</p><cite>Ola Strand</cite>"
            "</blockquote></figure>",
            ["“We never opened the dam.” — Ola Strand"],
        ),
        (
            "<aside class='pullquote'><blockquote>We never opened the dam.<footer>Ola Strand</footer></blockquote>"
            "</aside>",
            ["“We never opened the dam.” — Ola Strand"],
        ),
        (
            "<aside class='facts'><h3>The river</h3><p>The Lode is ninety kilometres long and has three dams.</p>"
            "</aside>",
            ["The river", "The Lode is ninety kilometres long and has three dams."],
        ),
        (
            "<p>The mayor said on <time datetime='2024-03-13'>Wednesday</time> that it rose.</p>",
            ["The mayor said on Wednesday that it rose."],
        ),
        ("<dl><dt>Northbank</dt><dd>17 dead</dd></dl>", ["Northbank: 17 dead"]),
    ],
    ids=[
        "table",
        "table in a widget",
        "table of links",
        "list",
        "caption",
        "old caption",
        "quotation",
        "quotation in a figure",
        "quotation of WordPress",
        "quotation in an aside",
        "facts",
        "time",
        "terms",
    ],
)
def test_all_of_the_article_is_read_in_its_order(inside: str, lines: list[str]) -> None:
    told = _lines(page(FLOODS + inside + HOUSES + SCHOOL))
    start = told.index(lines[0])
    assert told[start : start + len(lines)] == lines
    assert told[start - 1].startswith("The floods of the river")
    assert told[start + len(lines)].startswith("Its director")


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Read also: <a href='/x'>Nobody died, board says</a></p>",
        "<p><strong>اقرأ أيضاً:</strong> <a href='/x'>Nobody died, board says</a></p>",
        "<p>Lire aussi : <a href='/x'>Nobody died, board says</a></p>",
        "<p>بیشتر بخوانید: <a href='/x'>Nobody died, board says</a></p>",
        "<p>Читайте также: <a href='/x'>Nobody died, board says</a></p>",
        "<div class='related-articles'><h3>More</h3><ul><li><a href='/1'>Nobody died, board says</a></li></ul></div>",
        "<h3>Related</h3><ul><li><a href='/1'>Nobody died, board says</a></li></ul>",
        "<aside class='newsletter'><p>Nobody died, board says: get our letter every morning at seven.</p></aside>",
        "<div class='social-share'><a href='https://social.example/'>Share: nobody died</a></div>",
        "<article class='teaser'><h3><a href='/x'>Nobody died, board says</a></h3></article>",
        "<div class='comments'><p>I heard that nobody died, says a reader in the comments below.</p></div>",
        "<footer><p class='author-bio'>Ada Pilot writes that nobody died.</p></footer>",
    ],
)
def test_what_stands_beside_the_article_is_not_read(beside: str) -> None:
    document = _read(page(FLOODS + HOUSES + beside + SCHOOL))
    assert "nobody died" not in document.text.lower()
    assert _BEYOND in document.text
    assert "All rights reserved" not in document.text
    assert "Home" not in document.text


def test_a_quotation_that_is_pulled_out_is_read_once() -> None:
    pulled = "<aside><blockquote>Its director asked the inhabitants of the valley to leave</blockquote></aside>"
    assert _read(page(FLOODS + pulled + HOUSES + SCHOOL)).text.count("Its director asked") == 1


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden><p>Earlier version: nobody died in the floods, the rescue service said.</p></div>",
        "<p style='display:none'>Earlier version: nobody died in the floods, the rescue service said.</p>",
        "<div aria-hidden='true'><p>Earlier version: nobody died in the floods, the rescue service said.</p></div>",
        "<section class='is-hidden'><p>Earlier version: nobody died in the floods, it was said.</p></section>",
        "<p style='font-size: 0'>Earlier version: nobody died in the floods, the rescue service said.</p>",
        "<p style='opacity:0;'>Earlier version: nobody died in the floods, the rescue service said.</p>",
        "<p style='position:absolute; left:-9999px'>Earlier version: nobody died in the floods, it was said.</p>",
        "<p style='height:0;overflow:hidden'>Earlier version: nobody died in the floods, it was said.</p>",
        "<p style='clip: rect(0, 0, 0, 0)'>Earlier version: nobody died in the floods, it was said.</p>",
    ],
)
def test_what_a_page_hides_is_not_read_and_is_told_with_the_document(hidden: str) -> None:
    data = page(FLOODS + HOUSES + hidden + SCHOOL)
    document = _read(data)
    assert "nobody" not in document.text
    assert "hidden text (“Earlier version: nobody died" in _left_out(document)
    assert _cautions(data) == []


def test_a_page_that_is_yet_to_show_its_article_is_read() -> None:
    data = page(FLOODS + "<table><tr><td>Northbank</td><td>17</td></tr></table>" + SCHOOL)
    assert _lines(data.replace(b"<main>", b"<main style='display:none'>")) == _lines(data)


def test_words_that_are_struck_out_are_not_read_and_told() -> None:
    document = _read(page(FLOODS + "<p>In Southbank <del>71</del> 17 people died, its mayor said.</p>" + SCHOOL))
    assert "In Southbank 17 people died" in document.text
    assert "struck-out words (“71”)" in _left_out(document)


_NOT_FREE = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":%s%s}</script>'


@pytest.mark.parametrize(
    ("offer", "head"),
    [
        (
            "<div class='offer'><p>You have read your last free article. Subscribe now to continue reading.</p>"
            "<p>Already a subscriber? Log in here.</p></div>",
            "",
        ),
        ("<section><p>Il vous reste 78% de cet article à lire. La suite est réservée aux abonnés.</p></section>", ""),
        ("<div><h3>Jetzt weiterlesen mit Post+</h3><p>Sie haben bereits ein Abo? Hier anmelden</p></div>", ""),
        ("<p>Suscríbete para seguir leyendo</p><p>¿Ya eres suscriptor? Inicia sesión</p>", ""),
        (
            "<div><p>لقد قرأت جميع مقالاتك المجانية. اشترك الآن لمتابعة القراءة.</p>"
            "<p>هل لديك اشتراك؟ سجّل الدخول</p></div>",
            "",
        ),
        ("<div><p>برای خواندن ادامه مطلب مشترک شوید.</p></div>", ""),
        ("<div><p>Haberin devamını okumak için abone olun.</p><p>Zaten abone misiniz? Giriş yapın</p></div>", ""),
        ("<div><p>Чтобы читать дальше, оформите подписку.</p></div>", ""),
        (
            "<div class='paywall-offer'><h3>Posten+</h3><p>Prenumerera för 9 kr i månaden.</p></div>",
            _NOT_FREE % ("false", ""),
        ),
    ],
    ids=["en", "fr", "de", "es", "ar", "fa", "tr", "ru", "by its name"],
)
def test_an_offer_in_the_place_of_the_rest_is_no_text_and_the_cut_is_told(offer: str, head: str) -> None:
    data = page(FLOODS + offer, head=head)
    assert _lines(data) == ["Floods in the valley", FLOODS.removeprefix("<p>").removesuffix("</p>")]
    (caution,) = _cautions(data)
    assert "only its beginning was to be had" in caution
    assert "the rest of the article" in _left_out(_read(data))


@pytest.mark.parametrize("said", ["false", '"False"', '"http://schema.org/False"'])
def test_a_page_that_says_it_is_not_free_is_told(said: str) -> None:
    (caution,) = _cautions(page(FLOODS, head=_NOT_FREE % (said, "")))
    assert "may be missing" in caution


def test_what_is_sold_and_stands_in_the_page_is_read_without_a_word() -> None:
    part = ',"hasPart":{"isAccessibleForFree":false,"cssSelector":".paywall"}'
    data = page(FLOODS + f"<div class='paywall'>{HOUSES}{SCHOOL}</div>", head=_NOT_FREE % ("false", part))
    assert _BEYOND in _read(data).text
    assert _cautions(data) == []


@pytest.mark.parametrize(
    "head",
    [
        _NOT_FREE % ("true", ""),
        '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle",'
        '"isAccessibleForFree":false}]}</script>',
        '<script type="application/ld+json">{broken</script>',
    ],
)
def test_of_a_free_page_nothing_is_told(head: str) -> None:
    assert _cautions(page(FLOODS + HOUSES + SCHOOL, head=head)) == []


def test_news_about_subscribers_are_no_offer() -> None:
    about = "<p>The service has lost two million subscribers; this series is only available to its members.</p>"
    assert "two million subscribers" in _read(page(FLOODS + about + HOUSES + SCHOOL)).text


@pytest.mark.parametrize(
    "body",
    [
        "<main><article><h1>Bridge shut</h1><p>The bridge was shut on Monday.</p></article></main>",
        "<div id='content'><h1>Bridge shut</h1><p>The bridge was shut on Monday.</p></div>",
        "<h1>Bridge shut</h1><p>The bridge was shut on Monday.</p>",
        "<div itemprop='articleBody'><h1>Bridge shut</h1><p>The bridge was shut on Monday.</p></div>",
    ],
)
def test_a_short_article_is_whole_and_alone(body: str) -> None:
    around = "<nav><a href='/'>Home</a></nav>%s<aside><ul><li><a href='/x'>Nobody died</a></li></ul></aside>"
    html = (
        f"<!DOCTYPE html><html lang='en'><head><title>Bridge shut</title></head><body>{around % body}</body></html>"
    )
    assert _lines(html.encode()) == ["Bridge shut", "The bridge was shut on Monday."]


def test_a_short_article_in_arabic_is_whole() -> None:
    data = page("<p>أغلق الجسر يوم الاثنين.</p>", title="إغلاق الجسر", language="ar")
    assert _lines(data) == ["إغلاق الجسر", "أغلق الجسر يوم الاثنين."]


_ENTRIES = (
    ("09:40", "The water board has opened the dam above Northbank, its director says."),
    ("08:15", "The first boats have left for Southbank, the rescue service says."),
    ("07:30", "The river rises by ten centimetres an hour, the measuring post shows."),
)


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ("<div class='entry'><time datetime='2024-03-14T{0}:00Z'>{0}</time><p>{1}</p></div>", "{0}|{1}"),
        (
            "<article><time datetime='2024-03-14T{0}Z'>3 hours ago</time><p>{1}</p></article>",
            "2024-03-14 {0} UTC|{1}",
        ),
        ("<section><time datetime='2024-03-14T{0}+01:00'></time><p>{1}</p></section>", "2024-03-14 {0} +01:00|{1}"),
        ("<div class='post'><p class='timestamp'>{0} GMT</p><p>{1}</p></div>", "{0} GMT|{1}"),
        ("<p><strong>{0}</strong> {1}</p>", "{0} {1}"),
        ("<li><span class='time'>{0}</span> {1}</li>", "{0} {1}"),
        ("<h4>{0}</h4><p>{1}</p>", "{0}|{1}"),
    ],
)
def test_entries_of_a_live_report_stand_apart_each_with_its_time(entry: str, parts: str) -> None:
    data = page("".join(entry.format(*one) for one in _ENTRIES))
    expected = [part for one in _ENTRIES for part in parts.format(*one).split("|")]
    assert _read(data).text.split("\n\n")[1:] == expected


def test_the_time_of_a_page_and_of_other_stories_is_no_entry() -> None:
    other = "<div class='card'><time datetime='2024-03-01T10:00'>10:00</time><p><a href='/x'>Dam opened</a></p></div>"
    data = page("<p><time datetime='2024-03-14T07:30'>07:30</time></p>" + FLOODS + other + HOUSES + other + SCHOOL)
    assert "10:00" not in _read(data).text


@pytest.mark.parametrize(
    "note",
    [
        "<aside class='correction'><p>Correction: an earlier version of this article said that 71 people died.</p>",
        "<footer><p>Correction, 15 March: an earlier version of this article said that 71 people died.</p></footer>",
        "<aside><h4>Correction</h4><p>An earlier version of this article said that 71 people died.</p></aside>",
        "<div class='editors-note'><em>This article was amended: an earlier version said that 71 people died.</em>",
        "<footer><p>Rectificatif : une version précédente de cet article indiquait que 71 personnes sont mortes.</p>",
        "<aside><p>تصحيح: ذكرت نسخة سابقة من هذا المقال أن 71 شخصا قتلوا.</p></aside>",
        "<aside><p>اصلاحیه: در نسخه قبلی این گزارش آمده بود که 71 نفر کشته شدند.</p></aside>",
        "<aside><p>Düzeltme: Haberin önceki sürümünde 71 kişinin öldüğü belirtilmişti.</p></aside>",
        "<aside><p>Corrección: una versión anterior de esta noticia decía que murieron 71 personas.</p></aside>",
    ],
)
def test_a_correction_is_read_wherever_it_stands_and_told(note: str) -> None:
    data = page(FLOODS + HOUSES + SCHOOL + note)
    assert "71" in _read(data).text
    (caution,) = _cautions(data)
    assert "71" in caution
    assert "not heard as support" in caution


def test_a_correction_beside_the_article_element_is_read_and_a_policy_is_not() -> None:
    note = "<section class='corrections'><p>Correction: the number of dead is 17, not 71.</p></section>"
    policy = "<p><a href='/corrections'>Read about our corrections and how we make them here.</a></p>"
    data = page(FLOODS + HOUSES + SCHOOL).replace(b"</article></main>", f"</article>{note}{policy}</main>".encode())
    text = _read(data).text
    assert "17, not 71" in text
    assert "how we make them" not in text


_FAR = "<div class='page-end'><p>{}</p></div>"


def test_a_correction_elsewhere_in_the_page_is_read_where_it_is_about_the_article() -> None:
    note = "Correction: this story originally said that people in five towns were killed by the floods; none were."
    other = "Correction: this story originally said that the ferry to Southbank sank with all hands; it did not."
    data = page(FLOODS + HOUSES + SCHOOL)
    for told, is_read in ((note, True), (other, False)):
        far = data.replace(b"</main>", f"</main>{_FAR.format(told)}".encode())
        assert (told in _read(far).text) is is_read
        assert len(_cautions(far)) == is_read


def test_a_piece_of_html_is_an_article_and_all_of_it_is() -> None:
    post = (
        "<!-- wp:heading --><h2>Two bridges</h2><!-- /wp:heading --><ul><li>It takes six weeks.</li></ul>"
        "<p>Subscribe now to continue reading.</p><aside>Read also: nothing</aside>"
        '[caption id="a_7" width="300"]<img src="t.jpg" /> The old hall[/caption]'
    )
    (document,) = read_page(post.encode(), "post.html", KnownMetadata(title="Bridges", outlet="Harbour Post"))
    assert isinstance(document, Document)
    assert [line for line in document.text.splitlines() if line] == [
        "Two bridges",
        "It takes six weeks.",
        "Subscribe now to continue reading.",
        "Read also: nothing",
        "The old hall",
    ]
    assert (document.title, document.outlet) == ("Bridges", "Harbour Post")


def test_what_an_address_answers_is_no_piece_of_html() -> None:
    known = KnownMetadata(url="https://bay.example/1")
    (rejection,) = read_page(b"<invoice><sum>17</sum></invoice>", "https://bay.example/1", known)
    assert isinstance(rejection, Rejection)


def test_a_page_of_links_alone_holds_no_article() -> None:
    data = b"<!doctype html><html><body><nav><a href='/'>Home</a></nav><img src='a.png'></body></html>"
    (rejection,) = read_page(data, "page.html")
    assert isinstance(rejection, Rejection)


def test_an_article_that_stands_only_in_the_data_of_a_page_is_read() -> None:
    words = "The floods of the river Lode killed people in five towns on Wednesday night, the service said. " * 3
    told = f'{{"@type":"NewsArticle","articleBody":"{words}"}}'
    head = f'<head><script type="application/ld+json">{told}</script></head>'
    html = f'<html>{head}<body><div id="app"></div></body></html>'
    assert "killed people in five towns" in _read(html.encode()).text


@pytest.mark.parametrize(
    "described",
    [
        '{"@type":"LiveBlogPosting","headline":"Floods in the valley","liveBlogUpdate":[{"@type":"BlogPosting",'
        '"headline":"The river rises"}]}',
        '{"@type":"NewsArticle","headline":"The river rises","url":"https://harbourpost.example/other"}',
        '{"@type":"VideoObject","headline":"The river rises"}',
        '{"@type":"NewsArticle"}',
    ],
)
def test_the_title_is_that_of_the_page_and_not_of_something_in_it(described: str) -> None:
    head = f'<script type="application/ld+json">{described}</script>'
    assert _read(page(FLOODS + HOUSES + SCHOOL, head=head)).title == "Floods in the valley"


def test_a_headline_may_be_said_otherwise_in_the_head_of_a_page() -> None:
    head = '<meta property="og:title" content="What we know of the floods">'
    assert _read(page(FLOODS + HOUSES + SCHOOL, head=head)).title == "What we know of the floods"
