"""What stands beside an article: found between breaks too, and whatever a page calls it; the article stays whole."""

import pytest

from agent.coverage.intake.markup import article_of_html
from agent.coverage.intake.metadata import Caution
from agent.coverage.intake.page import read_page
from agent.models import Document
from tests.support.pages import FLOODS, HOUSES, SCHOOL, page

_FIRST, _SECOND, _THIRD = (one.removeprefix("<p>").removesuffix("</p>") for one in (FLOODS, HOUSES, SCHOOL))


def _text(body: str, language: str = "en") -> str:
    (document,) = [one for one in read_page(page(body, language=language), "page.html") if isinstance(one, Document)]
    return document.text


@pytest.mark.parametrize(
    "between",
    [
        "Read also: <a href='/x'>Nobody died, board says</a>",
        "<strong>See also</strong>: <a href='/x'>Nobody died, board says</a>",
        "اقرأ أيضاً: <a href='/x'>Nobody died, board says</a>",
        "<a href='/x'>Follow us on WhatsApp, nobody died</a>",
        "Advertisement",
    ],
)
@pytest.mark.parametrize("box", ["<div class='text'>{}</div>", "<p>{}</p>"])
def test_between_breaks_only_the_line_itself_is_left_out(between: str, box: str) -> None:
    text = _text(box.format("<br><br>".join((_FIRST, between, _SECOND, _THIRD))))
    lines = [line for line in text.splitlines() if line]
    assert lines[-3:] == [_FIRST, _SECOND, _THIRD]
    assert "Nobody" not in text
    assert "nobody died" not in text


def test_an_offer_behind_a_break_takes_no_article_with_it() -> None:
    body = f"<div>{_FIRST}<br><br>{_SECOND}<br><br>{_THIRD}<br><br>Subscribe to continue reading this article.</div>"
    items = list(read_page(page(body), "page.html"))
    (document,) = [one for one in items if isinstance(one, Document)]
    assert _SECOND in document.text
    assert "Subscribe" not in document.text
    assert any("subscription" in one.reason for one in items if isinstance(one, Caution))


def _comments(number: int, box: str) -> str:
    words = "I saw the wall fall on Sunday and forty boats sank in the night, but nobody from the board came to look."
    one = f"<li class='comment'><article class='comment-body'><p>{words}</p></article></li>"
    return f"<section {box}><h2>Comments</h2><ol>{one * number}</ol></section>"


@pytest.mark.parametrize("number", [1, 9])
@pytest.mark.parametrize("box", ["id='comments'", "class='comments-area'", "class='reader-comments'"])
def test_what_readers_wrote_is_no_text_though_it_is_marked_as_articles(number: int, box: str) -> None:
    text = _text(FLOODS + HOUSES + SCHOOL + _comments(number, box))
    assert "forty boats" not in text
    assert _THIRD in text


def test_a_page_that_is_called_after_its_comments_keeps_its_article() -> None:
    assert _THIRD in _text(f"<div class='comments-open'><article>{FLOODS}{HOUSES}{SCHOOL}</article></div>")


@pytest.mark.parametrize(
    "beside",
    [
        "<p class='read-time'>4 min read</p>",
        "<p>Reading time: 4 minutes</p>",
        "<p>مدة القراءة: 3 دقائق</p>",
        "<p>この記事は約3分で読めます。</p>",
        "<p>Share this article on Facebook, WhatsApp or by email</p>",
        "<p>Your browser does not support the video tag.</p>",
        "<div class='audio-player'><p>Hear it in our app</p></div>",
        "<div class='author-bio'><p>Ada Pilot has covered harbours since 2003 and won 12 prizes.</p></div>",
        "<p class='print-only'>Printed from bay.example on 1 May 2024</p>",
        "<aside class='element-rich-link'><h3>Ferry sinks off Westbank</h3><a href='/f'>Read more</a></aside>",
        "<amp-ad><div>Sold by Bay Boats</div></amp-ad>",
        "<p><a href='/x'>Подписывайтесь на наш канал</a></p>",
        "<p>اخبار بیشتر را در <a href='/x'>کانال تلگرام ما</a> دنبال کنید</p>",
        "<p><a href='/x'>הצטרפו לערוץ שלנו</a></p>",
        "<p><a href='/x'>关注我们的公众号</a></p>",
    ],
)
def test_what_tells_nothing_of_the_matter_is_left_out(beside: str) -> None:
    lines = [line for line in _text(FLOODS + beside + HOUSES + SCHOOL).splitlines() if line]
    assert lines[-3:] == [_FIRST, _SECOND, _THIRD]


@pytest.mark.parametrize(
    "sentence",
    [
        "<a href='/x'>Follow-up checks on the dam showed 12 cracks</a>, the board said on Friday.",
        "Shares of the port company fell 12 per cent on Friday after <a href='/x'>the report</a>.",
        "<a href='/x'>Donated blankets reached 300 families in Northbank on Friday</a>.",
    ],
)
def test_a_sentence_that_begins_alike_stays(sentence: str) -> None:
    assert sentence.replace("<a href='/x'>", "").replace("</a>", "") in _text(
        f"{FLOODS}<p>{sentence}</p>{HOUSES}{SCHOOL}"
    )


def test_what_is_drawn_on_lines_of_its_own_ends_a_line() -> None:
    text = _text(f"{FLOODS}<p><span style='display:block'>One ship left.</span><span>Two stayed.</span></p>{HOUSES}")
    assert "One ship left.\n" in text
    inline = _text(f"{FLOODS}<p>It cost <span style='display:inline-block'>4 million</span> in all.</p>{HOUSES}")
    assert "It cost 4 million in all." in inline


@pytest.mark.parametrize(
    "beside",
    [
        "<p><strong>Read also:</strong> <a href='/x'>Mayor resigns</a></p>",
        "<p class='button-wrapper'><a class='button primary' href='/s'>Subscribe now</a></p>",
        "<div class='subscription-widget'><p>To receive new posts, become a free or paid subscriber.</p></div>",
        "<figure class='kg-bookmark-card'><a href='/x'><div>Mayor resigns</div><div>31 faults.</div></a></figure>",
        "<div class='yarpp-related'><h3>Related posts:</h3><ol><li><a href='/x'>Mayor quits</a></li></ol></div>",
        "<div class='sharedaddy'><h3>Share this:</h3><ul><li><a href='/x'>Click to share on Face</a></li></ul></div>",
    ],
)
def test_a_post_in_a_feed_comes_without_what_stands_beside_it(beside: str) -> None:
    expected = [_FIRST, _SECOND]
    assert article_of_html(FLOODS + beside + HOUSES).lines.text.splitlines() == expected
    assert [line for line in article_of_html(FLOODS + HOUSES + beside).lines.text.splitlines() if line] == expected


def test_a_post_that_is_nothing_else_stays() -> None:
    assert article_of_html("<p><a href='/x'>Read more</a></p>").lines.text == "Read more"
