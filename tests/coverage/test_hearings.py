"""Which origins stand out, and which claims each of them is asked about."""

from agent.coverage.embed import Floors
from agent.coverage.hearings import share_out
from agent.coverage.nearest import Scale
from agent.coverage.prominence import Seen, prominence

SCALE = Scale(Floors(within=0.2, across=0.2))
DEPTH = 24


def _noise(language: str, level: float, *, crossing: bool) -> list[Seen]:
    return [Seen(f"{language}{n}", language, crossing, level + n % 5 / 100, 0.0) for n in range(20)]


def test_a_foreign_report_stands_out_although_noise_in_the_own_language_is_nearer() -> None:
    noise = [*_noise("en", 0.5, crossing=False), *_noise("ar", 0.2, crossing=True)]
    report = Seen("report", "ar", True, 0.4, 0.0)
    heights = prominence([[*noise, report], noise], SCALE, DEPTH)
    assert max(heights, key=lambda name: heights[name]) == "report"
    assert heights["en4"] < heights["report"] / 2


def test_what_meets_two_claims_stands_out_further_than_what_meets_one() -> None:
    noise = _noise("en", 0.3, crossing=False)
    twice, once = Seen("twice", "en", False, 0.5, 0.0), Seen("once", "en", False, 0.5, 0.0)
    heights = prominence([[*noise, twice, once], [*noise, twice]], SCALE, DEPTH)
    assert heights["twice"] > heights["once"] > 0


def test_words_in_common_count_beside_the_cosine() -> None:
    noise = _noise("en", 0.3, crossing=False)
    named = Seen("named", "en", False, 0.3, 0.6)
    assert prominence([[*noise, named]], SCALE, DEPTH)["named"] > 2


def test_where_there_is_nothing_to_compare_with_the_floor_is_the_level() -> None:
    heights = prominence([[Seen("near", "ar", True, 0.4, 0.0), Seen("far", "ar", True, 0.1, 0.0)]], SCALE, DEPTH)
    assert heights["near"] > heights["far"] == 0


def test_cosines_that_are_all_one_divide_nothing_by_zero() -> None:
    same = [Seen(f"o{n}", "en", False, 0.5, 0.0) for n in range(20)]
    assert set(prominence([same], Scale(Floors(within=0.0, across=0.0)), DEPTH).values()) == {0.0}


def _alone(*claims: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(claims)}


def _asked(
    prominence: dict[str, float], nearness: dict[str, dict[str, float]], wordings: dict[str, int], budget: int
) -> dict[str, list[str]]:
    return share_out(prominence, nearness, nearness, wordings, {}, budget)


def test_an_origin_is_asked_first_about_what_it_is_nearest_to() -> None:
    nearness = {"o1": {"c1": 2.0, "c2": 1.0}, "o2": {"c1": 1.0, "c2": 1.9}}
    asked = _asked({"o1": 5.0, "o2": 5.0}, nearness, _alone("c1", "c2"), budget=2)
    assert asked == {"o1": ["c1"], "o2": ["c2"]}


def test_claims_ride_along_while_there_is_room() -> None:
    nearness = {"o1": {"c1": 2.0, "c2": 1.0, "c3": 0.6}}
    assert _asked({"o1": 5.0}, nearness, _alone("c1", "c2", "c3"), budget=2) == {"o1": ["c1", "c2"]}
    assert _asked({"o1": 5.0}, nearness, _alone("c1", "c2", "c3"), budget=9) == {"o1": ["c1", "c2", "c3"]}


def test_what_hardly_stands_out_comes_last() -> None:
    nearness = {"noise": {"c1": 2.0}, "report": {"c1": 1.0, "c2": 0.9, "c3": 0.2}}
    asked = share_out({"noise": 1.0, "report": 6.0}, nearness, nearness, _alone("c1", "c2", "c3"), {}, budget=2)
    assert asked == {"report": ["c1", "c2"]}


def test_what_a_claim_finds_by_itself_goes_before_what_stands_out_for_others() -> None:
    nearness = {"agency": {"c1": 1.2, "c2": 1.1}, "loud": {"c1": 2.0, "c2": 1.9}}
    first = {"c1": ["agency"], "c2": ["agency", "loud"]}
    prominence = {"agency": 1.0, "loud": 9.0}
    wordings = _alone("c1", "c2")
    assert share_out(prominence, nearness, nearness, wordings, first, 3) == {"agency": ["c1", "c2"], "loud": ["c2"]}


def test_two_wordings_of_one_claim_are_asked_together() -> None:
    nearness = {"o1": {"c1": 2.0, "c2": 0.6, "c3": 1.0}}
    assert _asked({"o1": 1.0}, nearness, {"c1": 0, "c2": 0, "c3": 1}, budget=1) == {"o1": ["c1", "c2"]}


def test_a_claim_that_may_not_be_put_to_an_origin_does_not_ride_along_with_its_other_wording() -> None:
    nearness = {"o1": {"c1": 2.0, "c2": 0.1}}
    assert share_out({"o1": 1.0}, nearness, {"o1": ["c1"]}, {"c1": 0, "c2": 0}, {}, 9) == {"o1": ["c1"]}


def test_cosines_that_lie_close_together_tell_as_much_as_others() -> None:
    nearness = {"o1": {"c1": 1.05, "c2": 1.01, "c3": 1.0}, "o2": {"c1": 1.0, "c2": 1.01, "c3": 1.05}}
    asked = _asked({"o1": 5.0, "o2": 4.0}, nearness, _alone("c1", "c2", "c3"), budget=2)
    assert asked == {"o1": ["c1"], "o2": ["c3"]}
