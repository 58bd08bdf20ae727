"""What it is worth to put a claim to an origin, and which pairs are asked."""

from agent.coverage.search.pairs import OriginScores, share_out, with_left_out, worth


def _alone(*claims: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(claims)}


def _asked(worths: dict[str, dict[str, float]], wordings: dict[str, int], budget: int) -> dict[str, list[str]]:
    return share_out(worths, worths, wordings, budget, per_call=8)


def test_an_origin_is_worth_most_for_the_claim_that_it_stands_highest_for() -> None:
    found = worth({"o1": OriginScores("en", {"c1": 3.0, "c2": 1.0}, None)}, None)
    assert found["o1"]["c1"] > found["o1"]["c2"]


def test_an_origin_is_held_against_those_of_its_language_alone() -> None:
    near = {f"en{n}": OriginScores("en", {"c1": 9.0 + n, "c2": 9.0}, None) for n in range(5)}
    found = worth({**near, "foreign": OriginScores("ar", {"c1": 1.0, "c2": 0.5}, None)}, None)
    assert found["foreign"]["c1"] > found["en0"]["c1"]


def test_a_report_of_the_event_goes_before_a_page_that_is_as_high_for_a_claim() -> None:
    report, page = OriginScores("ar", {"c1": 1.0}, 4.0), OriginScores("en", {"c1": 2.0}, 0.5)
    found = worth({"report": report, "page": page}, None)
    assert found["report"]["c1"] > found["page"]["c1"]


def test_beyond_what_makes_a_report_of_the_event_nothing_is_gained() -> None:
    one, other = (worth({"o": OriginScores("en", {"c1": 1.0}, event)}, None)["o"]["c1"] for event in (9.0, 90.0))
    assert one == other


def test_the_principal_claim_is_put_to_reports_of_the_event_in_whatever_words_they_tell_it() -> None:
    claims = {"main": 0.0, "other": 0.5}
    found = worth({"report": OriginScores("en", claims, 5.0, True), "page": OriginScores("fr", claims, 1.0)}, "main")
    assert found["report"]["main"] > found["report"]["other"]
    assert found["page"]["main"] < found["page"]["other"]


def test_the_principal_claim_goes_before_a_nearer_one_where_it_is_known_that_a_text_reports_the_event() -> None:
    claims = {"main": 0.0, "nearest": 0.5}
    for event, first in ((5.0, "main"), (None, "main"), (1.0, "nearest")):
        found = worth({"o": OriginScores("en", claims, event, event == 5.0)}, "main")["o"]
        assert max(found, key=found.__getitem__) == first
    known, perhaps = (
        worth({"o": OriginScores("en", claims, event, reports=True)}, "main")["o"] for event in (5.0, None)
    )
    assert known["main"] - known["nearest"] > perhaps["main"] - perhaps["nearest"] > 0


def test_equal_heights_are_worth_the_same_in_whatever_order_they_come() -> None:
    claims = {"c1": 1.0, "c2": 1.0, "c3": 0.0}
    names = ["a", "b", "c"]
    found = worth({name: OriginScores("en", claims, 1.0) for name in names}, None)
    assert len({found[name]["c1"] for name in names} | {found[name]["c2"] for name in names}) == 1
    assert found == worth({name: OriginScores("en", claims, 1.0) for name in reversed(names)}, None)


def test_what_is_worth_most_is_asked_first() -> None:
    worths = {"o1": {"c1": 2.0, "c2": 1.0}, "o2": {"c1": 1.0, "c2": 1.9}}
    assert _asked(worths, _alone("c1", "c2"), budget=2) == {"o1": ["c1"], "o2": ["c2"]}


def test_claims_ride_along_while_there_is_room() -> None:
    worths = {"o1": {"c1": 2.0, "c2": 1.0, "c3": 0.6}}
    assert _asked(worths, _alone("c1", "c2", "c3"), budget=2) == {"o1": ["c1", "c2"]}
    assert _asked(worths, _alone("c1", "c2", "c3"), budget=9) == {"o1": ["c1", "c2", "c3"]}


def test_two_wordings_of_one_claim_are_asked_together() -> None:
    worths = {"o1": {"c1": 2.0, "c2": 0.6, "c3": 1.0}}
    assert _asked(worths, {"c1": 0, "c2": 0, "c3": 1}, budget=1) == {"o1": ["c1", "c2"]}


def test_a_claim_that_may_not_be_put_to_an_origin_does_not_ride_along_with_its_other_wording() -> None:
    worths = {"o1": {"c1": 2.0, "c2": 0.1}}
    assert share_out(worths, {"o1": ["c1"]}, {"c1": 0, "c2": 0}, 9, per_call=8) == {"o1": ["c1"]}


def test_what_would_send_a_text_once_more_goes_after_what_has_room_and_is_worth_nearly_as_much() -> None:
    def asked(third: float) -> dict[str, list[str]]:
        worths = {"o1": {"c1": 2.0, "c2": 1.9, "c3": third}, "o2": {"c1": 1.5, "c2": 1.0}}
        return share_out(worths, worths, _alone("c1", "c2", "c3"), 4, per_call=2)

    assert asked(1.01) == {"o1": ["c1", "c2"], "o2": ["c1", "c2"]}
    assert asked(1.2) == {"o1": ["c1", "c2", "c3"], "o2": ["c1"]}


def test_once_a_further_call_is_made_it_is_filled_like_any_other() -> None:
    worths = {"o1": {"c1": 2.0, "c2": 1.2, "c3": 1.01}, "o2": {"c1": 1.0}}
    assert share_out(worths, worths, _alone("c1", "c2", "c3"), 3, per_call=2) == {"o1": ["c1", "c2"], "o2": ["c1"]}
    worths["o1"]["c4"] = 1.1
    assert share_out(worths, worths, _alone("c1", "c2", "c3", "c4"), 4, per_call=2) == {
        "o1": ["c1", "c2", "c4", "c3"]
    }


def test_a_claim_that_is_near_to_some_origin_is_put_to_the_best_of_them_if_it_has_no_place() -> None:
    worths = {"o1": {"c1": 2.0, "c2": 0.2, "c3": 0.1}, "o2": {"c1": 1.0, "c2": 0.4}, "o3": {"c2": 0.9}}
    near = {"c1": ["o1"], "c2": ["o1", "o2", "o4"], "c3": []}
    wordings = _alone("c1", "c2", "c3")
    assert with_left_out({"o1": ["c1"]}, near, worths, worths, wordings) == {"o1": ["c1"], "o2": ["c2"]}
    assert with_left_out({"o1": ["c1", "c2"]}, near, worths, worths, wordings) == {"o1": ["c1", "c2"]}


def test_a_claim_without_a_place_goes_with_its_other_wording() -> None:
    worths = {"o1": {"c1": 1.0, "c2": 0.5}, "o2": {"c2": 0.9}}
    near = {"c1": ["o1"], "c2": ["o1", "o2"]}
    assert with_left_out({}, near, worths, worths, {"c1": 0, "c2": 0}) == {"o1": ["c1", "c2"]}
