"""What an agency's item tells, whatever format it came in, made into a document."""

import re
from collections.abc import Iterator
from uuid import UUID

from agent.coverage.intake.metadata import Item, Rejection, Removed, document, is_web_address, moment_of
from agent.coverage.intake.release import Release, cancelling, is_notice, is_withheld, why_held
from agent.coverage.origins.agencies import houses
from agent.errors import InputFault
from agent.models import DateSource, Frozen, LeftOut

_NAME = re.compile(r"(urn|tag):", re.IGNORECASE)
_PLACE = re.compile(r"(?!(?:GMT|UTC)\b)\b[^\W\d_]{3,}")
# A dateline may stand under the deck.
_HEAD = 1500
_TEXTS = ("text", "composite", "")


class AgencyItem(Frozen):
    """One item. `kind` is `text` for what is read here; `genres` are the agency's codes for what sort of text it is.

    `version` grows with each version of what has one `uri`. `credits` are whom the item's own fields credit.
    """

    uri: str | None
    version: int = 0
    kind: str = "text"
    genres: tuple[str, ...] = ()
    release: Release = Release()
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    outlet: str | None = None
    credits: tuple[str, ...] = ()
    language: str | None = None
    published_at: str | None = None
    text: str = ""
    left_out: tuple[LeftOut, ...] = ()
    cautions: tuple[LeftOut, ...] = ()


def agency_document(item: AgencyItem, path: str, line: int | None) -> Iterator[Item]:
    """A document; a rejection for what is no text, or not for readers yet; word of what its agency took back."""
    name = item.headline or item.uri or "an item"
    address = address_of(item.uri)
    if (taken_back := cancelling(item.release)) is not None:
        yield from _taken_back(path, line, address, f"its agency has cancelled {name!r} ({taken_back[:160]})")
    elif (refusal := _refusal(item, name)) is not None:
        reason, code = refusal
        yield Rejection(path=path, line=line, reason=reason, code=code)
        if is_withheld(item.release) and address is not None:
            # Withheld are all versions of it, and so the one that may stand in the store.
            yield Removed(path=path, line=line, url=address, reason=f"its agency withholds {name!r}")
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
            credits=[name for name in item.credits if not _is_sender(name, item.outlet)],
            left_out=item.left_out,
            cautions=item.cautions,
        )


def _refusal(item: AgencyItem, name: str) -> tuple[str, InputFault] | None:
    """Why an item is no coverage, in words and as a code."""
    if (reason := why_held(item.release)) is not None:
        return f"{name!r} {reason}", InputFault.NOT_FOR_READERS
    if item.kind not in _TEXTS:
        return f"{name!r} is {item.kind}, not text", InputFault.NOT_TEXT
    if is_notice(item.headline, item.genres):
        return f"{name!r} is a notice to editors, not news", InputFault.NOT_FOR_READERS
    if not item.text and item.cautions:
        what = "; ".join(f"{one.what} {one.why}" for one in item.cautions)
        return f"there is no text in {name!r}: {what}", InputFault.NO_TEXT
    return None


def _taken_back(path: str, line: int | None, address: str | None, reason: str) -> Iterator[Item]:
    if address is not None:
        yield Removed(path=path, line=line, url=address, reason=reason)
    else:
        yield Rejection(path=path, line=line, reason=reason, code=InputFault.NOT_FOR_READERS)


def _is_sender(name: str, outlet: str | None) -> bool:
    """What an agency sends under its own name alone credits nobody else."""
    sender = houses().agency_of(outlet, None)
    return sender is not None and houses().agency_of(name, None) == sender


def latest(items: list[AgencyItem]) -> list[AgencyItem]:
    """Of the versions of an item, which a message may hold in any order, the last."""
    newest: dict[str, AgencyItem] = {}
    for number, item in enumerate(items):
        key = item.uri or f"\x1f{number}"
        if key not in newest or _age(item) >= _age(newest[key]):
            newest[key] = item
    return list(newest.values())


def _age(item: AgencyItem) -> tuple[int, float]:
    """By the number of the version, and where agencies number none by its time."""
    moment = moment_of(item.published_at)
    return item.version, moment.timestamp() if moment else 0.0


def address_of(uri: str | None) -> str | None:
    """By what an item and its later versions are known: its web address, its name, or its number as a name."""
    if uri is None or is_web_address(uri) or _NAME.match(uri):
        return uri
    try:
        return UUID(uri).urn
    except ValueError:
        return None


def _with_dateline(item: AgencyItem) -> str:
    """Agencies are credited in datelines, which some formats keep apart from the text. A date alone is none."""
    dateline = item.dateline and item.dateline.rstrip(" ,،")
    if not dateline or not _PLACE.search(dateline) or not item.text or dateline in item.text[:_HEAD]:
        return item.text
    return f"{dateline}\n{item.text}"
