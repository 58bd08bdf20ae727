"""Support has to be earned: three kinds of passage that look like support and are none, and what stays support."""

from datetime import UTC, datetime

import pytest

from agent.analyst.lexical import LexicalAnalyst, stance_of
from agent.models import ARTICLE as ARTICLE_ORIGIN
from agent.models import Article, Attribution, Claim, Document, Judgement, Passage, SourceType, Span, Stance, Witness
from tests.analyst.lexical_text import Unlimited

Pair = tuple[str, str, str]

WITHOUT_THE_PREDICATE: list[Pair] = [
    ("The mayor closed the old bridge in Calder.", "The mayor opened a school near the old bridge in Calder.", "en"),
    ("The council approved the harbour plan.", "The council will discuss the harbour plan on Monday.", "en"),
    ("Fire destroyed the Linden flour mill.", "The Linden flour mill employs ninety people.", "en"),
    ("أغلقت البلدية جسر الوادي القديم", "زار رئيس البلدية جسر الوادي القديم أمس", "ar"),
    ("أقر المجلس خطة توسيع الميناء", "يناقش المجلس خطة توسيع الميناء غدا", "ar"),
    ("شهرداری پل قدیمی شهر را تخریب کرد", "شهردار از پل قدیمی شهر بازدید کرد", "fa"),
    ("La mairie a détruit le vieux pont de Linden.", "La mairie a visité le vieux pont de Linden.", "fr"),
]

SLOT_SWAPPED: list[Pair] = [
    ("The ferry Halcyon sank near Ardent.", "The ferry Halcyon sank near Sorrel.", "en"),
    ("Calder won the final against Farrow.", "Farrow won the final against Calder; Calder lost.", "en"),
    ("Calder beat Farrow in the final.", "Brindle beat Farrow in the final.", "en"),
    ("The plant in Meridia opened in 1968.", "The plant in Meridia opened in 1986.", "en"),
    ("Only two towns were flooded.", "Two towns were flooded, and so were six villages.", "en"),
    ("All bridges over the river are closed.", "Bridges over the river are closed.", "en"),
    ("اشترت الشركة أربع سفن من الميناء", "اشترت الشركة أربع طائرات من الميناء", "ar"),
    ("جميع الجسور على النهر مغلقة", "بعض الجسور على النهر مغلقة", "ar"),
    ("همه پل‌های رودخانه بسته است", "برخی پل‌های رودخانه بسته است", "fa"),
    ("Toutes les écoles de Linden sont fermées.", "Quelques écoles de Linden sont fermées.", "fr"),
]

PREDICATE_TURNED: list[Pair] = [
    ("Two workers are still missing.", "The two workers have been found safe.", "en"),
    ("The minister resigned on Monday.", "The minister stays in office, he said on Monday.", "en"),
    ("The water of the Lode is safe.", "The water of the Lode is contaminated.", "en"),
    ("العمال الثلاثة ما زالوا مفقودين", "عثر على العمال الثلاثة", "ar"),
    ("استقال وزير الري", "وزير الري باق في منصبه", "ar"),
    ("دو کارگر معدن مفقود هستند", "دو کارگر معدن پیدا شدند", "fa"),
    ("Le pont du port est ouvert.", "Le pont du port est fermé.", "fr"),
    ("Le directeur a démissionné.", "Le directeur n'a pas démissionné.", "fr"),
]

RETOLD_AS_ALLEGED: list[Pair] = [
    ("The minister resigned.", "The minister is alleged to have resigned.", "en"),
    ("The company bribed the governor.", "The company is accused of having bribed the governor.", "en"),
    ("The dam is full.", "Reportedly the dam is full.", "en"),
    ("The police suspected arson.", "The police have not said whether they suspected arson.", "en"),
    ("The tunnel will open in May.", "It is unclear if the tunnel will open in May.", "en"),
    ("استقال وزير الري", "يعتقد أن وزير الري استقال", "ar"),
    ("الحريق متعمد", "لم تقل الشرطة ما إذا كان الحريق متعمدا", "ar"),
    ("وزیر نیرو استعفا داد", "گویا وزیر نیرو استعفا داد", "fa"),
    ("آتش‌سوزی عمدی بود", "مشخص نیست آتش‌سوزی عمدی بود", "fa"),
    ("Le ministre a démissionné.", "Le ministre aurait démissionné.", "fr"),
    ("L'incendie est criminel.", "La police n'a pas dit si l'incendie est criminel.", "fr"),
]


@pytest.mark.parametrize(
    ("claim", "passage", "language"), WITHOUT_THE_PREDICATE + SLOT_SWAPPED + PREDICATE_TURNED + RETOLD_AS_ALLEGED
)
def test_what_only_looks_like_support_is_none(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("claim", "passage", "language"), PREDICATE_TURNED)
def test_a_predicate_turned_round_contradicts(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.CONTRADICTS


@pytest.mark.parametrize(("claim", "passage", "language"), RETOLD_AS_ALLEGED)
def test_what_is_alleged_or_left_open_contradicts_nothing(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.CONTRADICTS


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("Only two towns were flooded.", "Only two towns were flooded, the governor said.", "en"),
        ("The minister is accused of theft.", "The minister is accused of theft.", "en"),
        ("عثر على العمال الثلاثة", "قال رئيس البلدية إن العمال الثلاثة عثر عليهم", "ar"),
        ("دو کارگر معدن پیدا شدند", "دو کارگر معدن پیدا شدند", "fa"),
        ("Le pont du port est fermé.", "Depuis lundi, le pont du port est fermé.", "fr"),
        ("L'eau est potable.", "La mairie assure que l'eau est potable.", "fr"),
    ],
)
def test_the_same_told_again_supports(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("The old bridge was closed to lorries on Monday.", "Lorries may not use the old bridge since Monday.", "en"),
        (
            "The new school will cost 4 million crowns.",
            "The town will pay 4 million crowns for the new school.",
            "en",
        ),
        ("Six hundred homes in Sorrel are without power.", "About 600 houses in Sorrel have no electricity.", "en"),
        ("The price of bread rose by 12 percent in March.", "Bread prices went up 12% in March.", "en"),
        ("The mine in Brindle laid off 40 workers.", "The Brindle mine dismissed 40 employees.", "en"),
        ("قتل سبعة أشخاص في حريق المصنع", "لقي سبعة أشخاص مصرعهم في حريق المصنع", "ar"),
        ("ارتفع سعر الخبز 12 في المئة", "زاد سعر الخبز 12%", "ar"),
        ("سه نفر در آتش‌سوزی کارخانه جان باختند", "در آتش‌سوزی کارخانه سه نفر کشته شدند", "fa"),
        ("Trois personnes ont perdu la vie dans l'incendie.", "L'incendie a tué trois personnes.", "fr"),
        ("Karaçam'ı sel vurdu.", "Karaçam sel altında kaldı.", "tr"),
    ],
)
def test_the_same_told_in_other_words_supports(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("Three people were killed in the fire in Calder.", "Three people were hurt in the fire in Calder.", "en"),
        ("The mayor of Sorrel was arrested on Monday.", "The governor of Sorrel was arrested on Monday.", "en"),
        ("Two ferries collided near Ardent on Sunday.", "Two trucks collided near Ardent on Sunday.", "en"),
        ("The council approved 4 million for Linden.", "The council discussed 4 million for Linden.", "en"),
        ("قتل سبعة أشخاص في حريق المصنع في الوادي", "أصيب سبعة أشخاص في حريق المصنع في الوادي", "ar"),
        ("اعتقل مدير المصنع يوم الثلاثاء", "اعتقل سائق المصنع يوم الثلاثاء", "ar"),
        ("شهردار ۴ میلیون پرداخت کرد", "شهردار ۴ میلیون دریافت کرد", "fa"),
        ("Le maire de Linden a été arrêté lundi.", "Le préfet de Linden a été arrêté lundi.", "fr"),
    ],
)
def test_one_word_that_decides_what_happened_refuses_support(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


def test_two_numbers_a_name_and_the_day_make_it_one_report() -> None:
    claim = "The ship Halcyon rammed the dredger at kilometre 37 of the Ardent canal at 11 on Tuesday night"
    told = "On Tuesday the ship Halcyon hit the dredger at kilometre 37 of the Ardent canal at 11 in the night"
    assert stance_of(claim, told, "en").stance is Stance.SUPPORTS
    assert stance_of(claim, told.replace("37", "73"), "en").stance is not Stance.SUPPORTS


def test_what_is_only_untold_qualifies_nothing() -> None:
    claim = "The council of Linden approved the plan for a new harbour and a school."
    assert (
        stance_of(claim, "The council of Linden spoke of the plan for a new harbour.", "en").stance
        is Stance.UNRELATED
    )
    hedged = "The council of Linden reportedly approved the plan for a new harbour and a school."
    assert stance_of(claim, hedged, "en").stance is Stance.QUALIFIES


def test_what_is_told_around_a_stretch_counts_with_it() -> None:
    told = (
        "The floods of the river Lode killed people in five towns on Wednesday night, the rescue service said. "
        "Its director asked the inhabitants of the valley to leave. Four hundred houses are without water."
    )
    claim = "Four hundred houses in the valley of the Lode are without water after the floods of Wednesday"
    answer = stance_of(claim, told, "en")
    assert (answer.stance, answer.quote) == (Stance.SUPPORTS, "Four hundred houses are without water")


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        (
            "Fourteen sailors were rescued.",
            "The coast guard corrects: eleven sailors, not fourteen, were rescued.",
            "en",
        ),
        ("Seven stations had no booth.", "On Monday we wrote that seven stations had no booth.", "en"),
        ("أنقذت الزوارق أربعة عشر بحارا", "يصحح خفر السواحل: أنقذت الزوارق أحد عشر بحارا لا أربعة عشر", "ar"),
        ("بدهی شهرداری ۴۲۰۰ میلیارد تومان است", "بدهی شهرداری به اشتباه ۴۲۰۰ میلیارد تومان اعلام شد", "fa"),
        ("Sept bureaux n'avaient pas d'isoloir.", "Nous avons écrit que sept bureaux n'avaient pas d'isoloir.", "fr"),
    ],
)
def test_a_source_that_takes_back_the_number_contradicts(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is Stance.CONTRADICTS


def test_a_correction_does_not_contradict_the_right_number() -> None:
    passage = "The coast guard corrects: eleven sailors, not fourteen, were rescued."
    assert stance_of("Eleven sailors were rescued.", passage, "en").stance is not Stance.CONTRADICTS


def test_two_who_both_do_not_leave_do_not_contradict_each_other() -> None:
    short, long = "موسكو لا تغادر سوريا", "نحن لا نغادر سوريا بل نسحب فائض القوات"
    stances = {stance_of(long, short, "ar").stance, stance_of(short, long, "ar").stance}
    assert Stance.CONTRADICTS not in stances


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("No other plant of the group would close.", "Ostrander will close its plant of the group."),
        ("Three sailors of the canal dredger are missing.", "The ministry denied that fuel leaked into the canal."),
    ],
)
def test_another_thing_or_a_denial_of_something_else_contests_nothing(claim: str, passage: str) -> None:
    assert stance_of(claim, passage, "en").stance is not Stance.CONTRADICTS


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("The mill lost 64m crowns.", "The mill lost 64m crowns. We withdraw that figure.", "en"),
        ("The mill lost 64m crowns.", "The mill lost 64m crowns. The owner called that number false.", "en"),
        ("خسر المصنع 64 مليون دينار", "خسر المصنع 64 مليون دينار. نسحب هذا الرقم.", "ar"),
        ("کارخانه ۶۴ میلیون از دست داد", "کارخانه ۶۴ میلیون از دست داد. این رقم را پس می‌گیریم.", "fa"),
        ("Le moulin a perdu 64 millions.", "Le moulin a perdu 64 millions. Nous retirons ce chiffre.", "fr"),
        ("El molino perdió 64 millones.", "El molino perdió 64 millones. Retiramos esa cifra.", "es"),
        ("Fabrika 64 milyon zarar etti.", "Fabrika 64 milyon zarar etti. Bu rakamı geri çekiyoruz.", "tr"),
    ],
)
def test_a_figure_that_the_next_sentence_takes_back_contradicts(claim: str, passage: str, language: str) -> None:
    answer = stance_of(claim, passage, language)
    assert (answer.stance, answer.quote.rstrip(".")) == (Stance.CONTRADICTS, passage.rstrip("."))


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The mill lost 64m crowns.", "The mill lost 64m crowns. We do not withdraw that figure."),
        ("The mill lost 64m crowns.", "The mill lost 64m crowns. The town hopes to halve that figure."),
        ("The mill lost 64m crowns.", "The mill lost 64m crowns. It closed. The bank withdrew that number."),
    ],
)
def test_a_figure_that_nobody_takes_back_stands(claim: str, passage: str) -> None:
    assert stance_of(claim, passage, "en").stance is Stance.SUPPORTS


@pytest.mark.parametrize(
    ("claim", "passage", "language"),
    [
        ("The rover will find ice on the moon.", "Will the rover find ice on the moon?", "en"),
        ("أغلقت البلدية جسر الوادي القديم", "أغلقت البلدية جسر الوادي القديم؟", "ar"),
    ],
)
def test_what_is_only_asked_supports_nothing(claim: str, passage: str, language: str) -> None:
    assert stance_of(claim, passage, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(
    ("passage", "stance"),
    [
        ("The air force would keep striking the camps in Meridia.", Stance.UNRELATED),
        ("The forces would keep the camps in Meridia.", Stance.CONTRADICTS),
    ],
)
def test_what_goes_on_is_not_what_stays(passage: str, stance: Stance) -> None:
    assert stance_of("The forces would pull out of Meridia.", passage, "en").stance is stance


def test_a_source_without_a_name_negates_nothing() -> None:
    claim = "قرّرت جمعية الصيادين وقف الصيد في البحيرة أسبوعاً كاملاً"
    passage = "نقل عن مهندس لم يسمّه أن رادار البحيرة معطّل منذ ستة أسابيع، وعن صيادين أن وقوداً وصل إلى الشاطئ"
    assert stance_of(claim, passage, "ar").stance is Stance.UNRELATED
    assert stance_of("رادار البحيرة معطّل منذ ستة أسابيع", passage, "ar").stance is not Stance.CONTRADICTS


ARTICLE = Article(
    text="Two presses of the Ostrander plant in Brackenfold were sold in the summer, workers said.",
    language="en",
    published_at=datetime(2024, 10, 22, tzinfo=UTC),
)
CLAIM = Claim(
    id="c1",
    text="Two presses were sold in the summer",
    quote="Two presses were sold in the summer",
    attribution=Attribution(source=SourceType.OUTLET),
    spans=(Span(start=0, end=5),),
)


async def heard(text: str, published: datetime | None = None) -> Stance:
    document = Document.of(text, language="en", published_at=published)
    witness = Witness(origin="o1", passages=(Passage.of(document, Span(start=0, end=len(text))),))
    hearing = await LexicalAnalyst(embedder="none").judge(ARTICLE, witness, (CLAIM,), Unlimited())
    return hearing.judgements[0].stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("At Ostrander two presses were sold in the summer.", Stance.SUPPORTS),
        ("Two presses were sold in the summer.", Stance.SUPPORTS),
        ("At Colne Bank two presses were sold in the summer.", Stance.UNRELATED),
        ("Two presses of Ostrander were sold in the summer of 2006.", Stance.UNRELATED),
        ("At Colne Bank no presses were sold in the summer.", Stance.UNRELATED),
    ],
)
async def test_another_town_or_year_never_speaks_to_the_claim(text: str, stance: Stance) -> None:
    assert await heard(text) is stance


async def test_what_was_published_long_before_is_of_another_event() -> None:
    text = "At Ostrander two presses were sold in the summer."
    assert await heard(text, datetime(2024, 10, 20, tzinfo=UTC)) is Stance.SUPPORTS
    assert await heard(text, datetime(2023, 10, 20, tzinfo=UTC)) is Stance.UNRELATED


DISPUTED = (
    "The company said the closure would cost 1,150 jobs at the mill. "
    'The union called that figure "plainly false" and put the jobs at 1,900. '
    "The mayor said the town would help."
)


async def heard_in_the_article(sentence: str, speaker: str) -> Judgement:
    start = DISPUTED.index(sentence)
    article = Article(text=DISPUTED, language="en")
    claim = Claim(
        id="c1",
        text=sentence,
        quote=sentence,
        attribution=Attribution(source=SourceType.INSTITUTION, speaker=speaker),
        spans=(Span(start=start, end=start + len(sentence)),),
    )
    document = Document.of(DISPUTED, language="en")
    passages = (Passage.of(document, Span(start=0, end=len(DISPUTED))),)
    witness = Witness(origin=ARTICLE_ORIGIN, passages=passages)
    hearing = await LexicalAnalyst(embedder="none").judge(article, witness, (claim,), Unlimited())
    return hearing.judgements[0]


async def test_a_figure_that_another_speaker_calls_false_is_contested_on_both_sides() -> None:
    company, union = DISPUTED.split(". ")[:2]
    first = await heard_in_the_article(company, "The company")
    second = await heard_in_the_article(union, "The union")
    assert (first.stance, second.stance) == (Stance.CONTRADICTS, Stance.CONTRADICTS)
    assert "plainly false" in first.quote
    assert "1,150" in second.quote


async def test_what_stands_beside_a_disputed_figure_is_not_contested() -> None:
    mayor = await heard_in_the_article("The mayor said the town would help.", "The mayor")
    assert mayor.stance is Stance.UNRELATED
