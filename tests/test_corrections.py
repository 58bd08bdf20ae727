"""A correction goes with what it corrects: the page that printed it supports the withdrawn words no more."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from agent.app import open_store, open_verifier
from agent.article import About, make_article
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.messages import load_words
from agent.models import (
    Article,
    Claim,
    Document,
    Label,
    OriginCounts,
    Passage,
    Report,
    Span,
    Stance,
    Verdict,
    Witness,
)
from agent.text.corrections import notes_in
from agent.verify.evidence import weigh
from agent.verify.explain import explain
from agent.verify.withdrawn import taken_back
from tests.support.cost import costs_in_proportion
from tests.support.pages import HOUSES, SCHOOL, page
from tests.support.scripted import says

pytestmark = pytest.mark.long

_NOTE = (
    "Correction, 15 March: an earlier version of this article said that 71 people died in Southbank."
    " The number is 17."
)


def _withdrawn(text: str) -> Sequence[str]:
    return [words for note in notes_in(text) for words in note.withdrawn]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (_NOTE, "71", "17"),
        ("Correction: The number of dead is 17, not 71 as we previously reported.", "71", "17"),
        (
            "This article was amended on 15 March 2024. An earlier version said 71 had died, instead of 17.",
            "71",
            "17",
        ),
        ("Correction\nThe number of dead is 17, not 71.", "71", "17"),
        ("The number of dead is 17, and not 71 as previously reported.", "71", "17"),
        ("Correction: We earlier said that 71 died. The number is 17.", "71", "17"),
        ("We previously reported that 71 people died, but in fact it was 17.", "71", "17"),
        ("كنا قد ذكرنا أن 71 شخصاً قتلوا، والصحيح 17.", "71", "17"),
        ("تصحيح: كنا قد ذكرنا أن 71 شخصاً قتلوا. العدد 17.", "71", "17"),
        ("پیش‌تر گزارش کرده بودیم ۷۱ نفر کشته شدند، اما شمار درست ۱۷ نفر است.", "۷۱", "۱۷"),
        ("Clarification: we wrongly said 71 people died; it is 17.", "71", "17"),
        ("تصحيح: ذكرت نسخة سابقة من هذا المقال أن 71 شخصاً قتلوا في الجنوب. والعدد الصحيح هو 17.", "71", "17"),
        ("تصحيح: عدد القتلى 17 وليس 71.", "71", "17"),
        ("ورد في نسخة سابقة من هذا الخبر أن ٧١ شخصا قتلوا، والصحيح ١٧.", "٧١", "١٧"),
        (
            "Rectificatif : une version précédente de cet article indiquait que 71 sont morts. Ils sont 17.",
            "71",
            "17",
        ),
        ("Contrairement à ce que nous avions écrit, 17 personnes sont mortes et non 71.", "71", "17"),
        ("اصلاحیه: در نسخه قبلی این گزارش آمده بود که ۷۱ نفر کشته شدند. شمار درست ۱۷ نفر است.", "۷۱", "۱۷"),
        ("اصلاحیه: شمار کشته‌ها ۱۷ نفر است و نه ۷۱ نفر.", "۷۱", "۱۷"),
        ("Düzeltme: Haberin önceki sürümünde 71 kişinin öldüğü belirtilmişti. Doğru sayı 17.", "71", "17"),
        ("Düzeltme: Ölü sayısı 71 değil 17'dir.", "71", "17"),
        ("Corrección: una versión anterior de esta noticia decía que murieron 71 personas. Son 17.", "71", "17"),
        ("Fe de errores: fueron 17 los muertos y no 71.", "71", "17"),
        (
            "In einer früheren Version dieses Artikels hieß es, 71 seien gestorben. Richtig ist: Es waren 17.",
            "71",
            "17",
        ),
        ("This story was updated to correct the number of dead from 71 to 17.", "71", "17"),
        ("Article corrigé vendredi : le nombre de morts passe de 71 à 17.", "71", "17"),
        ("تم تعديل هذا الخبر لتصحيح عدد القتلى من 71 إلى 17.", "71", "17"),
        ("این گزارش اصلاح شد و شمار کشته‌ها از ۷۱ به ۱۷ نفر تغییر کرد.", "۷۱", "۱۷"),
        ("اصلاحیه: در نسخهٔ پیشین این گزارش آمده بود که ۷۱ نفر کشته شدند. شمار درست ۱۷ نفر است.", "۷۱", "۱۷"),
        ("Исправление: в предыдущей версии статьи говорилось о 71 погибшем. На самом деле их 17.", "71", "17"),
    ],
)
def test_a_note_tells_what_it_takes_back(text: str, wrong: str, right: str) -> None:
    told = " ".join(_withdrawn(text))
    assert wrong in told
    assert right not in told


@pytest.mark.parametrize(
    "text",
    [
        "Corrections officers said that the prison was full.",
        "The army mistakenly shot at a bus, its spokesman said; 71 people were in it.",
        "به اشتباه به سوی یک اتوبوس شلیک شد، سخنگوی ارتش گفت.",
        "أطلق الجيش النار بالخطأ على حافلة، قال الناطق باسمه.",
        "The minister said that earlier versions of the plan were cheaper.",
        "Editor's note: this story has been updated with comments of the mayor.",
        "This article was originally published on the page of the Bay Courier.",
        "The figure was previously reported by the Bay Courier.",
        "As first reported by the Harbour Post, 27 people died.",
        "As previously reported, 27 people died.",
        "27 people died, more than previously reported.",
        "We previously reported that 27 people died.",
        "كما ذكرنا سابقاً، قُتل 27 شخصاً.",
        "وكنا قد ذكرنا أن 27 شخصاً قُتلوا.",
        "همان‌طور که پیش‌تر گزارش کرده بودیم ۲۷ نفر کشته شدند.",
    ],
)
def test_news_of_errors_take_nothing_back(text: str) -> None:
    assert _withdrawn(text) == []


def _passages(text: str) -> tuple[Passage, ...]:
    return (Passage.of(Document.of(text, language="en"), Span(start=0, end=len(text))),)


def _claim(text: str) -> Claim:
    return Claim(id="c1", text=text, quote=text, spans=(Span(start=0, end=len(text)),))


@pytest.mark.parametrize(
    ("note", "claim", "gone"),
    [
        (_NOTE, "In Southbank alone 71 people died in the floods", True),
        (_NOTE, "Seventy-one people died in Southbank", True),
        (_NOTE, "17 people died in Southbank", False),
        (_NOTE, "The railway to Southbank is cut", False),
        ("Correction: the number is 17, not 1,200.", "1200 people sleep in halls", True),
        ("Clarification: an earlier version of this story said that the mayor had resigned. He has not.",
         "The mayor of Northbank has resigned", True),
        ("Clarification: an earlier version of this story said that the mayor had resigned. He has not.",
         "The mayor opened the bridge", False),
        ("Correction: an earlier version misstated the number of dead in Southbank. It is 17.",
         "In Southbank 71 people died", True),
        ("Correction, 15 March: an earlier version of this article misspelled the name of the mayor, Ola Strand.",
         "The mayor said that 17 people died", False),
        ("This article has been retracted.", "The mayor opened the bridge", True),
    ],
)  # fmt: skip
def test_what_is_taken_back_is_told_from_what_stands(note: str, claim: str, gone: bool) -> None:
    text = f"71 dead in Southbank\n\nThe mayor said more.\n{note}"
    found = taken_back(_claim(claim), _passages(text))
    assert (found is not None) == gone
    assert found is None or found.quote in text


_ARTICLE = Article(text="In Southbank 71 people died. It rained.", language="en")
_DEAD = _claim("In Southbank 71 people died")
_RESIGNED = "Clarification: an earlier version of this story said that the mayor had resigned. He has not."


@pytest.mark.parametrize(
    ("note", "claim", "stance", "becomes"),
    [
        (_NOTE, _DEAD, Stance.SUPPORTS, Stance.CONTRADICTS),
        (_NOTE, _DEAD, Stance.QUALIFIES, Stance.CONTRADICTS),
        # A note names other numbers than the wrong one, and a claim may have the same number of something else.
        (f"{_NOTE[:-1]}, not 71 of 90.", _DEAD, Stance.SUPPORTS, Stance.QUALIFIES),
        (_NOTE, _claim("71 ships wait outside"), Stance.SUPPORTS, Stance.QUALIFIES),
        (_RESIGNED, _claim("The mayor of Northbank has resigned"), Stance.SUPPORTS, Stance.QUALIFIES),
        ("This article has been retracted.", _DEAD, Stance.SUPPORTS, Stance.QUALIFIES),
    ],
)
def test_what_a_witness_takes_back_is_no_support_and_its_own_figure_a_contradiction(
    note: str, claim: Claim, stance: Stance, becomes: Stance
) -> None:
    text = f"In Southbank 71 people died, the mayor said.\n{note}"
    heard = [(Witness(origin="o1", passages=_passages(text)), says(claim, stance, "71 people died"))]
    (item,) = weigh(_ARTICLE, claim, heard, frozenset({"o1"})).evidence
    assert (item.stance, item.corrected) == (becomes, True)
    assert item.quote == note.removesuffix(".")


@pytest.mark.parametrize(
    ("before", "note", "claim"),
    [
        ("In Southbank 71 people died, the mayor said.", _NOTE, "In Southbank 71 people died"),
        ("He said: “In Southbank 71 people died.”", _NOTE, "In Southbank 71 people died"),
        ("قُتل 71 شخصاً في الجنوب.", "تصحيح: ذكرت نسخة سابقة من هذا الخبر أن 71 شخصاً قتلوا في الجنوب. العدد 17.",
         "قُتل 71 شخصاً في الجنوب"),
        ("۷۱ نفر در جنوب کشته شدند.",
         "اصلاحیه، ۱۵ مارس: پیش‌تر گزارش کرده بودیم ۷۱ نفر در جنوب کشته شدند، اما شمار درست ۱۷ است.",
         "۷۱ نفر در جنوب کشته شدند"),
    ],
)  # fmt: skip
def test_a_note_on_the_line_of_what_it_corrects_does_not_say_that_again(before: str, note: str, claim: str) -> None:
    text = f"{before} {note}"
    assert [text[one.span.start : one.span.end] for one in notes_in(text)] == [note]
    found = taken_back(_claim(claim), _passages(text))
    assert found is not None
    assert (found.quote, found.figure) == (note, True)


@pytest.mark.parametrize(
    "line",
    [
        "The mayor has this clarification: the earlier edition of the plan said 71 houses.",
        "We were there. Correction: the market fell, brokers said.",
        "It went on. Corrections officers had said: an earlier version of the plan was cheaper.",
    ],
)
def test_what_only_looks_like_a_note_within_a_line_does_not_part_it(line: str) -> None:
    assert [one.span.start for one in notes_in(line) if one.span.start] == []


@pytest.mark.parametrize(
    ("language", "text", "wrong", "other"),
    [
        ("en", "The union said in March that 900 dockers had gone unpaid. That figure is wrong; the number is 610.",
         "In March 900 dockers went unpaid", "In March 610 dockers went unpaid"),
        ("en", "In notice 5 we said that power was cut for three hours on the night of 20 February. That was wrong.",
         "Power was cut for three hours at night", "The night fire of 20 February cut the power"),
        ("ar", "ذكرت النقابة أن 900 عامل في الميناء لم يتقاضوا رواتبهم. والصحيح أن عددهم 610 عمال.",
         "لم يتقاض 900 عامل رواتبهم في الميناء", "لم يتقاض 610 عمال رواتبهم في الميناء"),
        ("fa", "در گزارش ما نوشته شد ۹۰۰ کارگر بندر دستمزد نگرفتند. این رقم نادرست است. رقم درست ۶۱۰ است.",
         "۹۰۰ کارگر بندر دستمزد نگرفتند", "۹۰۰ کشتی در بندر ماند"),
        ("tr", "Duyurumuzda 900 işçi maaşını alamadı yazılmıştı. Bu sayı hatalıdır; sayı 610'dur.",
         "900 işçi maaşını alamadı", "900 gemi limanda bekliyor"),
    ],
)  # fmt: skip
def test_a_figure_that_a_text_calls_wrong_is_contradicted_by_it_and_nothing_else_is(
    language: str, text: str, wrong: str, other: str
) -> None:
    document = Document.of(text, language=language)
    witness = Witness(origin="o1", passages=(Passage.of(document, Span(start=0, end=len(text))),))
    quote = text.split(". ")[0]
    for claim, stance in ((wrong, Stance.CONTRADICTS), (other, Stance.SUPPORTS)):
        said = [(witness, says(_claim(claim), Stance.SUPPORTS, quote))]
        (item,) = weigh(_ARTICLE, _claim(claim), said, frozenset({"o1"})).evidence
        assert item.stance is stance
        assert item.quote in text
        # It may be somebody else in the text who calls it wrong.
        assert not item.corrected


def test_a_long_note_is_quoted_to_the_end_of_a_word() -> None:
    note = f"{_NOTE} {'The families were told at once. ' * 20}"
    heard = [(Witness(origin="o1", passages=_passages(f"More.\n{note}")), says(_DEAD, Stance.SUPPORTS, "More"))]
    (item,) = weigh(_ARTICLE, _DEAD, heard, frozenset({"o1"})).evidence
    assert item.corrected
    assert note.startswith(item.quote)


@pytest.mark.parametrize(
    ("stance", "same", "corrected"),
    [
        (Stance.CONTRADICTS, True, True),
        (Stance.CONTRADICTS, False, False),
        (Stance.QUALIFIES, True, False),
        (Stance.SUPPORTS, True, False),
    ],
)
def test_a_speaker_who_says_the_contrary_of_his_own_words_corrects_them(
    stance: Stance, same: bool, corrected: bool
) -> None:
    text = "The mayor now says that 17 people died in Southbank."
    said = says(_DEAD, stance, "17 people died", same_speaker=same)
    (item,) = weigh(_ARTICLE, _DEAD, [(Witness(origin="o1", passages=_passages(text)), said)], frozenset()).evidence
    assert item.corrected is corrected
    told = explain(Verdict(label=Label.CONTESTED), (item,), OriginCounts(), "en")
    assert (load_words("en")("corrected") in told) is corrected


async def _verified(tmp_path: Path, data: bytes, text: str, language: str) -> Report:
    (tmp_path / "page.html").write_bytes(data)
    settings = Settings(data_dir=tmp_path / "data")
    about = About.model_validate({"outlet": "Evening Sheet", "published_at": "2024-03-16", "language": language})
    async with open_store(settings) as store, open_verifier(settings, store) as verifier:
        await ingest(store, [tmp_path / "page.html"])
        return await verifier.verify(make_article(text, "article", about, 10_000))


_CASES = {
    "en": (
        "<p>Seventy-one people died in Southbank in the floods. In Southbank 71 people died, its mayor said.</p>",
        "<aside class='correction'><p>Correction: an earlier version of this article said that 71 people died in"
        " Southbank. The number is 17.</p></aside>",
        "In Southbank alone 71 people died in the floods, the mayor told reporters.\nIt rained all night.",
    ),
    "ar": (
        "<p>قتلت الفيضانات ليل الأربعاء 71 شخصا في ساوثبانك وحدها، بحسب ما أعلن رئيس البلدية.</p>",
        "<aside><p>تصحيح: ذكرت نسخة سابقة من هذا المقال أن 71 شخصا قتلوا، والعدد الصحيح هو 17.</p>",
        "قتلت الفيضانات 71 شخصا في ساوثبانك، قال رئيس البلدية للصحفيين.\nأرسلت الحكومة مئتي جندي.",
    ),
    "fr": (
        "<p>À Southbank, 71 personnes sont mortes dans les inondations de mercredi, a annoncé le maire.</p>",
        "<footer><p>Rectificatif : une version précédente de cet article indiquait que 71 personnes étaient mortes à"
        " Southbank. Le bilan est de 17 morts.</p></footer>",
        "À Southbank, 71 personnes sont mortes dans les inondations.\nLe gouvernement envoie deux cents soldats.",
    ),
    "fa": (
        "<p>در سیل شامگاه چهارشنبه ۷۱ نفر در ساوت‌بنک کشته شدند، شهردار این شهر اعلام کرد.</p>",
        "<div><p>اصلاحیه: در نسخه قبلی این گزارش آمده بود که ۷۱ نفر کشته شدند. شمار درست ۱۷ است.</p>",
        "در سیل ۷۱ نفر در ساوت‌بنک کشته شدند.\nدولت دویست سرباز می‌فرستد.",
    ),
    "tr": (
        "<p>Çarşamba gecesi selde Southbank'ta 71 kişi öldü, belediye başkanı açıkladı.</p>",
        "<aside><p>Düzeltme: Haberin önceki sürümünde 71 kişinin öldüğü belirtilmişti. Doğru sayı 17'dir.</p>",
        "Selde Southbank'ta 71 kişi öldü.\nHükümet iki yüz asker gönderiyor.",
    ),
}


@pytest.mark.parametrize("language", _CASES)
async def test_a_page_that_corrects_itself_corroborates_the_withdrawn_figure_no_more(
    tmp_path: Path, language: str
) -> None:
    said, note, text = _CASES[language]
    before = await _verified(
        tmp_path / "a", _made(tmp_path / "a", page(said + HOUSES + SCHOOL, language=language)), text, language
    )
    after = await _verified(
        tmp_path / "b", _made(tmp_path / "b", page(said + HOUSES + SCHOOL + note, language=language)), text, language
    )
    assert before.claims[0].label is Label.CORROBORATED
    assert after.claims[0].label is not Label.CORROBORATED
    (item,) = after.claims[0].evidence
    assert item.stance is not Stance.SUPPORTS
    assert "17" in item.quote or "۱۷" in item.quote


def _made(folder: Path, data: bytes) -> bytes:
    folder.mkdir()
    return data


async def test_the_right_figure_is_supported_by_the_page_that_corrected_it(tmp_path: Path) -> None:
    said, note, text = (part.replace("71", "17").replace("Seventy-one", "Seventeen") for part in _CASES["en"])
    note = _CASES["en"][1]
    report = await _verified(tmp_path, page(said + HOUSES + SCHOOL + note), text, "en")
    assert report.claims[0].label is Label.CORROBORATED


async def test_a_correction_far_from_the_figure_is_heard_with_it(tmp_path: Path) -> None:
    said, _, text = _CASES["en"]
    # It has no word of the claim's, so that no search would find it.
    note = "<aside><p>Editor's note: this article has been retracted.</p></aside>"
    far = [HOUSES.replace("Saturday", f"day {n}") + SCHOOL.replace("Four", f"{n}") for n in range(60)]
    report = await _verified(tmp_path, page(said + "".join((*far[:40], note, *far[40:]))), text, "en")
    (item,) = report.claims[0].evidence
    assert item.stance is not Stance.SUPPORTS


@pytest.mark.parametrize(
    "unit", ["an earlier version of this ", "x", "correction ", "not ", "النسخة ", "a. ", "version précédente de "]
)
def test_notes_are_looked_for_in_a_time_that_grows_with_the_text(unit: str) -> None:
    line = unit * (1900 // len(unit)) + "\n"
    assert costs_in_proportion(lambda times: notes_in(line * times), 80)
