"""Slips of the keyboard: a word that no list of words has is read as the one known here that is a slip away."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from agent.analyst.lexical.frequency import zipf
from agent.analyst.lexical.numerals import load_numerals
from agent.chat.understanding.questions import asked_languages, languages_like, question_forms
from agent.chat.understanding.speech import speech
from agent.chat.understanding.words import Cue, MessageWord

# Shorter words are too near to each other.
_SHORTEST = 4
_LONG = 8


def corrected(words: Sequence[MessageWord]) -> list[MessageWord]:
    """The words with slips mended; a word that is in use in the language of the others, or as near to two known ones,
    stays as it is."""
    spoken = _spoken(words)
    return [_corrected(word, spoken) for word in words]


def _spoken(words: Sequence[MessageWord]) -> frozenset[str]:
    """The languages in which most of the words are in use; several, where they are in as many of them."""
    used = Counter(
        language for word in words for language in languages_like(word.folded) if zipf(word.folded, language)
    )
    most = max(used.values(), default=0)
    return frozenset(language for language, count in used.items() if count == most)


def _corrected(word: MessageWord, spoken: frozenset[str]) -> MessageWord:
    text = word.folded
    if len(text) < _SHORTEST or not text.isalpha() or is_known(word):
        return word
    likely = spoken.intersection(languages_like(text)) or languages_like(text)
    if any(zipf(form, language) for form in word.forms for language in likely):
        return word
    near = _nearest(text, 1 if len(text) < _LONG else 2)
    return MessageWord(near, word.start, word.end) if near else word


def is_known(word: MessageWord) -> bool:
    """Whether a word means something here, by itself or in a phrase."""
    known = known_words()
    return any(form in known for form in word.forms) or any(
        word.begins(one.cue[0]) for one in question_forms().open_ended
    )


@lru_cache(maxsize=1 << 10)
def _nearest(text: str, most: int) -> str | None:
    known = [word for word in known_words() if len(word) >= _SHORTEST]
    found = extract(text, known, scorer=OSA.distance, score_cutoff=most, limit=2)
    if not found:
        return None
    equal = [str(word) for word, distance, _ in found if distance == found[0][1]]
    # Forms of one word are no two words.
    return max(equal, key=len) if len({word[:_SHORTEST] for word in equal}) == 1 else None


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word that means something here."""
    return frozenset(word for cue in _cues() for word in cue)


def _cues() -> Iterator[Cue]:
    forms, value = question_forms(), speech()
    yield from (one.cue for some in forms.by_first.values() for one in some)
    for numerals in (forms.ordinals, forms.cardinals):
        yield from (cue for some in numerals.values() for cue in some)
    yield from ((word,) for language in asked_languages() for word in load_numerals(language).small)
    yield from (cue for some in forms.small.values() for cue in some)
    yield from (cue for some in value.labels.values() for cue in some)
    yield from (cue for some in value.said.values() for cue in some)
    yield from (cue for wish in value.wishes for cue in wish.cues)
