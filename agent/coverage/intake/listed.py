"""What a list of pages tells of the date of one of them."""

from agent.dates import NumberOrder
from agent.models import Frozen


class ListedDates(Frozen):
    """When a page was published and when it was changed, as a feed or a sitemap tells it; `order` is what the dates
    of the list show of the numbers in them."""

    published_at: str | None = None
    changed_at: str | None = None
    order: NumberOrder | None = None
