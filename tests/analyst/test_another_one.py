"""Support and contradiction that are none: told of another one of the name, of somebody else, or of elsewhere."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

NOT_SUPPORTED = [
    # The name of a street, a firm, a family.
    ("en", "Ada Lorne was arrested in Meridia.", "A driver was arrested in Lorne Street in Meridia."),
    ("en", "Ada Lorne went bankrupt in March.", "The carmaker Lorne went bankrupt in March."),
    ("en", "Ada Lorne was fined 200 euros.", "Lorne Ltd was fined 200 euros."),
    ("en", "Ada Lorne has resigned.", "The Lorne family has resigned."),
    ("en", "Ada Lorne resigned as mayor of Sorrel.", "Her brother Lorne resigned as mayor of Sorrel."),
    ("fr", "Ada Lorne a acheté l'hôtel.", "Les frères Lorne ont acheté l'hôtel."),
    ("tr", "Ada Lorne oteli satın aldı.", "Lorne ailesi oteli satın aldı."),
    # Given names that only begin alike.
    ("en", "Martin Pell was arrested on Monday.", "Martina Pell was arrested on Monday."),
    ("en", "Paul Ardent was convicted of fraud.", "Pauline Ardent was convicted of fraud."),
    ("en", "Alex Marsh won the Calder marathon.", "Alexander Marsh's brother won the Calder marathon."),
    # Another town.
    ("en", "Sorrel was flooded in May.", "New Sorrel was flooded in May."),
    ("fr", "Le pont de Linden s'est effondré.", "Le pont de Nouvelle Linden s'est effondré."),
    ("fr", "Le pont de Linden s'est effondré.", "Le pont de Nouvelle-Linden s'est effondré."),
    ("tr", "Linden sular altında kaldı.", "Yeni Linden sular altında kaldı."),
    # Two whom a pronoun may stand for.
    ("en", "Paul Ardent was convicted of fraud.", "Paul Ardent wrote of Victor Quill. He was convicted of fraud."),
    ("en", "Ada Lorne was killed in the crash.", "Ada Lorne drove her mother home. She was killed in the crash."),
    ("en", "Paul Ardent sold the mine.", "Paul Ardent and Victor Quill met in Calder. He sold the mine."),
    # Somebody else behind "and".
    ("en", "The mayor closed the harbour.", "The mayor spoke and the governor closed the harbour."),
    ("en", "The mayor closed the harbour.", "The mayor listened to the governor and his deputy closed the harbour."),
    ("en", "Ada Lorne sold the mine.", "Ada Lorne left the board and Vera Quill sold the mine."),
    ("en", "The judge freed the reporter.", "The judge listened while the governor freed the reporter."),
    ("fr", "Le juge a libéré le suspect.", "Le juge a écouté et le gouverneur a libéré le suspect."),
    ("tr", "Nora Tamsin kliniği açtı.", "Nora Tamsin'in kardeşi kliniği açtı."),
    # Of a work.
    ("en", "The actor was shot in Calder.", "In the film the actor was shot in Calder."),
    ("fr", "L'acteur a tué sa femme.", "Dans le film, l'acteur a tué sa femme."),
    # A condition, what is to come, what is only said, a first reading, a year of another calendar.
    ("tr", "Belediye başkanı istifa etti.", "Belediye başkanı istifa ederse seçim yapılacak."),
    ("tr", "Belediye başkanı istifa etti.", "Belediye başkanı istifa edecek."),
    ("en", "The suspect confessed to the killing.", "The suspect is said to have confessed to the killing."),
    (
        "en",
        "The tests show that the water is safe.",
        "It is too early to say that the water is safe, the tests show.",
    ),
    ("en", "The parliament passed the tax law.", "The parliament passed the tax law in the first of three readings."),
    ("fa", "مجلس لایحه را تصویب کرد.", "مجلس لایحه را در شور اول تصویب کرد."),
    ("fa", "مجلس لایحه را تصویب کرد.", "مجلس کلیات لایحه را تصویب کرد."),
    ("tr", "Meclis tasarıyı kabul etti.", "Meclis tasarıyı ilk oturumda kabul etti."),
    ("fa", "ورزشگاه در سال ۱۳۹۸ افتتاح شد.", "ورزشگاه در سال ۱۳۹۹ افتتاح شد."),
    ("ar", "استقال رئيس البلدية.", "إذا استقال رئيس البلدية ستجرى انتخابات."),
    ("ar", "استقال رئيس البلدية.", "يفكر رئيس البلدية في الاستقالة."),
    ("fr", "L'entraîneur a été renvoyé.", "L'entraîneur risque d'être renvoyé."),
    ("en", "The town rebuilt the school.", "The town raised money to rebuild the school."),
    ("en", "The pipeline is 90 km long.", "The pipeline is 90 m long."),
    # Words that do not tell the same.
    ("en", "A hurricane hit the coast of Sorrel.", "A storm hit the coast of Sorrel."),
    ("en", "The ambassador left Meridia on Friday.", "The envoy left Meridia on Friday."),
    ("ar", "اندلعت اشتباكات دامية في وادي السدر.", "اندلعت اشتباكات عنيفة في وادي السدر."),
    ("ar", "ضمت الحكومة جزيرة الصنوبر.", "أدرجت الحكومة جزيرة الصنوبر."),
    ("ar", "هطلت أمطار على الجبال.", "هطول الثلوج على الجبال."),
    ("ar", "اعتقل نجل الوزير.", "اعتقل الوزير."),
    ("fa", "سه کودک کشته شدند.", "سه کودک قربانی آزار شدند."),
    ("fa", "مشاور وزیر استعفا داد.", "دستیار وزیر استعفا داد."),
]
SUPPORTED = [
    ("en", "Ada Lorne resigned as mayor of Sorrel.", "Mayor Lorne resigned as mayor of Sorrel."),
    ("en", "Alex Marsh won the Calder marathon.", "Alexander Marsh won the Calder marathon."),
    ("en", "Ada Lorne resigned on Friday.", "Ada Lorne met reporters in Sorrel. She resigned on Friday."),
    ("en", "Ada Lorne sold the mine.", "Ada Lorne left the board and sold the mine."),
    ("en", "The mayor closed the harbour.", "The mayor and the governor closed the harbour."),
    ("en", "The governor closed the harbour.", "The mayor spoke and the governor closed the harbour."),
    ("en", "The mayor closed the harbour.", "The mayor, Ada Lorne, closed the harbour."),
    ("en", "The bridge in New Linden collapsed.", "The bridge in New Linden collapsed."),
    ("en", "Ada Lorne's company went bankrupt.", "The company of Ada Lorne went bankrupt."),
    ("fa", "سه کارگر کشته شدند.", "سه کارگر جان باختند."),
]
NOT_CONTESTED = [
    ("en", "The north gate of the port was closed.", "The south gate of the port was open."),
    ("en", "The old bridge was demolished.", "The new bridge was not demolished."),
    ("fr", "Le vieux pont a été détruit.", "Le nouveau pont n'a pas été détruit."),
    ("fa", "پل قدیمی تخریب شد.", "پل جدید تخریب نشد."),
    ("tr", "Eski köprü yıkıldı.", "Yeni köprü yıkılmadı."),
    ("ar", "هدم المجلس الجسر القديم.", "لم يهدم المجلس الجسر الجديد."),
    ("en", "The mayor supported the strike in 2012.", "The mayor opposed the strike in 2019."),
    ("ar", "فاز نادي السدر بالكأس عام 2012.", "خسر نادي السدر الكأس عام 2015."),
    ("en", "Vera Quill won the vote in Calder.", "Vera Quill lost the vote in Sorrel."),
    ("en", "The road to Calder is open for buses.", "The road to Calder is closed for lorries."),
    ("fr", "La route de Calder est ouverte aux bus.", "La route de Calder est fermée aux camions."),
    ("en", "The governor arrived in Calder on Monday.", "The governor left Calder on Wednesday."),
    ("ar", "وصل المحافظ إلى السدرة يوم الإثنين.", "غادر المحافظ السدرة يوم الأربعاء."),
    ("en", "Wheat prices rose in Hollin.", "Barley prices fell in Hollin."),
    ("tr", "Buğday fiyatı arttı.", "Arpa fiyatı düştü."),
    ("fa", "جاده شمالی باز است.", "جاده جنوبی بسته است."),
    ("en", "Ada Lorne supports the reform.", "Ada Lorne's party criticised the reform."),
]
CONTESTED = [
    ("en", "The mine made a profit in 2012.", "The mine made a loss in 2012."),
    ("en", "The factory in Calder is closed.", "The factory in Calder is open, officials in Meridia said."),
    ("en", "The old bridge is closed.", "The old bridge is open."),
    ("en", "Ada Lorne was convicted of fraud.", "A court in Calder acquitted Ada Lorne of fraud."),
]


@pytest.mark.parametrize(("language", "claim", "text"), NOT_SUPPORTED)
def test_told_of_another_it_is_no_support(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), SUPPORTED)
def test_told_of_the_same_it_is(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), NOT_CONTESTED)
def test_the_opposite_of_another_contradicts_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.CONTRADICTS


@pytest.mark.parametrize(("language", "claim", "text"), CONTESTED)
def test_the_opposite_of_the_same_contradicts(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.CONTRADICTS
