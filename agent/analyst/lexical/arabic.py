"""Reported speech in Arabic: "قال فلان إن …", "فلان يقول …", "مضيفاً أن …", "… بحسب فلان"."""

import re
from dataclasses import replace
from functools import lru_cache

from agent.analyst.lexical.arabic_deeds import arabic_deed
from agent.analyst.lexical.marks import MarkPlacement, SpeechMark, Words, closes_quote, inside_quote, run_back
from agent.analyst.lexical.resources import Phrase, SpeechPatterns, load_speech
from agent.analyst.lexical.words import COLON, COMMA, OTHER, QUOTE, Word, starts_with

_FURTHEST_THAT = 16
_LONGEST_SUBJECT = 12
_LONGEST_SOURCE = 8
_LONGEST_APPOSITION = 4
_MOST_COMMAS = 4
_LONGEST_NAME = 5
_MOST_ADJECTIVES = 3
_AND = ("و", "ف")
# Prefix and letters of a future verb: "سيتواصل".
_FUTURE = tuple(f"س{letter}" for letter in "يتنا")
_SHORTEST_FUTURE = 5
# "It was mentioned", told by its vowels: u behind the first letter of a past form, u and a in a present one.
_PASSIVE = re.compile("(?:[وف]\u064e?)?(?:[^\\Wيتن]\u064f|[يتن]\u064f.*\u064e\u0651?.[\u064b-\u0652]*$)")


def arabic_marks(words: Words) -> list[SpeechMark]:
    """The marks of one sentence in order; they do not overlap."""
    marks: list[SpeechMark] = []
    at = 0
    while at < len(words):
        floor = marks[-1].end if marks else 0
        mark = _mark_at(words, at, floor) if not words[at].mark else None
        if mark is not None:
            marks.append(mark)
        at = max(at + 1, mark.end if mark else 0)
    return marks


def _mark_at(words: Words, at: int, floor: int) -> SpeechMark | None:
    return (
        _source(words, at)
        or _break(words, at, floor)
        or _quoted_from(words, at, floor)
        or _participle(words, at)
        or _frame(words, at, floor)
        or _deed(words, at, floor)
        or _coordinate(words, at, floor)
    )


def bare(word: str) -> str:
    """The word without "and" or "so" in front."""
    return word[1:] if word[:1] in _AND and len(word) > 3 else word


def _opening(words: Words, at: int, phrases: tuple[Phrase, ...]) -> Phrase | None:
    """The phrase that begins here, with or without "and" in front."""
    first = words[at].folded
    heads = (first, bare(first))
    return next((p for p in phrases if p[0] in heads and starts_with(words, at + 1, p[1:])), None)


def is_future(word: str, speech: SpeechPatterns) -> bool:
    """Whether the word is a verb in the future: "سيتواصل"."""
    word = bare(word)
    return word.startswith(_FUTURE) and len(word) >= _SHORTEST_FUTURE and not word.startswith(speech.not_future)


@lru_cache(maxsize=1)
def _speech() -> SpeechPatterns:
    return load_speech("ar")


def _source(words: Words, at: int) -> SpeechMark | None:
    """بحسب فلان، وفقاً للوزارة، نقلاً عن …"""
    speech = _speech()
    phrase = _opening(words, at, speech.by)
    after = at + len(phrase) if phrase else at + 1
    if phrase is None and not speech.has("by_to", bare(words[at].folded)):
        return None
    who = _noun_phrase(words, after, after + _LONGEST_SOURCE, strip_to=phrase is None)
    if not who:
        return None
    end = next(
        (n for n in range(after + len(who), len(words)) if words[n].mark or words[n].folded in _STOPS), len(words)
    )
    while end < len(words) and words[end].mark in (COMMA, COLON):
        end += 1
    if end < len(words) and words[end].folded in ("فان", "ان", "فانه"):
        end += 1
    return SpeechMark(MarkPlacement.TAIL, at, end, who, words[at])


_SO = "هكذا"
_STOPS = frozenset(("الذي", "التي", "الذين", "ان"))


def _noun_phrase(words: Words, start: int, limit: int, *, strip_to: bool = False) -> tuple[Word, ...]:
    speech = _speech()
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
    return head in _speech().sources.anonymous and follows not in _speech().lists["occasions"]


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


def _break(words: Words, at: int, floor: int) -> SpeechMark | None:
    """في حين، فيما، والتي، وأن …"""
    speech = _speech()
    phrase = _opening(words, at, speech.breaks)
    if phrase is not None and _opening(words, at, speech.no_breaks) is not None:
        return None
    if phrase is not None and at > floor:
        place = MarkPlacement.NARRATOR if _narrates(words, at, len(phrase)) else MarkPlacement.BREAK
        return SpeechMark(place, at, at + len(phrase))
    if words[at].folded in speech.lists["subclauses"] and at > floor:
        return SpeechMark(MarkPlacement.SHARED, at, at + 1)
    is_and_that = words[at].folded[:1] == "و" and words[at].folded[1:] in speech.lists["that"]
    return SpeechMark(MarkPlacement.BREAK, at, at + 1) if is_and_that and at > floor else None


def _narrates(words: Words, at: int, size: int) -> bool:
    """Whether nobody says what stands behind "while", but in a quotation and before "that"."""
    speech = _speech()
    after = words[at + size].folded if at + size < len(words) else ""
    if inside_quote(words, at) or after in speech.lists["that"]:
        return False
    return words[at].folded.removeprefix("و") in speech.lists["narrating"]


def _quoted_from(words: Words, at: int, floor: int) -> SpeechMark | None:
    """… نقل الكرملين عن بوتين قوله إن …"""
    speech = _speech()
    content = _content_after(words, at + 1, 1)
    if words[at].folded not in speech.lists["saying"] or content is None:
        return None
    start = run_back(words, at, floor, _LONGEST_SUBJECT)
    origin = next((n for n in range(at - 1, start - 1, -1) if words[n].folded == "عن"), None)
    if origin is None:
        return None
    return SpeechMark(MarkPlacement.LEAD, start, content, tuple(words[origin + 1 : at]), words[at], "قال")


def _participle(words: Words, at: int) -> SpeechMark | None:
    """مؤكداً أن، لافتاً إلى أن …"""
    lemma = _speech().participles.get(bare(words[at].folded))
    content = _content_after(words, at + 1, 6) if lemma else None
    if lemma is None or content is None or any(w.mark == COMMA for w in words[at:content]):
        return None
    return SpeechMark(MarkPlacement.LEAD, at, content, (), words[at], lemma, act=_speech().has("denials", lemma))


def _content_after(words: Words, start: int, furthest: int) -> int | None:
    """Where the content begins: behind "that" or a colon, at a quotation mark; a comma must stand right before it."""
    speech = _speech()
    commas = 0
    named = 0
    for n in range(start, min(len(words), start + furthest)):
        word = words[n]
        if word.mark == QUOTE and n > named and _opens_name(words, n):
            named = next((m for m in range(n + 1, len(words)) if words[m].mark == QUOTE), n)
        if n <= named and named:
            continue
        if closes_quote(words, n):
            return None
        if word.mark in (COLON, QUOTE) or word.folded in speech.lists["that"]:
            reached = commas == 0 or words[n - 1].mark == COMMA
            return (n if word.mark == QUOTE else n + 1) if reached else None
        commas += word.mark == COMMA
        if word.mark == OTHER or commas > _MOST_COMMAS:
            return None
    return None


def _opens_name(words: Words, at: int) -> bool:
    """«شركة "هيرون"»، «لـ"المدار"»: a name in quotation marks, of whoever speaks or is spoken to."""
    before = words[at - 1].folded.removeprefix("ال") if at else ""
    closing = next((n for n in range(at + 1, len(words)) if words[n].mark == QUOTE), None)
    rest = words[closing + 1 :] if closing is not None and closing - at <= _LONGEST_NAME else ()
    named = before in ("ل", "لـ") or before.removeprefix("ل") in _speech().sources.institutions
    return named and any(word.folded in _speech().lists["that"] for word in rest)


def _frame(words: Words, at: int, floor: int) -> SpeechMark | None:
    speech = _speech()
    lemma = speech.verbs.get(words[at].folded) or speech.verbs.get(bare(words[at].folded))
    if lemma is None or _PASSIVE.match(words[at].text):
        return None
    content = _content_after(words, at + 1, _FURTHEST_THAT)
    start, before = _subject_before(words, at, floor)
    if content is None:
        return _behind(words, at, lemma) or _act(words, at, start, before, lemma)
    who = before or _subject_after(words, at + 1, content) or _who_acted(words, at, floor)
    act = speech.has("denials", lemma)
    return SpeechMark(MarkPlacement.LEAD, start, content, who, words[at], lemma, act)


def _who_acted(words: Words, at: int, floor: int) -> tuple[Word, ...]:
    """«زار الوزير السد وقال إن»: the office that the sentence begins with, or its first verb."""
    if floor or at < 2 or words[at].folded[:1] != "و":
        return ()
    first = next((n for n in (0, 1) if not words[n].mark and _known(words[n].folded)), None)
    if first is None:
        return ()
    # Whether a second word with the article belongs to it or is what was done to, its form does not tell.
    own = not words[first].folded.startswith("ال") and not words[first + 1].mark
    return tuple(words[first : first + 1 + own])


def _behind(words: Words, at: int, lemma: str) -> SpeechMark | None:
    """ "…، [هكذا] قال فلان [للصحافيين]": it closes the sentence, or stands behind a quotation."""
    start = at - (at > 0 and words[at - 1].folded == _SO)
    opens = start > 0 and words[start - 1].mark in (COMMA, QUOTE) and words[at].folded[:1] not in _AND
    if not opens or lemma not in _speech().lists["after_content"]:
        return None
    rest = [word for word in words[at + 1 :] if not word.mark]
    who = _noun_phrase(words, at + 1, at + 1 + _LONGEST_SOURCE)
    behind = at + 1 + len(who)
    if who and behind < len(words) and words[behind].mark == COMMA and _closes_a_quotation(words, start):
        return SpeechMark(MarkPlacement.TAIL, start, behind + 1, who, words[at], lemma)
    if not who or len(rest) > _LONGEST_SOURCE or any(word.mark not in ("", OTHER, QUOTE) for word in words[at + 1 :]):
        return None
    return SpeechMark(MarkPlacement.TAIL, start, len(words), who, words[at], lemma)


def _closes_a_quotation(words: Words, start: int) -> bool:
    return any(word.mark == QUOTE for word in words[max(0, start - 2) : start])


def _act(words: Words, at: int, start: int, before: tuple[Word, ...], lemma: str) -> SpeechMark | None:
    """أكدت موسكو التزامها: the report is itself the statement, told where a clause begins."""
    opens = start == 0 or words[start - 1].mark == COMMA or words[at].folded[:1] == "و" or _after_break(words, start)
    if lemma not in _speech().lists["acts"] or not opens:
        return None
    return SpeechMark(
        MarkPlacement.LEAD, start, at + 1, before or _office_after(words, at + 1), words[at], lemma, act=True
    )


def _deed(words: Words, at: int, floor: int) -> SpeechMark | None:
    """اتهم الاتحاد الشركة بأن …، قررت الجمعية …، قدرت الشرطة العدد بـ …: told where a clause begins."""
    if bare(words[at].folded) not in _speech().deeds or _PASSIVE.match(words[at].text):
        return None
    start, before = _subject_before(words, at, floor)
    if any(bare(word.folded) in _speech().lists["particles"] for word in words[start:at]):
        # "Had decided": the text tells what was before.
        return None
    opens = (
        start == floor or words[start - 1].mark == COMMA or words[at].folded[:1] in _AND or _after_break(words, start)
    )
    return arabic_deed(words, at, start, before) if opens else None


def _after_break(words: Words, start: int) -> bool:
    """Whether "while", "whereas" or the like stands right before."""
    return any(_opening(words, start - len(p), (p,)) for p in _speech().breaks if start >= len(p))


def _subject_before(words: Words, at: int, floor: int) -> tuple[int, tuple[Word, ...]]:
    """Where the frame begins and who stands before the verb; nobody when the verb comes first."""
    speech = _speech()
    if words[at].folded not in speech.verbs.keys() | speech.deeds:
        return at, ()
    start = run_back(words, at, floor, _LONGEST_SUBJECT)
    begin = start
    while begin < at and bare(words[begin].folded) in speech.lists["connectors"]:
        begin += 1
    subject = [w for w in words[begin:at] if w.folded not in speech.lists["particles"]]
    if subject and subject[-1].folded in speech.lists["relatives"]:
        subject.pop()
    value = next((w for w in subject if _ends_speaker(w, speech, first=False)), None)
    if not subject or subject[0] is value or at - start >= _LONGEST_SUBJECT:
        return (start if begin == at else at), ()
    return start, tuple(_without_and(subject))


def _without_and(subject: list[Word]) -> list[Word]:
    first = subject[0]
    if first.folded.startswith("و") and _known(first.folded[1:]) and not _known(first.folded):
        return [replace(first, folded=first.folded[1:], text=first.text[1:]), *subject[1:]]
    return subject


def _known(word: str) -> bool:
    sources = _speech().sources
    plain = word.removeprefix("ال")
    return (
        plain in sources.roles | sources.institutions | sources.anonymous | sources.places or word in sources.places
    )


def _subject_after(words: Words, start: int, content: int) -> tuple[Word, ...]:
    """The speaker behind the verb, with an apposition between commas: "قال الرئيس، فلان الفلاني، إن"."""
    subject = _noun_phrase(words, start, content)
    subject = subject[:-1] if subject and subject[-1].folded in _STOPS else subject
    after = start + len(subject)
    if subject and after < content and words[after].mark == COMMA:
        more = _noun_phrase(words, after + 1, content)
        closes = after + 1 + len(more)
        if len(more) <= _LONGEST_APPOSITION and closes < content and words[closes].mark == COMMA:
            subject += more
    return subject


def _office_after(words: Words, start: int) -> tuple[Word, ...]:
    """The speaker of an act, where nothing closes it: an office with its adjectives, or a single name."""
    phrase = _noun_phrase(words, start, start + _LONGEST_SOURCE)
    if not phrase or not _known(phrase[0].folded):
        return phrase[:1]
    size = 1
    while size < len(phrase) and (phrase[size].folded.startswith("ال") or _known(phrase[size].folded)):
        size += 1
    named = size < len(phrase) and not phrase[size].text[0].isalnum()
    return phrase[: size + named]


def _coordinate(words: Words, at: int, floor: int) -> SpeechMark | None:
    """ "… والقيادة كانت على علم": a second statement behind "and"; "ويعزز …": one about the same subject."""
    speech = _speech()
    if at <= floor:
        return None
    if words[at].folded in speech.lists["shared_subject"]:
        return SpeechMark(MarkPlacement.SHARED, at, at)
    after = at + 1
    while after < len(words) and after - at < _MOST_ADJECTIVES and words[after].folded.startswith("ال"):
        after += 1
    opens = words[at].folded.startswith("وال") and after < len(words)
    if opens and (words[after].folded in speech.lists["auxiliaries"] or is_future(words[after].folded, speech)):
        return SpeechMark(MarkPlacement.BREAK, at, at)
    return None
