"""Commands that begin with a slash. Never raises."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from agent.article import parse_date
from agent.chat.actions import OF_CLAIM, Action, ActionName, Understood
from agent.chat.understanding.filling import PLAIN, claim_numbers, filled, trimmed
from agent.chat.understanding.looks import address_in
from agent.chat.understanding.reading import read
from agent.chat.understanding.speech import speech
from agent.chat.understanding.words import MessageWord, place_of, words_of
from agent.models import Label
from agent.text import fold, visible

_COMMAND = re.compile(r"\s*[/\u2044\uff0f]\s*(\S*)\s*(.*)", re.DOTALL)

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

LIKELY = 0.7

# Commands whose words are taken whole, whatever stands in them.
WITH_WORDS = {
    "check": ActionName.CHECK,
    "search": ActionName.SEARCH,
    "rename": ActionName.RENAME,
}

# Behind these commands stands whom or what they are about.
_NAMES = OF_CLAIM | {ActionName.SAYS, ActionName.COPIES}


def is_command(message: str) -> bool:
    """Whether a message begins with a slash."""
    return _COMMAND.match(visible(message)) is not None


def command(message: str) -> Understood:
    """What a message that begins with a slash asks for."""
    found = _COMMAND.match(visible(message))
    name, rest = (found[1], found[2].strip()) if found else ("", "")
    wish = next((one for one in speech().wishes if fold(name) in one.commands), None)
    if wish is None:
        return Understood(action=Action(name=ActionName.UNCLEAR, words=name), near=nearest_command(name))
    if wish.name == "verify":
        # An article is kept to the letter, with all that cannot be seen in it.
        rest = "".join(message.strip().split(maxsplit=1)[1:])
    return Understood(action=_commanded(wish.name, rest))


def nearest_command(name: str) -> str | None:
    """The command that a misspelt one may be."""
    known = {folded: wish.name for wish in speech().wishes for folded in wish.commands}
    near = get_close_matches(fold(name)[:40], known, n=1, cutoff=LIKELY / 1.25)
    return known[near[0]] if near else None


def _commanded(name: str, rest: str) -> Action:
    if name == "verify":
        return _verified(rest)
    if name in WITH_WORDS:
        return Action(name=WITH_WORDS[name], words=rest)
    if name == "correct":
        return corrected_by_command(rest)
    if name == "anonymous":
        return Action(name=ActionName.CLAIMS, anonymous=True)
    action = filled(PLAIN[name], rest)
    if action.name is ActionName.ARTICLES:
        # The id of a run is kept as it is.
        return action.model_copy(update={"words": "" if action.numbers else rest})
    if action.name not in _NAMES or action.numbers or action.whole or action.words:
        return action
    reading = read(rest)
    return action.model_copy(update={"words": reading.words, "last": reading.last})


def _verified(rest: str) -> Action:
    """An address, or an article; a day and an outlet may stand on the line of the command, the article below it."""
    if address_in(rest) == rest.strip():
        return Action(name=ActionName.VERIFY, url=rest.strip())
    first, _, text = rest.partition("\n")
    day, _, outlet = first.strip().partition(" ")
    if not text.strip() or not _DAY.match(fold(day)):
        return Action(name=ActionName.VERIFY, words=rest)
    try:
        published = parse_date(day)
    except ValueError:
        return Action(name=ActionName.VERIFY, words=rest)
    return Action(name=ActionName.VERIFY, words=text, published=published, outlet=outlet.strip() or None)


def corrected_by_command(rest: str) -> Action:
    """`3 unsourced because …`: what stands behind number and label is the reason."""
    words = words_of(rest)
    at = 0
    numbers = claim_numbers(visible(rest), words[:1])
    at += len(numbers)
    if at < len(words) and place_of(speech().said["toward"], words[at : at + 1]) is not None:
        at += 1
    label, length = _leading_label(words[at:])
    at += length
    reason = visible(rest)[words[at - 1].end :] if at else visible(rest)
    return Action(name=ActionName.CORRECT, numbers=numbers, label=label, words=trimmed(reason))


def _leading_label(words: Sequence[MessageWord]) -> tuple[Label | None, int]:
    for label, cues in speech().labels.items():
        for cue in sorted(cues, key=len, reverse=True):
            if len(words) >= len(cue) and all(word.is_(part) for word, part in zip(words, cue, strict=False)):
                return label, len(cue)
    return None, 0
