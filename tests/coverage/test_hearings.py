"""Which origins stand out of what was found."""

from agent.coverage.embedding.embed import Floors
from agent.coverage.search.prominence import Seen, prominence
from agent.coverage.search.scale import Scale

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
