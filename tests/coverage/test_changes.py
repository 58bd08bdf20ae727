"""What a copy tells otherwise than what it copies."""

import pytest

from agent.coverage.origins.changes import changed_facts

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


def test_what_was_left_out_or_added_is_no_changed_fact() -> None:
    assert changed_facts(TEXT, TEXT[: len(TEXT) // 2]) == ()
    assert changed_facts(TEXT, f"In 2016 all was well. {TEXT} Nobody knows of the 300 others.") == ()


def test_a_text_full_of_changes_tells_a_few() -> None:
    told = " ".join(f"and then came number {n}" for n in range(100))
    again = " ".join(f"and then came number {n + 500}" for n in range(100))
    assert len(changed_facts(told, again)) == 8
