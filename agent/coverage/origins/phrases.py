"""In what words reports credit others: `credits.toml`, made into patterns."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from pydantic import field_validator

from agent.models import Frozen
from agent.text import fold

_NAME = r'(?P<name>"[^"\n]{2,60}"|[^\n,;:()"]{2,60}?)'


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as names are compared with them."""
    return frozenset(fold(text).replace("ı", "i").split())


class _Republished(Frozen):
    subjects: tuple[str, ...]
    phrases: tuple[str, ...]
    of_subjects: tuple[str, ...]
    alone: tuple[str, ...]
    of_outlets: tuple[str, ...]
    around: tuple[str, ...]


class _Labels(Frozen):
    before: tuple[str, ...]
    bare: tuple[str, ...]


class _Attributed(Frozen):
    before: tuple[str, ...]
    within: tuple[str, ...]
    after: tuple[str, ...]


class _Own(Frozen):
    says: tuple[str, ...]


class _Nobody(Frozen):
    institutions: frozenset[str]
    generic: frozenset[str]
    languages: frozenset[str]
    affairs: frozenset[str]
    agency: str
    pictures: tuple[str, ...]

    @field_validator("institutions", "generic", "languages", "affairs", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return words_of(value) if isinstance(value, str) else value


class _Houses(Frozen):
    before: tuple[str, ...]
    empty: tuple[str, ...]
    services: str
    wire: tuple[str, ...]
    words: frozenset[str]
    nationalities: frozenset[str]

    @field_validator("words", "nationalities", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return words_of(value) if isinstance(value, str) else value


class Phrasebook(Frozen):
    """`credits.toml`."""

    republished: _Republished
    labels: _Labels
    attributed: _Attributed
    own: _Own
    nobody: _Nobody
    houses: _Houses


class Patterns(Frozen):
    """What is looked for at the beginning of a piece of text. After `republished`, `alone`, `of_outlets`, the labels,
    `opening` and `within` stands a name; `around` hold one, and `reports` follows one."""

    republished: re.Pattern[str]
    alone: re.Pattern[str]
    of_outlets: re.Pattern[str]
    around: tuple[re.Pattern[str], ...]
    label: re.Pattern[str]
    bare_label: re.Pattern[str]
    opening: re.Pattern[str]
    within: re.Pattern[str]
    reports: re.Pattern[str]
    own: re.Pattern[str]
    pictures: re.Pattern[str]
    agency: re.Pattern[str]
    house: re.Pattern[str]
    empty_house: re.Pattern[str]
    service: re.Pattern[str]
    wire: re.Pattern[str]


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    text = files("agent.coverage.origins").joinpath("credits.toml").read_text(encoding="utf-8")
    return Phrasebook.model_validate(tomllib.loads(text))


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    book = phrasebook()
    again, labels = book.republished, book.labels
    subject = rf"(?:(?:{_any(again.subjects)})\s+)"
    # What notes begin with: "Note: ", "* ", "Editor's note – ".
    note = r"^\W*(?:(?:note|nb|n\.b|editor.?s.? note|note de la redaction|anm|nota)\b\W*)?"
    return Patterns(
        republished=_compiled(
            rf"{note}(?:{subject}?(?:{_any(again.phrases)})|{subject}(?:{_any(again.of_subjects)}))\s*:?\s*"
        ),
        alone=_compiled(rf"{note}{subject}?(?:{_any(again.alone)})\s+"),
        of_outlets=_compiled(rf"{note}(?:{_any(again.of_outlets)})\s+"),
        around=tuple(_compiled(rf"{note}{subject}?{one.replace('{name}', _NAME)}") for one in again.around),
        label=_compiled(rf"^\W*(?:{_any(labels.before)})\s*:\s*"),
        bare_label=_compiled(rf"^\W*(?:{_any(labels.bare)})\s+"),
        opening=_compiled(rf"^\W*[وف]?(?:{_any(book.attributed.before)})\s+"),
        within=_compiled(rf"(?:^|[\s,(])(?:{_any(book.attributed.within)})\s+"),
        reports=_compiled(rf"(?:{_any(book.attributed.after)})"),
        own=_compiled(rf"(?<!\w)(?:{_any(book.own.says)})"),
        pictures=_compiled(rf"(?<!\w)(?:{_any(book.nobody.pictures)})"),
        agency=_compiled(rf"(?<!\w)(?:{book.nobody.agency})(?!\w)"),
        house=_compiled(rf"(?:{_any(book.houses.before)})"),
        empty_house=_compiled(rf"(?:{_any(book.houses.empty)})"),
        service=_compiled(book.houses.services),
        wire=_compiled(rf"(?:{_any(book.houses.wire)})"),
    )


def _any(texts: tuple[str, ...]) -> str:
    return "|".join(f"(?:{one})" for one in texts)


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
