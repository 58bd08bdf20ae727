"""When a text in another language is known to be about an article's event: by its height, and by names."""

from agent.coverage.search.signs import Signs
from agent.coverage.search.standings import event_weight, makes_report

SIGNS = Signs(names={"harbour": 0.9, "quay": 0.6, "mole": 0.4}, named={}, figures={})


def test_names_make_a_report_of_a_text_that_stands_a_little_higher_than_others() -> None:
    assert not makes_report(event_weight(1.6, 0.0, comparable=True), comparable=True)
    assert makes_report(event_weight(1.6, 0.4, comparable=True), comparable=True)


def test_where_nothing_else_tells_one_name_that_may_be_there_by_chance_makes_no_report() -> None:
    for named, one, other in ((1.2, True, False), (1.6, True, True)):
        assert makes_report(event_weight(0.0, named, comparable=True), comparable=True) is one
        assert makes_report(event_weight(0.0, named, comparable=False), comparable=False) is other


def test_names_count_that_stand_together_in_one_passage() -> None:
    together = SIGNS.of_report([{"harbour", "quay"}, {"oranges"}])
    assert together == SIGNS.of_event({"harbour", "quay"}) == 1.5
    assert SIGNS.of_report([{"harbour"}, {"quay"}, {"mole"}]) == 0.9
    assert SIGNS.of_report([]) == 0.0
