"""Who speaks in an Arabic sentence: the nouns before a verb of saying and behind it, where they begin and end."""

from dataclasses import replace
from functools import lru_cache

from agent.analyst.lexical.marks import Words, run_back
from agent.analyst.lexical.resources import SpeechPatterns, load_speech
from agent.analyst.lexical.words import COMMA, Word

ARABIC_AND = ("و", "ف")
LONGEST_SOURCE = 8

LONGEST_SUBJECT = 12
_LONGEST_APPOSITION = 4
STOPS = frozenset(("الذي", "التي", "الذين", "ان"))


def bare(word: str) -> str:
    """The word without "and" or "so" in front."""
    return word[1:] if word[:1] in ARABIC_AND and len(word) > 3 else word


@lru_cache(maxsize=1)
def speech_in_arabic() -> SpeechPatterns:
    return load_speech("ar")


def noun_phrase(words: Words, start: int, limit: int, *, strip_to: bool = False) -> tuple[Word, ...]:
    speech = speech_in_arabic()
    taken: list[Word] = []
    for at, word in enumerate(words[start:limit], start):
        if word.mark or (_ends_speaker(word, speech, first=not taken) and not _belongs(words, at, taken)):
            break
        taken.append(word)
    if len(taken) > 1 and taken[0].folded in speech.lists["figures"] and taken[1].folded.startswith("ال"):
        taken = taken[1:]
    if strip_to and taken and taken[0].folded.startswith("ل"):
        taken[0] = _without_to(taken[0])
    return tuple(taken)


def _belongs(words: Words, at: int, taken: list[Word]) -> bool:
    """Whether "in" tells where a nameless speaker sits ("a source in the ministry"), not where it was said."""
    if not taken or words[at].folded != "في" or at + 1 >= len(words):
        return False
    head = taken[0].folded.removeprefix("ال")
    follows = words[at + 1].folded
    return head in speech_in_arabic().sources.anonymous and follows not in speech_in_arabic().lists["occasions"]


def _without_to(word: Word) -> Word:
    """للوزارة → الوزارة; لمصدر → مصدر."""
    rest, written = word.folded[1:], word.text[1:]
    article = "ا" if rest.startswith("ل") else ""
    return replace(word, folded=article + rest, text=article + written)


def _ends_speaker(word: Word, speech: SpeechPatterns, *, first: bool) -> bool:
    folded = word.folded
    if folded in speech.lists["prepositions"] | speech.lists["addressees"] or folded == "ل":
        return True
    return not first and (folded.startswith("لل") or folded in speech.lists["that"])


def who_acted(words: Words, at: int, floor: int) -> tuple[Word, ...]:
    """«زار الوزير السد وقال إن»: the office that the sentence begins with, or its first verb."""
    if floor or at < 2 or words[at].folded[:1] != "و":
        return ()
    first = next((n for n in (0, 1) if not words[n].mark and _known(words[n].folded)), None)
    if first is None:
        return ()
    # Whether a second word with the article belongs to it or is what was done to, its form does not tell.
    own = not words[first].folded.startswith("ال") and not words[first + 1].mark
    return tuple(words[first : first + 1 + own])


def subject_before(words: Words, at: int, floor: int) -> tuple[int, tuple[Word, ...]]:
    """Where the frame begins and who stands before the verb; nobody when the verb comes first."""
    speech = speech_in_arabic()
    if words[at].folded not in speech.verbs.keys() | speech.deeds:
        return at, ()
    start = run_back(words, at, floor, LONGEST_SUBJECT)
    begin = start
    while begin < at and bare(words[begin].folded) in speech.lists["connectors"]:
        begin += 1
    subject = [w for w in words[begin:at] if w.folded not in speech.lists["particles"]]
    if subject and subject[-1].folded in speech.lists["relatives"]:
        subject.pop()
    value = next((w for w in subject if _ends_speaker(w, speech, first=False)), None)
    if not subject or subject[0] is value or at - start >= LONGEST_SUBJECT:
        return (start if begin == at else at), ()
    return start, tuple(_without_and(subject))


def _without_and(subject: list[Word]) -> list[Word]:
    first = subject[0]
    if first.folded.startswith("و") and _known(first.folded[1:]) and not _known(first.folded):
        return [replace(first, folded=first.folded[1:], text=first.text[1:]), *subject[1:]]
    return subject


def _known(word: str) -> bool:
    sources = speech_in_arabic().sources
    plain = word.removeprefix("ال")
    return (
        plain in sources.roles | sources.institutions | sources.anonymous | sources.places or word in sources.places
    )


def subject_after(words: Words, start: int, content: int) -> tuple[Word, ...]:
    """The speaker behind the verb, with an apposition between commas: "قال الرئيس، فلان الفلاني، إن"."""
    subject = noun_phrase(words, start, content)
    subject = subject[:-1] if subject and subject[-1].folded in STOPS else subject
    after = start + len(subject)
    if subject and after < content and words[after].mark == COMMA:
        more = noun_phrase(words, after + 1, content)
        closes = after + 1 + len(more)
        if len(more) <= _LONGEST_APPOSITION and closes < content and words[closes].mark == COMMA:
            subject += more
    return subject


def office_after(words: Words, start: int) -> tuple[Word, ...]:
    """The speaker of an act, where nothing closes it: an office with its adjectives, or a single name."""
    phrase = noun_phrase(words, start, start + LONGEST_SOURCE)
    if not phrase or not _known(phrase[0].folded):
        return phrase[:1]
    size = 1
    while size < len(phrase) and (phrase[size].folded.startswith("ال") or _known(phrase[size].folded)):
        size += 1
    named = size < len(phrase) and not phrase[size].text[0].isalnum()
    return phrase[: size + named]
