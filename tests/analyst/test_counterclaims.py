"""Two speakers of one article who cannot both be right, and two who only use the same words."""

import pytest

from agent.analyst.lexical.judging import hear
from agent.models import ARTICLE, Article, Claim, Passage, Span, Stance, Witness
from tests.analyst.lexical_text import told_in

Sides = tuple[str, str, str, str]

DISPUTED: list[Sides] = [
    (
        "en",
        "Lena Marsh said that 80 per cent of the porters were on strike. "
        "By contrast, the port company said that at most 15 per cent of the porters were on strike.",
        "80 per cent",
        "15 per cent",
    ),
    (
        "en",
        "Lena Marsh said that no sailor was hurt on the ferry. Doctor Paul Ardent said that he treated "
        "four sailors hurt on the ferry.",
        "no sailor",
        "four sailors",
    ),
    (
        "en",
        "The museum director, Nadia Wren, said that the museum had no night watchman. "
        "A police spokesman said that two watchmen were on duty.",
        "no night watchman",
        "two watchmen",
    ),
    (
        "en",
        'Calder had 53 percent, the returning officer said. "Our own count gives us 51 percent," Mary Brindle said.',
        "53 percent",
        "51 percent",
    ),
    (
        "ar",
        "قال مدير الميناء نادر وافي إن أضواء الرصيف كانت مضاءة ليلة الحادث. "
        "في المقابل، قالت شركة النقل إن الرصيف كان من دون أضواء ليلة الحادث.",
        "مضاءة",
        "من دون أضواء",
    ),
    (
        "ar",
        "قال مصدر في البلدية إن شركة النقل أغلقت مكاتب الميناء أمس. "
        "وقال المدير نادر وافي إن الشركة لم تغلق مكاتب الميناء.",
        "أغلقت",
        "لم تغلق",
    ),
    (
        "ar",
        "مالك السفينة يقول إن الرصيف كان في ظلام تام، وهيئة الميناء ترد بأن أضواءه كانت مضاءة.",
        "ظلام",
        "مضاءة",
    ),
    (
        "fa",
        "سیامک راد گفت دستمزد کارگران سه ماه است پرداخت نشده است. "
        "در مقابل، نادر پاک گفت همهٔ حقوق‌ها تا پایان بهمن واریز شده است.",
        "دستمزد",
        "واریز",
    ),
    (
        "fr",
        "Paul Ardent affirme que des caisses ont été emportées du dépôt. "
        "« Aucune caisse n'a quitté le dépôt », a répliqué la directrice, Lena Marsh.",
        "emportées",
        "Aucune caisse",
    ),
    (
        "fr",
        "Lena Marsh remporte l'élection, selon la commission. "
        "Son adversaire, Paul Ardent, revendique aussi la victoire.",
        "remporte",
        "revendique",
    ),
]

UNDISPUTED: list[Sides] = [
    (
        "en",
        "Lena Marsh said that 80 per cent of the porters were on strike. "
        "By contrast, the port company said that fares will rise by 15 per cent.",
        "80 per cent",
        "15 per cent",
    ),
    (
        "en",
        "Lena Marsh said that 80 per cent of the porters were on strike. "
        "The port company said that 15 per cent of the porters were on strike in 2014.",
        "80 per cent",
        "15 per cent",
    ),
    (
        "en",
        "Lena Marsh said that no other plant will close. Paul Ardent said that two plants are full.",
        "no other plant",
        "two plants",
    ),
    (
        "en",
        "Lena Marsh said that no child in Sorrel was hurt. Paul Ardent said that forty children had a dose.",
        "no child",
        "forty children",
    ),
    (
        "en",
        "Lena Marsh said that the ferry sank. "
        "By contrast, Paul Ardent said that the port refused to open the ferry gates.",
        "ferry sank",
        "refused",
    ),
    (
        "en",
        "Lena Marsh said that the plant opened in 1968. Paul Ardent said that the plant will close.",
        "1968",
        "will close",
    ),
    (
        "ar",
        "قال رئيس الحكومة نادر وافي إنه لا تعديل وزاريا هذا العام. وأعلنت الوزيرة رندا الشاطر استقالتها أمس.",
        "لا تعديل",
        "استقالتها",
    ),
    (
        "fa",
        "سیامک راد گفت هشتاد درصد رانندگان در اعتصاب هستند. در مقابل، نادر پاک گفت بهای بلیت ده درصد گران می‌شود.",
        "هشتاد",
        "بلیت",
    ),
    (
        "fr",
        "Paul Ardent affirme que le dépôt emploie douze hommes. "
        "« Aucune caisse n'a quitté le dépôt », a répliqué la directrice, Lena Marsh.",
        "emploie",
        "Aucune caisse",
    ),
]


def heard(text: str, language: str, about: str) -> tuple[Stance, str]:
    """What the article says of the claim that holds these words."""
    article = Article(text=text, language=language)
    told = next(one for one in told_in(text, language) if about in one.draft.quote)
    claim = Claim(
        id="c1",
        text=told.draft.text,
        quote=told.draft.quote,
        attribution=told.draft.attribution,
        spans=(told.span,),
    )
    whole = Passage.of(article, Span(start=0, end=len(text)))
    said = hear(Witness(origin=ARTICLE, passages=(whole,)), claim)
    return said.stance, said.quote


@pytest.mark.parametrize(("language", "text", "one", "other"), DISPUTED)
def test_each_of_two_speakers_contests_the_other_in_words_of_his_own(
    language: str, text: str, one: str, other: str
) -> None:
    for about, told in ((one, other), (other, one)):
        stance, quote = heard(text, language, about)
        assert stance is Stance.CONTRADICTS
        assert quote in text
        assert told in quote


@pytest.mark.parametrize(("language", "text", "one", "other"), UNDISPUTED)
def test_words_in_common_dispute_nothing(language: str, text: str, one: str, other: str) -> None:
    for about in (one, other):
        assert heard(text, language, about)[0] is Stance.UNRELATED


HEARD: list[Sides] = [
    (
        "tr",
        "Vali Ola Strand, “Selden önce sirenler çaldı” dedi. "
        "Muhtar Ada Orne ise «Ne siren duyduk ne anons» diye konuştu.",
        "sirenler çaldı",
        "Ne siren",
    ),
    (
        "en",
        "The governor said that the sirens sounded an hour before the flood. Ada Orne said: “We heard no siren.”",
        "sirens sounded",
        "no siren",
    ),
    (
        "ar",
        "قال المحافظ إن صفارات الإنذار دوت قبل السيل بساعة. وقالت رندا الشاطر: «لم نسمع أي صفارة إنذار».",
        "دوت",
        "لم نسمع",
    ),
    (
        "fr",
        "Le préfet Paul Orne affirme que les sirènes ont retenti avant la crue. "
        "« Nous n'avons entendu aucune sirène », a répliqué Ana Sol.",
        "ont retenti",
        "aucune sirène",
    ),
    (
        "fa",
        "استاندار گفت که آژیرها پیش از سیل به صدا درآمدند. نادر پاک گفت هیچ آژیری نشنیدیم.",
        "به صدا",
        "نشنیدیم",
    ),
    (
        "es",
        "El alcalde dijo que las sirenas sonaron antes de la riada. Ana Sol dijo que no oyó ninguna sirena.",
        "sonaron",
        "ninguna sirena",
    ),
]


@pytest.mark.parametrize(("language", "text", "one", "other"), HEARD)
def test_who_heard_none_contests_that_it_sounded(language: str, text: str, one: str, other: str) -> None:
    assert [heard(text, language, about)[0] for about in (one, other)] == [Stance.CONTRADICTS] * 2


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The governor said that the sirens cost 50 million. Ada Orne said: “We heard no siren.”", "sirens cost"),
        ("The governor said that the bells rang at noon. Ada Orne said: “We heard no siren.”", "bells rang"),
    ],
)
def test_who_heard_none_contests_nothing_else(text: str, about: str) -> None:
    assert heard(text, "en", about)[0] is Stance.UNRELATED


DENIED_BEHIND: list[tuple[str, str, str, str]] = [
    ("en", "The mayor says the gates were opened, which the water board denies.", "opened", "water board denies"),
    ("en", "The mayor said the gates were opened. The water board denied that.", "opened", "water board denied"),
    ("ar", "يقول رئيس البلدية إن البوابات فتحت، وهو ما تنفيه هيئة المياه.", "فتحت", "تنفيه"),
    ("ar", "قال رئيس البلدية إن البوابات فتحت. ونفت هيئة المياه ذلك.", "فتحت", "نفت"),
    ("fa", "شهردار می‌گوید دریچه‌های سد باز شد، اما سازمان آب این را رد می‌کند.", "دریچه", "رد"),
    ("fr", "Le maire affirme que les vannes ont été ouvertes, ce que la régie dément.", "ouvertes", "dément"),
    (
        "tr",
        "Başkan kapakların habersiz açıldığını öne sürüyor, su idaresi ise bunu reddediyor.",
        "kapak",
        "reddediyor",
    ),
]


@pytest.mark.parametrize(("language", "text", "claim", "denial"), DENIED_BEHIND)
def test_a_denial_of_what_was_just_said_contests_it(language: str, text: str, claim: str, denial: str) -> None:
    stance, quote = heard(text, language, claim)
    assert stance is Stance.CONTRADICTS
    assert denial in quote
    assert claim not in quote


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mayor says the gates were opened, which the water board does not deny."),
        ("en", "The mayor says the gates were opened, which the water board repaired."),
        ("en", "The mayor said the gates were opened. The water board denied that the dam is full."),
        ("ar", "قال رئيس البلدية إن البوابات فتحت. وأكدت هيئة المياه ذلك."),
        ("fr", "Le maire affirme que les vannes ont été ouvertes, ce que la régie confirme."),
    ],
)
def test_what_does_not_deny_it_contests_nothing(language: str, text: str) -> None:
    assert heard(text, language, {"en": "gates", "ar": "البوابات", "fr": "vannes"}[language])[0] is Stance.UNRELATED


def test_what_only_denies_the_words_before_it_is_no_claim_of_the_first_speaker() -> None:
    text = "The mayor says the gates were opened, which the water board denies. Paul Ardent said the dam is full."
    assert [one.draft.text for one in told_in(text, "en")] == [
        "The mayor: the gates were opened",
        "Paul Ardent: the dam is full",
    ]
