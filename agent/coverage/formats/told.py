"""What a source tells of a document, made into one: dates, addresses and languages checked, nothing invented."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from agent.decode import storable
from agent.language import language_of
from agent.models import DateSource, Document, Frozen, LeftOut, Provenance

LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# What agencies call their items by: a name that all versions of an item share.
_ITEM_NAME = re.compile(r"(urn|tag):[!-~]{3,500}", re.IGNORECASE)
_EARLIEST_YEAR = 1900
# Clocks and time zones are wrong by a day now and then; more than that is not a date of publication.
_MOST_AHEAD = timedelta(days=2)
_MILLISECONDS_FROM = 1e11
# What a text takes from the one it would not take from the other.
_DEFAULTS = datetime(1, 1, 1), datetime(4, 2, 2)


class Remark(Frozen):
    """`line` is counted from 1; None when it is about the whole file."""

    path: str
    line: int | None = None
    reason: str


class Rejection(Remark):
    """Something that was not added."""


class Caution(Remark):
    """Something about a document that was added all the same, without what was wrong with it."""


class Removed(Remark):
    """Whoever published what stands at `url` took it back. What the store holds of it may be withdrawn."""

    url: str


Item = Document | Rejection | Caution | Removed


def document(
    path: str,
    line: int | None,
    text: str,
    *,
    url: str | None = None,
    canonical_url: str | None = None,
    title: str | None = None,
    author: str | None = None,
    outlet: str | None = None,
    published_at: str | float | None = None,
    language: str | None = None,
    date_from: DateSource = DateSource.GIVEN,
    left_out: Sequence[LeftOut] = (),
    cautions: Sequence[LeftOut] = (),
    mended: Sequence[str] = (),
) -> Iterator[Item]:
    """A document with cautions about it, or a rejection when there is no text.

    `left_out` is kept with the document. Of that, `cautions` are told at once as well.
    """
    text = storable(text)
    if not any(character.isalnum() for character in text):
        yield Rejection(path=path, line=line, reason="there is no text in it")
        return
    doubts = list(cautions)
    address = one_line(url)
    if address is not None and not (is_web_address(address) or _ITEM_NAME.fullmatch(address)):
        doubts.append(LeftOut(what=f"url {address!r}", why="is not a web address: left out"))
        address = None
    moment = None
    if published_at not in (None, ""):
        moment, problem = _moment(published_at)
        if problem:
            doubts.append(LeftOut(what=f"published_at {published_at!r}", why=f"{problem}: kept without a date"))
    canonical = one_line(canonical_url)
    if canonical == address or not is_web_address(canonical or ""):
        canonical = None
    told = (one_line(language) or "").replace("_", "-")
    for doubt in doubts:
        yield Caution(path=path, line=line, reason=f"{doubt.what} {doubt.why}")
    yield Document.of(
        text,
        title=one_line(title),
        author=one_line(author),
        url=address,
        canonical_url=canonical,
        outlet=one_line(outlet),
        published_at=moment,
        language=language_of(text, told if LANGUAGE_CODE.fullmatch(told) else None),
        provenance=Provenance(
            date_from=date_from if moment is not None else None,
            left_out=(*left_out, *doubts),
            mended=tuple(mended),
        ),
    )


def one_line(field: str | None) -> str | None:
    """A field that can be stored and shown, on one line; None when nothing is in it."""
    return " ".join(storable(field).split()) or None if field is not None else None


def is_web_address(url: str) -> bool:
    """Whether it names a host by http or https; nothing is looked up."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def moment_of(told: str | None) -> datetime | None:
    """The moment that a date in any form means; None when it is none, or lies in the future."""
    return _moment(told)[0] if told else None


def _moment(told: str | float | None) -> tuple[datetime | None, str]:
    """A moment in time, or what is wrong with it. Without a time zone it is UTC."""
    try:
        moment = _parsed(told)
    except (ValueError, OverflowError, OSError, TypeError):
        return None, "is not a date"
    if moment.year < _EARLIEST_YEAR:
        return None, "is not a date"
    if moment > datetime.now(UTC) + _MOST_AHEAD:
        return None, "is in the future"
    return moment, ""


def _parsed(told: str | float | None) -> datetime:
    if not isinstance(told, str):
        seconds = float(told or 0)
        if seconds <= 0:
            # What programs write for a date that they do not know.
            raise ValueError("the beginning of the count")
        return datetime.fromtimestamp(seconds / 1000 if seconds > _MILLISECONDS_FROM else seconds, UTC)
    try:
        moment = datetime.fromisoformat(told.strip())
    except ValueError:
        from dateutil import parser

        # Whatever the text leaves out shows as a difference, and is refused: nothing is filled in.
        moment, other = (parser.parse(told, default=default) for default in _DEFAULTS)
        if moment.date() != other.date():
            raise ValueError("no whole day") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
