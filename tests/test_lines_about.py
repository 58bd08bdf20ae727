"""The headline, and the outlet and the day below it, with which a plain text begins."""

from pathlib import Path

import pytest

from agent.analyst.lexical.extract import statements
from agent.article import About, besides, plain_article
from agent.config import Settings
from agent.doors.api.taking import VerificationRequest, taken
from agent.doors.render.look import title_of
from agent.doors.render.summary import warnings
from agent.doors.render.view import view_of
from agent.doors.web.known import read_known
from agent.messages import load_words
from agent.models import Article, Part, Span
from agent.verify.claims import Collected, collect
from agent.verify.notices import read_from_text
from tests.support.reports import english_report
from tests.support.scripted import draft
from tests.support.talk import open_talk, text_of

BODY = "The bridge was shut after an inspection. Two ferries replace it."
FERRIES = "Two ferries replace it"
TEXT = f"Harbour bridge shut\nHarbour Post · 5 March 2026\n\n{BODY}"
ARABIC = "إغلاق جسر المرفأ\nبريد المرفأ | ٥ مارس ٢٠٢٦\n\nأغلق المكتب الجسر بعد فحصه."


def _read(text: str, about: About = About()) -> Article:  # noqa: B008
    return plain_article(text, "a.txt", about, 10_000)


def _collected(article: Article, *quotes: str) -> Collected:
    part = Part(index=0, span=Span(start=0, end=len(article.text)), text=article.text)
    return collect(article, [(part, draft(quote, quote)) for quote in quotes], 10)


@pytest.mark.parametrize(
    ("text", "title", "outlet"),
    [(TEXT, "Harbour bridge shut", "Harbour Post"), (ARABIC, "إغلاق جسر المرفأ", "بريد المرفأ")],
)
def test_they_are_read_and_it_is_told_that_they_were(text: str, title: str, outlet: str) -> None:
    article = _read(text)
    assert (article.text, article.title, article.outlet) == (text, title, outlet)
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2026-03-05"
    assert article.read_from_text == ("title", "outlet", "published_at")


@pytest.mark.parametrize("about", [About(), About(title="Harbour bridge shut", outlet="Harbour Post")])
@pytest.mark.parametrize("language", ["en", "ar", "fr", "fa"])
def test_that_a_headline_is_not_checked_is_told_whoever_named_it(language: str, about: About) -> None:
    words = load_words(language)
    report = english_report().model_copy(update={"article": _read(TEXT, about)})
    assert words("headline_unchecked") in warnings(report, words)
    bare = english_report().model_copy(update={"article": _read(BODY, about)})
    assert words("headline_unchecked") not in warnings(bare, words)


def test_lines_above_an_article_are_shown_as_lines_where_its_own_run_on() -> None:
    text = TEXT.replace("was shut after", "was shut\nafter").replace("Two ferries", "Two\nferries")
    report = english_report().model_copy(update={"article": _read(text), "claims": ()})
    shown = "".join(piece.text for piece in view_of(report, load_words("en")).pieces)
    assert shown == TEXT


OPENED = [
    ("Harbour Post, 5 March 2026\n\n", "en", "Harbour Post", "2026-03-05"),
    ("Bridge shut\nHarbour Post – 5 March 2026 –\n", "en", "Harbour Post", "2026-03-05"),
    ("Harbour Post – 5 March 2026 – ", "en", "Harbour Post", "2026-03-05"),
    ("LARKHAVEN, Harbour Post, 5 March 2026 — ", "en", "Harbour Post", "2026-03-05"),
    ("Exclusive - Quay Gazette - ", "en", "Quay Gazette", None),
    ("Le Courrier du Quai – 5 mars 2026 – ", "fr", "Le Courrier du Quai", "2026-03-05"),
    ("صحيفة المرفأ، ٥ آذار/مارس ٢٠٢٦\n", "ar", "صحيفة المرفأ", "2026-03-05"),
    ("بيروت – صحيفة المرفأ – ٥ آذار/مارس ٢٠٢٦ – ", "ar", "صحيفة المرفأ", "2026-03-05"),
    ("خاص – بيروت – ", "ar", None, None),
    ("Harbour Post, March 5, 2026\n\n", "en", "Harbour Post", "2026-03-05"),
    ("Harbour Post – Thursday, March 5, 2026 – ", "en", "Harbour Post", "2026-03-05"),
    ("Harbour Post | Thursday, March 5, 2026\n\n", "en", "Harbour Post", "2026-03-05"),
    ("Thursday, March 5, 2026 – Harbour Post – ", "en", "Harbour Post", "2026-03-05"),
    ("Diario del Puerto – jueves, 5 de marzo de 2026 – ", "es", "Diario del Puerto", "2026-03-05"),
    ("Hafen Anzeiger – 5. März 2026 – ", "de", "Hafen Anzeiger", "2026-03-05"),
    ("هفته‌نامه بندر، ۱۴ اسفند ۱۴۰۴\n", "fa", "هفته‌نامه بندر", "2026-03-05"),
]
SAID = {
    "en": "The minister said that the bridge was shut on Monday.",
    "fr": "Le pont a été fermé lundi par la mairie.",
    "ar": "قال الوزير إن الجسر أُغلق يوم الاثنين.",
    "es": "El puente fue cerrado el lunes por el ministro.",
    "de": "Die Brücke wurde am Montag gesperrt, sagte der Minister.",
    "fa": "وزیر گفت که پل روز دوشنبه بسته شد و دو نفر کشته شدند.",
}


@pytest.mark.parametrize(("front", "language", "outlet", "day"), OPENED)
def test_outlet_and_day_in_front_are_read_and_claim_nothing(
    front: str, language: str, outlet: str | None, day: str | None
) -> None:
    article = _read(front + SAID[language])
    assert article.text == front + SAID[language]
    assert article.outlet == outlet
    assert (article.published_at.date().isoformat() if article.published_at else None) == day
    told = statements(article)
    assert told
    shut = article.text.index(SAID[language].split()[0])
    assert all(one.span.start >= shut for one in told if one.draft.quote != "Bridge shut")
    piece = front.strip(" \n–-").split("\n")[-1]
    assert _collected(article, piece).claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "Battle of Ypres, 5 March 1915\nThe harbour was empty.",
        "Mayor resigns – 5 March 2026\nThe harbour was empty.",
        "The minister – a lawyer – said that the bridge was shut.",
        "The Daily Mail – a newspaper – said that the bridge was shut.",
        "الوزير – وهو محام – قال إن الجسر أُغلق.",
        "Geneva – the city on the lake – was quiet on 5 March 2026.",
        "News – good or bad – travels fast.",
        "Royal Mail – sold for 3.6 billion pounds – cut 500 jobs on Monday.",
        "Royal Mail – once the pride of the country – was sold on Monday.",
        "Fox Radio – Tucker Marsh – was fired on Monday.",
        "قناة السويس – الممر الملاحي الأهم – أُغلقت يوم الاثنين.",
        "قناة السويس – أغلقتها السلطات يوم الاثنين.",
        "سانا – وكالة الأنباء السورية – نقلت الخبر يوم الاثنين.",
        "شبکه برق – پس از زلزله – دوشنبه قطع شد.",
        "إغلاق قناة السويس، ٥ مارس ٢٠٢٦\nأغلقت السلطات القناة يوم الاثنين.",
    ],
)
def test_what_may_be_something_else_is_no_opening(text: str) -> None:
    article = _read(text)
    assert (article.outlet, article.published_at) == (None, None)
    first = text.split("\n")[0].split(" – ")[0]
    assert [claim.quote for claim in _collected(article, first).claims] == [first]


def test_what_somebody_tells_goes_before_them() -> None:
    article = _read(TEXT, About(outlet="The Ledger", published_at="2026-03-01"))
    assert article.published_at is not None
    assert article.published_at.day == 1
    assert (article.outlet, article.read_from_text) == ("The Ledger", ("title",))


def test_what_is_told_of_a_text_that_was_fetched_goes_before_them_too() -> None:
    article = besides(_read(TEXT), About(outlet="The Ledger"))
    assert (article.outlet, article.title) == ("The Ledger", "Harbour bridge shut")
    assert article.read_from_text == ("title", "published_at")


def test_they_claim_nothing() -> None:
    collected = _collected(
        _read(TEXT), "Harbour bridge shut", "Harbour Post · 5 March 2026", "Two ferries replace it"
    )
    assert [claim.quote for claim in collected.claims] == [FERRIES]
    assert collected.without_quote == 0


def test_words_of_the_headline_that_come_again_are_a_claim_where_they_come_again() -> None:
    article = _read(TEXT.replace("The bridge was shut", "Harbour bridge shut"))
    (claim,) = _collected(article, "Harbour bridge shut").claims
    assert claim.spans[0].start > len("Harbour bridge shut\nHarbour Post · 5 March 2026")


@pytest.mark.parametrize(
    "text",
    [
        "Bridge shut\nFerries late\nMayor resigned",
        "Bridge shut on 5 March 2026\nFerries late",
        "Bridge shut · ferries late · 5 March 2026\nMayor resigned",
        "Mayor resigned | 5 March 2026\nHe left the town.",
        "استقالة الوزير | ٥ مارس ٢٠٢٦\nغادر المدينة.",
        "Bridge shut\n5 March 2026",
    ],
)
def test_a_line_that_tells_more_than_outlet_and_day_stays_a_claim(text: str) -> None:
    first = text.splitlines()[0]
    assert [claim.quote for claim in _collected(_read(text), first).claims] == [first]


@pytest.mark.parametrize("front", ["Harbour Post – 5 March 2026 –\n\n", "Harbour Post – 5 March 2026 – "])
def test_outlet_and_day_on_top_are_no_title(front: str) -> None:
    words = load_words("en")
    assert title_of(_read(front + SAID["en"]), words) == words("untitled")


def test_a_line_of_outlet_and_day_on_top_is_no_headline() -> None:
    text = f"Harbour Post · 5 March 2026\nHarbour bridge shut\n\n{BODY}"
    assert read_known(text)["title"] == "Harbour bridge shut"
    assert _collected(_read(text), "Harbour Post · 5 March 2026").claims == ()


def test_a_text_that_is_posted_is_read_alike(tmp_path: Path) -> None:
    job = taken(VerificationRequest(text=TEXT, title="Told"), Settings(data_dir=tmp_path))
    assert job.article is not None
    assert (job.article.title, job.article.outlet) == ("Told", "Harbour Post")
    assert job.article.read_from_text == ("outlet", "published_at")


async def test_the_chat_reads_them_and_tells_it(tmp_path: Path) -> None:
    async with open_talk(Settings(data_dir=tmp_path)) as talk:
        summary = await talk.say(f"/verify {TEXT}")
        assert "Harbour Post" in text_of(summary)
        assert "5 March 2026" in text_of(summary)
        assert [one.text for one in summary.statements if one.claim_id and "Post" in one.text] == []


@pytest.mark.parametrize("language", ["ar", "en", "fa", "fr"])
def test_every_language_tells_what_was_read_and_shows_no_control(language: str) -> None:
    article = _read(f"Bridge\u202e shut\nHarbour Post · 5 March 2026\n\n{BODY}")
    line = read_from_text(article, load_words(language))
    assert all(word in line for word in ("Harbour Post", "2026"))
    assert "\u202e" not in line
