"""Reported speech in Arabic: "قال فلان إن …", "فلان يقول …", "مضيفاً أن …", "… بحسب فلان"."""

import re

from agent.analyst.lexical.arabic_deeds import arabic_deed
from agent.analyst.lexical.arabic_speakers import (
    ARABIC_AND,
    LONGEST_SOURCE,
    LONGEST_SUBJECT,
    STOPS,
    bare,
    noun_phrase,
    office_after,
    speech_in_arabic,
    subject_after,
    subject_before,
    who_acted,
)
from agent.analyst.lexical.marks import MarkPlacement, SpeechMark, Words, closes_quote, inside_quote, run_back
from agent.analyst.lexical.resources import Phrase, SpeechPatterns
from agent.analyst.lexical.words import COLON, COMMA, OTHER, QUOTE, Word, starts_with

_FURTHEST_THAT = 16
_MOST_COMMAS = 4
_LONGEST_NAME = 5
_MOST_ADJECTIVES = 3
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


def _opening(words: Words, at: int, phrases: tuple[Phrase, ...]) -> Phrase | None:
    """The phrase that begins here, with or without "and" in front."""
    first = words[at].folded
    heads = (first, bare(first))
    return next((p for p in phrases if p[0] in heads and starts_with(words, at + 1, p[1:])), None)


def is_future(word: str, speech: SpeechPatterns) -> bool:
    """Whether the word is a verb in the future: "سيتواصل"."""
    word = bare(word)
    return word.startswith(_FUTURE) and len(word) >= _SHORTEST_FUTURE and not word.startswith(speech.not_future)


def _source(words: Words, at: int) -> SpeechMark | None:
    """بحسب فلان، وفقاً للوزارة، نقلاً عن …"""
    speech = speech_in_arabic()
    phrase = _opening(words, at, speech.by)
    after = at + len(phrase) if phrase else at + 1
    if phrase is None and not speech.has("by_to", bare(words[at].folded)):
        return None
    who = noun_phrase(words, after, after + LONGEST_SOURCE, strip_to=phrase is None)
    if not who:
        return None
    end = next(
        (n for n in range(after + len(who), len(words)) if words[n].mark or words[n].folded in STOPS), len(words)
    )
    while end < len(words) and words[end].mark in (COMMA, COLON):
        end += 1
    if end < len(words) and words[end].folded in ("فان", "ان", "فانه"):
        end += 1
    return SpeechMark(MarkPlacement.TAIL, at, end, who, words[at])


_SO = "هكذا"


def _break(words: Words, at: int, floor: int) -> SpeechMark | None:
    """في حين، فيما، والتي، وأن …"""
    speech = speech_in_arabic()
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
    speech = speech_in_arabic()
    after = words[at + size].folded if at + size < len(words) else ""
    if inside_quote(words, at) or after in speech.lists["that"]:
        return False
    return words[at].folded.removeprefix("و") in speech.lists["narrating"]


def _quoted_from(words: Words, at: int, floor: int) -> SpeechMark | None:
    """… نقل الكرملين عن بوتين قوله إن …"""
    speech = speech_in_arabic()
    content = _content_after(words, at + 1, 1)
    if words[at].folded not in speech.lists["saying"] or content is None:
        return None
    start = run_back(words, at, floor, LONGEST_SUBJECT)
    origin = next((n for n in range(at - 1, start - 1, -1) if words[n].folded == "عن"), None)
    if origin is None:
        return None
    return SpeechMark(MarkPlacement.LEAD, start, content, tuple(words[origin + 1 : at]), words[at], "قال")


def _participle(words: Words, at: int) -> SpeechMark | None:
    """مؤكداً أن، لافتاً إلى أن …"""
    lemma = speech_in_arabic().participles.get(bare(words[at].folded))
    content = _content_after(words, at + 1, 6) if lemma else None
    if lemma is None or content is None or any(w.mark == COMMA for w in words[at:content]):
        return None
    return SpeechMark(
        MarkPlacement.LEAD, at, content, (), words[at], lemma, act=speech_in_arabic().has("denials", lemma)
    )


def _content_after(words: Words, start: int, furthest: int) -> int | None:
    """Where the content begins: behind "that" or a colon, at a quotation mark; a comma must stand right before it."""
    speech = speech_in_arabic()
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
    named = before in ("ل", "لـ") or before.removeprefix("ل") in speech_in_arabic().sources.institutions
    return named and any(word.folded in speech_in_arabic().lists["that"] for word in rest)


def _frame(words: Words, at: int, floor: int) -> SpeechMark | None:
    speech = speech_in_arabic()
    lemma = speech.verbs.get(words[at].folded) or speech.verbs.get(bare(words[at].folded))
    if lemma is None or _PASSIVE.match(words[at].text):
        return None
    content = _content_after(words, at + 1, _FURTHEST_THAT)
    start, before = subject_before(words, at, floor)
    if content is None:
        return _behind(words, at, lemma) or _act(words, at, start, before, lemma)
    who = before or subject_after(words, at + 1, content) or who_acted(words, at, floor)
    act = speech.has("denials", lemma)
    return SpeechMark(MarkPlacement.LEAD, start, content, who, words[at], lemma, act)


def _behind(words: Words, at: int, lemma: str) -> SpeechMark | None:
    """ "…، [هكذا] قال فلان [للصحافيين]": it closes the sentence, or stands behind a quotation."""
    start = at - (at > 0 and words[at - 1].folded == _SO)
    opens = start > 0 and words[start - 1].mark in (COMMA, QUOTE) and words[at].folded[:1] not in ARABIC_AND
    if not opens or lemma not in speech_in_arabic().lists["after_content"]:
        return None
    rest = [word for word in words[at + 1 :] if not word.mark]
    who = noun_phrase(words, at + 1, at + 1 + LONGEST_SOURCE)
    behind = at + 1 + len(who)
    if who and behind < len(words) and words[behind].mark == COMMA and _closes_a_quotation(words, start):
        return SpeechMark(MarkPlacement.TAIL, start, behind + 1, who, words[at], lemma)
    if not who or len(rest) > LONGEST_SOURCE or any(word.mark not in ("", OTHER, QUOTE) for word in words[at + 1 :]):
        return None
    return SpeechMark(MarkPlacement.TAIL, start, len(words), who, words[at], lemma)


def _closes_a_quotation(words: Words, start: int) -> bool:
    return any(word.mark == QUOTE for word in words[max(0, start - 2) : start])


def _act(words: Words, at: int, start: int, before: tuple[Word, ...], lemma: str) -> SpeechMark | None:
    """أكدت موسكو التزامها: the report is itself the statement, told where a clause begins."""
    opens = start == 0 or words[start - 1].mark == COMMA or words[at].folded[:1] == "و" or _after_break(words, start)
    if lemma not in speech_in_arabic().lists["acts"] or not opens:
        return None
    return SpeechMark(
        MarkPlacement.LEAD, start, at + 1, before or office_after(words, at + 1), words[at], lemma, act=True
    )


def _deed(words: Words, at: int, floor: int) -> SpeechMark | None:
    """اتهم الاتحاد الشركة بأن …، قررت الجمعية …، قدرت الشرطة العدد بـ …: told where a clause begins."""
    if bare(words[at].folded) not in speech_in_arabic().deeds or _PASSIVE.match(words[at].text):
        return None
    start, before = subject_before(words, at, floor)
    if any(bare(word.folded) in speech_in_arabic().lists["particles"] for word in words[start:at]):
        # "Had decided": the text tells what was before.
        return None
    opens = (
        start == floor
        or words[start - 1].mark == COMMA
        or words[at].folded[:1] in ARABIC_AND
        or _after_break(words, start)
    )
    return arabic_deed(words, at, start, before) if opens else None


def _after_break(words: Words, start: int) -> bool:
    """Whether "while", "whereas" or the like stands right before."""
    return any(_opening(words, start - len(p), (p,)) for p in speech_in_arabic().breaks if start >= len(p))


def _coordinate(words: Words, at: int, floor: int) -> SpeechMark | None:
    """ "… والقيادة كانت على علم": a second statement behind "and"; "ويعزز …": one about the same subject."""
    speech = speech_in_arabic()
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
