from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from agent.retry_after import retry_after


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        (" 1.5 ", 1.5),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٥", None),
        ("1e300", None),
        ("nan", None),
        ("9" * 99, 999_999_999),
        ("9" * 999, 999_999_999),
    ],
)
def test_it_is_read_in_seconds(told: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": told}) == seconds


def test_milliseconds_come_first() -> None:
    assert retry_after({"retry-after-ms": "1500", "retry-after": "120"}) == 1.5
    assert retry_after({"retry-after-ms": "soon", "retry-after": "120"}) == 120
    assert retry_after({}) is None


def test_it_is_read_as_a_date() -> None:
    ahead = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after({"retry-after": ahead}) == pytest.approx(90, abs=2)
    assert retry_after({"retry-after": "Mon, 02 Nov 2015 10:00:00 GMT"}) == 0
    assert retry_after({"retry-after": "Mon, 02 Nov 9015 10:00:00 GMT"}) == 999_999_999
    assert retry_after({"retry-after": "Mon, 99 Nov 99999 10:00:00 GMT"}) is None
