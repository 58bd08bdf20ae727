"""Verbs that are negated by their own form, in Persian and Turkish: "gelmedi" is "geldi" with "not"."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from agent.analyst.lexical.resources import Table
from agent.analyst.lexical.words import Word
from agent.text import fold

_PAST_ENDINGS = "م ی یم ید ند ه ه‌ام ه‌ایم ه‌اند ه‌است ه‌بود ه‌بودند"
_PRESENT_ENDINGS = "د م ی یم ید ند"
_TURKISH = re.compile(
    r"(?P<stem>\w{2,}?)(?:"
    r"(?:ma|me)(?P<past>d[ıi](?:lar|ler|m|n|k)?)|(?:ma|me)(?P<told>m[ıi]s(?:lar|ler|t[ıi]r|lard[ıi]r|lerd[ıi]r)?)"
    r"|(?:ma|me)y(?P<ahead>(?:acak|ecek)(?:lar|ler|t[ıi]r)?|(?:acag|eceg)[ıi]n[ıi])"
    r"|(?:ma|me)(?P<that>d[ıi]g[ıi]n[ıi]|d[ıi]klar[ıi]n[ıi]|d[ıi]kler[ıi]n[ıi])"
    r"|m[ıiu](?P<now>yor(?:lar|du|um|uz)?))"
)
_VOICELESS = "fstkchp"
# Which vowel an ending has behind that of the stem, as words are folded.
_ECHO = MappingProxyType({"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u"})


def without_negative_forms(words: Sequence[Word], language: str) -> list[Word]:
    """The words, with a verb that is negated by its form in two: what it negates, and "not" behind it."""
    if language not in _READERS:
        return list(words)
    positive_of, negation = _READERS[language]
    found: list[Word] = []
    for word in words:
        positive = None if word.mark else positive_of(word)
        found += [word] if positive is None else [_as(word, positive), _as(word, negation)]
    return found


def _as(word: Word, text: str) -> Word:
    return replace(word, text=text, folded=fold(text))


def _persian(word: Word) -> str | None:
    if word.folded in _kept("fa"):
        return None
    found = _persian_negated().fullmatch(word.folded)
    return found["whole"] or f"ا{found['alef']}" if found else None


@lru_cache(maxsize=1)
def _persian_negated() -> re.Pattern[str]:
    table = Table("stance.fa.toml")
    past, present, alef = ("|".join(table.words(key)) for key in ("past_stems", "present_stems", "alef_stems"))
    behind_past, behind_present = ("|".join(fold(all_of).split()) for all_of in (_PAST_ENDINGS, _PRESENT_ENDINGS))
    return re.compile(
        rf"ن(?P<whole>(?:{past})(?:{behind_past})?|(?:{present})(?:{behind_present})|{fold('می')}.{{2,}})"
        rf"|{fold('نی')}ا?(?P<alef>(?:{alef})(?:{behind_past}|{behind_present})?)"
    )


def _turkish(word: Word) -> str | None:
    # Verbs stand last, and what begins with a capital is a name.
    if word.text[:1].isupper() or word.folded in _kept("tr"):
        return None
    found = _TURKISH.fullmatch(word.folded)
    if found is None:
        return None
    stem = found["stem"].rstrip("ae") if found["now"] else found["stem"]
    vowel = _ECHO.get(next((letter for letter in reversed(stem) if letter in _ECHO), ""), "i")
    if now := found["now"]:
        return f"{stem}{vowel}{now}"
    if told := found["told"]:
        return f"{stem}m{vowel}{told[2:]}"
    past = found["past"] or found["that"]
    if past:
        return f"{stem}{'t' if stem[-1] in _VOICELESS else 'd'}{vowel}{past[2:]}"
    return f"{stem}{'y' if stem[-1] in _ECHO else ''}{found['ahead']}"


@lru_cache(maxsize=2)
def _kept(language: str) -> frozenset[str]:
    """Negations that are told as such, and words that only look like one."""
    table = Table(f"stance.{language}.toml")
    return table.words("negators") | table.words("not_negated")


_READERS: Mapping[str, tuple[Callable[[Word], str | None], str]] = MappingProxyType(
    {"fa": (_persian, "نه"), "tr": (_turkish, "değil")}
)
