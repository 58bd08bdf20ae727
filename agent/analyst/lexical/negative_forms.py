"""Words that are negated by their own form: "gelmedi" is "geldi" with "not", "uninsured" is "insured" with it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from agent.analyst.lexical.frequency import zipf
from agent.analyst.lexical.resources import Table
from agent.analyst.lexical.stems import stem
from agent.analyst.lexical.turns import load_turns
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
_SHORTENING = frozenset(("لم", "ولم", "فلم"))
# Not «لم يعد», which is "no longer".
_SHORTENED = re.compile("[يتن](?!عد)..")
_UNDONE = re.compile(r"un(?P<done>\w{3,}ed|paid|sold|built|won|met|held|sent)")
# How common a word has to be for "un" before it to negate it.
_KNOWN = 2.5
_VOICELESS = "fstkchp"
# Which vowel an ending has behind that of the stem, as words are folded.
_ECHO = MappingProxyType({"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u"})


def without_negative_forms(words: Sequence[Word], language: str) -> list[Word]:
    """The words, with a verb that is negated by its form in two: what it negates, and "not" behind it."""
    if language == "ar":
        return [_restored(word, words[at - 1 : at]) for at, word in enumerate(words)]
    if language not in _READERS:
        return list(words)
    positive_of, negation = _READERS[language]
    found: list[Word] = []
    for word in words:
        positive = None if word.mark else positive_of(word)
        pair = [] if positive is None else [_as(word, positive), _as(word, negation)]
        # English puts what negates before the word.
        found += (pair[::-1] if language == "en" else pair) or [word]
    return found


def _restored(word: Word, before: Sequence[Word]) -> Word:
    """A verb that lost its long vowel behind «لم», with it: «لم يصب» is of «أصيب»."""
    if not (before and before[0].folded in _SHORTENING and _SHORTENED.fullmatch(word.folded)):
        return word
    whole = max((f"{word.folded[:2]}{vowel}{word.folded[2:]}" for vowel in "اوي"), key=lambda form: zipf(form, "ar"))
    return _as(word, whole) if zipf(whole, "ar") > zipf(word.folded, "ar") else word


def _as(word: Word, text: str) -> Word:
    return replace(word, text=text, folded=fold(text))


def _persian(word: Word) -> str | None:
    if word.folded in _kept("fa"):
        return None
    found = _persian_negated().fullmatch(word.folded)
    if found is None:
        return None
    return f"{found['before'] or ''}{found['whole']}" if found["whole"] else f"ا{found['alef']}"


@lru_cache(maxsize=1)
def _persian_negated() -> re.Pattern[str]:
    table = Table("stance.fa.toml")
    past, present, alef = ("|".join(table.words(key)) for key in ("past_stems", "present_stems", "alef_stems"))
    behind_past, behind_present = ("|".join(fold(all_of).split()) for all_of in (_PAST_ENDINGS, _PRESENT_ENDINGS))
    return re.compile(
        rf"(?P<before>باز|بر|در|فرا|فرو)?ن(?P<whole>(?:{past})(?:{behind_past})?|(?:{present})(?:{behind_present})|{fold('می')}.{{2,}})"
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


def _english(word: Word) -> str | None:
    found = _UNDONE.fullmatch(word.folded)
    if found is None or word.folded in _kept("en"):
        return None
    known = load_turns("en").sides_of(word.folded, stem(word.folded, "en"))
    return None if known or zipf(found["done"], "en") < _KNOWN else found["done"]


_READERS: Mapping[str, tuple[Callable[[Word], str | None], str]] = MappingProxyType(
    {"en": (_english, "not"), "fa": (_persian, "نه"), "tr": (_turkish, "değil")}
)
