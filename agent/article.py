"""Taking an article in: bytes or text from outside become an `Article`, or a clear refusal."""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import AwareDatetime, ConfigDict, ValidationError, ValidationInfo, field_validator

from agent.coverage.intake.headed import TextHead, read_head
from agent.coverage.intake.metadata import LANGUAGE_CODE, Caution, Item, Rejection, is_web_address, one_line
from agent.coverage.intake.office import BEGINNINGS, MOST_BYTES, office_kind, read_office
from agent.dates import UnreadDate, read_date
from agent.envelopes import open_mail, open_message
from agent.errors import BadInput, InputFault
from agent.models import FIELDS_READ, Article, Document, Frozen
from agent.text import damage_of, mend
from agent.text.decode import decode, storable
from agent.text.language import language_of

# Articles are checked before they appear; nobody plans one for later than this.
_MOST_AHEAD = timedelta(days=366)
_HTML = frozenset({".html", ".htm", ".xhtml"})
_OPENS_PAGE = re.compile(r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


class About(Frozen):
    """What is known of an article besides its text. Dates may be given in any common form; UTC where none is told."""

    model_config = ConfigDict(extra="ignore")

    title: str | None = None
    author: str | None = None
    url: str | None = None
    outlet: str | None = None
    # Before the date, which may need it: what AST means is another thing in Arabic than in English.
    language: str | None = None
    published_at: AwareDatetime | None = None

    @field_validator("title", "author", "url", "outlet", "language")
    @classmethod
    def _one_line(cls, text: str | None) -> str | None:
        return one_line(text)

    @field_validator("url")
    @classmethod
    def _web_address(cls, text: str | None) -> str | None:
        if text is not None and not is_web_address(text):
            raise ValueError(f"{text!r} is not a web address; it begins with https:// or http://")
        return text

    @field_validator("language")
    @classmethod
    def _code(cls, text: str | None) -> str | None:
        if text is None:
            return None
        code = text.replace("_", "-")
        if not LANGUAGE_CODE.fullmatch(code):
            raise ValueError(f"{text!r} is not a language code; write it as ar, en or pt-BR")
        primary, *rest = code.split("-")
        return "-".join([primary.lower(), *rest])

    @field_validator("published_at", mode="before")
    @classmethod
    def _any_form(cls, value: object, known: ValidationInfo) -> object:
        return parse_date(value, known.data.get("language")) if isinstance(value, str) else value

    def updated(self, other: "About") -> "About":
        """The same with everything that `other` knows put in its place."""
        known = {name: value for name, value in other if value is not None}
        return self.model_copy(update=known)


def parse_date(text: str, language: str | None = None) -> datetime:
    """A date in ISO or another common form; raises `ValueError` when it is none, or could be more than one."""
    try:
        reading = read_date(text, language=language)
    except UnreadDate as err:
        form = "one of these" if err.days else "2016-03-15 or 2016-03-15T18:30+03:00"
        raise ValueError(f"{text!r} {err.why}; write it as {form}") from err
    if reading.doubt is not None:
        raise ValueError(f"{text!r} {reading.doubt}; write it as 2016-03-15T18:30+03:00")
    if reading.moment > datetime.now(UTC) + _MOST_AHEAD:
        raise ValueError(f"{text!r} lies more than a year ahead; write the day of publication as 2016-03-15")
    return reading.moment


def read_about(path: Path) -> About:
    """What a JSON file tells of an article; raises `BadInput`."""
    try:
        parsed = json.loads(decode(path.read_bytes(), str(path)))
        if not isinstance(parsed, dict):
            raise BadInput(f'{str(path)!r} is not a JSON object such as {{"title": …, "url": …}}')
        return About.model_validate(parsed)
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


Tell = Callable[[str], None]


def untold(_: str) -> None: ...


def read_article(
    data: bytes, name: str, about: About, max_chars: int, *, is_page: bool = False, tell: Tell = untold
) -> Article:
    """An article from the bytes of a file; HTML and office files, known or seen to be, are reduced to their text.

    What of the file was not read is told. Raises `BadInput`.
    """
    if office_kind(data) is not None:
        return _of_document(_document(read_office(data, name), name, tell), name, about, max_chars)
    if len(data) > most_bytes(max_chars):
        raise BadInput(_too_long(name, f"more than {most_bytes(max_chars):,} bytes", max_chars))
    text = decode(data, name)
    if is_page or Path(name).suffix.lower() in _HTML or _OPENS_PAGE.match(text):
        from agent.coverage.intake.page import read_page

        return _of_document(_document(read_page(data, name), name, tell), name, about, max_chars)
    return plain_article(article_in(text, name, tell), name, about, max_chars)


def plain_article(text: str, name: str, about: About, max_chars: int) -> Article:
    """An article from a plain text, with what the text tells of itself in front of its words. What is told about it
    goes before that; the article says what was read from the text. Raises `BadInput`."""
    if len(text) > max_chars:
        raise BadInput(_too_long(name, f"{len(text):,} characters", max_chars), InputFault.TOO_LONG)
    head = read_head(text)
    result = about_of(head)
    article = make_article(head.text, name, result.updated(about), max_chars)
    read = tuple(
        field for field in FIELDS_READ if getattr(result, field) is not None and getattr(about, field) is None
    )
    return article.model_copy(update={"read_from_text": read})


def besides(article: Article, about: About) -> Article:
    """An article that was fetched, with what somebody tells of it in place of what it tells of itself."""
    known = {name: value for name, value in about if value is not None}
    read = tuple(field for field in article.read_from_text if field not in known)
    return article.model_copy(update={**known, "read_from_text": read})


def about_of(head: TextHead) -> About:
    """What a text tells of itself, as far as it can be read."""
    fields = {
        name: value for name, value in head.model_dump(exclude={"text", "headline"}).items() if value is not None
    }
    if head.headline is not None:
        fields = {"title": head.headline, **fields}
    if "language" not in fields:
        fields["language"] = None
    while fields:
        try:
            return About.model_validate(fields)
        except ValidationError as err:
            fields = {field: value for field, value in fields.items() if field not in problems_of(err)}
    return About()


def article_in(text: str, name: str, tell: Tell = untold) -> str:
    """The article in a text that was kept or pasted as it came: out of the template of a chat program, out of a mail.

    A text without such an envelope is returned as it is. Raises `BadInput` for a file that such a program cut up.
    """
    opened = open_message(text)
    if opened is not None:
        file = next((one for one in opened.files if one.text.strip()), None)
        if file is None or file.is_cut:
            raise BadInput(
                f"{name!r} is a message with an attached file that is not whole in it: give the file itself",
                InputFault.CUT_FILE,
            )
        tell(f"the words of the file {file.name or 'that was attached'} are checked, and not what is around them")
        text = file.text
    mail = open_mail(text)
    if mail is None or not mail.text.strip():
        return text
    tell(f"left out: {', '.join(mail.left_out)}")
    return mail.text


def most_bytes(max_chars: int, begins: bytes = b"") -> int:
    """What is larger need not be decoded to be refused: no encoding takes more than four bytes for a character. Of an
    office file, known by how it `begins`, the words are a small part."""
    return MOST_BYTES if begins.startswith(BEGINNINGS) else 4 * max_chars + (1 << 20)


def _document(items: Iterable[Item], name: str, tell: Tell) -> Document:
    for item in items:
        if isinstance(item, Document):
            return item
        if isinstance(item, Rejection):
            raise BadInput(f"{name!r}: {item.reason}")
        if isinstance(item, Caution):
            tell(item.reason)
    raise BadInput(f"{name!r}: there is no article in it")


def _of_document(document: Document, name: str, about: About, max_chars: int) -> Article:
    value = About.model_validate({**document.model_dump(exclude={"id", "text"}), "author": _by_line(document)})
    return make_article(document.text, name, value.updated(about), max_chars)


def _by_line(document: Document) -> str | None:
    """The author, with whom the source credits besides: "Ada Pilot, via Reuters"."""
    credits = (f"via {name}" for name in document.provenance.credits)
    return ", ".join(filter(None, (document.author, *credits))) or None


def make_article(text: str, name: str, about: About, max_chars: int) -> Article:
    """An article from its text; raises `BadInput` when there is nothing to check or too much of it."""
    if not any(character.isalpha() for character in text):
        raise BadInput(f"{name!r} holds no words to check", InputFault.NO_WORDS)
    if len(text) > max_chars:
        raise BadInput(_too_long(name, f"{len(text):,} characters", max_chars), InputFault.TOO_LONG)
    if (damage := damage_of(text)) is not None:
        raise BadInput(f"{name!r} cannot be read: {damage}.", InputFault.DAMAGED)
    known = {key: value for key, value in about if value is not None and key != "language"}
    return Article(text=storable(text), language=language_of(mend(text).text, about.language), **known)


def _too_long(name: str, size: str, max_chars: int) -> str:
    return (
        f"{name!r} is too long for one article: {size}, the limit is {max_chars:,} characters. "
        "Check it in pieces, or raise ISNAD_MAX_ARTICLE_CHARS."
    )
