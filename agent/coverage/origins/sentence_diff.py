"""Two tellings of one report, sentence by sentence: what the later one left out, added and changed."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.fuzz import ratio

from agent.models import Frozen
from agent.text.sentences import sentences

# Beyond so many nothing is compared: it is a square.
_MOST_SENTENCES = 600
_ALIKE = 60


class TextPart(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    LEFT_OUT = "left_out"


class Difference(Frozen):
    """A stretch of both: `before` as the first has it, `after` as the copy; what is the same is kept once."""

    part: TextPart
    before: str = ""
    after: str = ""


def differences(first: str, copy: str, language: str) -> list[Difference]:
    """In the order of the copy; nothing for texts that are too long."""
    olds, news = _sentences(first, language), _sentences(copy, language)
    if max(len(olds), len(news)) > _MOST_SENTENCES:
        return []
    return list(_compared(olds, news))


def _compared(olds: Sequence[str], news: Sequence[str]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, [_folded(one) for one in olds], [_folded(one) for one in news], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Difference(part=TextPart.SAME, after=" ".join(news[c:d]))
        else:
            yield from _replaced(olds[a:b], news[c:d])


def _replaced(olds: Sequence[str], news: Sequence[str]) -> Iterator[Difference]:
    """Sentences that are nearly the same are one that was changed."""
    left = list(olds)
    for new in news:
        old = next((one for one in left if ratio(one, new) >= _ALIKE), None)
        if old is None:
            yield Difference(part=TextPart.ADDED, after=new)
        else:
            yield from (Difference(part=TextPart.LEFT_OUT, before=one) for one in left[: left.index(old)])
            del left[: left.index(old) + 1]
            yield Difference(part=TextPart.CHANGED, before=old, after=new)
    yield from (Difference(part=TextPart.LEFT_OUT, before=one) for one in left)


def _sentences(text: str, language: str) -> list[str]:
    return [one for span in sentences(text, language) if (one := " ".join(text[span.start : span.end].split()))]


def _folded(sentence: str) -> str:
    return " ".join(sentence.casefold().split())
