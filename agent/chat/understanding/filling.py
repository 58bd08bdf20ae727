"""What a wish takes from the words beside it: claims by their numbers, a label, a form, an address, words."""

from collections.abc import Sequence

from agent.chat.actions import OF_CLAIM, Action, ActionName, ExportForm
from agent.chat.understanding.looks import address_in, quoted_in, without_address, without_quoted
from agent.chat.understanding.numerals import NUMBER, numbers_named
from agent.chat.understanding.questions import question_forms
from agent.chat.understanding.speech import speech
from agent.chat.understanding.words import MessageWord, says, words_of
from agent.models import Label
from agent.text import visible

PLAIN = {name.value: name for name in ActionName}

_SEEKS_WORDS = OF_CLAIM | {ActionName.CORRECT, ActionName.GATHER, ActionName.RECHECK}


def filled(name: ActionName, text: str) -> Action:
    """The action of this name, with all that the text has for it."""
    # The day in the address of a page names no claims.
    said = visible(without_quoted(without_address(text)))
    spoken = words_of(said)
    label = label_in(spoken) if name is ActionName.CLAIMS else None
    return Action(
        name=name,
        numbers=claim_numbers(said, spoken),
        words=quoted_in(text) if name in _SEEKS_WORDS else "",
        label=label,
        anonymous=name is ActionName.CLAIMS and _of_unnamed(spoken),
        whole=says(speech().said["all"], spoken),
        url=address_in(text) if name is ActionName.ADD else None,
        form=_form(spoken) if name is ActionName.EXPORT else None,
    )


def claim_numbers(text: str, words: Sequence[MessageWord]) -> tuple[int, ...]:
    """The claims that are named by number."""
    return tuple(numbers_named(text, words, set(), question_forms()).numbers)


def _of_unnamed(words: Sequence[MessageWord]) -> bool:
    return any(one.sense == "unnamed" for one in question_forms().occurrences(words, ()))


def label_in(words: Sequence[MessageWord]) -> Label | None:
    """The first label that is named."""
    return next((label for label, cues in speech().labels.items() if says(cues, words)), None)


def _form(words: Sequence[MessageWord]) -> ExportForm | None:
    return next((form for form, cues in reversed(speech().forms.items()) if says(cues, words)), None)


def without_numbers(words: Sequence[MessageWord]) -> list[MessageWord]:
    """Without the numbers of claims and what joins them on."""
    joining = {cue[0] for cue in speech().said["joining"]}
    return [word for word in words if word.folded not in joining and not NUMBER.fullmatch(word.folded)]


def trimmed(text: str) -> str:
    """Without spaces and punctuation at its ends."""
    return text.strip().strip(".:،؛,;—–-").strip()
