"""Sitemaps, indexes of them and news sitemaps, by their short specification."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.intake.entries import Entry, Listing, resolved
from agent.coverage.intake.safe_xml import children_of_root, local_name
from agent.dates import order_shown
from agent.errors import BadInput

_READ = frozenset(("loc", "lastmod", "title", "publication_date", "name", "language"))


def read_sitemap(data: bytes, url: str) -> Listing:
    """The pages and the further sitemaps that a sitemap lists; raises `BadInput` when it is none, or brings entities,
    and `ConfigurationError` without the packages for it."""
    children = children_of_root(data)
    root = next(children)
    if local_name(root) not in ("urlset", "sitemapindex"):
        raise BadInput(f"it is not a sitemap but a {local_name(root)!r}")
    entries, maps = [], []
    for child in children:
        if local_name(child) == "url" and (entry := _entry(child, url)):
            entries.append(entry)
        elif local_name(child) == "sitemap" and (entry := _entry(child, url)):
            maps.append(entry)
    if (order := order_shown(one.published_at for one in entries)) is not None:
        entries = [one.model_copy(update={"order": order}) for one in entries]
    return Listing(url=url, entries=tuple(entries), maps=tuple(maps))


def _entry(element: Element, url: str) -> Entry | None:
    """An entry; the date of its last change is not one of publication, a news sitemap's is."""
    fields = dict(_fields(element))
    if not (location := fields.get("loc")):
        return None
    return Entry(
        url=resolved(url, location),
        title=fields.get("title"),
        published_at=fields.get("publication_date"),
        updated=fields.get("lastmod") or fields.get("publication_date"),
        outlet=fields.get("name"),
        language=fields.get("language"),
    )


def _fields(element: Element) -> Iterator[tuple[str, str]]:
    for child in element:
        if local_name(child) in ("news", "publication"):
            yield from _fields(child)
        elif child.text and local_name(child) in _READ:
            yield local_name(child), child.text.strip()
