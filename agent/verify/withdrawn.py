"""What a witness has taken back: a correction in its text goes with the words that it corrects."""

import re
from collections.abc import Sequence
from functools import lru_cache

from agent.analyst.lexical.numbers import Number, read_numbers
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.words import Word, words
from agent.coverage.origins.changes import days_and_months
from agent.models import Claim, Frozen, Passage, Span
from agent.text import fold
from agent.text.corrections import CorrectionNote, Disowned, disowned_in, notes_in
from agent.text.retractions import retracted_in
from agent.text.sentences import sentences

# Of the telling words that a note takes back, a claim that says them again has at least this share.
_SAYS_AGAIN = 0.6
_FEWEST_AGAIN = 2
_SHORTEST, _PREFIX = 4, 5
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_QUOTE = 400
_DIGITS_OF_MORE = 3
_EMPTY = frozenset(
    "that this said says were have been with from which their they will about article version earlier previous story"
    " number people correct".split()
)


class TakenBack(Frozen):
    """The words that do so. `figure`: they say of one number, which the claim has, that it is wrong. `note`: they are
    a note of correction, and so the text's own; otherwise somebody in the text may be speaking."""

    quote: str
    figure: bool
    note: bool = True


def taken_back(claim: Claim, passages: Sequence[Passage]) -> TakenBack | None:
    """In which words a witness takes back what the claim says; None where it does not."""
    for passage in passages:
        for note in notes_in(passage.text):
            if _takes_back(note, claim.text, passage):
                figure = _is_of_one_figure(note, claim.text, passage)
                return TakenBack(quote=_quoted(note.span, passage), figure=figure)
        for disowned in disowned_in(passage.text):
            if _disowns(disowned, claim.text, passage):
                return TakenBack(quote=_quoted(disowned.span, passage), figure=True, note=False)
    return None


def retraction_quote(claim: Claim, passage: Passage, span: Span) -> str | None:
    """The sentence at `span` of a passage, where it tells that whoever had said what the claim says took it back. It
    is no denial, and no support for what nobody says any more."""
    for sentence in sentences(passage.text, passage.language):
        if sentence.end <= span.start or span.end <= sentence.start:
            continue
        words = passage.text[sentence.start : sentence.end]
        said = retracted_in(words)
        if said is not None and _is_said(claim.text, said, passage):
            return _quoted(sentence, passage)
    return None


def _is_said(claim: str, said: str, passage: Passage) -> bool:
    language = profile(passage.language, passage.text)
    mine = _telling(claim)
    return _figures(claim, language) <= _figures(said, language) and len(mine & _telling(said)) >= len(mine) / 2


def _disowns(disowned: Disowned, claim: str, passage: Passage) -> bool:
    """Whether it is the claim's own figure that is wrong: of the same value, counting the same, and named with it."""
    language = profile(passage.language, passage.text)
    wrong = disowned.begins if _figures(disowned.begins, language) else disowned.before
    right = _figures(disowned.right, language)
    counted = _counted(wrong, language)
    same = any(one.unit and one.value not in right and _is_among(one, counted) for one in _counted(claim, language))
    return same and len(_telling(claim) & _telling(wrong)) >= _FEWEST_AGAIN


def _counted(text: str, language: str) -> list[Number]:
    return [one for one in read_numbers(_without_days(words(text)), language) if not one.is_year]


def _is_among(one: Number, others: Sequence[Number]) -> bool:
    return any(one.value == other.value and one.unit == other.unit for other in others)


def _without_days(value: Sequence[Word]) -> list[Word]:
    """The words without the numbers of days: "20 February" counts nothing."""
    months = [word.folded in days_and_months() for word in value]
    return [
        word
        for n, word in enumerate(value)
        if not (word.folded.isdecimal() and len(word.folded) < _DIGITS_OF_MORE and any(months[max(n - 1, 0) : n + 2]))
    ]


def _quoted(span: Span, passage: Passage) -> str:
    words = passage.text[span.start : span.end].strip()
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rpartition(" ")[0].strip()


def _is_of_one_figure(note: CorrectionNote, claim: str, passage: Passage) -> bool:
    """Of several numbers in a note not all are wrong: one is the day, or of the notice that it corrects. And what the
    claim counts has to be named: a page may say 71 of ships, too."""
    language = profile(passage.language, passage.text)
    withdrawn, kept = (_figures(" ".join(part), language) for part in (note.withdrawn, note.kept))
    wrong = withdrawn - kept
    if len(wrong) != 1 or not wrong <= _figures(claim, language) or note.whole:
        return False
    return bool(_telling(claim) & _telling(" ".join((*note.withdrawn, *note.kept))))


def _takes_back(note: CorrectionNote, claim: str, passage: Passage) -> bool:
    if note.whole:
        return True
    language = profile(passage.language, passage.text)
    said, withdrawn, kept = (
        _figures(part, language) for part in (claim, " ".join(note.withdrawn), " ".join(note.kept))
    )
    if said & (withdrawn - kept):
        return True
    if said and (withdrawn or not kept or said & kept):
        # Other figures than the wrong one are not what was taken back.
        return False
    if said:
        return bool(_telling(claim) & _telling(" ".join((*note.withdrawn, *note.kept))))
    return bool(note.withdrawn) and _says_again(claim, note)


def _says_again(claim: str, note: CorrectionNote) -> bool:
    mine, wrong, right = _telling(claim), _telling(" ".join(note.withdrawn)), _telling(" ".join(note.kept))
    if len(mine & wrong) < min(_FEWEST_AGAIN, len(wrong)) or len(mine & wrong) < _SAYS_AGAIN * len(wrong):
        return False
    return len(mine & right) <= len(mine & wrong)


@lru_cache(maxsize=1024)
def _figures(text: str, language: str) -> frozenset[float]:
    return frozenset(number.value for number in read_numbers(words(text), language))


@lru_cache(maxsize=1024)
def _telling(text: str) -> frozenset[str]:
    """The beginnings of the longer words: endings differ from sentence to sentence."""
    return frozenset(
        word[:_PREFIX] for word in _WORD.findall(fold(text)) if len(word) >= _SHORTEST and word not in _EMPTY
    )
