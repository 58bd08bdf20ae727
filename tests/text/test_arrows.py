import pytest
from bidi import get_display  # type: ignore[import-untyped]  # it ships no types

from agent.text.arrows import Turn

MONDAY, TUESDAY = "\u0627\u0644\u0627\u062b\u0646\u064a\u0646", "\u0627\u0644\u062b\u0644\u0627\u062b\u0627\u0621"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("14", "38"),
        ("\u0661\u0664", "\u0663\u0668"),
        ("Monday", "Tuesday"),
        (MONDAY, TUESDAY),
        (f"14 {MONDAY}", f"38 {TUESDAY}"),
        ("Monday", TUESDAY),
        (MONDAY, "71"),
        ("71", MONDAY),
        ("Monday", "71"),
        ("71", "Monday"),
    ],
)
def test_on_the_screen_the_arrow_points_from_what_was_told_to_what_is_said(
    told: str, says: str, direction: str
) -> None:
    shown = get_display(Turn(told, says).apart(direction), base_dir="R" if direction == "rtl" else "L")
    at = shown.find("→") if "→" in shown else shown.find("←")
    of_told = {place for place, letter in enumerate(shown) if letter in set(told) - set(says)}
    of_says = {place for place, letter in enumerate(shown) if letter in set(says) - set(told)}
    before, after = (of_told, of_says) if "→" in shown else (of_says, of_told)
    assert max(before) < at < min(after), shown


def test_it_is_read_from_how_reports_hold_it() -> None:
    assert Turn.read("17 → 71") == ("17", "71")
    assert Turn.read(f"{MONDAY} → {TUESDAY}").apart("rtl") == f"\u2067{MONDAY} ← {TUESDAY}\u2069"
