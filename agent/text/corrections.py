"""Finds the corrections in an article: the notes in which an outlet takes back what it had said."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from agent.models import Frozen, Span
from agent.text.patterns import any_of, compiled

# Longer lines are no notes. A hostile one would only cost time.
_LONGEST = 2000
_SHORTEST = 8
_MOST_REMEMBERED = 20_000
_SENTENCE = re.compile(r"[^.!?؟۔。\n]*(?:[.!?؟۔。](?![\s\n]|$)[^.!?؟۔。\n]*)*[.!?؟۔。]*")
_CLAUSE_END = re.compile(r"[;؛；]|\s[–—]\s")
_LEAD = r"[\W_]*"
# "Correction, 15 March 2024:", "(15/3)".
_DATED = re.compile(r"[^:：\n]{0,40}[:：]")
_WORDS_BEFORE = 3
# These are one letter each to a search that does not regard case.
_ONE_LETTER = str.maketrans("ıİſ", "iis")
_SENTENCE_END = r"(?<=[.!?؟۔。…\"'”’»)\]])[^\S\n]+"
_ENOUGH = ("withdraws", "contrary", "amended", "whole")


class CorrectionNote(Frozen):
    """A note of correction. `span` is its place in the text, `withdrawn` the words that it takes back and `kept` its
    other words. `whole`: it takes back the whole article."""

    span: Span
    withdrawn: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    whole: bool = False


def notes_in(text: str) -> tuple[CorrectionNote, ...]:
    """The notes of correction in a text, in order."""
    return _remembered(text) if len(text) <= _MOST_REMEMBERED else _notes(text)


def _notes(text: str) -> tuple[CorrectionNote, ...]:
    notes = []
    end = 0
    lines = [part for line in _lines(text) for part in _parted(text, line)]
    for number, line in enumerate(lines):
        if line.start < end:
            continue
        words = text[line.start : line.end]
        opener = _opener().match(words)
        if opener is None and not (_may_tell().search(_lowered(words)) and _correcting().search(words)):
            continue
        end = line.end
        if opener is not None and line.end - line.start - opener.end() < _SHORTEST and number + 1 < len(lines):
            end = lines[number + 1].end
        notes.append(_note(text, Span(start=line.start, end=end), opener.end() if opener else 0))
    return tuple(notes)


_remembered = lru_cache(maxsize=512)(_notes)


class Disowned(Frozen):
    """A sentence that says that something is not so: its own beginning, or where that tells nothing the sentence
    `before` it. `right` is what it goes on with. `span` is the place of the whole."""

    span: Span
    before: str
    begins: str
    right: str


@lru_cache(maxsize=512)
def disowned_in(text: str) -> tuple[Disowned, ...]:
    """Where a text says of its own words that they are wrong, without being a note: "That figure is wrong"."""
    found = []
    for line in _lines(text[:_MOST_REMEMBERED]):
        if not _may_disown().search(_lowered(text[line.start : line.end])):
            continue
        said = [match for match in _SENTENCE.finditer(text, line.start, line.end) if match[0].strip()]
        for number, match in enumerate(said):
            if (trigger := _pattern("disowns").search(match[0])) is None:
                continue
            before, after = said[max(number - 1, 0) : number], said[number + 1 : number + 2]
            found.append(
                Disowned(
                    span=Span(start=(before or [match])[0].start(), end=match.end()),
                    before="".join(one[0] for one in before),
                    begins=match[0][: trigger.start()],
                    right=" ".join([match[0][trigger.start() :], *(one[0] for one in after)]),
                )
            )
    return tuple(found)


def _lines(text: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip() and match.end() - match.start() <= _LONGEST:
            yield Span(start=match.start(), end=match.end())


def _parted(text: str, line: Span) -> Iterator[Span]:
    """A line, where a note follows on other sentences in two: what these say is not said by the note."""
    start = line.start
    has_colon = any(text.find(colon, line.start, line.end) >= 0 for colon in ":：")
    for match in _opener_within().finditer(text, line.start, line.end) if has_colon else ():
        if _correcting().search(text, match.end(), line.end):
            yield Span(start=start, end=match.start())
            start = match.end()
    yield Span(start=start, end=line.end)


def _note(text: str, span: Span, opened: int) -> CorrectionNote:
    withdrawn: list[str] = []
    kept: list[str] = []
    body = text[span.start + opened : span.end]
    dated = _DATED.match(body) if opened else None
    for sentence in _SENTENCE.findall(body[dated.end() if dated else 0 :]):
        wrong = _withdrawn(sentence)
        if not wrong and _pattern("amended").search(sentence) and not (wrong := _exchanged(sentence)):
            continue
        withdrawn += [wrong] if wrong else []
        kept += [part for part in (sentence.replace(wrong, " ", 1) if wrong else sentence,) if part.strip()]
    whole = _pattern("whole").search(text, span.start, span.end) is not None
    return CorrectionNote(span=span, withdrawn=tuple(withdrawn), kept=tuple(kept), whole=whole)


def _withdrawn(sentence: str) -> str:
    """What a sentence of a note takes back; empty where it takes back nothing by name."""
    trigger = _pattern("withdraws").search(sentence) or _pattern("wrongly").search(sentence)
    if trigger is None or _pattern("contrary").search(sentence):
        return _contrasted(sentence)
    after = sentence[trigger.end() :]
    stop = min(
        (
            m.start()
            for m in (
                _pattern("not_this").search(after),
                _pattern("but_this").search(after),
                _CLAUSE_END.search(after),
            )
            if m
        ),
        default=len(after),
    )
    if any(map(str.isalnum, after[:stop])):
        return after[:stop].strip()
    before = sentence[: trigger.start()]
    return _contrasted(before) or before.strip()


def _exchanged(sentence: str) -> str:
    """The wrong one of two figures in a sentence on how the article was changed: "from 71 to 17"."""
    for form in _exchanges():
        for match in form.finditer(sentence):
            if any(map(str.isdigit, match["wrong"])):
                return match["wrong"]
    return ""


def _contrasted(sentence: str) -> str:
    """The wrong one of two that are set against each other: "17, not 71", "71 değil 17"."""
    if (found := _pattern("not_that").search(sentence)) is not None:
        return " ".join(sentence[: found.start()].split()[-_WORDS_BEFORE:])
    turns = list(_pattern("not_this").finditer(sentence))
    if not turns:
        return ""
    after = sentence[turns[-1].end() :]
    stop = _CLAUSE_END.search(after)
    return after[: stop.start() if stop else len(after)].strip(" .!?،,")


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    fields: dict[str, list[str]] = tomllib.loads((files("agent.text") / "corrections.toml").read_text("utf-8"))
    return fields


@lru_cache(maxsize=16)
def _pattern(name: str) -> re.Pattern[str]:
    return compiled(_lists()[name])


@lru_cache(maxsize=1)
def _exchanges() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled([form]) for form in _lists()["exchanged"])


@lru_cache(maxsize=1)
def _correcting() -> re.Pattern[str]:
    return compiled([pattern for name in _ENOUGH for pattern in _lists()[name]])


@lru_cache(maxsize=1)
def _may_tell() -> re.Pattern[str]:
    """Found in whatever `_correcting` is found in, once it is lowered: twice as quick as whatever the case."""
    return _of_lowered(*_ENOUGH)


@lru_cache(maxsize=1)
def _may_disown() -> re.Pattern[str]:
    return _of_lowered("disowns")


def _of_lowered(*names: str) -> re.Pattern[str]:
    return re.compile(any_of(pattern.translate(_ONE_LETTER) for name in names for pattern in _lists()[name]))


def _lowered(text: str) -> str:
    return text.translate(_ONE_LETTER).lower() if not text.isascii() else text.lower()


@lru_cache(maxsize=1)
def _opener() -> re.Pattern[str]:
    return re.compile(
        rf"{_LEAD}(?:{any_of(_lists()['opens'])})\s*(?=[:：.,،|(\[\d–—-]|$)[:：.|\s–—-]*", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _opener_within() -> re.Pattern[str]:
    """The space between a sentence and a note that says what it is and goes on after a colon."""
    return re.compile(
        rf"{_SENTENCE_END}(?={any_of(_lists()['opens'])}\s*(?:[,،(\[\d][^:：\n]{{0,40}})?[:：])", re.IGNORECASE
    )
