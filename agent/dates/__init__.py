"""Dates as people and programs write them, read by one rule."""

from agent.dates.days import Order
from agent.dates.months import months_named
from agent.dates.reading import (
    Precision,
    Reading,
    UnreadDate,
    find_date,
    is_date_line,
    order_shown,
    read_date,
    read_seconds,
    tells_both,
    tells_change,
)

__all__ = [
    "Order",
    "Precision",
    "Reading",
    "UnreadDate",
    "find_date",
    "is_date_line",
    "months_named",
    "order_shown",
    "read_date",
    "read_seconds",
    "tells_both",
    "tells_change",
]
