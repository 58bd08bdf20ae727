"""How questions about a report are asked, read from a data file for each language."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from agent.chat.understanding.words import Cue, MessageWord, cue_of
from agent.messages import ENGLISH
from agent.text import fold

_PACKAGE, _FOLDER = "agent.chat.understanding", "forms"
_SUFFIX = ".toml"
_ANY_ENDING = "*"
_TH, _T = "ث", "ت"
_LATIN = re.compile("[a-z]")
_File = Mapping[str, Mapping[str, list[str]]]

Numerals = Mapping[int, tuple[Cue, ...]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A question is asked where all of these senses occur."""

    question: str
    senses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a word or phrase of a sense stands in a message: from which word to which, end exclusive."""

    sense: str
    start: int
    end: int

    @property
    def places(self) -> range:
        return range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Phrase:
    sense: str
    cue: Cue
    open_ended: bool

    def stands_at(self, words: Sequence[MessageWord], start: int) -> bool:
        if start + len(self.cue) > len(words):
            return False
        *first, last = self.cue
        if not all(words[start + n].is_(part) for n, part in enumerate(first)):
            return False
        word = words[start + len(first)]
        return word.begins(last) if self.open_ended else word.is_(last)


@dataclass(frozen=True)
class QuestionForms:
    """What the files of all languages say together."""

    by_first: Mapping[str, Sequence[_Phrase]]
    open_ended: Sequence[_Phrase]
    patterns: tuple[Pattern, ...]
    commands: dict[str, tuple[str, ...]]
    small: dict[str, tuple[Cue, ...]]
    ordinals: Numerals
    cardinals: Numerals
    labels: dict[str, tuple[Cue, ...]]

    def occurrences(self, words: Sequence[MessageWord], idle: Sequence[range]) -> list[Occurrence]:
        """Every phrase that stands in a message; none inside a longer one of those that are `idle`: "in the first
        place" tells of no first."""
        found = [
            Occurrence(one.sense, start, start + len(one.cue))
            for start in range(len(words))
            for one in self._beginning(words[start])
            if one.stands_at(words, start)
        ]
        return [one for one in found if not any(_inside(one.places, place) for place in idle)]

    def idle(self, words: Sequence[MessageWord]) -> list[range]:
        """Where phrases stand that mean nothing by themselves."""
        return _places(self.small["filler"], words)

    def _beginning(self, word: MessageWord) -> Iterator[_Phrase]:
        for form in word.forms:
            yield from self.by_first.get(form, ())
        yield from self.open_ended


def _places(cues: Sequence[Cue], words: Sequence[MessageWord]) -> list[range]:
    return [
        range(start, start + len(cue))
        for cue in cues
        if len(cue) > 1
        for start in range(len(words) - len(cue) + 1)
        if all(words[start + n].is_(part) for n, part in enumerate(cue))
    ]


def _inside(inner: range, outer: range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop and len(inner) < len(outer)


def _indexed(phrases: Sequence[_Phrase]) -> tuple[dict[str, list[_Phrase]], list[_Phrase]]:
    """By their first word; and those of one word with any ending, which are found by none."""
    by_first: dict[str, list[_Phrase]] = defaultdict(list)
    open_ended = []
    for one in phrases:
        if one.open_ended and len(one.cue) == 1:
            open_ended.append(one)
        else:
            by_first[one.cue[0]].append(one)
    return by_first, open_ended


@cache
def question_forms() -> QuestionForms:
    """English comes first: of equal patterns what stands first there is meant."""
    items = list(_load_files().values())
    phrases = [
        _Phrase(sense, cue_of(text.rstrip(_ANY_ENDING)), text.endswith(_ANY_ENDING))
        for one in items
        for sense, texts in one["senses"].items()
        for text in texts
    ]
    by_first, open_ended = _indexed(phrases)
    return QuestionForms(
        by_first=by_first,
        open_ended=open_ended,
        patterns=_patterns(items),
        commands=_together(items, "commands"),
        small=_cues(items, "small"),
        ordinals={int(number): _as_spoken(cues) for number, cues in _cues(items, "numbers").items()},
        cardinals={int(number): _as_spoken(cues) for number, cues in _cues(items, "cardinals").items()},
        labels=_cues(items, "labels"),
    )


def languages_like(word: str) -> tuple[str, ...]:
    """The languages that questions are asked in, of those that are written as this folded word is."""
    latin = bool(_LATIN.search(word))
    claims = {language: one["small"]["claim"][0] for language, one in _load_files().items()}
    return tuple(language for language, claim in claims.items() if bool(_LATIN.search(claim)) is latin)


def asked_languages() -> tuple[str, ...]:
    """The languages that questions are asked in."""
    return tuple(_load_files())


@cache
def _load_files() -> dict[str, _File]:
    found = [one for one in files(_PACKAGE).joinpath(_FOLDER).iterdir() if one.name.endswith(_SUFFIX)]
    texts = {one.name.removesuffix(_SUFFIX): one.read_text("utf-8") for one in found}
    return {name: tomllib.loads(texts[name]) for name in sorted(texts, key=lambda name: (name != ENGLISH, name))}


def _patterns(value: Sequence[_File]) -> tuple[Pattern, ...]:
    by_question: dict[str, list[str]] = defaultdict(list)
    for one in value:
        for question, patterns in one["questions"].items():
            by_question[question] += patterns
    return tuple(Pattern(name, tuple(one.split())) for name, some in by_question.items() for one in some)


def _as_spoken(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """With the forms in which Arabic is spoken from Cairo to Beirut: «التالت» for «الثالث»."""
    spoken = (
        tuple(word.replace(_TH, _T, count) if begins else _T.join(word.rsplit(_TH, count)) for word in cue)
        for cue in cues
        for count in (1, 2)
        for begins in (True, False)
    )
    return tuple(dict.fromkeys((*cues, *spoken)))


def _together(value: Sequence[_File], table: str) -> dict[str, tuple[str, ...]]:
    merged: dict[str, list[str]] = defaultdict(list)
    for one in value:
        for name, texts in one.get(table, {}).items():
            merged[name] += texts
    return {name: tuple(map(fold, texts)) for name, texts in merged.items()}


def _cues(value: Sequence[_File], table: str) -> dict[str, tuple[Cue, ...]]:
    return {name: tuple(map(cue_of, texts)) for name, texts in _together(value, table).items()}
