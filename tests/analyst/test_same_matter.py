"""Speakers of one article who answer, deny or count, though of something else; and those who do dispute."""

import pytest

from agent.analyst.lexical.judging import hear
from agent.models import ARTICLE, Article, Claim, Passage, Span, Stance, Witness
from tests.analyst.lexical_text import told_in

OF_SOMETHING_ELSE: dict[str, tuple[str, str]] = {
    "another day": (
        "en",
        "The hospital director said that 14 children were admitted on Monday. "
        "However, a ward nurse said that 21 children were admitted on Tuesday.",
    ),
    "another day, ar": (
        "ar",
        "قالت إدارة المستشفى إن 14 طفلا أدخلوا يوم الاثنين. غير أن ممرضة قالت إن 21 طفلا أدخلوا يوم الثلاثاء.",
    ),
    "another day, fa": (
        "fa",
        "مدیر بیمارستان گفت ۱۴ کودک روز دوشنبه بستری شدند. با این حال، پرستاری گفت ۲۱ کودک روز سه‌شنبه بستری شدند.",
    ),
    "another day, fr": (
        "fr",
        "La direction de l'hôpital a indiqué que 14 enfants ont été admis lundi. "
        "En revanche, une infirmière a indiqué que 21 enfants ont été admis mardi.",
    ),
    "another year": (
        "en",
        "The minister said the prison held 900 inmates in 2020. "
        "By contrast, the warden said the prison holds 1,200 inmates today.",
    ),
    "another place": (
        "en",
        "The water board said that 300 homes were flooded in Sorrel. "
        "In contrast, the fire chief said that 90 homes were flooded in Calder.",
    ),
    "the opposite of another place": (
        "en",
        "The union said the plant lost 80 jobs in Meridia. "
        "The company insisted that the plant gained 20 jobs in Calder.",
    ),
    "not in another place": (
        "en",
        "The union said drivers were on strike in the north. "
        "The company responded that drivers were not on strike in the south.",
    ),
    "shares of other things": (
        "en",
        "The factory owner said that production rose by 12 percent. "
        "The works council replied that wages rose by 2 percent.",
    ),
    "a count of one's own, of votes": (
        "en",
        "The opposition said turnout was 61 percent in the city. "
        "Our own count gives us 48 percent for the mayor, the governing party said.",
    ),
    "a count of one's own, of votes, ar": (
        "ar",
        "قالت الهيئة إن نسبة المشاركة بلغت 61 في المئة. وقال الحزب الحاكم إن محاضرنا تعطي مرشحنا 48 في المئة.",
    ),
    "the opposite of what belongs to it": (
        "en",
        "The union said that the mine closed on Monday. "
        "The company responded that the mine's canteen had stayed open.",
    ),
    "the opposite of what is of it": (
        "en",
        "The union said that the mine was closed. The company responded that the canteen of the mine was open.",
    ),
    "the opposite of another of the kind": (
        "en",
        "The governor said the dam was full. An engineer countered that the upper dam was empty.",
    ),
    "what belongs to it is closed": (
        "en",
        "The council denied that the library would close. Readers said the library café had closed.",
    ),
    "what belongs to it is closed, ar": ("ar", "قال المجلس إن المكتبة لن تغلق. وقال القراء إن مقهى المكتبة أغلق."),
    "not another thing": (
        "ar",
        "قال رئيس الاتحاد إن الشركة أغلقت المنجم. وقال متحدث باسم الشركة إنها لم تغلق المطعم.",
    ),
    "none of them there, some paid": (
        "en",
        "The harbour authority said that no sailor was on board. "
        "The ferry company said that six sailors had been paid in full.",
    ),
    "none harmed, some restored": (
        "fr",
        "Le directeur du musée affirme qu'aucun tableau n'a été volé. "
        "Une gardienne a déclaré que trois tableaux ont été restaurés.",
    ),
    "without one, two of others": (
        "fa",
        "فرماندار گفت مدرسه بدون نگهبان است. سخنگوی پلیس گفت دو نگهبان در پروندهٔ انبار شهادت دادند.",
    ),
    "without one, two of others, ar": (
        "ar",
        "قال المحافظ إن المدرسة بلا حارس ليلي. وقال متحدث باسم الشرطة إن حارسين أدليا بشهادتهما في قضية المستودع.",
    ),
    "denies a leak": (
        "en",
        "The ferry sank within minutes, the coast guard said. The ministry denied a leak from the sunk ferry.",
    ),
    "denies a leak, fr": (
        "fr",
        "Le ferry a coulé en quelques minutes, selon les garde-côtes. "
        "Le ministère dément une fuite de carburant du ferry coulé.",
    ),
    "denies that she was told": (
        "en",
        "The airline said the flight was cancelled. "
        "A passenger denied that she had been told about the cancelled flight.",
    ),
    "denies that she was told, fa": ("fa", "شرکت گفت پرواز لغو شد. یک مسافر اطلاع از لغو پرواز را تکذیب کرد."),
    "denies a lack": ("ar", "قالت الوزارة إن اللقاح آمن. ونفى المستشفى نفاد اللقاح."),
    "none in another year": (
        "en",
        "The airline said that two pilots had resigned. The pilots' union said that no pilot had resigned last year.",
    ),
    "who denies something said nothing yet": (
        "en",
        "The mayor said the gates were opened at noon. "
        "The water board, which denies a leak, said the gates were painted.",
    ),
}

OF_THE_SAME: dict[str, tuple[str, str]] = {
    "figures": (
        "en",
        "The union said that 40 drivers were hurt in the depot fire. "
        "By contrast, the bus company said that 12 drivers were hurt in the depot fire.",
    ),
    "opposites": ("en", "The mayor said the bridge was open. A police spokesman replied that the bridge was closed."),
    "opposites, ar": ("ar", "قال الصيادون إن الميناء مغلق. وأصرت الهيئة على أن الميناء مفتوح."),
    "opposites, fa": ("fa", "شهردار گفت پل بسته است. در مقابل، پلیس گفت پل باز است."),
    "opposites, fr": ("fr", "La maire affirme que le pont est fermé. La préfecture répond que le pont est ouvert."),
    "denies it": ("en", "The prosecutor said the director took bribes. The director denied taking bribes."),
    "denies it, ar": ("ar", "قال المدعي العام إن المدير تلقى رشاوى. ونفى المدير تلقي رشاوى."),
    "denies it, fa": ("fa", "دادستان گفت مدیر رشوه گرفته است. مدیر گرفتن رشوه را تکذیب کرد."),
    "not so": ("ar", "قال سكان إن الشركة قطعت المياه. وقال متحدث باسم الشركة إنها لم تقطع المياه."),
    "none": (
        "en",
        "The director said that nobody was injured in the fire. "
        "A paramedic said that two people were injured in the fire.",
    ),
    "there is one": (
        "en",
        "The museum director said that the museum had no watchman. "
        "A police spokesman said that a watchman was on duty.",
    ),
}


def contested(language: str, text: str) -> list[str]:
    """The quotes of the claims of an article that the article itself contests."""
    article = Article(text=text, language=language)
    whole = Passage.of(article, Span(start=0, end=len(text)))
    found = []
    for told in told_in(text, language):
        draft = told.draft
        claim = Claim(id="c1", text=draft.text, quote=draft.quote, attribution=draft.attribution, spans=(told.span,))
        if hear(Witness(origin=ARTICLE, passages=(whole,)), claim).stance is Stance.CONTRADICTS:
            found.append(draft.quote)
    return found


@pytest.mark.parametrize("kind", OF_SOMETHING_ELSE)
def test_whoever_speaks_of_something_else_contests_nothing(kind: str) -> None:
    language, text = OF_SOMETHING_ELSE[kind]
    assert len(told_in(text, language)) > 1
    assert contested(language, text) == []


@pytest.mark.parametrize("kind", OF_THE_SAME)
def test_whoever_says_otherwise_of_the_same_contests_it(kind: str) -> None:
    language, text = OF_THE_SAME[kind]
    assert contested(language, text)


def test_where_the_verb_stands_last_a_denial_of_it_disputes_what_is_told_with_more_between() -> None:
    told = "Belediye başkanı Nurten Sazlıoğlu, kapakların gece haber verilmeden açıldığını söyledi. "
    denied = 'Su idaresinin bölge müdürü Tufan Keskinbay, "kapakların hiç açılmadığını" savundu.'
    sides = ["kapakların gece haber verilmeden açıldığını", "kapakların hiç açılmadığını"]
    assert contested("tr", told + denied) == sides
    assert contested("tr", told + denied.replace("kapakların", "okulların")) == []
