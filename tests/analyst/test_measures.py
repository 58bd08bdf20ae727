"""A number that both tell is no support where it measures another thing: another unit, a level, the other count."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.analyst.lexical.numbers import read_numbers
from agent.analyst.lexical.words import words
from agent.models import Stance

OF_OTHER_THINGS = [
    ("en", "Unemployment rose by 5 percent.", "Unemployment rose to 5 percent."),
    ("en", "Unemployment rose by 5 percent.", "Unemployment rose by 5 percentage points."),
    ("en", "The bridge cost $2 million.", "The bridge cost 2 million euros."),
    ("en", "The harbour won 3-1 on Sunday.", "The harbour won 1-3 on Sunday."),
    ("en", "The law passed by 51 votes to 49.", "The law passed by 49 votes to 51."),
    ("en", "Two of the five bridges are closed.", "Five of the two bridges are closed."),
    ("en", "Prices rose 5% in May.", "Prices rose 5 percent in June."),
    ("ar", "بلغت الخسائر 20 مليون دولار.", "بلغت الخسائر 20 مليون يورو."),
    ("ar", "ارتفعت الأسعار إلى 5 في المئة.", "ارتفعت الأسعار بنسبة 5 في المئة."),
    ("ar", "أغلق المصنع في كانون الثاني.", "أغلق المصنع في كانون الأول."),
    ("fr", "Les prix ont augmenté de 5 %.", "Les prix ont augmenté à 5 %."),
    ("fr", "L'usine a fermé en mai.", "L'usine a fermé en juin."),
    ("es", "La fábrica cerró en mayo.", "La fábrica cerró en junio."),
    ("fa", "خسارت ۲۰ میلیون دلار بود.", "خسارت ۲۰ میلیون یورو بود."),
    ("tr", "Fabrika Mayıs ayında kapandı.", "Fabrika Haziran ayında kapandı."),
    ("en", "Inflation fell 3 percent in April.", "Inflation fell to 3 percent in April."),
    ("es", "La inflación bajó 3 %.", "La inflación bajó al 3 %."),
    ("fa", "تورم به ۳ درصد کاهش یافت.", "تورم ۳ درصد کاهش یافت."),
    ("tr", "Enflasyon yüzde 3'e düştü.", "Enflasyon yüzde 3 düştü."),
    ("fa", "هشت نفر کشته و ده نفر زخمی شدند.", "ده نفر کشته و هشت نفر زخمی شدند."),
    ("tr", "Sekiz kişi öldü, on kişi yaralandı.", "On kişi öldü, sekiz kişi yaralandı."),
    ("en", "The temperature fell to -5 degrees on Monday.", "The temperature fell to 5 degrees on Monday."),
    ("en", "The temperature fell to 5 degrees on Monday.", "The temperature fell to −5 degrees on Monday."),
    ("en", "The temperature fell to minus five degrees.", "The temperature fell to five degrees."),
    ("en", "The temperature fell to 5 degrees below zero.", "The temperature fell to 5 degrees."),
    ("en", "The result of the harbour was -$5 million.", "The result of the harbour was $5 million."),
    ("ar", "انخفضت درجة الحرارة إلى -5 درجات.", "انخفضت درجة الحرارة إلى 5 درجات."),
    ("ar", "انخفضت درجة الحرارة إلى 5 درجات تحت الصفر.", "انخفضت درجة الحرارة إلى 5 درجات."),
    ("fa", "دما به منفی ۵ درجه رسید.", "دما به ۵ درجه رسید."),
    ("fr", "La température a atteint moins 5 degrés.", "La température a atteint 5 degrés."),
    ("es", "La temperatura bajó a 5 grados bajo cero.", "La temperatura bajó a 5 grados."),
    ("tr", "Sıcaklık eksi 5 dereceye düştü.", "Sıcaklık 5 dereceye düştü."),
    ("de", "Die Temperatur fiel auf -5 Grad.", "Die Temperatur fiel auf 5 Grad."),
]

OF_THE_SAME = [
    ("en", "The bridge cost $2 million.", "The bridge cost 2 million dollars."),
    ("en", "The harbour won 3-1 on Sunday.", "The harbour won on Sunday, 3-1."),
    ("en", "17 of the 40 workers were fired.", "Of the 40 workers 17 were fired."),
    ("en", "Prices rose by 5 percent to 3 euros.", "Prices rose by 5 percent, to 3 euros."),
    ("en", "The march began in May.", "The march began in May 2024."),
    ("ar", "نزح ربع مليون شخص من المدينة.", "نزح 250 ألف شخص من المدينة."),
    ("ar", "أغلق المصنع في أيار.", "أغلق المصنع في مايو."),
    ("en", "Prices rose by 5 percent.", "Prices rose 5 percent."),
    ("fa", "هشت نفر کشته و ده نفر زخمی شدند.", "هشت نفر کشته و ده نفر زخمی شدند."),
    ("tr", "Enflasyon yüzde 3'e düştü.", "Enflasyon nisanda yüzde 3'e düştü."),
    ("ar", "بلغت الخسائر عشرين مليون دولار.", "بلغت الخسائر 20 مليون دولار."),
    ("en", "The temperature fell to -5 degrees on Monday.", "The temperature fell to minus 5 degrees on Monday."),
    ("en", "The temperature fell to minus five degrees.", "The temperature fell to five degrees below zero."),
    ("en", "The harbour won 3 -1 on Sunday.", "The harbour won 3-1 on Sunday."),
    ("en", "The harbour has 12 U-19 players.", "The harbour has 12 U-19 players."),
    ("ar", "انخفضت درجة الحرارة إلى -5 درجات.", "انخفضت درجة الحرارة إلى 5 درجات تحت الصفر."),
]


@pytest.mark.parametrize(("language", "claim", "text"), OF_OTHER_THINGS)
def test_a_number_of_another_thing_supports_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), OF_THE_SAME)
def test_a_number_of_the_same_thing_supports(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.SUPPORTS


OF_ANOTHER_RATE_OR_BOUND = [
    ("en", "The plant makes 40 buses a day.", "The plant makes 40 buses an hour."),
    ("ar", "ينتج المصنع 40 حافلة يوميا.", "ينتج المصنع 40 حافلة شهريا."),
    ("fr", "L'usine produit 40 bus par jour.", "L'usine produit 40 bus par heure."),
    ("es", "La fábrica produce 40 autobuses al día.", "La fábrica produce 40 autobuses por hora."),
    ("fa", "کارخانه در روز ۴۰ اتوبوس تولید می‌کند.", "کارخانه در ماه ۴۰ اتوبوس تولید می‌کند."),
    ("tr", "Fabrika günde 40 otobüs üretiyor.", "Fabrika saatte 40 otobüs üretiyor."),
    ("en", "The fire destroyed up to 40 homes.", "The fire destroyed over 40 homes."),
    ("en", "Rents rose by at least 5 percent.", "Rents rose by at most 5 percent."),
    ("tr", "Yangın 40'tan fazla evi yıktı.", "Yangın 40'tan az evi yıktı."),
    ("en", "The mine closed in 2012.", "The mine closed in 2021."),
]


@pytest.mark.parametrize(("language", "claim", "text"), OF_ANOTHER_RATE_OR_BOUND)
def test_another_rate_bound_or_year_supports_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


def test_one_rate_is_told_in_two_ways() -> None:
    text = "The plant makes 40 buses per day."
    assert stance_of("The plant makes 40 buses a day.", text, "en").stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("language", "text", "below"),
    [
        ("fr", "moins 5 degrés", True),
        ("fr", "au moins 5 degrés", False),
        ("es", "menos 5 grados", True),
        ("es", "al menos 5 grados", False),
        ("en", "-5 degrees", True),
        ("en", "- 5 degrees", False),
        ("en", "from 3 -5 degrees", False),
        ("en", "fell to−5 degrees", False),
        ("en", "(-5 degrees)", True),
    ],
)
def test_a_minus_is_told_from_what_looks_like_one(language: str, text: str, below: bool) -> None:
    assert read_numbers(words(text), language)[-1].measured.below_zero is below
