"""From what a message asks to what is to be done, with what was spoken of before."""

from agent.chat.actions import ASKED_AGAIN, OF_CLAIM, Action, ActionName, AnswerNote, Understood
from agent.chat.deps import ConversationContext
from agent.chat.understanding.looks import quoted_in, without_address, without_quoted
from agent.chat.understanding.reading import Reading, read

_ANONYMOUS = "anonymous"
# One claim is spoken of, and nothing is asked of it.
_CLAIM = "claim"
# Words that nothing explains name something for these; for others they are told as left aside.
_TAKES_WORDS = OF_CLAIM | {ActionName.SAYS, ActionName.CLAIMS, ActionName.COPIES, ActionName.ARTICLES}
_MOST_COMPARED = 4
_OF_LABEL = (ActionName.CLAIMS, ActionName.COUNT)
# Answers that tell of others than the speaker of the claim.
_OF_A_CLAIM = (ActionName.DENIALS, ActionName.SOURCES, ActionName.DIFFERING)


def meant(text: str, spoken: ConversationContext) -> Understood | None:
    """The question of a message; None where it asks none of those that are known here."""
    reading = read(without_quoted(without_address(text)))
    words = quoted_in(text) or reading.words
    name = _name(reading, words, spoken)
    if name is None:
        return None
    anonymous, action = name == _ANONYMOUS, ActionName.CLAIMS if name == _ANONYMOUS else ActionName(name)
    if reading.of_listed and reading.names_claim and not _are_listed(reading, spoken):
        return Understood(action=Action(name=ActionName.UNCLEAR), refused="not_listed")
    numbers = _numbers(action, reading, spoken, words)
    if action is ActionName.SAYS and not words:
        action, numbers = _whose_words(reading, numbers, spoken)
    named = bool(numbers) or reading.last
    left = words if named or action not in _TAKES_WORDS else ""
    done = Action(
        name=action,
        numbers=numbers,
        last=reading.last and not reading.of_listed,
        words="" if left else words,
        label=reading.label if action in _OF_LABEL else None,
        other=reading.other and action in _OF_LABEL,
        anonymous=anonymous,
        whole=reading.whole and action in OF_CLAIM and not (named or words),
    )
    notes = [AnswerNote(key="left_aside", values={"words": left})] if left else []
    if reading.bare and not reading.of_listed and numbers != reading.numbers:
        notes.append(AnswerNote(key="counted_in_list"))
    return Understood(action=done, notes=tuple(notes))


def _whose_words(
    reading: Reading, numbers: tuple[int, ...], spoken: ConversationContext
) -> tuple[ActionName, tuple[int, ...]]:
    """What is asked for by "what did he say?": the words of those who were just told of, or those of a claim."""
    before = spoken.before
    if not numbers and not reading.last and before is not None and before.name in _OF_A_CLAIM and before.numbers:
        return before.name, before.numbers
    if numbers or reading.last or spoken.focus:
        return ActionName.CLAIMS, numbers or (() if reading.last else _focused(spoken))
    return ActionName.SAYS, ()


def _name(reading: Reading, words: str, spoken: ConversationContext) -> str | None:
    """The question that is asked: by its pattern, or by what the message leaves unsaid."""
    named = reading.names_claim
    if reading.question == ActionName.THANKS:
        return None if named or words else reading.question
    goes_on = reading.follows and (named or words) and reading.label is None and not reading.asks
    if goes_on and reading.question in (None, ActionName.CLAIMS, _CLAIM):
        return _again(spoken)
    if reading.question == _CLAIM:
        return ActionName.CLAIMS if named or words or reading.label else None
    if reading.question is not None:
        return reading.question
    if reading.label is not None:
        return ActionName.WHY if named or words else ActionName.CLAIMS
    return ActionName.CLAIMS if named and not (words or reading.asks) else None


def _again(spoken: ConversationContext) -> ActionName | None:
    """What "and the ninth?" asks anew; nothing where it goes on from what was not understood."""
    before = spoken.before
    if before is None:
        return ActionName.WHY
    if before.name in (ActionName.UNCLEAR, ActionName.ASK):
        return None
    return before.name if before.name in ASKED_AGAIN else ActionName.WHY


def _are_listed(reading: Reading, spoken: ConversationContext) -> bool:
    return bool(spoken.listed) and all(number <= len(spoken.listed) for number in reading.numbers)


def _numbers(action: ActionName, reading: Reading, spoken: ConversationContext, words: str) -> tuple[int, ...]:
    if reading.of_listed:
        if reading.last:
            return spoken.listed[-1:]
        return tuple(spoken.listed[number - 1] for number in reading.numbers) or spoken.listed
    if reading.bare and action is not ActionName.ARTICLES and _are_listed(reading, spoken):
        return tuple(spoken.listed[number - 1] for number in reading.numbers)
    if action is not ActionName.COMPARE or len(reading.numbers) > 1:
        return reading.numbers
    if reading.numbers:
        return tuple(dict.fromkeys((*_focused(spoken), *reading.numbers)))
    # Words that nothing explains may name others than those that were listed.
    return spoken.listed if not words and 1 < len(spoken.listed) <= _MOST_COMPARED else ()


def _focused(spoken: ConversationContext) -> tuple[int, ...]:
    return (int(spoken.focus[1:]),) if spoken.focus else ()
