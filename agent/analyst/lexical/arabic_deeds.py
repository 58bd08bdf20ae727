"""What somebody does by speaking, told in Arabic without what was said: accusations, acts of will, counts."""

from dataclasses import replace

from agent.analyst.lexical.marks import MarkPlacement, SpeechMark, Words
from agent.analyst.lexical.numbers import read_numbers
from agent.analyst.lexical.resources import SpeechPatterns, load_speech
from agent.analyst.lexical.words import COMMA, OTHER, Word, starts_with

_LONGEST_SPEAKER = 8
_LONGEST_NAME = 2
_LONGEST_APPOSITION = 6
_AND = ("و", "ف")
_ARTICLE = "ال"
# Letters written onto what a verb is about: "of", "to".
_ONTO = ("ب", "ل")
_FEMININE = "ه"


def arabic_deed(words: Words, at: int, start: int, before: tuple[Word, ...]) -> SpeechMark | None:
    """The mark of a deed whose verb stands at a word; `before` stands before it, from `start` on."""
    speech, form = load_speech("ar"), _bare(words[at].folded)
    if form not in speech.deeds:
        return None
    who, end = (before, at + 1) if before else _speaker(words, at + 1, speech)
    if not who or not _agrees(form, who[0]) or not _can_speak(who[0].folded, speech):
        return None
    if not _tells(words, at, form, end, speech):
        return None
    return SpeechMark(MarkPlacement.LEAD, start, at + 1, _without_marks(who), words[at], form, act=True)


def _without_marks(who: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(word for word in who if not word.mark)


def _bare(word: str) -> str:
    return word[1:] if word[:1] in _AND and len(word) > 3 else word


def _agrees(form: str, head: Word) -> bool:
    """ "رفض الوزارة" is her refusal, no deed: before a woman or her like the verb has another form."""
    past = form[:1] not in "يت" and not form.endswith(("ت", "وا"))
    return not (past and head.folded.endswith(_FEMININE))


def _tells(words: Words, at: int, form: str, end: int, speech: SpeechPatterns) -> bool:
    clause_end = next((n for n in range(end, len(words)) if words[n].mark in (COMMA, OTHER)), len(words))
    behind = words[end:clause_end]
    if any(starts_with((replace(words[at], folded=form),), 0, p[:1]) for p in speech.counting_of):
        return len(behind) > 1 and behind[0].folded == "عن" and _figure_in(behind[1:4])
    if not behind:
        return False
    if form in speech.lists["counting"]:
        return _figure_in(behind)
    if form in speech.lists["blaming"] and not any(word.folded in speech.lists["responsible"] for word in behind):
        return False
    if form in speech.lists["accusing"] | speech.lists["blaming"]:
        return not behind[0].folded.startswith(_ONTO) or behind[0].folded.startswith(_ARTICLE)
    return True


def _figure_in(words: Words) -> bool:
    plain = [
        replace(w, folded=w.folded[1:]) if w.folded.startswith(_ONTO) and len(w.folded) > 3 else w for w in words
    ]
    return any(not number.is_year for some in (words, plain) for number in read_numbers(some, "ar"))


def _can_speak(folded: str, speech: SpeechPatterns) -> bool:
    sources = speech.sources
    plain = folded.removeprefix(_ARTICLE)
    known = sources.roles | sources.institutions | sources.anonymous | speech.lists["people"]
    return plain in known or folded in sources.places


def _speaker(words: Words, start: int, speech: SpeechPatterns) -> tuple[tuple[Word, ...], int]:
    """Who stands behind the verb, and where what the verb is about begins.

    An office or a house is told up to its first word with an article, with the adjectives of that; then a name.
    """
    if start >= len(words) or words[start].mark or not _can_speak(words[start].folded, speech):
        return (), start
    head = words[start].folded
    end = start + 1
    if not head.startswith(_ARTICLE) and head not in speech.sources.places:
        end = _completed(words, end, speech) or end
    while end < len(words) and _is_adjective(words[end], head, speech):
        end += 1
    if head.removeprefix(_ARTICLE) in speech.sources.roles:
        end = _past_name(words, end, speech)
    who = tuple(words[start:end])
    closing = _apposition_end(words, end)
    return (who + tuple(words[end:closing]), closing + 1) if closing else (who, end)


def _completed(words: Words, start: int, speech: SpeechPatterns) -> int | None:
    """Behind the word that makes an office definite: "وزير شؤون النقل"; None where none does."""
    for at in range(start, min(len(words), start + _LONGEST_SPEAKER)):
        word = words[at]
        if word.mark or word.folded in speech.lists["prepositions"]:
            return None
        quoted = not word.text[0].isalnum()
        if quoted or word.folded.startswith(_ARTICLE) or word.folded in speech.sources.places:
            return at + 1
    return None


def _is_adjective(word: Word, head: str, speech: SpeechPatterns) -> bool:
    if word.mark or not word.folded.startswith(_ARTICLE) or _can_speak(word.folded, speech):
        return False
    plain = word.folded.removeprefix(_ARTICLE)
    if head.endswith(_FEMININE):
        return plain.endswith(_FEMININE)
    return plain in speech.sources.inside_role or plain.endswith(("ي", "يه"))


def _past_name(words: Words, start: int, speech: SpeechPatterns) -> int:
    """Behind a first name and the name behind it."""
    end = start
    while end < len(words) and end - start < _LONGEST_NAME:
        word = words[end]
        family = end > start and word.folded.startswith(_ARTICLE)
        first = not word.folded.startswith((_ARTICLE, *_ONTO)) and not word.folded[:1].isdigit()
        other = word.mark or word.folded in speech.lists["prepositions"] or _can_speak(word.folded, speech)
        if other or not (first or family):
            break
        end += 1
    return end


def _apposition_end(words: Words, at: int) -> int | None:
    """Where a comma closes what an office or a name between commas adds: "، نقيب المرشدين،"."""
    if at >= len(words) or words[at].mark != COMMA:
        return None
    closing = next((n for n in range(at + 1, min(len(words), at + 2 + _LONGEST_APPOSITION)) if words[n].mark), None)
    return closing if closing is not None and words[closing].mark == COMMA else None
