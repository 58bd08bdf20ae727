"""Texts that have the words of a claim and tell of something else: of a part, of one of several, of another time."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

OF_WHAT_IS_MADE_OF_IT = [
    ("en", "Parliament approved the budget.", "Parliament approved an amendment to the budget."),
    ("en", "The minister presented the plan.", "The minister presented a draft of the plan."),
    ("en", "Parliament approved the budget.", "Parliament approved the budget committee."),
    ("ar", "أقر البرلمان الموازنة.", "أقر البرلمان تعديلا على الموازنة."),
    ("ar", "أقر البرلمان قانون المياه.", "أقر البرلمان تعديل قانون المياه."),
    ("fr", "Le parlement a adopté le budget.", "Le parlement a adopté un amendement au budget."),
    ("es", "El parlamento aprobó el presupuesto.", "El parlamento aprobó una enmienda al presupuesto."),
    ("fa", "مجلس بودجه را تصویب کرد.", "مجلس اصلاحیه بودجه را تصویب کرد."),
    ("tr", "Meclis bütçeyi onayladı.", "Meclis bütçe taslağını onayladı."),
]
OF_SOMEBODY_ELSE = [
    ("en", "Lena Marsh's daughter won the race.", "Lena Marsh won the race."),
    ("en", "The mayor of Calder resigned.", "An adviser to the mayor of Calder resigned."),
    ("en", "Lena Marsh was killed by her husband.", "Lena Marsh's husband was killed."),
    ("fa", "شهردار کالدر استعفا داد.", "مشاور شهردار کالدر استعفا داد."),
]
OF_ONE_OF_SEVERAL = [
    ("en", "The mine is the largest in the country.", "The mine is one of the largest in the country."),
    ("en", "The mine is the largest in the country.", "The mine is the second largest in the country."),
    ("en", "The army stopped the coup.", "The army stopped the attempted coup."),
    ("en", "Both ferries were searched.", "One of the ferries was searched."),
    ("ar", "المنجم هو الأكبر في البلاد.", "المنجم هو ثاني أكبر منجم في البلاد."),
    ("fr", "La mine est la plus grande du pays.", "La mine est l'une des plus grandes du pays."),
    ("es", "La mina es la más grande del país.", "La mina es una de las más grandes del país."),
    ("fa", "این معدن بزرگ‌ترین معدن کشور است.", "این معدن یکی از بزرگ‌ترین معادن کشور است."),
]
SOME_OF_THEM = [
    ("fr", "Les ouvriers ont rejeté l'offre.", "Certains ouvriers ont rejeté l'offre."),
    ("es", "Los obreros rechazaron la oferta.", "Algunos obreros rechazaron la oferta."),
    ("fa", "کارگران پیشنهاد را رد کردند.", "برخی کارگران پیشنهاد را رد کردند."),
    ("tr", "İşçiler teklifi reddetti.", "Bazı işçiler teklifi reddetti."),
    ("en", "The reservoir is full.", "The reservoir is half full."),
]
WITH_AN_EXCEPTION = [
    ("en", "All the bridges are open.", "All except two of the bridges are open."),
    ("en", "All the bridges are open.", "All the bridges are open apart from two."),
    ("ar", "كل الجسور مفتوحة.", "كل الجسور مفتوحة باستثناء جسرين."),
    ("fr", "Tous les ponts sont ouverts.", "Tous les ponts sont ouverts sauf deux."),
    ("fr", "Toutes les écoles ont fermé.", "Toutes les écoles ont fermé à l'exception de deux."),
    ("es", "Todas las escuelas cerraron.", "Todas las escuelas cerraron salvo dos."),
    ("fa", "همه پل‌ها باز هستند.", "همه پل‌ها به جز دو پل باز هستند."),
    ("tr", "Tüm köprüler açık.", "İki köprü dışında tüm köprüler açık."),
]
AT_ANOTHER_TIME = [
    ("en", "The port closed.", "The port closes next week."),
    ("ar", "أغلق الميناء.", "يغلق الميناء الأسبوع المقبل."),
    ("fr", "Le président a visité la ville.", "Le président visite la ville demain."),
    ("es", "El presidente visitó la ciudad.", "El presidente visita la ciudad mañana."),
    ("fa", "رئیس‌جمهور از شهر بازدید کرد.", "رئیس‌جمهور فردا از شهر بازدید می‌کند."),
    ("tr", "Başkan kenti ziyaret etti.", "Başkan yarın kenti ziyaret ediyor."),
    ("en", "The plant employs 400 people.", "The plant once employed 400 people."),
    ("fr", "L'usine emploie 400 personnes.", "L'usine employait autrefois 400 personnes."),
    ("tr", "Fabrika 400 kişi çalıştırıyor.", "Fabrika eskiden 400 kişi çalıştırıyordu."),
    ("es", "El alcalde dimitió antes de la votación.", "El alcalde dimitió después de la votación."),
    ("fa", "شهردار پیش از رأی‌گیری استعفا داد.", "شهردار پس از رأی‌گیری استعفا داد."),
    ("tr", "Belediye başkanı oylamadan önce istifa etti.", "Belediye başkanı oylamadan sonra istifa etti."),
    ("en", "The road was closed until Friday.", "The road has been closed since Friday."),
    ("fr", "La route est fermée jusqu'à vendredi.", "La route est fermée depuis vendredi."),
    ("ar", "الطريق مغلق حتى الجمعة.", "الطريق مغلق منذ الجمعة."),
    ("tr", "Yol cumaya kadar kapalı.", "Yol cumadan beri kapalı."),
]
ONLY_POSSIBLE = [
    ("en", "The mayor signed the deal.", "The mayor can sign the deal."),
    ("en", "The mayor signed the deal.", "It is unlikely that the mayor signed the deal."),
    ("en", "The mayor signed the deal.", "Had the mayor signed the deal, the strike would be over."),
    ("en", "The mayor signed the deal.", "Unless the mayor signs the deal, the strike goes on."),
    ("ar", "وقع المحافظ الاتفاق.", "يستطيع المحافظ توقيع الاتفاق."),
    ("fr", "Le maire a signé l'accord.", "Le maire peut signer l'accord."),
    ("es", "El alcalde firmó el acuerdo.", "El alcalde puede firmar el acuerdo."),
    ("fa", "شهردار توافق را امضا کرد.", "بعید است شهردار توافق را امضا کرده باشد."),
    ("tr", "Başkan anlaşmayı imzaladı.", "Başkanın anlaşmayı imzaladığı sanılmıyor."),
]
BY_ANOTHER = [
    ("ar", "وقع المحافظ الاتفاق.", "وقع نائب المحافظ الاتفاق بدلا من المحافظ."),
    ("fa", "شهردار توافق را امضا کرد.", "معاون به جای شهردار توافق را امضا کرد."),
    ("tr", "Başkan anlaşmayı imzaladı.", "Başkanın yerine yardımcısı anlaşmayı imzaladı."),
]
PAIRS = [
    *OF_WHAT_IS_MADE_OF_IT,
    *OF_SOMEBODY_ELSE,
    *OF_ONE_OF_SEVERAL,
    *SOME_OF_THEM,
    *WITH_AN_EXCEPTION,
    *AT_ANOTHER_TIME,
    *ONLY_POSSIBLE,
    *BY_ANOTHER,
]
TOLD_ALL_THE_SAME = [
    ("en", "Parliament approved the budget.", "Parliament approved the budget on Monday."),
    ("en", "Workers blocked the road.", "A group of workers blocked the road."),
    ("en", "An amendment to the budget was approved.", "Parliament approved an amendment to the budget."),
    (
        "en",
        "The mine is one of the largest in the country.",
        "The mine is one of the largest in the country, he said.",
    ),
    ("fr", "La route est fermée jusqu'à vendredi.", "La route reste fermée jusqu'à vendredi."),
    ("ar", "أقر البرلمان الموازنة.", "أقر البرلمان الموازنة يوم الاثنين."),
]


@pytest.mark.parametrize(("language", "claim", "text"), PAIRS)
def test_another_matter_in_the_same_words_supports_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), TOLD_ALL_THE_SAME)
def test_the_matter_itself_supports(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.SUPPORTS
