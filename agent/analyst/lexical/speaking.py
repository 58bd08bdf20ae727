"""Who speaks, read from the words that name a speaker in a language without a grammar of its own here."""

from collections.abc import Sequence

from agent.analyst.lexical.attribution import Speaker
from agent.analyst.lexical.resources import Manner, Phrase
from agent.analyst.lexical.words import HYPHENS, Word, starts_with
from agent.models import SourceType


def speaker_of(who: Sequence[Word], manner: Manner, *, unnamed: bool) -> Speaker:
    """Name and office, told apart by a comma, by a word of office, or by capitals at the end."""
    parts = [part for part in _parted(who) if not holds(part, manner.unnamed)] or [list(who)]
    whole = _text(who)
    if unnamed:
        return Speaker(_text(parts[0]), None, None, SourceType.ANONYMOUS, None, definite=False)
    first = parts[0][0].folded if parts[0] else ""
    if phrase_at(parts[0], 0, manner.groups) or first in {phrase[0] for phrase in manner.groups}:
        return Speaker(_text(parts[0]), None, None, SourceType.GROUP, None, definite=False)
    if len(parts) > 1:
        names = parts[1:] if any(word.folded in manner.roles for word in parts[0]) else parts[:1]
        roles = parts[:1] if names[0] is parts[1] else parts[1:]
        return Speaker(whole, _text(names[0]), _text(roles[0]), SourceType.NAMED, None, definite=False)
    name = _named_at_end(parts[0], manner)
    office = parts[0][: len(parts[0]) - len(name)]
    if not name and any(word.folded in manner.institutions for word in parts[0]):
        return Speaker(whole, _text(parts[0]), None, SourceType.INSTITUTION, None, definite=False)
    role = _text(office) or None if name else None
    return Speaker(whole, _text(name or parts[0]), role, SourceType.NAMED, None, definite=False)


def _parted(who: Sequence[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in who:
        if word.mark and word.text not in HYPHENS:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _named_at_end(part: Sequence[Word], manner: Manner) -> list[Word]:
    """The words with capitals that close a phrase, behind the last word of office."""
    name: list[Word] = []
    for word in reversed(part):
        hyphen = word.text in HYPHENS
        if not (hyphen or word.text[:1].isupper()) or word.folded.rstrip(".") in manner.roles:
            break
        name.insert(0, word)
    return name if len(name) < len(part) else []


def _text(words: Sequence[Word]) -> str:
    shown = [word for word in words if not word.mark or word.text in HYPHENS]
    glued = [n > 0 and shown[n - 1].end == word.start for n, word in enumerate(shown)]
    return "".join(("" if tight else " ") + word.text for word, tight in zip(shown, glued, strict=True)).strip()


def is_fuller(earlier: Speaker, now: Speaker) -> bool:
    """Whether an earlier speaker is the same, told with more of the name."""
    if not (earlier.name and now.name):
        return False
    short, full = now.name.casefold().split(), earlier.name.casefold().split()
    return len(short) < len(full) and full[-len(short) :] == short


def phrase_at(words: Sequence[Word], at: int, phrases: Sequence[Phrase]) -> Phrase | None:
    """The phrase that begins at a word."""
    if at >= len(words):
        return None
    first = words[at].folded
    return next((phrase for phrase in phrases if phrase[0] == first and starts_with(words, at, phrase)), None)


def holds(words: Sequence[Word], phrases: Sequence[Phrase]) -> bool:
    """Whether one of the phrases stands among the words."""
    return any(phrase_at(words, at, phrases) for at in range(len(words)))
