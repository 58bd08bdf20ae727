"""Dates as people and programs write them, read by one rule."""

from agent.dates.days import NumberOrder
from agent.dates.months import months_named
from agent.dates.names import DayOfMonth, day_of_month_at, is_calendar_word, month_named, weekday_named
from agent.dates.reading import (
    DateReading,
    Precision,
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
    "DateReading",
    "DayOfMonth",
    "NumberOrder",
    "Precision",
    "UnreadDate",
    "day_of_month_at",
    "find_date",
    "is_calendar_word",
    "is_date_line",
    "month_named",
    "months_named",
    "order_shown",
    "read_date",
    "read_seconds",
    "tells_both",
    "tells_change",
    "weekday_named",
]
