"""What feeds and sitemaps list: pages, with what is told of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from urllib.parse import urljoin

from agent.coverage.index.address import page_key
from agent.coverage.intake.listed import ListedDates
from agent.coverage.intake.metadata import Rejection, is_web_address, moment_of
from agent.dates import NumberOrder
from agent.errors import InputFault
from agent.models import Frozen

# Newest first; what has no date comes last.
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class Entry(Frozen):
    """One page as a list tells of it. `content` is its full text where the feed carries it: never a summary.

    `changed_at` is when it was last changed, where the list tells that. `order` is what the dates of the list show of
    the numbers in them. `updated` is how the list marks this version of the page; as such it is only compared.
    `credits` are the sources that the list names for its text.
    """

    url: str | None
    title: str | None = None
    author: str | None = None
    published_at: str | None = None
    changed_at: str | None = None
    order: NumberOrder | None = None
    updated: str | None = None
    outlet: str | None = None
    language: str | None = None
    content: str | None = None
    credits: tuple[str, ...] = ()

    @property
    def listed(self) -> ListedDates:
        return ListedDates(published_at=self.published_at, changed_at=self.changed_at, order=self.order)


class Listing(Frozen):
    """A feed or a sitemap. `older` entries were left out for their date, `over` for their number, as were
    `maps_over` further sitemaps. A `flaw` may have cost some."""

    url: str
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    maps: tuple[Entry, ...] = ()
    older: int = 0
    over: int = 0
    maps_over: int = 0
    flaw: str | None = None
    rejected: tuple[Rejection, ...] = ()


def choose(listing: Listing, limit: int, since: date | None) -> Listing:
    """The newest entries, each page once, none from before `since`. Entries that tell no date are chosen last."""
    usable: dict[str, Entry] = {}
    rejected = list(listing.rejected)
    for entry in listing.entries:
        if entry.url is not None and not is_web_address(entry.url):
            rejected.append(
                Rejection(
                    path=listing.url, reason=f"{entry.url[:200]!r} is not a web address", code=InputFault.NO_LINK
                )
            )
        elif entry.url is None and entry.content is None:
            name = repr(entry.title) if entry.title else "it has no title either"
            rejected.append(
                Rejection(path=listing.url, reason=f"an entry without a link: {name}", code=InputFault.NO_LINK)
            )
        else:
            usable.setdefault(page_key(entry.url) or entry.content or "", entry)
    recent = [entry for entry in usable.values() if not is_older(entry, since)]
    chosen = newest_first(recent)[:limit]
    return listing.model_copy(
        update={
            "entries": tuple(chosen),
            "older": len(usable) - len(recent),
            "over": len(recent) - len(chosen),
            "rejected": tuple(rejected),
        }
    )


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Sorted by what they tell of their date, otherwise in the order of the list."""
    return sorted(entries, key=lambda one: _stated_at(one) or _LONG_AGO, reverse=True)


def is_older(entry: Entry, since: date | None) -> bool:
    """Whether a date was told, and it is before that day."""
    moment = _stated_at(entry) if since is not None else None
    return moment is not None and since is not None and moment.date() < since


def _stated_at(entry: Entry) -> datetime | None:
    return moment_of(entry.published_at or entry.updated, entry.order)


def resolved(base: str, link: str | None) -> str | None:
    """A link as the whole address it stands for; what cannot be one is left as it is, to be refused by name."""
    if not link:
        return None
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link
