"""What plain speech asks for, in Arabic, English and French, without a model. Never raises."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from agent.chat.actions import MOST_ACTIONS, OF_CLAIM, Action, ActionName, TurnRemark, Understood
from agent.chat.deps import NOTHING_SPOKEN, ConversationContext
from agent.chat.understanding.commands import LIKELY, WITH_WORDS, corrected_by_command
from agent.chat.understanding.filling import PLAIN, claim_numbers, filled, label_in, trimmed, without_numbers
from agent.chat.understanding.looks import address_in, quoted_in, set_apart, without_address, without_quoted
from agent.chat.understanding.meaning import meant
from agent.chat.understanding.numerals import NUMBER
from agent.chat.understanding.reading import read
from agent.chat.understanding.speech import speech
from agent.chat.understanding.words import MessageWord, place_of, says, words_of
from agent.text import visible

_COLON = re.compile("[:：]")
_QUESTION = re.compile("[?؟]")
_LONGEST_HEAD = 60
_FEW_WORDS = 8
# "and then", between two things that are asked for; "and" alone joins numbers and words as well.
_THEN = re.compile(
    r"(?:\s*[,،;؛.]\s*|(?<=[?؟!])\s*|\s*[,،;؛.]?\s*\band\s+)(?:then|after that)\b"
    r"|\s*[,;.]?\s*\b(?:et\s+)?(?:puis|ensuite)\b"
    r"|\s*[,،;؛.]?\s*\b[وف]?(?:ثم|بعدها|بعد ذلك)\b|\s*[;؛]",
    re.IGNORECASE,
)
# Their words are the person's own and may hold a "then".
_TAKES_ALL = (ActionName.CHECK, ActionName.SEARCH, ActionName.CORRECT, ActionName.RENAME, ActionName.ADD)
_NO_COMMAND = (ActionName.UNCLEAR, ActionName.ASK)


def one_by_one(message: str, spoken: ConversationContext = NOTHING_SPOKEN) -> Understood:
    """What a message in plain speech asks for, also several things with a "then" between them. Where any of these is
    not understood by itself, the message is taken as one. `spoken` is what "it" and "the second of those" mean."""
    pieces = _pieces(visible(message))
    if 1 < len(pieces) <= MOST_ACTIONS:
        items = [plainly(piece, spoken) for piece in pieces]
        first, *then = (one.action for one in items)
        whole = not any(action.name in _TAKES_ALL for action in (first, *then[:-1]))
        if whole and not any(action.name in _NO_COMMAND for action in (first, *then)):
            return items[0].model_copy(update={"then": tuple(then)})
    return plainly(message, spoken)


def _pieces(text: str) -> list[str]:
    apart = set_apart(text)
    pieces, start = [], 0
    for found in _THEN.finditer(text):
        if not any(begun < found.end() and found.start() < ended for begun, ended in apart):
            pieces.append(text[start : found.start()])
            start = found.end()
    return [piece for piece in (*pieces, text[start:]) if piece.strip()]


def plainly(message: str, spoken: ConversationContext = NOTHING_SPOKEN) -> Understood:
    """What one thing a message in plain speech asks for."""
    text = visible(message)
    address = address_in(text)
    if address is not None:
        return Understood(action=_of_address(text, address))
    head, statement = _split_at_colon(text)
    if statement and says(speech().said["check"], words_of(head)) and not says(_cues("recheck"), words_of(head)):
        return Understood(action=Action(name=ActionName.CHECK, words=statement))
    words = words_of(without_quoted(text))
    if _begins_like_correct(words):
        return Understood(action=corrected_by_command(text[words_of(text)[0].end :]))
    if says(_cues("correct"), without_numbers(words)):
        return Understood(action=_corrected(text))
    numbers = claim_numbers(without_quoted(text), words)
    if numbers and _checks_claims(words):
        return Understood(action=Action(name=ActionName.RECHECK, numbers=numbers))
    for wish in speech().wishes:
        # A single word for help may stand in any question.
        cues = [cue for cue in wish.cues if wish.name != "help" or len(cue) > 1]
        place = place_of(cues, words)
        if place is not None and not _asks_rather(wish.name, place[1] - place[0], words, text, spoken):
            return Understood(action=_wished(wish.name, text, place))
    return meant(text, spoken) or _not_known(text, words)


def _asks_rather(
    name: str, length: int, words: Sequence[MessageWord], text: str, spoken: ConversationContext
) -> bool:
    """Whether a word that stands for a wish stands in a question that more words tell: "explain 5 again" checks
    nothing anew, and «هل صدر جديد» exports nothing."""
    if length > 1 or name in WITH_WORDS:
        return False
    if name == "recheck":
        question = meant(text, spoken)
        again = question is not None and question.action.name in OF_CLAIM
        return again and not says(speech().said["check"], words)
    return name == "export" and read(without_quoted(without_address(text))).length > length


def _not_known(text: str, words: Sequence[MessageWord]) -> Understood:
    if says(_cues("help"), words):
        return Understood(action=Action(name=ActionName.HELP))
    if _QUESTION.search(text):
        return Understood(action=Action(name=ActionName.ASK, words=text.strip()), remark=TurnRemark.NEEDS_MODEL)
    return Understood(
        action=Action(name=ActionName.UNCLEAR, words=text.strip()),
        remark=TurnRemark.NEEDS_MODEL,
        near=_near_cue(words),
    )


def _checks_claims(words: Sequence[MessageWord]) -> bool:
    """`check claims 2 and 5`: nothing is said but that, and which."""
    said = speech().said
    small = (*said["check"], *said["joining"], *said["claims"], *said["attached"], *said["filler"])
    others = [word for word in words if not NUMBER.fullmatch(word.folded)]
    return says(said["check"], words) and all(says([cue for cue in small if len(cue) == 1], [w]) for w in others)


def _begins_like_correct(words: Sequence[MessageWord]) -> bool:
    """`correct 3 …`: the command without its slash."""
    commands = next(wish.commands for wish in speech().wishes if wish.name == "correct")
    return len(words) > 1 and words[0].folded in commands and bool(NUMBER.fullmatch(words[1].folded))


def agreement(message: str) -> bool | None:
    """Yes, no, or something else."""
    words = tuple(word.folded for word in words_of(message))
    if words in speech().said["yes"]:
        return True
    return False if words in speech().said["no"] else None


def _cues(name: str) -> tuple[tuple[str, ...], ...]:
    return next(wish.cues for wish in speech().wishes if wish.name == name)


def _of_address(text: str, address: str) -> Action:
    spoken = words_of(without_address(text))
    if not says(speech().said["add"], spoken):
        return Action(name=ActionName.VERIFY, url=address)
    return Action(name=ActionName.ADD, url=address, numbers=claim_numbers(without_address(text), spoken))


def _split_at_colon(text: str) -> tuple[str, str]:
    """What stands before a colon, if that is short, and what stands behind it."""
    parts = _COLON.split(text, maxsplit=1)
    if len(parts) == 2 and len(parts[0]) <= _LONGEST_HEAD:
        return parts[0], parts[1].strip()
    return text, ""


def _wished(name: str, text: str, place: tuple[int, int]) -> Action:
    if name == "search":
        return Action(name=ActionName.SEARCH, words=quoted_in(text) or _behind(text, place[1]))
    if name == "rename":
        return Action(
            name=ActionName.RENAME, words=quoted_in(text) or _split_at_colon(text)[1] or _behind(text, place[1])
        )
    return filled(PLAIN[name], text)


def _corrected(text: str) -> Action:
    """What the label should be is said behind the one that is wrong, or with the reason."""
    head, reason = _split_at_colon(text)
    words = words_of(head)
    bare = without_numbers(words)
    place = place_of(_cues("correct"), bare)
    label = label_in(bare[place[0] :] if place else bare) or label_in(words_of(reason))
    return Action(name=ActionName.CORRECT, numbers=claim_numbers(head, words), label=label, words=reason)


def _behind(text: str, word: int) -> str:
    """What is said behind the cue, without the small words that join it on."""
    words = words_of(text)[word:]
    while words and (place_of(speech().said["filler"], words[:1]) is not None):
        words = words[1:]
    return trimmed(text[words[0].start :]) if words else ""


def _near_cue(words: Sequence[MessageWord]) -> str | None:
    known = {cue[0]: wish.name for wish in speech().wishes for cue in wish.cues if len(cue) == 1}
    for word in words if len(words) <= _FEW_WORDS else ():
        if len(word.folded) > 2 and (near := get_close_matches(word.folded, known, n=1, cutoff=LIKELY)):
            return known[near[0]]
    return None
