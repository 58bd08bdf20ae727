"""A statement of which it is told that it was taken back supports nothing by those words."""

import time

import pytest

from agent.models import Article, Claim, Document, Passage, Span, Stance, Witness
from agent.text.retractions import retracted_in
from agent.verify.evidence import weigh
from tests.support.scripted import says


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The Bay Courier has deleted its report that 27 people died on the pier.", "27 people died on the pier."),
        ("The ministry retracted a statement of Monday, in which it had said 27 people died.", "27 people died."),
        ("The agency pulled a story on Thursday saying 27 had died.", "27 had died."),
        ("The minister walked back his claim that the pier was safe.", "the pier was safe."),
        ("In a since-deleted post, the mayor said 27 people died.", ", the mayor said 27 people died."),
        ("The report that 27 people died on the pier was later withdrawn.", "27 people died on the pier"),
        ("The report that 27 people died has since been withdrawn.", "27 people died"),
        ("The article, which claimed that 27 people died, has been retracted.", "27 people died"),
        ("The mayor recanted his testimony that 27 people died.", "27 people died."),
        ("The agency issued a retraction of its report that 27 people died.", "27 people died."),
        ("The Bay Courier has retracted its claim of 27 deaths.", "27 deaths."),
        ("A since-retracted story said 27 people died.", "27 people died."),
        ("L'agence a annulé une dépêche selon laquelle 27 personnes sont mortes.", "27 personnes sont mortes."),
        ("Dans un message depuis supprimé, le maire parle de 27 morts.", ", le maire parle de 27 morts."),
        ("En un mensaje ya borrado, el alcalde habla de 27 muertos.", ", el alcalde habla de 27 muertos."),
        ("Die Agentur hat ihre Meldung zurückgezogen, wonach 27 Menschen starben.", "27 Menschen starben."),
        ("سحبت الوكالة خبرها عن مقتل 27 شخصاً.", "مقتل 27 شخصاً."),
        ("في منشور محذوف، تحدث المحافظ عن 27 قتيلاً.", "، تحدث المحافظ عن 27 قتيلاً."),
        ("خبرگزاری خبر کشته شدن ۲۷ نفر را پس گرفت.", "کشته شدن ۲۷ نفر"),
        ("L'agence a retiré une dépêche selon laquelle 27 personnes sont mortes.", "27 personnes sont mortes."),
        ("Le ministre est revenu sur ses propos affirmant que le quai était sûr.", "que le quai était sûr."),
        ("La agencia retiró una nota que decía que murieron 27 personas.", "que murieron 27 personas."),
        ("El ministro se retractó de su declaración según la cual el muelle era seguro.", "el muelle era seguro."),
        ("Das Ministerium zog seine Mitteilung zurück, wonach 27 Menschen starben.", "27 Menschen starben."),
        ("Министерство отозвало заявление о том, что погибли 27 человек.", "погибли 27 человек."),
        ("سحبت الوزارة بيانها الذي قالت فيه إن 27 شخصاً قُتلوا.", "27 شخصاً قُتلوا."),
        ("حذفت الوكالة خبراً أفاد بأن الرصيف انهار.", "الرصيف انهار."),
        ("تراجع الوزير عن تصريحه السابق بأن الرصيف آمن.", "الرصيف آمن."),
        ("وزارت کشور بیانیهٔ خود را که ۲۷ نفر کشته شده‌اند پس گرفت.", "۲۷ نفر کشته شده‌اند"),
        ("خبرگزاری گزارش خود مبنی بر کشته شدن ۲۷ نفر را حذف کرد.", "کشته شدن ۲۷ نفر"),
        ("وزارت بیانیهٔ خود را پس گرفت که ۲۷ نفر کشته شده‌اند.", "۲۷ نفر کشته شده‌اند."),
        ("Bakanlık, 27 kişinin öldüğü yönündeki açıklamasını geri çekti.", "Bakanlık, 27 kişinin öldüğü"),
    ],
)
def test_what_was_taken_back_is_told_in_many_languages(sentence: str, said: str) -> None:
    assert (retracted_in(sentence) or "").strip() == said


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry has not retracted its statement that 27 people died.",
        "The ministry refused to retract its statement that 27 people died.",
        "The army withdrew from the town, which said that 27 people died.",
        "The ministry repeated its statement that 27 people died.",
        "L'agence n'a pas retiré la dépêche selon laquelle 27 personnes sont mortes.",
        "انسحبت القوات من البلدة التي قالت إن 27 شخصاً قتلوا فيها.",
        "وزارت کشور بیانیهٔ خود را که ۲۷ نفر کشته شده‌اند پس نگرفت.",
        "The report deleted from the archive of the port was long.",
        "The platform removed the post, saying that it mocked the 27 people who died.",
        "The Bay Courier pulled the story, saying it could not confirm that 27 people died.",
        "The mayor denied that he had withdrawn his statement that 27 people died.",
        "The ministry has neither retracted nor corrected its statement that 27 people died.",
        "If the paper retracts its report that 27 people died, the mayor will resign.",
        "A later removed post office stood where 27 people died.",
        "La agencia nunca retiró la nota que decía que murieron 27 personas.",
        "Das Ministerium zog seine Mitteilung nicht zurück, wonach 27 Menschen starben.",
        "Die Zeitung nahm den Bericht auf, wonach 27 Menschen starben.",
        "Министерство не отозвало заявление о том, что погибли 27 человек.",
        "ما سحبت الوزارة بيانها الذي قالت فيه إن 27 شخصاً قُتلوا.",
        "ألغت الوزارة إعلان المسابقة بعد أن قُتل 27 شخصاً.",
    ],
)
def test_what_is_still_said_or_is_no_statement_is_not_taken_back(sentence: str) -> None:
    assert retracted_in(sentence) is None


_CLAIM = Claim(
    id="c1", text="27 people died on the pier", quote="27 people died on the pier", spans=(Span(start=0, end=26),)
)
_GONE = "The Bay Courier has deleted its report that 27 people died on the pier."


@pytest.mark.parametrize(
    ("text", "quote", "stance", "becomes", "shown"),
    [
        (_GONE, "27 people died on the pier", Stance.SUPPORTS, Stance.QUALIFIES, _GONE),
        (_GONE, "27 people died on the pier", Stance.CONTRADICTS, Stance.CONTRADICTS, "27 people died on the pier"),
        # Whoever says it beside that still says it.
        (f"{_GONE} But 27 people did die on the pier, a nurse said.", "27 people did die on the pier",
         Stance.SUPPORTS, Stance.SUPPORTS, "27 people did die on the pier"),
        # What was taken back is something else.
        ("The mayor, who deleted a post saying that nine ships sank, told us of 27 people who died on the pier",
         "27 people who died on the pier", Stance.SUPPORTS, Stance.SUPPORTS, "27 people who died on the pier"),
    ],
)  # fmt: skip
def test_words_that_were_taken_back_support_nothing(
    text: str, quote: str, stance: Stance, becomes: Stance, shown: str
) -> None:
    passage = Passage.of(Document.of(text, language="en"), Span(start=0, end=len(text)))
    heard = [(Witness(origin="o1", passages=(passage,)), says(_CLAIM, stance, quote))]
    (item,) = weigh(
        Article(text="27 people died on the pier.", language="en"), _CLAIM, heard, frozenset({"o1"})
    ).evidence
    assert (item.stance, item.quote) == (becomes, shown.removesuffix("."))


@pytest.mark.parametrize(
    "unit",
    [
        "deleted a ",
        "report that ",
        "خبر مبنی بر ",
        "سحبت بيان ",
        "diyen haber ",
        "x ",
        "whether ",
        "report that has been ",
        "in a since-deleted ",
        "hat die meldung ",
        "خبر ",
    ],
)
def test_hostile_sentences_are_searched_in_little_time(unit: str) -> None:
    began = time.process_time()
    for _ in range(5):
        retracted_in(unit * (999 // len(unit)))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(("length", "said"), [(1000, "27 people died on the pier."), (1001, None)])
def test_a_sentence_of_a_thousand_characters_is_read_and_no_longer_one(length: int, said: str | None) -> None:
    sentence = "So it is told, ".ljust(length - len(_GONE), "o") + _GONE
    assert (retracted_in(sentence) or "").strip() == (said or "")


@pytest.mark.parametrize(("between", "taken_back"), [(40, False), (41, True)])
def test_who_denies_it_in_the_forty_characters_before_has_taken_nothing_back(between: int, taken_back: bool) -> None:
    gap = f" {'s' * (between - 2)} "
    assert (retracted_in(f"The mayor denied{gap}deleted its report that 27 people died.") is not None) is taken_back
