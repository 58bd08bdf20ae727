"""The small grammar: commands with a slash, and plain forms of them in Arabic, English and French. Never raises."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from agent.article import parse_date
from agent.chat.actions import MOST_ACTIONS, OF_CLAIM, Action, ActionName, ExportForm, TurnRemark, Understood
from agent.chat.deps import NOTHING_SPOKEN, ConversationContext
from agent.chat.understanding.looks import address_in, quoted_in, set_apart, without_address, without_quoted
from agent.chat.understanding.meaning import meant
from agent.chat.understanding.numerals import NUMBER, numbers_named
from agent.chat.understanding.questions import question_forms
from agent.chat.understanding.reading import read
from agent.chat.understanding.speech import speech
from agent.chat.understanding.words import MessageWord, place_of, says, words_of
from agent.models import Label
from agent.text import fold, visible

_COMMAND = re.compile(r"\s*[/\u2044\uff0f]\s*(\S*)\s*(.*)", re.DOTALL)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COLON = re.compile("[:：]")
_QUESTION = re.compile("[?؟]")
_LONGEST_HEAD = 60
_LIKELY = 0.7
_FEW_WORDS = 8
# Commands whose words are taken whole, whatever stands in them.
_WITH_WORDS = {
    "check": ActionName.CHECK,
    "search": ActionName.SEARCH,
    "rename": ActionName.RENAME,
}
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
_PLAIN = {name.value: name for name in ActionName}
_SEEKS_WORDS = OF_CLAIM | {ActionName.CORRECT, ActionName.GATHER, ActionName.RECHECK}
# Behind these commands stands whom or what they are about.
_NAMES = OF_CLAIM | {ActionName.SAYS, ActionName.COPIES}


def is_command(message: str) -> bool:
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
    near = get_close_matches(fold(name)[:40], known, n=1, cutoff=_LIKELY / 1.25)
    return known[near[0]] if near else None


def _commanded(name: str, rest: str) -> Action:
    if name == "verify":
        return _verified(rest)
    if name in _WITH_WORDS:
        return Action(name=_WITH_WORDS[name], words=rest)
    if name == "correct":
        return _corrected_by_command(rest)
    if name == "anonymous":
        return Action(name=ActionName.CLAIMS, anonymous=True)
    action = _filled(_PLAIN[name], rest)
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


def _corrected_by_command(rest: str) -> Action:
    """`3 unsourced because …`: what stands behind number and label is the reason."""
    words = words_of(rest)
    at = 0
    numbers = _numbers(visible(rest), words[:1])
    at += len(numbers)
    if at < len(words) and place_of(speech().said["toward"], words[at : at + 1]) is not None:
        at += 1
    label, length = _leading_label(words[at:])
    at += length
    reason = visible(rest)[words[at - 1].end :] if at else visible(rest)
    return Action(name=ActionName.CORRECT, numbers=numbers, label=label, words=_trimmed(reason))


def _leading_label(words: Sequence[MessageWord]) -> tuple[Label | None, int]:
    for label, cues in speech().labels.items():
        for cue in sorted(cues, key=len, reverse=True):
            if len(words) >= len(cue) and all(word.is_(part) for word, part in zip(words, cue, strict=False)):
                return label, len(cue)
    return None, 0


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
        return Understood(action=_corrected_by_command(text[words_of(text)[0].end :]))
    if says(_cues("correct"), _bare(words)):
        return Understood(action=_corrected(text))
    numbers = _numbers(without_quoted(text), words)
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
    if length > 1 or name in _WITH_WORDS:
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
    return Action(name=ActionName.ADD, url=address, numbers=_numbers(without_address(text), spoken))


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
    return _filled(_PLAIN[name], text)


def _corrected(text: str) -> Action:
    """What the label should be is said behind the one that is wrong, or with the reason."""
    head, reason = _split_at_colon(text)
    words = words_of(head)
    bare = _bare(words)
    place = place_of(_cues("correct"), bare)
    label = _label(bare[place[0] :] if place else bare) or _label(words_of(reason))
    return Action(name=ActionName.CORRECT, numbers=_numbers(head, words), label=label, words=reason)


def _bare(words: Sequence[MessageWord]) -> list[MessageWord]:
    """Without the numbers of claims and what joins them on."""
    joining = {cue[0] for cue in speech().said["joining"]}
    return [word for word in words if word.folded not in joining and not NUMBER.fullmatch(word.folded)]


def _behind(text: str, word: int) -> str:
    """What is said behind the cue, without the small words that join it on."""
    words = words_of(text)[word:]
    while words and (place_of(speech().said["filler"], words[:1]) is not None):
        words = words[1:]
    return _trimmed(text[words[0].start :]) if words else ""


def _filled(name: ActionName, text: str) -> Action:
    # The day in the address of a page names no claims.
    said = visible(without_quoted(without_address(text)))
    spoken = words_of(said)
    label = _label(spoken) if name is ActionName.CLAIMS else None
    return Action(
        name=name,
        numbers=_numbers(said, spoken),
        words=quoted_in(text) if name in _SEEKS_WORDS else "",
        label=label,
        anonymous=name is ActionName.CLAIMS and _of_unnamed(spoken),
        whole=says(speech().said["all"], spoken),
        url=address_in(text) if name is ActionName.ADD else None,
        form=_form(spoken) if name is ActionName.EXPORT else None,
    )


def _numbers(text: str, words: Sequence[MessageWord]) -> tuple[int, ...]:
    return tuple(numbers_named(text, words, set(), question_forms()).numbers)


def _of_unnamed(words: Sequence[MessageWord]) -> bool:
    return any(one.sense == "unnamed" for one in question_forms().occurrences(words, ()))


def _label(words: Sequence[MessageWord]) -> Label | None:
    return next((label for label, cues in speech().labels.items() if says(cues, words)), None)


def _form(words: Sequence[MessageWord]) -> ExportForm | None:
    return next((form for form, cues in reversed(speech().forms.items()) if says(cues, words)), None)


def _near_cue(words: Sequence[MessageWord]) -> str | None:
    known = {cue[0]: wish.name for wish in speech().wishes for cue in wish.cues if len(cue) == 1}
    for word in words if len(words) <= _FEW_WORDS else ():
        if len(word.folded) > 2 and (near := get_close_matches(word.folded, known, n=1, cutoff=_LIKELY)):
            return known[near[0]]
    return None


def _trimmed(text: str) -> str:
    return text.strip().strip(".:،؛,;—–-").strip()
