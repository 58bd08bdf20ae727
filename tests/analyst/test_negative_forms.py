"""Verbs of Persian and Turkish that are negated by their own form: read as what they negate, and "not"."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.analyst.lexical.negative_forms import without_negative_forms
from agent.analyst.lexical.words import words
from agent.models import Stance
from agent.text import fold


@pytest.mark.parametrize(
    ("word", "language", "positive"),
    [
        ("etmedi", "tr", "etti"),
        ("açılmadı", "tr", "açıldı"),
        ("görmediler", "tr", "gördüler"),
        ("söylemiyor", "tr", "söylüyor"),
        ("kapanmayacak", "tr", "kapanacak"),
        ("gitmemiş", "tr", "gitmiş"),
        ("olmadığını", "tr", "olduğunu"),
        ("نداد", "fa", "داد"),
        ("نکردند", "fa", "کردند"),
        ("نمی\u200cکنند", "fa", "می\u200cکنند"),
        ("نیامد", "fa", "آمد"),
        ("نگرفته", "fa", "گرفته"),
        ("نباشد", "fa", "باشد"),
    ],
)
def test_what_a_verb_negates(word: str, language: str, positive: str) -> None:
    found = without_negative_forms(words(word), language)
    assert len(found) == 2
    # The vowels of endings are not put right: they are no part of a stem.
    assert found[0].folded[:3] == fold(positive)[:3]
    assert found[1].folded == {"tr": fold("değil"), "fa": fold("نه")}[language]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tamamladı başladı yirmi medya namaz toplumdaki komedi Ahmedi değil", "tr"),
        ("نشست نامه نبرد نفت نزد نماینده نیرو نیاز نمونه نگران نرخ نخست نظر نیست", "fa"),
        ("نداد etmedi", "en"),
    ],
)
def test_words_that_only_look_so_stay(text: str, language: str) -> None:
    assert without_negative_forms(words(text), language) == list(words(text))


@pytest.mark.parametrize(
    ("language", "claim", "text"),
    [
        ("fa", "وزیر استعفا داد.", "وزیر استعفا نداد."),
        ("fa", "قوات شهر را ترک کردند.", "قوات شهر را ترک نکردند."),
        ("fa", "قوات شهر را ترک می\u200cکنند.", "قوات شهر را ترک نمی\u200cکنند."),
        ("fa", "کارگران به کار بازگشتند.", "کارگران به کار بازنگشتند."),
        ("tr", "Bakan istifa etti.", "Bakan istifa etmedi."),
        ("tr", "Fabrika kapanacak.", "Fabrika kapanmayacak."),
    ],
)
def test_a_verb_that_is_negated_by_its_form_contradicts(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.CONTRADICTS
    assert stance_of(text, claim, language).stance is not Stance.SUPPORTS
    assert stance_of(text, text, language).stance is Stance.SUPPORTS
