"""What a source tells of a document, made into one: dates, addresses and languages checked, nothing invented."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from agent.dates import DateReading, NumberOrder, Precision, UnreadDate, read_date, read_seconds
from agent.errors import BadInput, FetchError, FetchReason, InputFault, IsnadError
from agent.models import DateSource, Document, Frozen, LeftOut, Provenance, PublishedReview
from agent.text import damage_of, mend, restore
from agent.text.decode import storable
from agent.text.language import language_of
from agent.text.restoring import Restored

LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# What agencies call their items by: a name that all versions of an item share.
_ITEM_NAME = re.compile(r"(urn|tag):[!-~]{3,500}", re.IGNORECASE)
_LONGEST_NAME, _MOST_NAMES = 200, 12
# What programs print for a date that they do not know: the beginning of their count.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Clocks and time zones are wrong by a day now and then; more than that is not a date of publication.
_MOST_AHEAD = timedelta(days=2)


# No word stands in both.
RemarkCode = InputFault | FetchReason


class IntakeRemark(Frozen):
    """`line` is counted from 1; None when it is about the whole file. `reason` is English; `code` says it in a word,
    where there is one."""

    path: str
    line: int | None = None
    reason: str
    code: RemarkCode | None = None


class Rejection(IntakeRemark):
    """Something that was not added."""


class Skipped(IntakeRemark):
    """Something in a folder that was passed over, as it is nothing that is read there."""


class Caution(IntakeRemark):
    """Something about a document that was added all the same, without what was wrong with it."""


class Removed(IntakeRemark):
    """Whoever published what stands at `url` took it back. What the store holds of it may be withdrawn."""

    url: str


def fault_of(err: IsnadError) -> RemarkCode | None:
    """What is wrong, in the word that an error has for it."""
    if isinstance(err, FetchError):
        return err.reason
    return err.fault if isinstance(err, BadInput) else None


Item = Document | Rejection | Skipped | Caution | Removed


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
    published_at: str | float | datetime | None = None,
    language: str | None = None,
    date_from: DateSource = DateSource.GIVEN,
    order: NumberOrder | None = None,
    left_out: Sequence[LeftOut] = (),
    cautions: Sequence[LeftOut] = (),
    mended: Sequence[str] = (),
    credits: Sequence[str] = (),
    reviews: Sequence[PublishedReview] = (),
    is_record: bool = False,
) -> Iterator[Item]:
    """A document with cautions about it, or a rejection when there is no text.

    `left_out` is kept with the document. Of that, `cautions` are told at once as well. `credits` are whom the source
    credits in fields of its own. `order` is what other dates of the same source show of the numbers in them.
    """
    value = (one_line(language) or "").replace("_", "-")
    known = value if LANGUAGE_CODE.fullmatch(value) else None
    read = restore(storable(text), language_of(text, known))
    if rejection := _unreadable(path, line, read):
        yield rejection
        return
    spoken = language_of(read.text, known)
    heading, of_title = _title(title)
    address, of_address = _address(url)
    moment, of_date = _moment(published_at, spoken, order)
    doubts = (*cautions, *of_title, *of_address, *of_date)
    for doubt in doubts:
        yield Caution(path=path, line=line, reason=f"{doubt.what} {doubt.why}")
    canonical = one_line(canonical_url)
    yield Document.of(
        read.text,
        title=heading,
        author=_heading(author),
        url=address,
        canonical_url=canonical if canonical != address and is_web_address(canonical or "") else None,
        outlet=one_line(outlet),
        published_at=moment,
        language=spoken,
        provenance=Provenance(
            is_record=is_record,
            reviews=tuple(reviews),
            date_from=date_from if moment is not None else None,
            credits=_names(credits),
            left_out=(*left_out, *doubts),
            mended=(*mended, *read.mended),
        ),
    )


def _unreadable(path: str, line: int | None, read: Restored) -> Rejection | None:
    """Why a text is none that can be read."""
    if not any(character.isalnum() for character in read.text):
        return Rejection(path=path, line=line, reason="there is no text in it", code=InputFault.NO_TEXT)
    if read.damage is not None:
        return Rejection(path=path, line=line, reason=f"it cannot be read: {read.damage}", code=InputFault.DAMAGED)
    return None


def _title(title: str | None) -> tuple[str | None, tuple[LeftOut, ...]]:
    """A title that can be read, and what is to be told of one that cannot."""
    heading = _heading(title)
    if heading is not None and (damage := damage_of(heading)) is not None:
        return None, (LeftOut(what=f"title {heading!r}", why=f"cannot be read: {damage}"),)
    return heading, ()


def _address(url: str | None) -> tuple[str | None, tuple[LeftOut, ...]]:
    """An address of the web or the name of an agency's item, and what is to be told of anything else."""
    address = one_line(url)
    if address is None or is_web_address(address) or _ITEM_NAME.fullmatch(address):
        return address, ()
    return None, (LeftOut(what=f"url {address!r}", why="is not a web address: left out"),)


def _moment(
    value: str | float | datetime | None, language: str, order: NumberOrder | None
) -> tuple[datetime | None, tuple[LeftOut, ...]]:
    """When something was published, in UTC, and what is to be told of a date that is none or not for certain."""
    if value is None or value == "":
        return None, ()
    what = f"published_at {value!r}"
    try:
        reading = read_published(value, language, order)
    except UnreadDate as err:
        return None, (LeftOut(what=what, why=f"{err.why}: kept without a date"),)
    return reading.moment.astimezone(UTC), tuple(LeftOut(what=what, why=why) for why in doubt_of(reading))


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    """Each name once, as it can be stored and shown; what is too long for one is none."""
    lines = filter(None, (one_line(name) for name in texts if len(name) <= _LONGEST_NAME))
    return tuple(dict.fromkeys(lines))[:_MOST_NAMES]


def _heading(field: str | None) -> str | None:
    """A title or a by-line without what damaged it."""
    return one_line(mend(field).text) if field is not None else None


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


def read_published(
    value: str | float | datetime, language: str | None = None, order: NumberOrder | None = None
) -> DateReading:
    """When something was published; raises `UnreadDate`, also for what lies in the future."""
    if isinstance(value, datetime):
        reading = DateReading(value, Precision.ZONED)
    elif isinstance(value, str):
        reading = read_date(value, language=language, order=order)
    else:
        reading = read_seconds(value)
    return possible(reading)


def possible(reading: DateReading) -> DateReading:
    """The same reading; raises `UnreadDate` for one of the future, and for what programs print for no date."""
    if reading.moment == _EPOCH:
        raise UnreadDate("is not a date")
    if reading.moment > datetime.now(UTC) + _MOST_AHEAD:
        raise UnreadDate("is in the future")
    return reading


def doubt_of(reading: DateReading) -> Iterator[str]:
    """What is told of a date of which only the day could be read."""
    if reading.doubt is not None:
        yield f"{reading.doubt}: only the day is kept"


def moment_of(text: str | None, order: NumberOrder | None = None) -> datetime | None:
    """The moment that a date in any form means, in UTC; None when it is none, or lies in the future."""
    try:
        return read_published(text, order=order).moment.astimezone(UTC) if text else None
    except UnreadDate:
        return None
