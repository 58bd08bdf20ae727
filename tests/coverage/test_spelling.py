"""Names of outlets in two scripts, in two spellings, and as the hosts that carry them."""

import pytest

from agent.coverage.origins.spelling import closeness, is_arabic, sound_alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("La Vigie australe", "لا فيجي أوسترال", True),
        ("Suhail", "سهيل", True),
        ("Al-Marfa", "المرفأ", True),
        ("Marfa", "المرفأ", True),
        ("Chronicle", "كرونيكل", True),
        ("The Thames", "التايمز", True),
        ("پیام بندر", "بيام بندر", True),
        ("Le Quai", "lequai.example", True),
        ("Le Quai", "news.lequai.co.uk", True),
        ("Shuruq Today", "شروق توداي", True),
        ("Khabar", "خبر", True),
        ("Vadi Gazetesi", "وادي غازيتسي", True),
        # Too few consonants to tell.
        ("Bay", "باي", False),
        ("Le Quai", "لو كي", False),
        # In one script names are compared by their letters.
        ("Suhail", "Sahel", False),
        ("Le Quai", "Lequai", False),
        ("Harbour Post", "Harbour Post", False),
        ("Bay Sheet", "Bay Sheets", False),
        ("بيام بندر", "بيام البحر", False),
        ("Evening Sheet", "دفتر المساء", False),
        ("Le Quai", "lekai.example", False),
        ("lequai.example", "other.example", False),
    ],
)
def test_two_names_are_one_whichever_is_asked_first(one: str, other: str, alike: bool) -> None:
    assert sound_alike(one, other) is sound_alike(other, one) is alike


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        ("Suhail", "سهيل", 80.0),
        ("Al-Marfa", "المرفأ", 92.3),
        ("Marfa", "المرفأ", 72.7),
        ("La Vigie australe", "لا فيجي أوسترال", 78.6),
        ("Le Quai", "Le Quai", 100.0),
        ("Evening Sheet", "دفتر المساء", 9.5),
    ],
)
def test_how_alike_two_names_are_is_told_by_their_vowels_too(one: str, other: str, percent: float) -> None:
    assert closeness(one, other) == pytest.approx(percent, abs=0.05)


def test_a_name_is_arabic_by_a_single_letter() -> None:
    assert is_arabic("RT عربي")
    assert not is_arabic("RT")
