"""What is tried again, and what would only keep people waiting."""

import pytest

from agent.errors import FetchFailed, FetchReason
from agent.jobs.failures import is_passing


@pytest.mark.parametrize("reason", [FetchReason.UNREACHABLE, FetchReason.TIMEOUT, FetchReason.RATE_LIMITED])
def test_a_page_that_is_away_is_asked_for_again(reason: FetchReason) -> None:
    assert is_passing(FetchFailed(reason, "away"))


@pytest.mark.parametrize("reason", [FetchReason.NAME, FetchReason.TLS, FetchReason.REDIRECTS, FetchReason.MALFORMED])
def test_a_link_that_leads_nowhere_is_told_at_once(reason: FetchReason) -> None:
    assert not is_passing(FetchFailed(reason, "nowhere"))


@pytest.mark.parametrize(("status", "again"), [(401, False), (403, False), (451, False), (429, True), (503, True)])
def test_a_status_tells_whether_another_try_may_help(status: int, again: bool) -> None:
    assert is_passing(FetchFailed(FetchReason.STATUS, "no page", status=status)) is again
