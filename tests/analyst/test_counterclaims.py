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
