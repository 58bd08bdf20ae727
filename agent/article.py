"""Taking an article in: bytes or text from outside become an `Article`, or a clear refusal."""

import json
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path

from dateutil import parser as dates
from pydantic import AwareDatetime, ConfigDict, ValidationError, field_validator

from agent.coverage.formats.told import LANGUAGE_CODE, Rejection, is_web_address, one_line
from agent.decode import decode, storable
from agent.errors import BadInput
from agent.language import language_of
from agent.models import Article, Document, Frozen

_EARLIEST_YEAR = 1900
# Articles are checked before they appear; nobody plans one for later than this.
_MOST_AHEAD = timedelta(days=366)
_HTML = frozenset({".html", ".htm", ".xhtml"})
_OPENS_PAGE = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
# Two ways to fill in what a date leaves out: where they differ, it left out too much.
_BLANKS = (datetime(1, 1, 1), datetime(4, 2, 2))


class About(Frozen):
    """What is known of an article besides its text. Dates may be given in any common form; UTC where none is told."""

    model_config = ConfigDict(extra="ignore")

    title: str | None = None
    author: str | None = None
    url: str | None = None
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    language: str | None = None

    @field_validator("title", "author", "url", "outlet", "language")
    @classmethod
    def _one_line(cls, told: str | None) -> str | None:
        return one_line(told)

    @field_validator("url")
    @classmethod
    def _web_address(cls, told: str | None) -> str | None:
        if told is not None and not is_web_address(told):
            raise ValueError(f"{told!r} is not a web address; it begins with https:// or http://")
        return told

    @field_validator("language")
    @classmethod
    def _code(cls, told: str | None) -> str | None:
        if told is None:
            return None
        code = told.replace("_", "-")
        if not LANGUAGE_CODE.fullmatch(code):
            raise ValueError(f"{told!r} is not a language code; write it as ar, en or pt-BR")
        primary, *rest = code.split("-")
        return "-".join([primary.lower(), *rest])

    @field_validator("published_at", mode="before")
    @classmethod
    def _any_form(cls, told: object) -> object:
        return parse_date(told) if isinstance(told, str) else told

    def updated(self, other: "About") -> "About":
        """The same with everything that `other` knows put in its place."""
        known = {name: value for name, value in other if value is not None}
        return self.model_copy(update=known)


def parse_date(told: str) -> datetime:
    """A date in ISO or another common form; raises `ValueError` when it is none, or could be more than one."""
    text = "".join(str(unicodedata.decimal(c, c)) for c in told).strip()
    read = _readings(text)
    if not read or min(read).year < _EARLIEST_YEAR:
        raise ValueError(f"{told!r} is not a date; write it as 2016-03-15 or 2016-03-15T18:30+03:00")
    if len(read) > 1:
        days = " or ".join(f"{day:%Y-%m-%d}" for day in sorted(read))
        raise ValueError(f"{told!r} may be {days}; write it as one of these")
    (moment,) = read
    if moment > datetime.now(UTC) + _MOST_AHEAD:
        raise ValueError(f"{told!r} lies more than a year ahead; write the day of publication as 2016-03-15")
    return moment


def _readings(text: str) -> set[datetime]:
    """The moments that a text may mean, in UTC where it tells no zone; none when it is no full date."""
    try:
        return {_in_zone(datetime.fromisoformat(text))}
    except (ValueError, OverflowError):
        pass
    orders = [{_read(text, blank, day_first) for blank in _BLANKS} for day_first in (False, True)]
    full = [moments for moments in orders if len(moments) == 1]
    return {moment for moments in full for moment in moments if moment is not None}


def _read(text: str, blank: datetime, day_first: bool) -> datetime | None:
    try:
        return _in_zone(dates.parse(text, default=blank, dayfirst=day_first, tzinfos=_zone))
    except (ValueError, OverflowError):
        return None


def _in_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    if name is not None:
        raise ValueError(f"the zone {name!r} may be several; write it as +03:00")
    return None


def read_about(path: Path) -> About:
    """What a JSON file tells of an article; raises `BadInput`."""
    try:
        told = json.loads(decode(path.read_bytes(), str(path)))
        if not isinstance(told, dict):
            raise BadInput(f'{str(path)!r} is not a JSON object such as {{"title": …, "url": …}}')
        return About.model_validate(told)
    except OSError as err:
        raise BadInput(f"cannot read {str(path)!r}: {err.strerror}") from err
    except ValidationError as err:
        problems = "; ".join(f"{name}: {problem}" for name, problem in problems_of(err).items())
        raise BadInput(f"{str(path)!r}: {problems}") from err
    except (ValueError, RecursionError) as err:
        raise BadInput(f"{str(path)!r} is not a JSON object: {err}") from err


def problems_of(err: ValidationError) -> dict[str, str]:
    """What is wrong with each field."""
    return {".".join(map(str, e["loc"])): e["msg"].removeprefix("Value error, ") for e in err.errors()}


def read_article(data: bytes, name: str, about: About, max_chars: int, *, is_page: bool = False) -> Article:
    """An article from the bytes of a file; HTML, known or seen to be, is reduced to its text. Raises `BadInput`."""
    if len(data) > most_bytes(max_chars):
        raise BadInput(_too_long(name, f"more than {most_bytes(max_chars):,} bytes", max_chars))
    text = decode(data, name)
    if is_page or Path(name).suffix.lower() in _HTML or _OPENS_PAGE.match(text):
        page = _read_page(data, name)
        told = About.model_validate(page.model_dump(exclude={"id", "text"}))
        text, about = page.text, told.updated(about)
    return make_article(text, name, about, max_chars)


def most_bytes(max_chars: int) -> int:
    """What is larger need not be decoded to be refused: no encoding takes more than four bytes for a character."""
    return 4 * max_chars + (1 << 20)


def _read_page(data: bytes, name: str) -> Document:
    from agent.coverage.formats.page import read_page

    for item in read_page(data, name):
        if isinstance(item, Document):
            return item
        if isinstance(item, Rejection):
            raise BadInput(f"{name!r}: {item.reason}")
    raise BadInput(f"{name!r}: there is no article in this page")


def make_article(text: str, name: str, about: About, max_chars: int) -> Article:
    """An article from its text; raises `BadInput` when there is nothing to check or too much of it."""
    if not any(character.isalpha() for character in text):
        raise BadInput(f"{name!r} holds no words to check")
    if len(text) > max_chars:
        raise BadInput(_too_long(name, f"{len(text):,} characters", max_chars))
    known = {key: value for key, value in about if value is not None and key != "language"}
    return Article(text=storable(text), language=language_of(text, about.language), **known)


def _too_long(name: str, size: str, max_chars: int) -> str:
    return (
        f"{name!r} is too long for one article: {size}, the limit is {max_chars:,} characters. "
        "Check it in pieces, or raise ISNAD_MAX_ARTICLE_CHARS."
    )
