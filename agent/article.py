"""Taking an article in: bytes or text from outside become an `Article`, or a clear refusal."""

import json
from datetime import UTC, datetime
from pathlib import Path

from dateutil import parser as dates
from pydantic import AwareDatetime, ConfigDict, ValidationError, field_validator

from agent.coverage.told import Rejection
from agent.decode import decode, storable
from agent.errors import BadInput
from agent.language import detect_language
from agent.models import Article, Document, Frozen

_EARLIEST_YEAR = 1900
_HTML = frozenset({".html", ".htm", ".xhtml"})


class About(Frozen):
    """What is known of an article besides its text. Dates may be given in any common form; UTC where none is told."""

    model_config = ConfigDict(extra="ignore")

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    language: str | None = None

    @field_validator("published_at", mode="before")
    @classmethod
    def _any_form(cls, told: object) -> object:
        return parse_date(told) if isinstance(told, str) else told

    def updated(self, other: "About") -> "About":
        """The same with everything that `other` knows put in its place."""
        known = {name: value for name, value in other if value is not None}
        return self.model_copy(update=known)


def parse_date(told: str) -> datetime:
    """A date in ISO or another common form; raises `ValueError` when it is none."""
    try:
        # What the text leaves out shows as the year 1: today's date is never filled in.
        read = dates.parse(told, default=datetime(1, 1, 1))
    except (ValueError, OverflowError):
        read = datetime.min
    if read.year < _EARLIEST_YEAR:
        raise ValueError(f"{told!r} is not a date; write it as 2016-03-15 or 2016-03-15T18:30+03:00")
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def read_about(path: Path) -> About:
    """What a JSON file tells of an article; raises `BadInput`."""
    try:
        told = json.loads(decode(path.read_bytes(), str(path)))
        return About.model_validate(told)
    except OSError as err:
        raise BadInput(f"cannot read {str(path)!r}: {err.strerror}") from err
    except ValidationError as err:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in err.errors())
        raise BadInput(f"{str(path)!r}: {problems}") from err
    except (ValueError, RecursionError) as err:
        raise BadInput(f"{str(path)!r} is not a JSON object: {err}") from err


def read_article(data: bytes, name: str, about: About, max_chars: int) -> Article:
    """An article from the bytes of a file; HTML is reduced to its text. Raises `BadInput`."""
    # No encoding takes more than four bytes for a character: what is larger need not be decoded to be refused.
    if len(data) > 4 * max_chars + (1 << 20):
        raise BadInput(_too_long(name, f"{len(data):,} bytes", max_chars))
    text = decode(data, name)
    if Path(name).suffix.lower() in _HTML:
        page = _read_page(data, name)
        told = About.model_validate(page.model_dump(exclude={"id", "text"}))
        text, about = page.text, told.updated(about)
    return make_article(text, name, about, max_chars)


def _read_page(data: bytes, name: str) -> Document:
    from agent.coverage.page import read_page

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
    return Article(text=storable(text), language=about.language or detect_language(text), **known)


def _too_long(name: str, size: str, max_chars: int) -> str:
    return (
        f"{name!r} is too long for one article: {size}, the limit is {max_chars:,} characters. "
        "Check it in pieces, or raise ISNAD_MAX_ARTICLE_CHARS."
    )
