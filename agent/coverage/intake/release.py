"""Whether an agency's item may be used: its status, its embargo, and what it tells editors in words."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from pydantic import field_validator

from agent.dates import Precision, UnreadDate, read_date, read_seconds
from agent.models import Frozen
from agent.text import fold

# Where the day ends last: an embargo that names no zone is not over before it is over everywhere.
_LAST_ZONE = timezone(timedelta(hours=-12))
_LONGEST_NOTE = 4000
_SHOWN = 160
_EPOCH = re.compile(r"\d{9,13}")
_ADDRESSED = r"^\W*(?:(?:eds|editors|attention|urgent|note|notice|to|all|the|please|correction|alert)\b\W*)*"


class Status(StrEnum):
    USABLE = "usable"
    EMBARGOED = "embargoed"
    WITHHELD = "withheld"
    CANCELED = "canceled"


_BY_CODE = {
    **dict.fromkeys(("", "usable", "useable", "published"), Status.USABLE),
    **dict.fromkeys(("embargoed", "embargo"), Status.EMBARGOED),
    **dict.fromkeys(("withheld", "withhold", "hold", "onhold"), Status.WITHHELD),
    **dict.fromkeys(
        "canceled cancelled cancel kill killed mandatorykill withdrawn withdraw recalled recall retracted retract"
        " deleted delete".split(),
        Status.CANCELED,
    ),
}


class _Cancelled(Frozen):
    opens: tuple[str, ...]
    says: tuple[str, ...]
    of_another: tuple[str, ...]
    only: tuple[str, ...]


class _Embargoed(Frozen):
    opens: tuple[str, ...]
    says: tuple[str, ...]
    over: tuple[str, ...]


class _Notice(Frozen):
    headlines: tuple[str, ...]
    codes: tuple[str, ...]


class _Notes(Frozen):
    """`agency_notes.toml`."""

    cancelled: _Cancelled
    embargoed: _Embargoed
    notice: _Notice


class Release(Frozen):
    """What an item tells of its own release.

    `embargo` is None where the item has no such field, and empty where it has one without a time. `signals` are codes
    of the agency's, `notes` what it tells editors, `terms` on what conditions the item may be used.
    """

    status: str = ""
    embargo: str | None = None
    signals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @field_validator("notes", "terms")
    @classmethod
    def _bounded(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(" ".join(note[:_LONGEST_NOTE].split()) for note in texts if note.strip())


def cancelling(release: Release) -> str | None:
    """The code or the words by which an agency takes an item back; None when it does not."""
    codes = (release.status, *release.signals)
    code = next((one for one in codes if _BY_CODE.get(_plain_code(one)) is Status.CANCELED), None)
    return code or next((note for note in release.notes if _cancels(note)), None)


def is_withheld(release: Release) -> bool:
    """Whether no version of an item may be used until further notice."""
    return any(_BY_CODE.get(_plain_code(one)) is Status.WITHHELD for one in (release.status, *release.signals))


def why_held(release: Release, now: datetime | None = None) -> str | None:
    """Why an item that is not cancelled may not be used, or not yet; None when it may."""
    status = _BY_CODE.get(_plain_code(release.status))
    if is_withheld(release):
        return "is withheld by its agency"
    if status is None:
        return f"is {_plain_code(release.status)[:_SHOWN]!r} by its agency, which is no status that is known"
    note = next((one for one in (*release.notes, *release.terms) if _embargoes(one)), None)
    if release.embargo is None:
        if status is Status.EMBARGOED:
            return _without_time("is embargoed by its agency", note)
        return f"is embargoed by a note of its agency: {note[:_SHOWN]!r}" if note else None
    if not release.embargo.strip():
        return _without_time("is embargoed by its agency", note)
    end = end_of_embargo(release.embargo)
    if end is None:
        return f"is embargoed until {release.embargo[:_SHOWN]!r}, which is not a time that can be read"
    if end > (now or datetime.now(UTC)):
        return f"is embargoed until {end.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return None


def is_notice(headline: str | None, codes: Iterable[str] = ()) -> bool:
    """Whether an item speaks to editors: advisories and the like are no news."""
    if any(_plain_code(code) in _notes().notice.codes for code in codes):
        return True
    return headline is not None and _headlines().search(_upright(headline)) is not None


def end_of_embargo(text: str) -> datetime | None:
    """When an embargo ends; None for what is no time. Without a zone it is over when it is over everywhere."""
    moment = _moment(text.strip())
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=_LAST_ZONE)


def _moment(text: str) -> datetime | None:
    try:
        # Here midnight is a time: a date of publication takes it for a day.
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        if _EPOCH.fullmatch(text):
            return read_seconds(int(text)).moment
        reading = read_date(text)
    except UnreadDate:
        return None
    if reading.doubt:
        return None
    return reading.moment if reading.precision is Precision.ZONED else reading.moment.replace(tzinfo=None)


def _without_time(what: str, note: str | None) -> str:
    return f"{what}, without a time" + (f": {note[:_SHOWN]!r}" if note else "")


def _plain_code(text: str) -> str:
    """The same for "stat:canceled", ".../pubstatusg2/canceled" and "Canceled"."""
    return re.split(r"[:/#]", text.strip())[-1].replace("-", "").replace("_", "").replace(" ", "").lower()


def _cancels(note: str) -> bool:
    patterns, value = _patterns(), _folded(note)
    return bool(patterns.cancels.search(value)) and not patterns.of_another.search(value)


def _embargoes(note: str) -> bool:
    patterns, value = _patterns(), _folded(note)
    return bool(patterns.embargoes.search(value)) and not patterns.over.search(value)


def _folded(text: str) -> str:
    return " ".join(fold(text).replace("ı", "i").split())


def _upright(headline: str) -> str:
    """Capitals tell a notice from a headline about one, so that they stay."""
    return " ".join(word if word.isascii() else fold(word).upper() for word in headline.split())


class _ReleasePatterns(Frozen):
    cancels: re.Pattern[str]
    of_another: re.Pattern[str]
    embargoes: re.Pattern[str]
    over: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _ReleasePatterns:
    notes = _notes()
    return _ReleasePatterns(
        cancels=_said(notes.cancelled.opens, notes.cancelled.says, notes.cancelled.only),
        of_another=re.compile(rf"\b(?:{'|'.join(notes.cancelled.of_another)})\b"),
        embargoes=_said(notes.embargoed.opens, notes.embargoed.says, ()),
        over=re.compile("|".join(notes.embargoed.over)),
    )


def _said(opens: Iterable[str], says: Iterable[str], only: Sequence[str]) -> re.Pattern[str]:
    """What opens a note stands alone: "Withdrawn from sale" is no word about the item. `only` are the words that make
    a condition of what is said: "do not use this story after Friday"."""
    unless = rf"(?! (?:{'|'.join(only)})\b)" if only else ""
    return re.compile(rf"{_ADDRESSED}(?:{'|'.join(opens)})\s*(?:[^\w\s]|$)|\b(?:{'|'.join(says)}){unless}")


@lru_cache(maxsize=1)
def _headlines() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(_notes().notice.headlines)})\s*(?:[:\-–—/(.]|$)")


@lru_cache(maxsize=1)
def _notes() -> _Notes:
    text = (files("agent.coverage.intake") / "agency_notes.toml").read_text(encoding="utf-8")
    return _Notes.model_validate(tomllib.loads(text))
