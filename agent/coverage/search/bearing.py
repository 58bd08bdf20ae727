"""Which of the documents that were found may bear on an article at all: others are neither read nor grouped."""

from collections.abc import Collection, Iterable
from functools import cached_property

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.origins.grouping import Grouping
from agent.coverage.search.around import MOST_AROUND, PlacesAround, places_of_days
from agent.coverage.search.selection import Window
from agent.models import Article


class Bearing:
    """Those of the days that are searched, and what may be the article itself or a copy of it, whatever its date."""

    def __init__(self, catalogue: Catalogue, article: Article, windows: Iterable[Window], grouping: Grouping) -> None:
        self._catalogue = catalogue
        self._grouping = grouping
        some = set(windows)
        self._any_day = not some or any(not window.days for window in some)
        self._days = sorted({(a.isoformat(), b.isoformat()) for window in some for a, b in window.days})
        standing = catalogue.page(article.url) if article.url and not self._any_day else None
        self._itself = standing.id if standing else None
        self._known: dict[str, bool] = {}

    @cached_property
    def places(self) -> PlacesAround | None:
        """Where the passages of all that may bear stand; None where these are many."""
        if self._any_day:
            return None
        copies, days = self._catalogue.copies, tuple(_apart(self._days))
        around = places_of_days(self._catalogue, days)
        own = None if around is None else copies.places_of_own(self._grouping.shared, MOST_AROUND)
        if around is None or own is None:
            return None
        itself = copies.places_of(self._itself) if self._itself else []
        return PlacesAround(
            days, around, frozenset([*own, *itself]).difference(around) if own or itself else frozenset()
        )

    def of(self, ids: Collection[str]) -> Collection[str]:
        if self._any_day:
            return ids
        known = self._known
        if fresh := [one for one in ids if one not in known]:
            known |= dict.fromkeys(fresh, True)
            for one, day, document, runs, kept in self._catalogue.copies.outlines(fresh).values():
                known[one] = (
                    self._is_around(day) or one == self._itself or self._grouping.may_be_own((document, runs, kept))
                )
        return {one for one in ids if known[one]}

    def _is_around(self, day: str | None) -> bool:
        return day is None or any(first <= day <= last for first, last in self._days)


def _apart(days: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same days, each in one stretch alone; `days` are in order."""
    stretches: list[tuple[str, str]] = []
    for first, last in days:
        if stretches and first <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(last, stretches[-1][1])
        else:
            stretches.append((first, last))
    return stretches
