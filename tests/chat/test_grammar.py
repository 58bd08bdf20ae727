"""What plain speech means without a model, in Arabic, in English, in French, and in several at once."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.chat.actions import MOST_ACTIONS, Action, ActionName, ExportForm
from agent.chat.understanding.commands import command, is_command
from agent.chat.understanding.grammar import agreement, one_by_one, plainly
from agent.chat.understanding.looks import answered_in, recognised, tongue_of
from agent.messages import languages
from agent.models import Label

A = ActionName
DAY = datetime(2016, 3, 15, tzinfo=UTC)
PLAIN = [
    ("Pourquoi la 3 est-elle contestée ?", Action(name=A.WHY, numbers=(3,))),
    ("Quelle est la première source de l’affirmation 2 ?", Action(name=A.EARLIEST, numbers=(2,))),
    ("Quelles affirmations reposent sur des sources anonymes ?", Action(name=A.CLAIMS, anonymous=True)),
    ("seulement les contestées", Action(name=A.CLAIMS, label=Label.CONTESTED)),
    ("vérifie cette phrase : La base reste ouverte.", Action(name=A.CHECK, words="La base reste ouverte.")),
    ("cherche le second quai", Action(name=A.SEARCH, words="le second quai")),
    ("revérifie la 5", Action(name=A.RECHECK, numbers=(5,))),
    (
        "le verdict de la 3 est faux, elle devrait être sans source : une erreur de traduction",
        Action(name=A.CORRECT, numbers=(3,), label=Label.UNSOURCED, words="une erreur de traduction"),
    ),
    ("rédige une note pour la rédaction", Action(name=A.NOTE)),
    ("exporte le rapport en html", Action(name=A.EXPORT, form=ExportForm.HTML)),
    ("why is 3 contested?", Action(name=A.WHY, numbers=(3,))),
    ("لماذا الرقم ٣ متنازع عليه؟", Action(name=A.WHY, numbers=(3,))),
    ("لِمَاذا القول الثالث متنازَعٌ فيه؟", Action(name=A.WHY, numbers=(3,))),
    ("why هو رقم ٥ متنازع؟", Action(name=A.WHY, numbers=(5,))),
    ("what about the third?", Action(name=A.WHY, numbers=(3,))),
    ("why is «لا نغادر سوريا» contested?", Action(name=A.WHY, words="لا نغادر سوريا")),
    ("who is the earliest source?", Action(name=A.EARLIEST)),
    ("من أول مصدر؟", Action(name=A.EARLIEST)),
    ("من أوّل من قال ذلك في القول ٢", Action(name=A.EARLIEST, numbers=(2,))),
    ("which claims rest on anonymous sources?", Action(name=A.CLAIMS, anonymous=True)),
    ("أيّ الأقوال يستند إلى مصادر مجهولة؟", Action(name=A.CLAIMS, anonymous=True)),
    ("only the contested ones", Action(name=A.CLAIMS, label=Label.CONTESTED)),
    ("فقط المتنازع فيها", Action(name=A.CLAIMS, label=Label.CONTESTED)),
    ("والمؤيَّدة؟", Action(name=A.CLAIMS, label=Label.CORROBORATED)),
    ("show the Arabic original", Action(name=A.ORIGINAL)),
    ("أرني النص العربي للرقم ٤", Action(name=A.ORIGINAL, numbers=(4,))),
    ("check this sentence: The base stays open.", Action(name=A.CHECK, words="The base stays open.")),
    ("تحقق من هذه الجملة: غادرت الطائرات", Action(name=A.CHECK, words="غادرت الطائرات")),
    ("search coverage for the second quay", Action(name=A.SEARCH, words="second quay")),
    ("ابحث في التغطية عن سحب القوات", Action(name=A.SEARCH, words="سحب القوات")),
    (
        "add https://paper.example/x as coverage and check 5 again",
        Action(name=A.ADD, url="https://paper.example/x", numbers=(5,)),
    ),
    ("أضف https://paper.example/x إلى التغطية", Action(name=A.ADD, url="https://paper.example/x")),
    ("check claims 2 and 5", Action(name=A.RECHECK, numbers=(2, 5))),
    ("افحص القولين ٢ و٥", Action(name=A.RECHECK, numbers=(2, 5))),
    ("check 5 again", Action(name=A.RECHECK, numbers=(5,))),
    ("أعد فحص ٥", Action(name=A.RECHECK, numbers=(5,))),
    ("that label is wrong: it is a translation slip", Action(name=A.CORRECT, words="it is a translation slip")),
    (
        "the label of 3 is wrong, it should be unsourced: a slip",
        Action(name=A.CORRECT, numbers=(3,), label=Label.UNSOURCED, words="a slip"),
    ),
    (
        "correct 4 to corroborated because the minutes say so",
        Action(name=A.CORRECT, numbers=(4,), label=Label.CORROBORATED, words="because the minutes say so"),
    ),
    ("صحّح ٤ إلى مؤيَّد: زلة", Action(name=A.CORRECT, numbers=(4,), label=Label.CORROBORATED, words="زلة")),
    ("التصنيف خاطئ: خطأ في الترجمة", Action(name=A.CORRECT, words="خطأ في الترجمة")),
    ("show the chain of 3", Action(name=A.CHAIN, numbers=(3,))),
    ("who told whom?", Action(name=A.CHAIN)),
    ("show me the chain of the whole article", Action(name=A.CHAIN, whole=True)),
    ("أرني سلسلة القول ٣", Action(name=A.CHAIN, numbers=(3,))),
    ("من نقل عمّن في القول الثاني؟", Action(name=A.CHAIN, numbers=(2,))),
    ("ما سلسلة إسناد المقال كله؟", Action(name=A.CHAIN, whole=True)),
    ("montre la chaîne de la 3", Action(name=A.CHAIN, numbers=(3,))),
    ("Qui l’a dit à qui ?", Action(name=A.CHAIN)),
    ("why is claim twenty three contested?", Action(name=A.WHY, numbers=(23,))),
    ("what about number one hundred and six?", Action(name=A.WHY, numbers=(106,))),
    ("why is claim sevn contested?", Action(name=A.WHY, numbers=(7,))),
    ("لماذا القول ثلاثة وعشرون متنازع عليه؟", Action(name=A.WHY, numbers=(23,))),
    ("لماذا القول احدعش متنازع عليه؟", Action(name=A.WHY, numbers=(11,))),
    ("چرا گزاره بیست و سه مورد مناقشه است؟", Action(name=A.WHY, numbers=(23,))),
    ("چرا گزاره نه مورد مناقشه است؟", Action(name=A.WHY, numbers=(9,))),
    ("revérifie l’affirmation quatre-vingt-douze", Action(name=A.RECHECK, numbers=(92,))),
    ("revérifie l’affirmation vingt et une", Action(name=A.RECHECK, numbers=(21,))),
    ("draft a note to the desk", Action(name=A.NOTE)),
    ("اكتب مذكرة للمكتب", Action(name=A.NOTE)),
    ("export as json", Action(name=A.EXPORT, form=ExportForm.JSON)),
    ("صدّر التقرير بصيغة html", Action(name=A.EXPORT, form=ExportForm.HTML)),
    ("what can I say?", Action(name=A.HELP)),
]
COMMANDS = [
    ("/why 3", Action(name=A.WHY, numbers=(3,))),
    ("/لماذا ٣", Action(name=A.WHY, numbers=(3,))),
    ("\u200e/why\u200e 3", Action(name=A.WHY, numbers=(3,))),
    ("/claims contested", Action(name=A.CLAIMS, label=Label.CONTESTED)),
    ("/claims anonymous", Action(name=A.CLAIMS, anonymous=True)),
    ("/anonymous", Action(name=A.CLAIMS, anonymous=True)),
    ("/earliest all", Action(name=A.EARLIEST, whole=True)),
    ("/check why: a trap", Action(name=A.CHECK, words="why: a trap")),
    ("/verify https://paper.example/x", Action(name=A.VERIFY, url="https://paper.example/x")),
    ("/add https://paper.example/x 5", Action(name=A.ADD, url="https://paper.example/x", numbers=(5,))),
    ("/add https://paper.example/2026/3/x", Action(name=A.ADD, url="https://paper.example/2026/3/x")),
    (
        "/correct 3 unsourced it is contested elsewhere",
        Action(name=A.CORRECT, numbers=(3,), label=Label.UNSOURCED, words="it is contested elsewhere"),
    ),
    (
        "/صحح ٣ بلا سند آخر خطأ في الترجمة",
        Action(name=A.CORRECT, numbers=(3,), label=Label.UNSOURCED, words="خطأ في الترجمة"),
    ),
    ("/chain 3", Action(name=A.CHAIN, numbers=(3,))),
    ("/سلسلة ٣", Action(name=A.CHAIN, numbers=(3,))),
    ("/export jsonld", Action(name=A.EXPORT, form=ExportForm.JSONLD)),
    ("/verify The mayor spoke.\nIt was late.", Action(name=A.VERIFY, words="The mayor spoke.\nIt was late.")),
    (
        "/verify ٢٠١٦-٠٣-١٥ Daily Gazette\nThe mayor spoke.",
        Action(
            name=A.VERIFY,
            words="The mayor spoke.",
            published=datetime(2016, 3, 15, tzinfo=UTC),
            outlet="Daily Gazette",
        ),
    ),
    ("/verify 2016-13-15\nThe mayor.", Action(name=A.VERIFY, words="2016-13-15\nThe mayor.")),
    ("/rename A title: with more", Action(name=A.RENAME, words="A title: with more")),
]

SEVERAL = [
    (
        "check claims 2 and 5, then export as md",
        [Action(name=A.RECHECK, numbers=(2, 5)), Action(name=A.EXPORT, form=ExportForm.MARKDOWN)],
    ),
    ("why is 3 contested; and why 5?", [Action(name=A.WHY, numbers=(3,)), Action(name=A.WHY, numbers=(5,))]),
    (
        "Draft a note to the desk. Then export as html, and then delete this thread",
        [Action(name=A.NOTE), Action(name=A.EXPORT, form=ExportForm.HTML), Action(name=A.DELETE)],
    ),
    (
        "لماذا القول ٣ متنازع فيه؟ ثم صدّر التقرير بصيغة html",
        [Action(name=A.WHY, numbers=(3,)), Action(name=A.EXPORT, form=ExportForm.HTML)],
    ),
    (
        "اكتب مذكرة للمكتب، وبعد ذلك ابحث عن إغلاق الجسر",
        [Action(name=A.NOTE), Action(name=A.SEARCH, words="إغلاق الجسر")],
    ),
]
ONE_THING = [
    "search coverage for bread; and then why it is dear",
    "why is «he left, then the claims were denied» contested?",
    "correct 4 to unsourced because he left, then export as md",
    "check this sentence: He left, then draft a note",
    "rename this thread: bread, then delete this thread",
    "why was he then contested?",
    "why did he leave, and then how many planes came?",
    "/search bread, then export as md",
    "add https://paper.example/x?a;then=1 as coverage",
    "; ; ; then, then",
    "why 1; why 2; why 3; why 4; why 5",
]
TYPOS = [("/wyh 3", "why"), ("/clams", "claims"), ("/لمذا", "why"), ("/exprot", "export")]
AGREEING = [("yes", True), ("نعم", True), ("OK", True), ("لا", False), ("No.", False), ("yes but why", None)]


@pytest.mark.parametrize(("said", "meant"), PLAIN)
def test_plain_speech_means(said: str, meant: Action) -> None:
    assert plainly(said).action == meant


@pytest.mark.parametrize(("said", "meant"), SEVERAL)
def test_several_things_with_a_then_between_them_are_done_in_their_order(said: str, meant: list[Action]) -> None:
    found = one_by_one(said)
    assert [found.action, *found.then] == meant


@pytest.mark.parametrize("said", ONE_THING)
def test_what_may_be_one_thing_is_taken_as_one(said: str) -> None:
    assert one_by_one(said) == plainly(said)


@pytest.mark.parametrize(("said", "meant"), COMMANDS)
def test_a_command_means(said: str, meant: Action) -> None:
    assert is_command(said)
    assert command(said).action == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("/wyh 3", "why"), ("/clams", "claims"), ("/لمذا", "why"), ("/exprot", "export")]
)
def test_a_misspelt_command_is_not_done_but_asked_about(typed: str, meant: str) -> None:
    found = command(typed)
    assert found.action.name is A.UNCLEAR
    assert found.near == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("yes", True), ("نعم", True), ("OK", True), ("لا", False), ("No.", False), ("yes but why", None)],
)
def test_yes_and_no(said: str, meant: bool | None) -> None:
    assert agreement(said) is meant


def test_questions_that_need_a_model_say_so() -> None:
    assert plainly("how many planes left?").action.name is A.ASK
    assert plainly("how many planes left?").remark is not None


@given(st.text(max_size=400) | st.sampled_from([said for said, _ in PLAIN + COMMANDS]).map(lambda s: s[::-1]))
def test_no_message_breaks_it(message: str) -> None:
    for found in (plainly(message), command(message)):
        assert all(number > 0 for number in found.action.numbers)
    recognised(message)
    agreement(message)
    assert answered_in(tongue_of(message, "en")) in languages()
    assert len(one_by_one(message).then) < MOST_ACTIONS


@given(st.lists(st.sampled_from([word for said, _ in PLAIN + COMMANDS for word in said.split()]), max_size=12))
def test_no_order_of_known_words_breaks_it(words: list[str]) -> None:
    message = " ".join(words)
    for found in (plainly(message), command(f"/{message}")):
        assert found.action.name in ActionName


@pytest.mark.parametrize("message", ["what can", "note to", "qui a dit", "que personne d'autre", "هل من"])
def test_what_is_only_the_beginning_of_a_known_phrase_breaks_nothing(message: str) -> None:
    assert plainly(message).action.name in ActionName


def test_the_language_of_a_question_is_that_of_who_asks() -> None:
    assert tongue_of("why is «لا نغادر سوريا» contested?", "ar") == "en"
    assert tongue_of("لماذا؟ https://paper.example/english/words", "en") == "ar"
    assert tongue_of("/why 3", "ar") == "ar"
    assert tongue_of("/لماذا 3", "en") == "ar"


@pytest.mark.parametrize(
    ("said", "before", "tongue"),
    [
        ("چرا ۳ مورد مناقشه است؟", "en", "fa"),
        ("کدام ادعاها مستند نیستند؟", "ar", "fa"),
        ("ادعای پل چیست؟", "en", "fa"),
        ("خلاصه", "fa", "fa"),
        ("لماذا الرقم ٥ متنازع عليه؟", "fa", "ar"),
        ("ليش هيك", "en", "ar"),
        ("یہ دعویٰ کیوں متنازع ہے؟", "en", "ur"),
        ("Pourquoi 3 est-il contesté ?", "ar", "fr"),
        ("rédige un brouillon", "en", "fr"),
        ("export md", "fr", "fr"),
        ("export md", "ar", "en"),
        ("check again 3", "fr", "en"),
        ("¿Por qué 3 está en disputa?", "en", "en"),
        ("3 neden tartışmalı?", "fa", "en"),
    ],
)
def test_the_language_of_few_words_is_told_by_letters_and_words(said: str, before: str, tongue: str) -> None:
    assert tongue_of(said, before) == tongue
    assert answered_in(tongue) == (tongue if tongue in languages() else "en")
