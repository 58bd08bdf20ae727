"""Who does it to whom, and whether it has come about: the words alone are the same."""

import pytest

from agent.analyst.lexical import stance_of
from agent.models import Stance

EXCHANGED = [
    ("en", "Orlex bought Dalen from Brindle Steel.", "Brindle Steel bought Dalen from Orlex."),
    ("en", "The union sued the company over unpaid wages.", "The company sued the union over unpaid wages."),
    ("en", "Orlex was sued by Dalen in March.", "Orlex sued Dalen in March."),
    ("en", "The bank lent the city 40 million crowns.", "The city lent the bank 40 million crowns."),
    ("en", "Strand defeated Orne in the election.", "Orne defeated Strand in the election."),
    ("ar", "اشترت أورلكس شركة دالن من برندل.", "اشترت برندل شركة دالن من أورلكس."),
    ("ar", "رفعت النقابة دعوى على الشركة بسبب الأجور.", "رفعت الشركة دعوى على النقابة بسبب الأجور."),
    ("ar", "هاجم الجيش الميليشيا قرب النهر.", "هاجمت الميليشيا الجيش قرب النهر."),
    ("ar", "أقرض المصرف المدينة 40 مليون ليرة.", "أقرضت المدينة المصرف 40 مليون ليرة."),
    ("fa", "اتحادیه از شرکت شکایت کرد.", "شرکت از اتحادیه شکایت کرد."),
    ("fa", "شهردار استاندار را به تقلب متهم کرد.", "استاندار شهردار را به تقلب متهم کرد."),
    ("fr", "Orlex a racheté Dalen à Brindle.", "Brindle a racheté Dalen à Orlex."),
    ("fr", "Le maire accuse le préfet de fraude.", "Le préfet accuse le maire de fraude."),
    ("tr", "Sendika şirkete dava açtı.", "Şirket sendikaya dava açtı."),
    ("tr", "Tren kamyona çarptı.", "Kamyon trene çarptı."),
    ("tr", "Otobüs feribotu geçti.", "Feribot otobüsü geçti."),
    ("tr", "Bakan köprüden memura baktı.", "Memur köprüden bakana baktı."),
    ("es", "El sindicato demandó a la empresa.", "La empresa demandó al sindicato."),
]


@pytest.mark.parametrize(("language", "claim", "passage"), EXCHANGED)
def test_two_who_change_places_support_nothing(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS
    assert stance_of(claim, claim, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("language", "claim", "passage"),
    [
        ("en", "Orlex sued Dalen in March.", "Dalen was sued by Orlex in March."),
        ("en", "Orlex was sued by Dalen in March.", "Dalen sued Orlex in March."),
        ("en", "Prime Minister Lena Ostrom resigned.", "Lena Ostrom, the prime minister, resigned."),
        ("en", "The company and the union signed it.", "The union and the company signed it."),
        ("ar", "أغلقت الشركة المصنع في بيروت يوم الاثنين.", "تم إغلاق المصنع في بيروت من قبل الشركة يوم الاثنين."),
        ("ar", "أرسلت الشركة 90 عربة إلى المرفأ.", "الشركة أرسلت 90 عربة إلى المرفأ."),
    ],
)  # fmt: skip
def test_the_same_two_in_the_same_parts_still_support(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


TO_COME = [
    ("en", "The factory will close in May.", "The factory closed in May."),
    ("ar", "سيغلق المصنع في أيار.", "أغلق المصنع في أيار."),
    ("ar", "سوف يغلق المصنع أبوابه في أيار.", "أغلق المصنع أبوابه في أيار."),
    ("ar", "سيغادر الوزير العاصمة يوم الجمعة.", "غادر الوزير العاصمة يوم الجمعة."),
    ("fa", "کارخانه در اردیبهشت تعطیل خواهد شد.", "کارخانه در اردیبهشت تعطیل شد."),
    ("fr", "L'usine fermera en mai.", "L'usine a fermé en mai."),
    ("es", "La fábrica cerrará en mayo.", "La fábrica cerró en mayo."),
    ("tr", "Fabrika mayısta kapanacak.", "Fabrika mayısta kapandı."),
]


@pytest.mark.parametrize(("language", "ahead", "done"), TO_COME)
def test_what_is_to_come_and_what_has_come_support_each_other_in_nothing(
    language: str, ahead: str, done: str
) -> None:
    assert stance_of(ahead, done, language).stance is not Stance.SUPPORTS
    assert stance_of(done, ahead, language).stance is not Stance.SUPPORTS
    assert stance_of(ahead, ahead, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("language", "claim", "passage"),
    [
        ("en", "The Syrian army withdrew from Deir.", "Syria's army withdrew from Deir."),
        ("en", "The European Union fined Orlex 40 million euros.", "The EU fined Orlex 40 million euros."),
        ("en", "The United Nations sent 40 trucks to Meridia.", "The UN sent 40 trucks to Meridia."),
        ("ar", "أعلن حلف شمال الأطلسي إرسال 40 طائرة إلى المطار.", "أعلن الناتو إرسال 40 طائرة إلى المطار."),
        ("ar", "قام الوزير بزيارة المصنع يوم الاثنين.", "زار الوزير المصنع يوم الاثنين."),
        ("fr", "Les Nations unies ont envoyé 40 camions à Meridia.", "L'ONU a envoyé 40 camions à Meridia."),
        ("es", "El alcalde tomó la decisión de cerrar la piscina.", "El alcalde decidió cerrar la piscina."),
        ("tr", "Birleşmiş Milletler Meridia'ya 40 kamyon gönderdi.", "BM Meridia'ya 40 kamyon gönderdi."),
    ],
)
def test_another_name_of_the_same_supports(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("language", "claim", "passage"),
    [
        ("en", "The United Nations sent 40 trucks to Meridia.", "The European Union sent 40 trucks to Meridia."),
        ("en", "The EU fined Orlex 40 million euros.", "The UN fined Orlex 40 million euros."),
        ("ar", "عقوبات على شركات النقل من قبل روسيا", "عقوبات على شركات النقل من قبل الأمم المتحدة"),
    ],
)
def test_a_name_that_is_not_told_is_missed(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


PLACES_TAKEN = [
    ("en", "Marsh sued Ardent.", "Ardent sued Marsh."),
    ("en", "Marsh sued Ardent.", "Marsh was sued by Ardent."),
    ("en", "The director appointed the engineer as captain.", "The director appointed the captain as engineer."),
    ("fr", "Marsh a tué son mari.", "Marsh a été tuée par son mari."),
    ("ar", "استعادت مريديا الجزيرة من كالدر.", "استعادت كالدر الجزيرة من مريديا."),
    ("ar", "هزم كالدر سوريل في النهائي.", "هزم سوريل كالدر في النهائي."),
    ("tr", "Gemi Meridia'dan Calder'e gitti.", "Gemi Calder'den Meridia'ya gitti."),
    ("en", "The factory in Calder closed.", "The factory near Calder closed."),
]


@pytest.mark.parametrize(("language", "claim", "text"), PLACES_TAKEN)
def test_parts_told_by_their_places_are_told_apart(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


def test_the_passive_with_the_same_parts_supports() -> None:
    assert stance_of("Marsh sued Ardent.", "Ardent was sued by Marsh.", "en").stance is Stance.SUPPORTS
