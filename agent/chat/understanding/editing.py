"""What a message asks to change in the claims of a report: only what begins with a verb that says so. Never raises.

It comes before a model is asked: what changes something is told by the person's own words in their order.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.chat.actions import Action, ActionName
from agent.chat.understanding.looks import address_in
from agent.chat.understanding.numerals import numbers_named
from agent.chat.understanding.questions import question_forms
from agent.chat.understanding.words import Cue, MessageWord, cue_of, place_of, words_of
from agent.models import EditKind
from agent.text import fold, visible

_COMMAND = re.compile(r"\s*[/\u2044\uff0f]\s*(\S+)\s*(.*)", re.DOTALL)
_QUOTED = re.compile('[«“"„]([^»”"„“«]{1,2000})[»”"“]')
_SIGNED = re.compile(r"\s(?:—|–|--)\s*([^\W\d_][^—–\n«»\"“”]{1,60})\s*$")
_COLON = re.compile("[:：]")
_BETWEEN = re.compile(r"\s*(?:\||;|؛|\band\b|\bet\b|\sو(?=\S))\s*", re.IGNORECASE)
_PARTED = "…"
# A verb in two parts has at most so many words between them.
_MOST_BETWEEN = 8
_MOST_NUMBERS = 50
_EDGES = " \t\r\n.:،؛,;—–-"


@dataclass(frozen=True, slots=True)
class EditForms:
    """The cues of editing, by what is done."""

    polite: tuple[Cue, ...]
    small: frozenset[str]
    commands: Mapping[str, EditKind]
    begins: Mapping[EditKind, tuple[Cue, ...]]
    around: Mapping[EditKind, tuple[tuple[Cue, Cue], ...]]
    behind: Mapping[EditKind, tuple[Cue, ...]]


@lru_cache(maxsize=1)
def edit_forms() -> EditForms:
    table = tomllib.loads(files("agent.chat.understanding").joinpath("editing.toml").read_text("utf-8"))
    return EditForms(
        polite=tuple(map(cue_of, table["polite"])),
        small=frozenset(fold(word) for word in table["small"]),
        commands={fold(name): EditKind(kind) for kind, names in table["commands"].items() for name in names},
        begins={EditKind(kind): tuple(map(cue_of, cues)) for kind, cues in table["begins"].items()},
        around={EditKind(kind): tuple(map(_two_parts, cues)) for kind, cues in table["around"].items()},
        behind={EditKind(kind): tuple(map(cue_of, cues)) for kind, cues in table["behind"].items()},
    )


def edit_said(message: str) -> Action | None:
    """The edit that a message asks for; None where it asks for none."""
    text = visible(message)
    command = _COMMAND.fullmatch(text)
    if command is not None:
        kind = edit_forms().commands.get(fold(command[1]))
        return _edit_action(kind, *_apart_from_name(command[2])) if kind is not None else None
    said, who = _apart_from_name(text)
    found = _begun(said)
    if found is None or address_in(said) is not None:
        return None
    return _edit_action(found[0], found[1], who)


def _begun(text: str) -> tuple[EditKind, str] | None:
    """What is done, and what is said without the verb."""
    words, forms = words_of(text), edit_forms()
    at = 0
    while (length := _begins(words[at:], forms.polite)) is not None:
        at += length
    longest = [(length, kind) for kind, cues in forms.begins.items() if (length := _begins(words[at:], cues))]
    for kind, pairs in forms.around.items():
        for first, second in pairs:
            if _begins(words[at:], [first]) and (rest := _without_second(text, words[at:], first, second)):
                return kind, rest
    if not longest:
        return None
    length, kind = max(longest, key=lambda one: one[0])
    return kind, text[words[at + length - 1].end :]


def _without_second(text: str, words: Sequence[MessageWord], first: Cue, second: Cue) -> str | None:
    """What stands between the parts of a verb and behind it. A first part that is the word for a claim stays: in
    Persian the verb is the second alone."""
    behind = _outside_quotes(text, words[len(first) :])
    place = place_of([second], behind[: _MOST_BETWEEN + len(second)])
    if place is None:
        return None
    start, end = words[len(first) - 1].end, behind[place[0]].start
    if not any(map(str.isalnum, text[start:end])):
        return None
    if first in question_forms().small["claim"]:
        start = words[0].start
    return f"{text[start:end]} {text[behind[place[1] - 1].end :]}"


def _outside_quotes(text: str, words: Sequence[MessageWord]) -> list[MessageWord]:
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    return [word for word in words if not any(start <= word.start < end for start, end in quoted)]


def _edit_action(kind: EditKind, rest: str, who: str) -> Action | None:
    quotes = tuple(found[1].strip() for found in _QUOTED.finditer(rest))
    head, behind = _split_head(kind, rest)
    named = _QUOTED.sub(" ", head)
    words = words_of(named)
    numbers = tuple(numbers_named(named, words, set(), question_forms()).numbers)[:_MOST_NUMBERS]
    others = [] if kind is EditKind.ADD else _others(words, numbers)
    claim = " ".join(named[word.start : word.end] for word in others) if not numbers else ""
    if numbers and others and kind is not EditKind.ADD:
        # Something is said of these claims that this does not explain: it is not taken for a part of it.
        return Action(name=ActionName.EDIT, edit=kind, numbers=numbers, words="", who=who)
    action = Action(name=ActionName.EDIT, edit=kind, numbers=numbers, claim=claim, who=who)
    match kind:
        case EditKind.ADD:
            quote = quotes[:1] or ((head.strip(_EDGES),) if head.strip(_EDGES) else ())
            return action.model_copy(
                update={"numbers": (), "quotes": quote, "words": _worded(rest, behind, quotes[1:])}
            )
        case EditKind.SPLIT:
            return action.model_copy(update={"quotes": quotes or tuple(_parts(behind))})
        case EditKind.REWORD | EditKind.MERGE:
            return action.model_copy(update={"words": _worded(rest, behind, quotes[-1:])})
        case _:
            return action.model_copy(update={"words": behind})


def _split_head(kind: EditKind, rest: str) -> tuple[str, str]:
    """What names the claims, and what stands behind a colon or a word that leads on."""
    words = words_of(rest)
    quoted = [found.span() for found in _QUOTED.finditer(rest)]
    outside = _outside_quotes(rest, words)
    place = place_of(edit_forms().behind[kind], outside)
    colons = (one for one in _COLON.finditer(rest) if not any(a <= one.start() < b for a, b in quoted))
    colon = next(colons, None)
    if colon is not None and (place is None or colon.start() < outside[place[0]].start):
        return rest[: colon.start()], rest[colon.end() :].strip(_EDGES)
    if place is None:
        return rest, ""
    return rest[: outside[place[0]].start], rest[outside[place[1] - 1].end :].strip(_EDGES)


def _worded(rest: str, behind: str, quotes: Sequence[str]) -> str:
    """The person's own wording: what is quoted whole, or all that stands behind."""
    alone = _QUOTED.fullmatch(behind.strip())
    if alone is not None:
        return alone[1].strip()
    return behind or (quotes[0] if quotes else "")


def _parts(behind: str) -> Iterator[str]:
    """Two parts or more without quotation marks; none where it cannot be told where one ends."""
    parts = [part.strip(_EDGES) for part in _BETWEEN.split(behind)]
    if len(parts) == 2 or "|" in behind:
        yield from filter(None, parts)


def _others(words: Sequence[MessageWord], numbers: Sequence[int]) -> list[MessageWord]:
    """Words that are neither small nor numbers."""
    named = numbers_named(" ".join(word.folded for word in words), words, set(), question_forms()).places
    small = edit_forms().small
    return [
        word
        for n, word in enumerate(words)
        if n not in named and not word.folded.isdigit() and not any(form in small for form in word.forms)
    ]


def _apart_from_name(text: str) -> tuple[str, str]:
    """What is said, and the name behind a dash at its end."""
    found = _SIGNED.search(text)
    return (text[: found.start()], found[1].strip()) if found else (text, "")


def _begins(words: Sequence[MessageWord], cues: Sequence[Cue]) -> int | None:
    """How many words the longest of these cues takes that the words begin with. Nothing is left off their fronts:
    what begins a message begins it."""
    fitting = [len(cue) for cue in cues if tuple(word.folded for word in words[: len(cue)]) == cue]
    return max(fitting, default=None)


def _two_parts(text: str) -> tuple[Cue, Cue]:
    first, _, second = text.partition(_PARTED)
    return cue_of(first), cue_of(second)
