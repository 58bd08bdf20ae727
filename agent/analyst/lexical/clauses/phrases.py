"""Noun phrases: where the one begins that a comma, a verb or a list ends."""

from collections.abc import Sequence

from agent.analyst.lexical.clauses.verbs import english_words, is_finite, is_in
from agent.analyst.lexical.words import COMMA, QUOTE, Word, starts_with

_LONGEST = 9
_INSIDE = frozenset("$€£%&#№")


def phrase_before(words: Sequence[Word], end: int, *, of: bool = True, bare: bool = False) -> int:
    """Where the noun phrase begins that ends before a position; `end` itself where none does.

    `of`: what "of" joins is one phrase; `bare`: a noun alone is one too.
    """
    start = end
    while start > 0 and end - start < _LONGEST and not _bounds(words, start - 1):
        if words[start - 1].folded == "of" and not of:
            break
        start -= 1
    while start < end and (
        is_in(words[start], "adverbs") or (is_in(words[start], "inside_phrase") and _dangles(words[start]))
    ):
        start += 1
    return start if _is_noun_phrase(words[start:end], opens=bare or start == 0) else end


def past_beside(words: Sequence[Word]) -> int:
    """Where a sentence begins behind "In addition to apples,"; 0 where nothing of the kind opens it."""
    opens = any(starts_with(words, 0, phrase) for phrase in english_words().beside)
    comma = next((n for n, word in enumerate(words) if word.mark == COMMA), None)
    return comma + 1 if opens and comma is not None else 0


def parts(words: Sequence[Word], at: int) -> bool:
    """Whether a mark ends a phrase; a hyphen, a currency sign, "&" and quotation marks stand inside one."""
    word = words[at]
    tight = 0 < at < len(words) - 1 and words[at - 1].end == word.start and word.end == words[at + 1].start
    return (
        bool(word.mark) and word.mark != QUOTE and word.text not in _INSIDE and not (tight and word.text in "-–/.'’")
    )


def _dangles(word: Word) -> bool:
    return word.folded in ("of", "and")


def _bounds(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if parts(words, at) or (is_in(word, "prepositions") and word.folded != "of"):
        return True
    if word.folded in ("and", "or", "to", "not", "that", "when", "where", "who", "which"):
        return True
    lower = not word.text[:1].isupper()
    verbal = word.folded in english_words().gerunds or is_in(word, "be") or is_in(word, "auxiliaries")
    return lower and (
        verbal
        or is_finite(words, at)
        or (word.folded in english_words().present_of and at > 0 and words[at - 1].folded == "to")
    )


def _is_noun_phrase(phrase: Sequence[Word], *, opens: bool) -> bool:
    if not phrase or is_in(phrase[-1], "determiners") or is_in(phrase[-1], "prepositions"):
        return False
    named = any(word.text[:1].isupper() or word.text[:1].isdigit() for word in phrase)
    return opens or named or is_in(phrase[0], "determiners") or is_in(phrase[0], "numbers")
