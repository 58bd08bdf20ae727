"""A budget is hard: what may be spent by calls in flight is as good as spent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.budget import RunBudget, estimate_tokens
from agent.errors import AnalystError
from agent.models import FailureReason


def test_calls_in_flight_count_until_they_are_settled() -> None:
    budget = RunBudget(100)
    budget.reserve(60)
    with pytest.raises(AnalystError, match="ISNAD_MAX_TOKENS_PER_ARTICLE") as caught:
        budget.reserve(41)
    assert caught.value.reason is FailureReason.BUDGET
    budget.settle(60, 10)
    budget.reserve(90)
    assert budget.spent == 10


def test_what_an_earlier_process_spent_counts() -> None:
    with pytest.raises(AnalystError):
        RunBudget(100, spent=80).reserve(21)


def test_without_a_limit_everything_fits_and_is_counted() -> None:
    budget = RunBudget(None)
    budget.reserve(10**12)
    budget.settle(10**12, 7)
    assert budget.spent == 7


@given(limit=st.integers(0, 1000), calls=st.lists(st.tuples(st.integers(0, 400), st.floats(0, 1), st.booleans())))
def test_spending_never_passes_the_limit_when_no_call_takes_more_than_it_reserved(
    limit: int, calls: list[tuple[int, float, bool]]
) -> None:
    budget, open_calls = RunBudget(limit), []
    for tokens, share, ends_at_once in calls:
        try:
            budget.reserve(tokens)
        except AnalystError:
            continue
        open_calls.append((tokens, int(tokens * share)))
        if ends_at_once:
            budget.settle(*open_calls.pop())
    for reserved, spent in open_calls:
        budget.settle(reserved, spent)
    assert budget.spent <= limit


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # As counted by the o200k vocabulary, or one token a word where that is more.
        ("The minister said on Monday that the first group of aircraft had left the base.", 15),
        ("أعلن الوزير أن المجموعة الأولى من الطائرات غادرت القاعدة يوم الاثنين", 17),
    ],
)
def test_an_estimate_is_above_the_count_and_within_three_times_of_it(text: str, tokens: int) -> None:
    assert tokens < estimate_tokens(text) <= 4 * tokens


def test_hostile_text_can_be_estimated() -> None:
    assert estimate_tokens("\ud800") > 0
    assert estimate_tokens("") == 0
