"""What is told of an article besides its text: taken in any common form, never guessed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agent.article import About, make_article, parse_date, problems_of, read_about, read_article
from agent.dates import UnreadDate
from agent.errors import BadInput, InputFault

NOON = datetime(2016, 3, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "told",
    [
        "2016-03-15T12:00Z",
        "2016-03-15T15:00+03:00",
        "15 March 2016 12:00",
        "Tue, 15 Mar 2016 12:00:00 GMT",
        "15/03/2016 12:00",
        "03/15/2016 12:00",
        "٢٠١٦-٠٣-١٥ ١٢:٠٠",
        " 20160315T120000 ",
        "الثلاثاء 15 آذار 2016، 12:00",
        "۲۵ اسفند ۱۳۹۴ ساعت ۱۲:۰۰",
        "15 March 2016 15:00 GMT+3",
        "Tue 15/03/2016 14:00 EET",
    ],
)
def test_a_date_is_read_in_any_common_form(told: str) -> None:
    assert parse_date(told) == NOON


@pytest.mark.parametrize("told", ["soon", "", "yesterday", "10:00", "March 2016", "15 March", "2016", "2016-02-30"])
def test_what_is_not_a_whole_date_is_refused_with_the_form_to_use(told: str) -> None:
    with pytest.raises(ValueError, match="2016-03-15") as refused:
        parse_date(told)
    assert isinstance(refused.value.__cause__, UnreadDate)


def test_a_date_that_may_be_two_is_refused_with_both() -> None:
    with pytest.raises(ValueError, match="may be 2016-03-04 or 2016-04-03"):
        parse_date("03/04/2016")
    assert parse_date("Sunday 03/04/2016") == datetime(2016, 4, 3, tzinfo=UTC)


def test_a_zone_that_may_be_several_is_not_guessed() -> None:
    with pytest.raises(ValueError, match=r"05:30.*02:00.*01:00.*'IST'"):
        parse_date("2016-03-15 12:00 IST")
    with pytest.raises(ValueError, match=r"'XYZT'.*2016-03-15T18:30"):
        parse_date("2016-03-15 12:00 XYZT")


def test_the_language_of_an_article_settles_what_its_zone_means() -> None:
    about = About.model_validate({"published_at": "15 March 2016, 15:00 AST", "language": "ar"})
    assert about.published_at == NOON
    with pytest.raises(ValidationError, match="'AST' means several"):
        About.model_validate({"published_at": "15 March 2016, 15:00 AST", "language": "en"})


def test_an_article_may_be_dated_ahead_but_not_by_years() -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert parse_date(tomorrow.isoformat()) == tomorrow
    with pytest.raises(ValueError, match="2999-01-01") as refused:
        parse_date("2999-01-01")
    assert refused.value.__cause__ is None


@given(st.text() | st.text(alphabet="0123456789/-:.TZ+ amparch,e"))
def test_any_text_is_a_date_or_refused(told: str) -> None:
    try:
        read = parse_date(told)
    except ValueError:
        return
    assert read.tzinfo is not None
    assert read.year >= 1900


@pytest.mark.parametrize(("told", "code"), [("EN", "en"), ("pt_BR", "pt-BR"), ("ar", "ar"), (" ", None)])
def test_a_language_code_is_written_in_one_way(told: str, code: str | None) -> None:
    assert About(language=told).language == code


@pytest.mark.parametrize(
    ("field", "told", "problem"),
    [
        ("language", "../../etc/passwd", "not a language code"),
        ("language", "English", "not a language code"),
        ("url", "ledger.example/quay", "not a web address"),
        ("url", "javascript:alert(1)", "not a web address"),
        ("url", "http://[", "not a web address"),
        ("published_at", "soon", "not a date"),
    ],
)
def test_what_cannot_be_is_refused_by_field(field: str, told: str, problem: str) -> None:
    with pytest.raises(ValidationError) as refused:
        About.model_validate({field: told})
    (name, words), *rest = problems_of(refused.value).items()
    assert (name, rest) == (field, [])
    assert words.startswith(repr(told))
    assert problem in words


def test_what_cannot_be_stored_or_shown_on_a_line_is_cleaned() -> None:
    about = About(title=" Quay\n two\ud800 \x00opens ", outlet="")
    assert (about.title, about.outlet) == ("Quay two\ufffd \ufffdopens", None)


def test_the_later_word_wins_where_there_is_one() -> None:
    known = About(title="Old", outlet="The Ledger").updated(About(title="New"))
    assert (known.title, known.outlet) == ("New", "The Ledger")


def _about_file(text: str | bytes) -> Path:
    path = Path("about.json")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_about_an_article_is_read_and_other_keys_are_left_aside() -> None:
    told = {"title": "Quay two opens", "published_at": "2016-03-15T12:00Z", "section": "World"}
    about = read_about(_about_file(json.dumps(told)))
    assert (about.title, about.published_at) == ("Quay two opens", NOON)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: Quay", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ("", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"title": 3, "url": ["x"]}', "title: Input should be a valid string; url: Input should be a valid string"),
        ('{"published_at": "soon"}', "published_at: 'soon' is not a date"),
        ('{"published_at": NaN}', "published_at"),
        (b"%PDF-1.7", "a PDF document"),
    ],
)
def test_a_file_that_tells_nothing_usable_is_refused_by_name(text: str | bytes, problem: str) -> None:
    with pytest.raises(BadInput, match=r"about\.json") as refused:
        read_about(_about_file(text))
    assert problem in str(refused.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match=r"no\.json"):
        read_about(Path("no.json"))


def test_text_from_a_caller_that_no_store_takes_is_made_storable_at_its_place() -> None:
    article = make_article("The quay\ud800 opens\x00.", "pasted text", About(), 100)
    assert article.text == "The quay\ufffd opens\ufffd."


def test_a_named_language_is_believed_and_another_is_found() -> None:
    assert make_article("Der Hafen", "x", About(language="de"), 100).language == "de"
    assert read_article("أعلن الوزير أن الميناء سيفتح".encode(), "x", About(), 100).language == "ar"


VISUAL = "سيمخلا موي ناضيفلا يف اولتق اصخش 71 نأ يندملا عافدلا لاق"


@pytest.mark.parametrize("text", [VISUAL, f"The office wrote:\n{VISUAL}\n", "םויה רגסנ רשגהש רמא ריעה שאר"])
def test_an_article_in_visual_order_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(BadInput, match=r"a\.txt") as refused:
        make_article(text, "a.txt", About(), 10_000)
    assert refused.value.fault is InputFault.DAMAGED


def test_an_article_whose_letters_were_lost_is_refused() -> None:
    with pytest.raises(BadInput, match=r"a\.txt") as refused:
        make_article("Harbour ??? ?????? ?????? 71 ????", "a.txt", About(), 10_000)
    assert refused.value.fault is InputFault.DAMAGED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ﻗﺎﻝ ﺍﻟﺪﻓﺎﻉ ﺍﻟﻤﺪﻧﻲ ﺇﻥ 71 ﺷﺨﺼﺎ ﻗﺘﻠﻮﺍ", "ar"),
        ("ﺷﻬﺮﺩﺍﺭ ﮔﻔﺖ ﮐﻪ ﭘﻞ ﻗﺪﯾﻤﯽ ﺍﺯ ﺭﻭﺯ ﺳﻪ\u200cﺷﻨﺒﻪ ﺑﺴﺘﻪ ﺍﺳﺖ", "fa"),
        ("قال الوزير إن الجسر مغلق".encode().decode("latin-1"), "ar"),
        ("The&nbsp;old&nbsp;bridge of the town is closed to all cars.", "en"),
    ],
)
def test_the_language_is_that_of_the_words_and_the_text_stays_as_given(text: str, language: str) -> None:
    article = make_article(text, "a.txt", About(), 10_000)
    assert article.language == language
    assert article.text == text
