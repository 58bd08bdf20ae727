"""What a copy tells otherwise than what it copies."""

import pytest

from agent.coverage.origins.changes import changed_facts, changes_of

TEXT = (
    "The harbour office said on Monday that 17 of the 1,200 workers had been told by Port Captain Amal Nasser that "
    "the quay opens in March, two weeks late."
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("17", "71", ("17 → 71",)),
        ("1,200", "12,000", ("1,200 → 12,000",)),
        ("Monday", "Tuesday", ("Monday → Tuesday",)),
        ("March", "April", ("March → April",)),
        ("Amal Nasser", "Salim Haddad", ("Amal Nasser → Salim Haddad",)),
        ("late.", "late. It cost 5 million in all.", ()),
        ("1,200", "1200", ()),
        ("17", "١٧", ()),
        ("Nasser", "Nassar", ()),
        ("had been told", "had heard", ()),
        ("The harbour office said on Monday that", "On Monday the office of the harbour announced that", ()),
    ],
)
def test_a_number_a_date_or_a_name_in_anothers_place_is_told(old: str, new: str, told: tuple[str, ...]) -> None:
    assert old in TEXT
    assert changed_facts(TEXT, TEXT.replace(old, new)) == told


@pytest.mark.parametrize(
    ("told", "again", "changed"),
    [
        ("قال إن 140 عاملاً وصلوا إلى الميناء", "قال إن ٨٤ عاملاً وصلوا إلى الميناء", ("140 → ٨٤",)),
        ("قال إن 140 عاملاً وصلوا إلى الميناء", "قال إن ١٤٠ عاملاً وصلوا إلى الميناء", ()),
        ("يفتح الرصيف في 14 آذار بعد الإصلاح", "يفتح الرصيف في 14 مارس بعد الإصلاح", ()),
        ("يفتح الرصيف يوم الاثنين بعد إصلاح طويل", "يفتح الرصيف يوم الخميس بعد إصلاح طويل", ("الاثنين → الخميس",)),
        ("اداره بندر گفت ۱۷۰ کارگر روز دوشنبه آمدند", "اداره بندر گفت ۲۳۸ کارگر روز دوشنبه آمدند", ("۱۷۰ → ۲۳۸",)),
    ],
)  # fmt: skip
def test_digits_and_months_are_known_in_all_their_forms(told: str, again: str, changed: tuple[str, ...]) -> None:
    assert changed_facts(told, again) == changed


@pytest.mark.parametrize(
    ("told", "again", "changed"),
    [
        ("The troops are leaving the old port", "The troops are not leaving the old port",
         ("leaving → not leaving",)),
        ("The harbour chief there did not resign on Monday at noon",
         "The harbour chief there resigned on Monday at noon",
         ("did not resign → resigned",)),
        ("The harbour chief there would not say a word", "The harbour chief there declined to say a word", ()),
        ("The harbour chief there did not agree to it", "The harbour chief there failed to agree to it", ()),
        ("The harbour chief there opened the quay", "The harbour chief there not only opened the quay", ()),
        ("قال الوزير أمس نحن نغادر الميناء هذا العام", "قال الوزير أمس نحن لا نغادر الميناء هذا العام",
         ("نغادر → لا نغادر",)),
        ("Le ministre a dit que le port ferme lundi matin à dix heures",
         "Le ministre a dit que le port ne ferme pas lundi matin à dix heures", ("ferme → ne ferme pas",)),
        ("Le ministre a dit que le port est fermé lundi matin",
         "Le ministre a dit que le port n’est pas fermé lundi matin",
         ("est → n’est pas",)),
        ("وزیر گفت کشتی از بندر می‌رود تا فردا شب", "وزیر گفت کشتی از بندر نمی‌رود تا فردا شب", ("می → نمی",)),
    ],
)  # fmt: skip
def test_a_denial_that_one_of_them_has_is_told(told: str, again: str, changed: tuple[str, ...]) -> None:
    assert changed_facts(told, again) == changed
    assert changed_facts(again, told) == tuple(" → ".join(reversed(one.split(" → "))) for one in changed)


def test_what_was_left_out_or_added_is_no_changed_fact() -> None:
    assert changed_facts(TEXT, TEXT[: len(TEXT) // 2]) == ()
    assert changed_facts(TEXT, f"In 2016 all was well. {TEXT} Nobody knows of the 300 others.") == ()


def test_a_text_full_of_changes_tells_a_few() -> None:
    told = " ".join(f"and then came number {n}" for n in range(100))
    again = " ".join(f"and then came number {n + 500}" for n in range(100))
    assert len(changed_facts(told, again)) == 8


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("007", "7", True),
        ("0", "00", True),
        ("2.50", "2.5", True),
        ("2.0", "2", True),
        ("1.200", "1,200", True),
        ("1.200", "1200", True),
        ("1,200.5", "1200.50", True),
        ("2.5", "25", False),
        ("2.5", "2.6", False),
        ("0.5", "5", False),
        ("10", "1", False),
        ("0", "5", False),
    ],
)
def test_one_number_may_be_written_in_several_ways(one: str, other: str, same: bool) -> None:
    before, after = f"the office counted {one} ships on that day", f"the office counted {other} ships on that day"
    assert changed_facts(before, after) == (() if same else (f"{one} → {other}",))


def test_a_change_is_told_at_its_place_in_either_text() -> None:
    again = "Well then: " + TEXT.replace("17", "71").replace("Amal Nasser", "Salim Haddad")
    changes = changes_of(TEXT, again)
    assert [(one.original, one.says) for one in changes] == [("17", "71"), ("Amal Nasser", "Salim Haddad")]
    assert [TEXT[one.original_at.start : one.original_at.end] for one in changes] == ["17", "Amal Nasser"]
    assert [again[one.says_at.start : one.says_at.end] for one in changes] == ["71", "Salim Haddad"]
    assert changes_of(TEXT, TEXT) == ()


@pytest.mark.parametrize(("words", "told"), [(4, 1), (5, 0)])
def test_a_stretch_of_more_than_four_words_is_reworded_and_not_changed(words: int, told: int) -> None:
    before = " ".join(f"{n}1" for n in range(1, words + 1))
    after = " ".join(f"{n}2" for n in range(1, words + 1))
    assert (
        len(
            changed_facts(
                f"and then they saw {before} of the many ships", f"and then they saw {after} of the many ships"
            )
        )
        == told
    )


@pytest.mark.parametrize(("same", "told"), [(3, ("17 → 71", "5 → 9")), (2, ("17 5 → 71 9",))])
def test_fewer_than_three_same_words_do_not_part_two_changes(same: int, told: tuple[str, ...]) -> None:
    between = " ".join("of all ships".split()[:same])
    one, other = (f"they saw then {a} {between} {b} more than before" for a, b in (("17", "5"), ("71", "9")))
    assert changed_facts(one, other) == told


def test_a_change_may_stand_at_an_end() -> None:
    assert changed_facts("17 ships came to town", "71 ships came to town") == ("17 → 71",)
    assert changed_facts("there came ships: 17", "there came ships: 71") == ("17 → 71",)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Amal Nasser", "Salim Haddad", 1),
        ("Amal Nasser", "Salim", 0),
        ("Amal Nasser", "Salim Naser", 0),
        ("Nasser", "Naser", 0),
        ("captain", "pilot", 0),
        ("Nasser", "someone", 0),
        ("NATO", "Nasser", 0),
        ("Monday", "Haddad", 0),
        ("Nasser 17", "Nasser 71", 1),
        ("17 of 20", "71", 0),
        ("Monday 17", "Tuesday 17", 1),
    ],
)
def test_a_name_stands_for_a_name(one: str, other: str, told: int) -> None:
    assert (
        len(changed_facts(f"the office of {one} said that it opens", f"the office of {other} said that it opens"))
        == told
    )


def test_a_word_that_opens_a_sentence_is_no_name_by_its_capital() -> None:
    assert changed_facts("Nasser said that it opens", "Haddad said that it opens") == ()
    for mark in (".", "!", "?", ":", '"'):
        one, other = (f"it was shut then{mark} {name} said that it opens" for name in ("Nasser", "Haddad"))
        assert changed_facts(one, other) == (), mark
    assert changed_facts(
        "it was shut then, Nasser said that it opens", "it was shut then, Haddad said that it opens"
    ) == ("Nasser → Haddad",)


def test_a_name_that_the_other_text_has_elsewhere_is_not_changed() -> None:
    one = "it was said by Nasser that the quay and Haddad come"
    assert changed_facts(one, "it was said by Haddad that the quay and Haddad come") == ()


def test_no_more_than_so_many_words_are_compared() -> None:
    before = "word " * 5996
    assert changed_facts(f"{before}then came about 17", f"{before}then came about 71") == ("17 → 71",)
    assert changed_facts(f"{before}and then came about 17", f"{before}and then came about 71") == ()
