"""Dates as they are written in many languages: each is read as a person would, or left out with the reason."""

import re
import sys
import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.dates import (
    DateReading,
    NumberOrder,
    Precision,
    UnreadDate,
    find_date,
    is_date_line,
    order_shown,
    read_date,
)
from agent.dates.lexicon import names_in
from agent.dates.tables import read_table
from agent.extras import install_command

DAY = "2016-03-15"


def spelled(reading: DateReading) -> str:
    """The day alone, the time as well, and the offset from UTC: as much as was told."""
    if reading.precision is Precision.DAY:
        return f"{reading.day}"
    told = reading.moment.isoformat(timespec="minutes")
    return told if reading.precision is Precision.ZONED else told[:16]


def read(told: str, language: str | None = None) -> str:
    return spelled(read_date(told, language=language))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2016-03-15T12:30Z", f"{DAY}T12:30+00:00"),
        ("2016-03-15T12:30:00.123456789Z", f"{DAY}T12:30+00:00"),
        ("2016-03-15T12:30:00 +0300", f"{DAY}T12:30+03:00"),
        ("2016-03-15 12:30:00 +0000 UTC", f"{DAY}T12:30+00:00"),
        ("2016-03-15T12:30+01:00[Europe/Paris]", f"{DAY}T12:30+01:00"),
        ("2016-03-15T24:00", "2016-03-16"),
        ("20160315", DAY),
        ("20160315T1230Z", f"{DAY}T12:30+00:00"),
        ("20160315123000", f"{DAY}T12:30"),
        ("2016/3/15", DAY),
        ("2016.03.15", DAY),
        ("Tue, 15 Mar 2016 12:30:00 GMT", f"{DAY}T12:30+00:00"),
        ("Tuesday, 15-Mar-16 12:30:00 GMT", f"{DAY}T12:30+00:00"),
        ("Tue Mar 15 12:30:00 2016", f"{DAY}T12:30"),
        ("Tue Mar 15 12:30:00 EET 2016", f"{DAY}T12:30+02:00"),
        ("Tue Mar 15 12:30:00 -0700 2016", f"{DAY}T12:30-07:00"),
        ("Tue Mar 15 2016 12:30:00 GMT+0200 (Eastern European Standard Time)", f"{DAY}T12:30+02:00"),
        ("1458045000", f"{DAY}T12:30+00:00"),
        ("1458045000000", f"{DAY}T12:30+00:00"),
        ("15/03/2016 12:30", f"{DAY}T12:30"),
        ("03/15/2016 12:30 PM", f"{DAY}T12:30"),
        # What programs print for a bare day.
        ("15/03/2016 00:00:00", DAY),
        ("12:30 - 15/03/2016", f"{DAY}T12:30"),
    ],
)
def test_what_programs_write(told: str, expected: str) -> None:
    assert read(told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tuesday, March 15th, 2016 at 6:30 p.m.", f"{DAY}T18:30"),
        ("Mar. 15, 2016, 6:30pm", f"{DAY}T18:30"),
        ("mardi 15 mars 2016 - 18 h 30", f"{DAY}T18:30"),
        ("le 15 mars 2016 à 18h30", f"{DAY}T18:30"),
        ("2016年3月15日(火) 18時30分", f"{DAY}T18:30"),
        ("2016年3月15日 8点5分", f"{DAY}T08:05"),
        ("2016년 3월 15일 오후 6시 30분", f"{DAY}T18:30"),
        ("15 במרץ 2016, 18:30", f"{DAY}T18:30"),
        ("יום שלישי, 15 באוגוסט 2016", "2016-08-15"),
        ("15 août 2016 à 8h", "2016-08-15T08:00"),
        ("15. März 2016, 18:30 Uhr", f"{DAY}T18:30"),
        ("Dienstag, 15.03.2016 um 18.30 Uhr", f"{DAY}T18:30"),
        ("15 de marzo de 2016, 6:30 p. m.", f"{DAY}T18:30"),
        ("martedì 15 marzo 2016 ore 18.30", f"{DAY}T18:30"),
        ("15 Mart 2016, Salı 18:30", f"{DAY}T18:30"),
        ("15 ŞUBAT 2016 saat 18.30", "2016-02-15T18:30"),
        ("15 KASIM 2016", "2016-11-15"),
        ("15'ê Adarê 2016", DAY),
        ("15 Gulan 2016", "2016-05-15"),
        ("15ی ئازاری 2016", DAY),
        ("15 марта 2016 г. в 18:30", f"{DAY}T18:30"),
        ("15 Μαρτίου 2016, 18:30", f"{DAY}T18:30"),
        ("2016. március 15. 18:30", f"{DAY}T18:30"),
        ("den 15. marts 2016 kl. 18.30", f"{DAY}T18:30"),
        ("ngày 15 tháng 3 năm 2016", DAY),
        ("15 मार्च 2016", DAY),
        ("2016年3月15日 18:30", f"{DAY}T18:30"),
        ("2016년 3월 15일 오후 6:30", f"{DAY}T18:30"),
        ("١٥ مارس ٢٠١٦ - ٠٦:٣٠ م", f"{DAY}T18:30"),
        ("15 مارس 2016 الساعة 6:30 مساءً", f"{DAY}T18:30"),
        ("15 مارس 2016 12:15 ص", f"{DAY}T00:15"),
        ("15 مارس 2016 1:30 ظهرا", f"{DAY}T13:30"),
        ("15 مارس 2016 الساعة 11 ليلا", f"{DAY}T23:00"),
        ("15 مارس 2016 الساعة 2:10 بعد منتصف الليل", f"{DAY}T02:10"),
        ("15 مارس 2016 الساعة 12 منتصف الليل", DAY),
        ("15 مارس 2016م", DAY),
        ("نُشر يوم الثلاثاء 15 مارس 2016 على الساعة 14:05", f"{DAY}T14:05"),
        ("۱۵ مارس ۲۰۱۶ ساعت ۱۸:۳۰", f"{DAY}T18:30"),
    ],
)
def test_what_people_write(told: str, expected: str) -> None:
    assert read(told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("15 كانون الثاني 2016", "2016-01-15"),
        ("15 شباط 2016", "2016-02-15"),
        ("15 آذار 2016", "2016-03-15"),
        ("15 نيسان 2016", "2016-04-15"),
        ("15 أيار 2016", "2016-05-15"),
        ("15 حزيران 2016", "2016-06-15"),
        ("15 تموز 2016", "2016-07-15"),
        ("15 آب 2016", "2016-08-15"),
        ("15 أيلول 2016", "2016-09-15"),
        ("15 تشرين الأول 2016", "2016-10-15"),
        ("15 تشرين الثاني 2016", "2016-11-15"),
        ("15 كانون الأول 2016", "2016-12-15"),
        ("15 مايس 2016", "2016-05-15"),
        ("15 جانفي 2016", "2016-01-15"),
        ("15 فيفري 2016", "2016-02-15"),
        ("15 أفريل 2016", "2016-04-15"),
        ("15 ماي 2016", "2016-05-15"),
        ("15 جوان 2016", "2016-06-15"),
        ("15 جويلية 2016", "2016-07-15"),
        ("15 يوليوز 2016", "2016-07-15"),
        ("15 أوت 2016", "2016-08-15"),
        ("15 غشت 2016", "2016-08-15"),
        ("15 شتنبر 2016", "2016-09-15"),
        ("15 نونبر 2016", "2016-11-15"),
        ("15 دجنبر 2016", "2016-12-15"),
        ("15 يونيه 2016", "2016-06-15"),
        ("15 مارس/آذار 2016", "2016-03-15"),
        ("15 آذار (مارس) 2016", "2016-03-15"),
        ("22 آب - أغسطس 2016", "2016-08-22"),
    ],
)
def test_arabic_months_from_the_levant_to_morocco(told: str, expected: str) -> None:
    assert read(told) == expected


@pytest.mark.parametrize(
    ("told", "language", "expected"),
    [
        ("۲۵ اسفند ۱۳۹۴", None, DAY),
        ("سه‌شنبه ۲۵ اسفند ۱۳۹۴ - ۱۸:۳۰", None, f"{DAY}T18:30"),
        ("۱۳۹۴/۱۲/۲۵", None, DAY),
        ("1394/12/25 18:30", "fa", f"{DAY}T18:30"),
        ("1394-12-25T18:30:00+03:30", "fa", f"{DAY}T18:30+03:30"),
        ("1394-12-25 18:30", "fa", f"{DAY}T18:30"),
        ("25 حوت 1394", "fa", DAY),
        ("25 کب 1394", "ps", DAY),
        ("1 فروردین 1400", "fa", "2021-03-21"),
        # 1403 is a leap year: the last day of its Esfand is the thirtieth.
        ("30 اسفند 1403", "fa", "2025-03-20"),
        ("6 جمادى الآخرة 1437", None, DAY),
        ("6 جمادى الثانية 1437 هـ", None, DAY),
        ("06/06/1437 هـ", None, DAY),
        ("06-06-1437", "ar", DAY),
        ("6 Jumada II 1437", None, DAY),
        # By another country's moon it was the fifth; the day of the week tells.
        ("الثلاثاء 5 جمادى الآخرة 1437", None, DAY),
        ("الثلاثاء 15 مارس 2016 - 6 جمادى الثانية 1437", None, DAY),
        ("6 جمادى الآخرة 1437هـ الموافق 15 مارس 2016م", None, DAY),
        ("سه‌شنبه ۲۵ اسفند ۱۳۹۴ برابر با ۱۵ مارس ۲۰۱۶", None, DAY),
        # The other calendar settles which of two it is.
        ("05/03/2024 - 24 شعبان 1445", None, "2024-03-05"),
        ("15 اسفند 1402 - 05/03/2024", None, "2024-03-05"),
    ],
)
def test_days_of_other_calendars(told: str, language: str | None, expected: str) -> None:
    assert read(told, language) == expected


@pytest.mark.parametrize(
    ("package", "told"), [("hijridate", "6 جمادى الآخرة 1437"), ("persiantools.jdatetime", "۱۳۹۴/۱۲/۲۵")]
)
def test_without_the_extra_another_calendar_is_refused_with_the_way_to_get_it(
    package: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UnreadDate, match=re.escape(install_command("html"))):
        read_date(told)
    with pytest.raises(UnreadDate, match=re.escape(install_command("html"))):
        find_date(told)
    assert order_shown([told, "25/03/2024"]) is NumberOrder.DAY_FIRST


def test_a_year_that_is_of_either_of_two_calendars_is_told_with_both() -> None:
    with pytest.raises(UnreadDate, match="may be 1975-01-08 or 2016-03-15"):
        read_date("1394/12/25", language="en")
    assert read("1394/12/25", "ar") == "1975-01-08"


@pytest.mark.parametrize("told", ["30 اسفند 1402", "31 جمادى الآخرة 1437", "15 محرم 2016", "15 اسفند 2016"])
def test_a_day_that_another_calendar_does_not_have_is_none(told: str) -> None:
    with pytest.raises(UnreadDate, match="is not a date"):
        read_date(told)


@pytest.mark.parametrize(
    ("told", "language", "expected"),
    [
        ("15 March 2016 12:30 EET", None, "+02:00"),
        ("15 July 2016 12:30 EEST", None, "+03:00"),
        ("15 March 2016 12:30 CET", None, "+01:00"),
        ("15. März 2016, 12:30 Uhr MEZ", None, "+01:00"),
        ("15 July 2016 12:30 CEST", None, "+02:00"),
        ("15 July 2016 12:30 BST", "en", "+01:00"),
        ("15 July 2016 12:30 BST", "bn", "+06:00"),
        ("15 March 2016 12:30 WET", None, "+00:00"),
        ("15 March 2016 12:30 MSK", None, "+03:00"),
        # Moscow kept its summer time all the year then.
        ("15 March 2012 12:30 MSK", None, "+04:00"),
        ("15 March 2016 12:30 TRT", None, "+03:00"),
        ("15 March 2016 12:30 IRST", None, "+03:30"),
        ("15 March 2016 12:30 PKT", None, "+05:00"),
        ("15 March 2016 12:30 GST", None, "+04:00"),
        ("15 مارس 2016 12:30 AST", "ar", "+03:00"),
        ("15 March 2016 12:30 AST", "en-CA", "-04:00"),
        ("15 March 2016 12:30 AST", "en-SA", "+03:00"),
        ("15 March 2016 12:30 IST", "he", "+02:00"),
        ("15 March 2016 12:30 IST", "en-IN", "+05:30"),
        ("Tue, 15 Mar 2016 12:30:00 CST", None, "-06:00"),
        ("2016-03-15 12:30 CST", "zh", "+08:00"),
        ("15 March 2016 12:30 EST", None, "-05:00"),
        ("15 March 2016 12:30 EST", "en-AU", "+10:00"),
        ("15 March 2016 12:30 UTC+3", None, "+03:00"),
        ("15 March 2016 12:30 GMT+3", None, "+03:00"),
        ("15 March 2016 12:30 (GMT +03:00)", None, "+03:00"),
        ("15 March 2016 12:30 UTC-5", None, "-05:00"),
        ("15 March 2016 12:30 +3 GMT", None, "+03:00"),
        ("15 March 2016 12:30 UTC+05:30", None, "+05:30"),
        ("15 مارس 2016 12:30 بتوقيت غرينتش", None, "+00:00"),
        ("15 مارس 2016 12:30 (ت.غ)", None, "+00:00"),
        ("15 مارس 2016 12:30 بتوقيت غرينتش +3", None, "+03:00"),
        ("15 مارس 2016 12:30 بتوقيت القاهرة", None, "+02:00"),
        ("15 مارس 2016 12:30 بتوقيت بيروت", None, "+02:00"),
        ("15 تموز 2016 12:30 بتوقيت دمشق", None, "+03:00"),
        ("15 مارس 2016 12:30 بتوقيت مكة المكرمة", None, "+03:00"),
        ("15 mars 2016 à 12h30, heure de Paris", None, "+01:00"),
        ("۲۵ اسفند ۱۳۹۴ ساعت ۱۲:۳۰ به وقت تهران", None, "+03:30"),
        ("15 March 2016 12:30 Damascus time", None, "+02:00"),
        ("15 марта 2016, 12:30 по московскому времени", None, "+03:00"),
        ("15 Mart 2016 12:30 (TSİ)", None, "+02:00"),
        ("15 March 2016 12:30 ET", None, "-04:00"),
    ],
)
def test_zones_mean_what_a_person_means(told: str, language: str | None, expected: str) -> None:
    reading = read_date(told, language=language)
    assert reading.moment.isoformat()[11:] == f"12:30:00{expected}"
    assert (reading.precision, reading.doubt) == (Precision.ZONED, None)


@pytest.mark.parametrize(
    ("told", "doubt"),
    [
        ("15 March 2016 12:30 AST", "may be 2016-03-15T12:30+03:00 or 2016-03-15T12:30-04:00"),
        ("15 March 2016 12:30 IST", "for the zone 'IST' means several"),
        ("2016-03-15 12:30 CST", "for the zone 'CST' means several"),
        ("15 March 2016 12:30 XYZT", "is in the zone 'XYZT', which is not known"),
        ("15 March 2016 12:30 local time", "is in the zone 'local time', which is not known"),
        ("15 مارس 2016 - 12:30 بالتوقيت المحلي", "'local time', which is not known"),
        ("15 mars 2016 à 12h30, heure locale", "'local time', which is not known"),
        ("15 مارس 2016 الساعة 6", "tells no clear time of day"),
        ("15 March 2016 12:30, 14:45", "tells more than one time of day"),
        ("15 March 2016 13:30 am", "tells no clear time of day"),
    ],
)
def test_a_time_that_is_not_settled_leaves_the_day_and_is_told(told: str, doubt: str) -> None:
    reading = read_date(told, language="en")
    assert spelled(reading) == DAY
    assert doubt in (reading.doubt or "")


def test_a_day_that_depends_on_a_zone_that_is_not_settled_is_left_out() -> None:
    with pytest.raises(UnreadDate, match=r"may be 2016-03-15T01:00\+05:30 or .*, for the zone 'IST' means several"):
        read_date("15 March 2016 01:00 IST")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("15 March 2016 12:30 (10:30 GMT)", f"{DAY}T10:30+00:00"),
        ("15 آذار 2016 10:30 GMT (12:30 بتوقيت بيروت)", f"{DAY}T10:30+00:00"),
        ("15 مارس 2016 الساعة 17:42 (مكة المكرمة)، 14:42 (غرينتش)", f"{DAY}T17:42+03:00"),
    ],
)
def test_of_a_time_that_is_told_twice_the_one_with_its_zone_counts(told: str, expected: str) -> None:
    assert read(told) == expected


@pytest.mark.parametrize("told", ["05/03/2024", "٠٥/٠٣/٢٠٢٤", "5-3-2024 19:30", "05.03.2024", "3/5/2024 7:30:00 PM"])
@pytest.mark.parametrize("language", [None, "en", "en-GB", "en-US", "ar", "fr"])
def test_numbers_that_may_be_two_days_are_not_guessed_by_the_language(told: str, language: str | None) -> None:
    with pytest.raises(UnreadDate, match="may be 2024-03-05 or 2024-05-03") as refused:
        read_date(told, language=language)
    assert refused.value.days == (date(2024, 3, 5), date(2024, 5, 3))


@pytest.mark.parametrize(
    ("told", "order"),
    [
        ("Tue 05/03/2024", None),
        ("الثلاثاء 05/03/2024", None),
        ("05/03/2024, mardi", None),
        ("05/03/2024", NumberOrder.DAY_FIRST),
        ("03/05/2024", NumberOrder.MONTH_FIRST),
        ("٠٥/٠٣/٢٠٢٤", NumberOrder.DAY_FIRST),
    ],
)
def test_the_day_of_the_week_or_other_dates_settle_them(told: str, order: NumberOrder | None) -> None:
    assert spelled(read_date(told, order=order)) == "2024-03-05"


def test_dots_are_day_first_where_a_language_writes_its_dates_so() -> None:
    assert [read("05.03.2024", language) for language in ("de", "tr", "ru")] == ["2024-03-05"] * 3


def test_a_wednesday_that_both_are_settles_nothing() -> None:
    with pytest.raises(UnreadDate, match="may be 2016-02-03 or 2016-03-02"):
        read_date("Wed 03/02/2016")


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["05/03/2024", "25/03/2024"], NumberOrder.DAY_FIRST),
        (["05/03/2024", "03/25/2024 10:00"], NumberOrder.MONTH_FIRST),
        (["05/03/2024", "٢٥/٠٣/٢٠٢٤", None], NumberOrder.DAY_FIRST),
        (["Tue 05/03/2024"], NumberOrder.DAY_FIRST),
        (["25/03/2024", "03/25/2024"], None),
        (["05/03/2024", "2024-03-25", "25 March 2024", "05/05/2024"], None),
    ],
)
def test_dates_of_one_source_show_their_order(dates: list[str | None], order: NumberOrder | None) -> None:
    assert order_shown(dates) is order


@pytest.mark.parametrize(
    "told",
    """soon|yesterday|10:30|March 2016|15 March|2016|2016-02-30|0000-00-00 00:00:00|0001-01-01T00:00:00|15/03/16
    32/01/2016|15 March 2016 and more|Updated 15 March 2016|15 March/April 2016|1.15.3.2016|10.0.0.1|3 hours ago
    12:30 15|15 xyz 2016|العاشرة|منذ ساعتين|v2.10.2016.1""".replace("\n", "|").split("|"),
)
def test_what_is_no_whole_date_is_none(told: str) -> None:
    with pytest.raises(UnreadDate, match="is not a date"):
        read_date(told)


def test_a_month_that_two_languages_name_differently_is_told_with_both() -> None:
    with pytest.raises(UnreadDate, match="may be 2016-10-15 or 2016-11-15"):
        read_date("15 listopada 2016")
    assert [read("15 listopada 2016", language) for language in ("pl", "hr")] == ["2016-11-15", "2016-10-15"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ada Pilot | 15 March 2016, 12:30 GMT | 3 min read", f"{DAY}T12:30+00:00"),
        ("Published 15 March 2016 12:30 EET | Updated 16 March 2016 09:00 EET", f"{DAY}T12:30+02:00"),
        ("Updated 16 March 2016 | Published 15 March 2016", DAY),
        ("نُشر: 15 آذار 2016 12:30 | آخر تحديث: 16 آذار 2016 09:00", f"{DAY}T12:30"),
        ("Publié le 15/03/2016 à 12h30, mis à jour le 16/03/2016 à 09h00", f"{DAY}T12:30"),
        ("Giriş: 15.03.2016 - 12:30 Güncelleme: 16.03.2016 - 09:00", f"{DAY}T12:30"),
        ("تاریخ انتشار: ۲۵ اسفند ۱۳۹۴ - ۱۲:۳۰ | آخرین به‌روزرسانی: ۲۶ اسفند", f"{DAY}T12:30"),
        ("Veröffentlicht am 15.03.2016, Stand: 16.03.2016, 09:00 Uhr", DAY),
        ("Publicado el 15 de marzo de 2016. Actualizado el 16 de marzo de 2016", DAY),
        ("دمشق - سانا - الثلاثاء 15 آذار 2016", DAY),
    ],
)
def test_of_a_line_that_tells_several_dates_that_of_publication_is_found(line: str, expected: str) -> None:
    found = find_date(line)
    assert found is not None
    assert spelled(found) == expected


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Pilot",
        "Last updated: 16 March 2016",
        "آخر تحديث 16 آذار 2016",
        "Copyright 15 March 2016 Harbour Post",
        "Stand: 16.03.2016",
        "",
    ],
)
def test_a_line_may_tell_none(line: str) -> None:
    assert find_date(line) is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("الثلاثاء 15 مارس/آذار 2016 - 12:30 بتوقيت غرينتش", True),
        ("Northbank, 15 March 2016", True),
        ("Posted on March 15, 2016 by Ada Pilot", True),
        ("The flood of 2 May 2019", False),
        ("Worst since 2 May 2019, rescuers say", False),
        ("منذ فيضان 2 أيار 2019", False),
        ("Published a list of dams on 2 May 2019", False),
        ("Northbank", False),
    ],
)
def test_a_line_that_is_there_for_its_date_is_told_from_one_that_mentions_a_day(line: str, is_one: bool) -> None:
    assert is_date_line(line) is is_one


def _rows(table: str) -> Iterator[tuple[str, int, str]]:
    for key, row in read_table("months")[table].items():
        cells = row.split("|")
        assert len(cells) == (7 if table == "weekdays" else 12), key
        yield from (
            (key.partition(".")[0], number, name) for number, cell in enumerate(cells) for name in names_in(cell)
        )


def test_every_month_in_the_table_is_read_in_its_language() -> None:
    names = list(_rows("gregorian"))
    read_back = [read_date(f"15 {name} 2016", language=language).day for language, _, name in names]
    assert read_back == [date(2016, number + 1, 15) for _, number, _ in names]
    for calendar, year in (("jalali", 1394), ("hijri", 1437)):
        told = [(number, f"15 {name} {year}", language) for language, number, name in _rows(calendar)]
        days = {(number, read_date(text, language=language).day) for number, text, language in told}
        assert len(days) == 12


def test_every_weekday_in_the_table_settles_a_date() -> None:
    # The first seven days of February 2016 begin on a Monday; both readings of 03/02 are Wednesdays.
    told = [(number, f"{name} 0{number + 1}/02/2016", language) for language, number, name in _rows("weekdays")]
    assert all(read_date(text, language=lang).day.month == 2 for number, text, lang in told if number != 2)


def test_every_zone_in_the_table_has_its_offset() -> None:
    for offset, names in read_table("zones")["offsets"].items():
        for name in names_in(names):
            assert read_date(f"15 March 2016 12:30 {name}").moment.isoformat().endswith(offset), name


def test_every_place_in_the_table_has_a_clock() -> None:
    for names in read_table("zones")["places"].values():
        for name in names_in(names):
            forms = (f"15 March 2016 12:30 {name} time", f"15 مارس 2016 12:30 بتوقيت {name}")
            assert [read_date(form).precision for form in forms] == [Precision.ZONED] * 2, name


@given(st.text() | st.text(alphabet="0123456789/-:.TZ+ ampmarchGMT,آذارهـ()"))
def test_any_text_is_read_or_refused(told: str) -> None:
    for read_line in (read_date, find_date):
        try:
            reading = read_line(told)
        except UnreadDate:
            continue
        assert reading is None or (reading.moment.tzinfo is not None and reading.moment.year >= 1900)


@pytest.mark.parametrize(
    "piece", ["1 ", "mar/", "1 mar ", "12:30 ", "(", "بتوقيت ", "2016-03-", "1/1/", "+03", "كانون "]
)
def test_a_line_made_to_be_slow_is_not(piece: str) -> None:
    started = time.process_time()
    for read_line in (read_date, find_date):
        try:
            read_line(piece * 100_000)
        except UnreadDate:
            continue
    assert time.process_time() - started < 1
