"""What an agency's item tells, whatever format it came in, made into a document."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from agent.coverage.formats.told import Item, Rejection, Removed, document, is_web_address, moment_of
from agent.models import DateSource, Frozen

_NAME = re.compile(r"(urn|tag):", re.IGNORECASE)


class AgencyItem(Frozen):
    """One item. `status` is `usable`, `withheld` or `canceled`; `kind` is `text` for what is read here.

    `version` grows with each version of what has one `uri`.
    """

    uri: str | None
    version: int = 0
    kind: str = "text"
    status: str = "usable"
    embargoed: str | None = None
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    outlet: str | None = None
    language: str | None = None
    published_at: str | None = None
    text: str = ""


def agency_document(item: AgencyItem, path: str, line: int | None) -> Iterator[Item]:
    """A document; a rejection for what is no text, or not for readers yet; word of what its agency took back."""
    name = item.headline or item.uri or "an item"
    address = address_of(item.uri)
    release = moment_of_release(item.embargoed)
    if item.status == "canceled" and address is not None:
        yield Removed(path=path, line=line, url=address, reason=f"its agency has cancelled {name!r}")
    elif item.status not in ("usable", ""):
        yield Rejection(path=path, line=line, reason=f"{name!r} is {item.status} by its agency")
    elif item.kind not in ("text", "composite", ""):
        yield Rejection(path=path, line=line, reason=f"{name!r} is {item.kind}, not text")
    elif release is not None and release > datetime.now(UTC):
        yield Rejection(path=path, line=line, reason=f"{name!r} is embargoed until {release:%Y-%m-%d %H:%M} UTC")
    else:
        yield from document(
            path,
            line,
            _with_dateline(item),
            url=address,
            title=item.headline,
            author=item.byline,
            outlet=item.outlet,
            published_at=item.published_at,
            date_from=DateSource.AGENCY,
            language=item.language,
        )


def latest(items: list[AgencyItem]) -> list[AgencyItem]:
    """Of the versions of an item, which a message may hold in any order, the last."""
    newest: dict[str, AgencyItem] = {}
    for number, item in enumerate(items):
        key = item.uri or f"\x1f{number}"
        if key not in newest or item.version >= newest[key].version:
            newest[key] = item
    return list(newest.values())


def address_of(uri: str | None) -> str | None:
    """By what an item and its later versions are known: its web address, its name, or its number as a name."""
    if uri is None or is_web_address(uri) or _NAME.match(uri):
        return uri
    try:
        return UUID(uri).urn
    except ValueError:
        return None


def moment_of_release(told: str | None) -> datetime | None:
    """The end of an embargo, which lies in the future as dates of publication do not."""
    if not told:
        return None
    try:
        moment = datetime.fromisoformat(told.strip())
    except ValueError:
        return moment_of(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _with_dateline(item: AgencyItem) -> str:
    """Agencies are credited in datelines, which some formats keep apart from the text."""
    if not item.dateline or item.dateline in item.text[: 2 * len(item.dateline) + 100]:
        return item.text
    return f"{item.dateline}\n{item.text}"
