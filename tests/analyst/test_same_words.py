"""What a text tells in other words than the claim: a family name alone, a pronoun, light words, synonyms."""

import pytest

from agent.analyst.lexical import stance_of
from agent.models import Stance

TOLD = [
    # Whom a family name alone means.
    ("en", "Ada Lorne died in Sorrel.", "Lorne died in Sorrel on Monday."),
    ("en", "Alex Lorne died in Sorrel.", "Alexander Lorne died in Sorrel on Monday."),
    ("fr", "Jeanne Morvan dirige le port de Sorrel.", "Morvan dirige le port de Sorrel depuis un an."),
    ("tr", "Selin Karabey istifa etti.", "Karabey pazartesi günü istifa etti."),
    # Whom the clause or the sentence before names.
    (
        "en",
        "Margaret Lorne became the first woman to lead the party.",
        "Margaret Lorne won the vote in 1979 and became the first woman to lead the party.",
    ),
    (
        "en",
        "Ada Lorne sold the mill to Calder Foods in 1990.",
        "Ada Lorne founded the mill in 1968. She sold it to Calder Foods in 1990.",
    ),
    (
        "en",
        "Calder Foods dismissed ninety workers.",
        "Calder Foods closed its mill in May. It dismissed ninety workers.",
    ),
    # Words that only carry others.
    ("ar", "قامت الشرطة بإغلاق السوق بسبب الدخان", "أغلقت الشرطة السوق بعد الدخان"),
    ("ar", "لا يوجد تغيير في موعد الامتحان", "لا تغيير في موعد الامتحان"),
    ("fa", "انتخاب شهردار توسط شورای شهر در روز دوشنبه", "شورای شهر روز دوشنبه انتخاب شهردار"),
    ("en", "The pilots get tested twice a year.", "The pilots are tested twice a year."),
    # Words of one meaning.
    ("ar", "مستشار الرئيس يزور سوريل", "زيارة مستشار الرئيس إلى سوريل"),
    ("ar", "بدء حفر النفق في سوريل", "سوريل تبدأ حفر النفق"),
    ("ar", "شكلت الوزارة لجنة للمياه", "أنشأت الوزارة لجنة للمياه"),
    ("ar", "المريض يخضع للعلاج في سوريل", "المريض يتلقى العلاج في سوريل"),
    ("fa", "رکورد مردن بیماران دوباره شکسته شد", "رکورد مرگ بیماران بار دیگر شکسته شد"),
    ("fa", "مجلس به طرح آب رای مثبت داد", "مجلس با طرح آب موافقت کرد"),
    ("en", "The poet Hawle resided in Sorrel.", "The poet Hawle lived in Sorrel."),
    # "Some" of what is told without a number; a part of a larger whole with an article written onto it.
    ("en", "Some bridges of Calder are closed.", "Bridges of Calder are closed."),
    ("ar", "الليرة تهبط لليوم الرابع", "الليرة تهبط لرابع يوم"),
    ("fr", "Certaines écoles de Linden sont fermées.", "Les écoles de Linden sont fermées."),
    # What is made up, of a work.
    (
        "en",
        "Orla is a character in the series Linden Road.",
        "Orla is a fictional character in the series Linden Road.",
    ),
    # What stands behind "and" or "for" is no head of what stands before.
    ("en", "Orla Lorne is an actress.", "Orla Lorne is an actress and model."),
    (
        "en",
        "Orla Lorne wrote the screenplay for Sorrel.",
        "Orla Lorne wrote the screenplay for the critically praised Sorrel.",
    ),
]


@pytest.mark.parametrize(("language", "claim", "passage"), TOLD)
def test_other_words_of_one_meaning_support(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


NOT_TOLD = [
    # A namesake, alone or beside whom the claim means.
    ("en", "Ada Lorne died in Sorrel.", "Peter Lorne died in Sorrel on Monday."),
    ("en", "Ada Lorne died in Sorrel.", "Her brother Peter Lorne wept at noon. Lorne died in Sorrel on Monday."),
    ("en", "Ada Lorne died in Sorrel.", "Ada Lorne and Peter Lorne came. Lorne died in Sorrel on Monday."),
    # Another place of a like name; a common word.
    ("en", "The ferry sank off North Calder.", "The ferry sank off Calder."),
    ("en", "The ferry sank off Port Sorrel.", "The ferry sank off Lake Sorrel."),
    ("fr", "Le bateau a coulé près de Nouvelle Linden.", "Le bateau a coulé près de Vieille Linden."),
    # Of whom the sentence before tells.
    ("en", "Ada Lorne sold the mill.", "Peter Marsh founded the bank. He sold the mill."),
    ("en", "Ada Lorne resigned on Monday.", "Ada Lorne spoke to Peter Marsh. The mayor resigned on Monday."),
    ("en", "Ada Lorne sold the mill.", "The bank of Ada Lorne failed. She did not sell the mill."),
    # Some are not all, nor "several".
    ("en", "All bridges of Calder are closed.", "Some bridges of Calder are closed."),
    ("ar", "أغلقت بعض الجسور", "لم تغلق الجسور"),
    # Made up, where the claim is of no work.
    ("en", "Aliens landed in Sorrel.", "In the novel, aliens landed in Sorrel."),
    ("fr", "Le barrage de Sorrel a cédé.", "Dans le film, le barrage de Sorrel a cédé."),
]


@pytest.mark.parametrize(("language", "claim", "passage"), NOT_TOLD)
def test_another_of_the_name_or_of_the_kind_supports_nothing(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(
    ("language", "claim", "passage"),
    [
        ("fa", "وزیر با آموزگاران دیدار کرد", "وزیر از دیدار با آموزگاران سر باز زد"),
        ("fa", "مجلس به طرح آب رای مثبت داد", "مجلس به طرح آب رای منفی داد"),
        ("ar", "هدوء في حي المرفأ بسوريل", "اضطرابات في حي المرفأ بسوريل"),
        ("ar", "المغني هالد يظهر مجددا في سوريل", "المغني هالد يختفي مجددا من سوريل"),
        ("ar", "النقابة تدعم وقف تمويل الميناء", "النقابة تنتقد وقف تمويل الميناء"),
    ],
)
def test_words_of_opposite_meaning_contradict(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.CONTRADICTS


def test_words_are_quoted_with_whom_they_are_about() -> None:
    passage = "Rain fell. Ada Lorne founded the mill in 1968. She sold it to Calder Foods in 1990. Snow fell."
    told = stance_of("Ada Lorne sold the mill to Calder Foods in 1990.", passage, "en")
    assert told.quote == "Ada Lorne founded the mill in 1968. She sold it to Calder Foods in 1990"


@pytest.mark.parametrize(
    ("language", "claim", "passage", "stance"),
    [
        ("en", "The dam is safe.", "The dam is safe, the company claimed.", Stance.QUALIFIES),
        ("en", "The dam is safe.", "The dam is safe, the company said.", Stance.SUPPORTS),
        ("fr", "Le barrage est sûr.", "Le barrage est sûr, prétend la société.", Stance.QUALIFIES),
        ("ar", "السد آمن", "السد آمن، كما زعمت الشركة.", Stance.QUALIFIES),
    ],
)
def test_a_verb_of_doubt_behind_what_is_said_counts(language: str, claim: str, passage: str, stance: Stance) -> None:
    assert stance_of(claim, passage, language).stance is stance


@pytest.mark.parametrize(
    ("language", "claim", "passage"),
    [
        ("en", "The water bill passed.", "The water bill passed its first reading."),
        (
            "fr",
            "Le parlement a adopté la loi sur l'eau.",
            "Le parlement a adopté la loi sur l'eau en première lecture.",
        ),
        ("es", "El parlamento aprobó la ley de aguas.", "El parlamento aprobó la ley de aguas en primera lectura."),
        ("ar", "أقر المجلس قانون المياه", "أقر المجلس قانون المياه في القراءة الأولى"),
    ],
)
def test_a_first_reading_is_not_the_last(language: str, claim: str, passage: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage", "stance"),
    [
        ("فقد الجيش السيطرة على سوريل", "خسر الجيش السيطرة على سوريل", Stance.SUPPORTS),
        ("فقد الجيش السيطرة على سوريل", "استعاد الجيش السيطرة على سوريل", Stance.CONTRADICTS),
        ("الجيش يسيطر على سوريل", "فقد الجيش السيطرة على سوريل", Stance.UNRELATED),
        # The particle tells nothing.
        ("أعلن الوزير فتح الطريق", "لذلك فقد أعلن الوزير فتح الطريق", Stance.SUPPORTS),
    ],
)
def test_the_particle_that_is_also_a_verb(claim: str, passage: str, stance: Stance) -> None:
    assert stance_of(claim, passage, "ar").stance is stance
