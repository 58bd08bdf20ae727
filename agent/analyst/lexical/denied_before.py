"""Words that only deny what was said before them: "…, which the water board denies", "The water board denies it"."""

from collections.abc import Sequence

from agent.analyst.lexical.polarity import is_negator
from agent.analyst.lexical.resources import Phrase
from agent.analyst.lexical.turns import PolarityWords, load_turns
from agent.analyst.lexical.words import COMMA, QUOTE, Word, starts_with

_MOST_WORDS = 9


def only_denies(words: Sequence[Word], language: str) -> bool:
    """Whether a few words deny something that they do not tell, but only name: "it", "this", "which"."""
    turns = load_turns(language)
    said = [word for word in words if not word.mark]
    if not said or len(said) > _MOST_WORDS or any(word.folded[:1].isdigit() for word in said):
        return False
    if any(word.mark == QUOTE for word in words) or any(is_negator(word.folded, turns) for word in said):
        return False
    denials = [at for at, word in enumerate(said) if _denies(word, turns)]
    return bool(denials) and (
        any(starts_with(said, 0, one) and not _is_subject(one, denials[0]) for one in turns.said_before_begins)
        or any(_ends(said, len(said), phrase) for phrase in turns.said_before_ends)
        or any(_ends(said, at, phrase) for at in denials for phrase in turns.said_before_beside)
    )


def tells_not_so(words: Sequence[Word], language: str) -> bool:
    """Whether a sentence tells of the one before it that it is not so, and nothing else: "But this is not true"."""
    said = [word for word in words if not word.mark]
    return any(
        len(said) - len(phrase) in (0, 1) and starts_with(said, len(said) - len(phrase), phrase)
        for phrase in load_turns(language).not_so
    )


def _is_subject(phrase: Phrase, denial: int) -> bool:
    """ "The board, which denies a leak": what stands before the comma is who denies."""
    return len(phrase) == denial == 1


def _denies(word: Word, turns: PolarityWords) -> bool:
    return word.folded in turns.rejecting or (word.folded[:1] == "و" and word.folded[1:] in turns.rejecting)


def _ends(said: Sequence[Word], at: int, phrase: Phrase) -> bool:
    return at >= len(phrase) and starts_with(said, at - len(phrase), phrase)


def denial_behind(words: Sequence[Word], language: str) -> int | None:
    """Where the last part of a statement begins that only denies the rest of it; the comma before it is no part."""
    cuts = [at for at, word in enumerate(words) if word.mark == COMMA]
    last = next((at for at in reversed(cuts) if at and any(not word.mark for word in words[at + 1 :])), None)
    return last + 1 if last is not None and only_denies(words[last + 1 :], language) else None
