"""Who does what to whom, as far as words tell it without a grammar: what stands before a noun, and that it is one."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from agent.analyst.lexical.resources import MANNERS, load_manner, load_speech
from agent.analyst.lexical.stems import stem, without_and
from agent.analyst.lexical.turns import PolarityWords
from agent.analyst.lexical.words import Word, starts_with

# Of what stands behind "by" in a passive; and, of every word that is told with no such word, nothing.
AGENT = "agent"
BARE = ""
_WITH_GRAMMAR = ("ar", "en")
_NOUNS_BEHIND = frozenset(("ar", "fa"))
_ARTICLE = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل")
# Endings of a Turkish name: "from", "to".
_TURKISH_CASES = ((("den", "dan", "ten", "tan"), "from"), (("e", "a", "ye", "ya"), "to"))
# Letters that are written onto an Arabic noun: "by", "for".
_ONTO = ("ب", "ل")


class Slot(NamedTuple):
    """`by` is the word that tells the part a noun takes ("from"), or `AGENT`.

    `noun`: an article or the like tells that it is one, or a list of those who act; `joined`: only "and" stands
    between it and the word before; `capital`: it begins with a capital letter, as names do; `parted`: something
    else is told from there on, behind "and" or a comma.
    """

    by: str = BARE
    noun: bool = False
    joined: bool = False
    capital: bool = False
    parted: bool = False


def slots(found: Sequence[Word], telling: Sequence[bool], turns: PolarityWords, language: str) -> list[Slot]:
    """One for every word that tells something, in order; a word right behind another has that one's."""
    made: list[Slot] = []
    behind = -1
    for at, tells in enumerate(telling):
        if tells:
            made.append(_slot(found, behind, at, made[-1] if made else Slot(), turns, language))
            behind = at
    return made


def _slot(found: Sequence[Word], behind: int, at: int, last: Slot, turns: PolarityWords, language: str) -> Slot:
    between = found[behind + 1 : at]
    by = _written_onto(found[at].folded, language) or _told_behind(found, at, turns)
    for n, word in enumerate(between, behind + 1):
        agents = turns.agents.get(word.folded)
        if agents and any(starts_with(found, n, phrase) for phrase in agents):
            by = AGENT
        elif by != AGENT:
            by = turns.relating.get(word.folded, by)
    if not between and behind >= 0 and by == BARE:
        by = last.by
    noun, ands = _is_noun(found[at].folded, language), bool(between)
    for word in between:
        noun = noun or word.folded in turns.determining
        ands = ands and (bool(word.mark) or word.folded in turns.joining)
    # A verb never stands behind one of these.
    noun = noun or (language in _NOUNS_BEHIND and bool(between) and between[-1].folded in turns.relating)
    written = language == "ar" and not between and found[at].folded[:1] == "و" and behind >= 0
    parted = ands or any(word.mark or word.folded in turns.joining for word in between)
    parted = parted or (language == "ar" and without_and(found[at]) is not found[at])
    capital = at > 0 and found[at].text[:1].isupper()
    return Slot(by, noun, joined=ands or written, capital=capital, parted=parted)


def _told_behind(found: Sequence[Word], at: int, turns: PolarityWords) -> str:
    """What stands behind a noun and tells its part: "tarafından"."""
    after = found[at + 1].folded if at + 1 < len(found) else ""
    return AGENT if after in turns.agents_behind else turns.relating_behind.get(after, BARE)


@lru_cache(maxsize=1 << 15)
def _written_onto(folded: str, language: str) -> str:
    if language == "tr":
        # "Calder'den": what stands behind the apostrophe tells the part that a name takes.
        return next((part for endings, part in _TURKISH_CASES if folded.partition("'")[2] in endings), BARE)
    if language != "ar":
        return BARE
    bare = folded[1:] if folded[:1] in ("و", "ف") else folded
    letter = bare[:1]
    return letter if letter in _ONTO and not stem(folded, language).startswith(letter) else BARE


@lru_cache(maxsize=1 << 15)
def _is_noun(folded: str, language: str) -> bool:
    if language == "ar" and folded.startswith(_ARTICLE):
        return True
    return stem(folded, language) in _actors(language)


@lru_cache(maxsize=8)
def _actors(language: str) -> frozenset[str]:
    """The stems of words for those who act: offices, institutions, the many without a name."""
    if language in _WITH_GRAMMAR:
        sources = load_speech(language).sources
        words = sources.roles | sources.institutions | sources.anonymous
    elif language in MANNERS:
        manner = load_manner(language)
        words = manner.roles | manner.institutions | {phrase[-1] for phrase in manner.groups}
    else:
        words = frozenset()
    return frozenset(stem(word, language) for word in words)
