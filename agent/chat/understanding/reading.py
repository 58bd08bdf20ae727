"""What a message asks about a report: which question, about which claims, and the words that are left.

Nothing is guessed. A question is one of the patterns of the data files; what stands in a message beside it and is
neither a number nor a small word is handed on as words that have to name something in the report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from agent.chat.understanding.numerals import NamedNumbers, numbers_named
from agent.chat.understanding.questions import Occurrence, Pattern, QuestionForms, question_forms
from agent.chat.understanding.speech import speech
from agent.chat.understanding.spelling import corrected
from agent.chat.understanding.words import Cue, MessageWord, place_of, words_of
from agent.models import Frozen, Label
from agent.text import visible

# A question is short; of what is longer the beginning tells.
_MOST_WORDS = 80
# These are no words of a sense: that a claim is named, and that any of them is asked for.
_NAMED, _UNNAMED, _ANY = "ref", "noref", "any"
# Questions of two claims: "four and six" need no word for a claim there.
_COMPARING = frozenset(("compare", "unlike"))
_NOT, _NEAR = "not", 2
# "Why did nobody confirm it" is asked of what is not so.
_WHY = "why"
_ASKING = frozenset(("who", "what", "which", "how_many", "when"))
_DENIABLE = frozenset(("deny", "back", "agree", "copy", "say"))


class Reading(Frozen):
    """`question` is None where no pattern fits; `length` is how many words its pattern explains. `words` are those of
    the message that nothing here explains.

    `numbers` of `of_listed` are places in the list that was shown last; those that are `bare` may be: "the second
    one". `last` is the last claim of the report. `whole`: all are meant. `follows`: the message goes on from the
    one before ("and the ninth?"); where it `asks` something of its own, it does not. `other`: what does not have
    the `label`.
    """

    question: str | None
    length: int = 0
    numbers: tuple[int, ...] = ()
    last: bool = False
    of_listed: bool = False
    bare: bool = False
    whole: bool = False
    follows: bool = False
    asks: bool = False
    label: Label | None = None
    other: bool = False
    words: str = ""

    @property
    def names_claim(self) -> bool:
        return bool(self.numbers) or self.last


@dataclass(frozen=True, slots=True)
class _PatternMatch:
    pattern: Pattern
    occurrences: tuple[Occurrence, ...]

    @property
    def places(self) -> set[int]:
        return {place for one in self.occurrences for place in one.places}


def read(text: str) -> Reading:
    """`text` is what is said without what stands in quotation marks. Never raises."""
    forms, text = question_forms(), visible(text)
    words = corrected(words_of(text)[:_MOST_WORDS])
    label, of_label = _label(words)
    idle = forms.idle(words)
    found = forms.occurrences(words, [*idle, of_label])
    whole = place_of(forms.small["all"], words) is not None
    asks_any = whole or place_of(forms.small["any"], words) is not None
    silent = {place for one in idle for place in one}
    compares = any(one.sense in _COMPARING for one in found)
    named = numbers_named(text, words, silent, forms, compares=compares)
    match = _best(found, _pseudo(named, asks_any=asks_any), forms)
    named = numbers_named(text, words, silent | (match.places if match else set()), forms, compares=compares)
    follow = _follow(words, forms)
    explained = {place for one in found for place in one.places} | named.places | follow | silent | set(of_label)
    if match is not None and match.pattern.question != _WHY and _is_denied(match, found):
        match = None
    return Reading(
        question=match.pattern.question if match else None,
        length=len(match.places) if match else 0,
        numbers=tuple(named.numbers),
        last=named.last,
        of_listed=named.of_listed,
        bare=named.bare,
        whole=whole,
        follows=bool(follow),
        asks=any(one.sense in _ASKING and not follow & set(one.places) for one in found),
        label=label,
        other=bool(of_label) and _is_not(of_label.start, found),
        words=_left(text, words, explained),
    )


def _pseudo(named: NamedNumbers, *, asks_any: bool) -> frozenset[str]:
    found = {_NAMED if named.numbers or named.last else _UNNAMED}
    return frozenset(found | ({_ANY} if asks_any else set()))


def _best(found: Sequence[Occurrence], pseudo: frozenset[str], forms: QuestionForms) -> _PatternMatch | None:
    """The pattern that explains the most words; of equals the one that comes first."""
    matches = [match for one in forms.patterns if (match := _matched(one, found, pseudo)) is not None]
    return max(matches, key=lambda match: len(match.places), default=None)


def _matched(pattern: Pattern, found: Sequence[Occurrence], pseudo: frozenset[str]) -> _PatternMatch | None:
    senses = [sense for sense in pattern.senses if sense not in (_NAMED, _UNNAMED, _ANY)]
    if not set(pattern.senses) - set(senses) <= pseudo:
        return None
    by_sense = [[one for one in found if one.sense == sense][:4] for sense in senses]
    apart = [chosen for chosen in product(*by_sense) if _stand_apart(chosen)]
    if not apart:
        return None
    return _PatternMatch(pattern, max(apart, key=lambda chosen: sum(len(one.places) for one in chosen)))


def _stand_apart(chosen: Iterable[Occurrence]) -> bool:
    places = [place for one in chosen for place in one.places]
    return len(places) == len(set(places))


def _is_denied(match: _PatternMatch, found: Sequence[Occurrence]) -> bool:
    """Whether what is asked for is the contrary: "who did not deny it" is none of the questions here."""
    return any(one.sense in _DENIABLE and _is_not(one.start, found) for one in match.occurrences)


def _is_not(place: int, found: Sequence[Occurrence]) -> bool:
    """Whether a "not" stands in front, with at most one word between."""
    return any(one.sense == _NOT and place - _NEAR <= one.end - 1 < place for one in found)


def _follow(words: Sequence[MessageWord], forms: QuestionForms) -> set[int]:
    """The small words that go on from what was asked before, where the message begins or ends with some."""
    if not words:
        return set()
    starts = [cue for cue in forms.small["follow"] if _begins(cue, words)]
    if starts:
        return set(range(max(map(len, starts))))
    ends = [cue for cue in forms.small["follow_end"] if _begins(cue, words[len(words) - len(cue) :])]
    if ends:
        return set(range(len(words) - max(map(len, ends)), len(words)))
    joined = words[0].folded.startswith("و") and _is_small(words[0].folded[1:])
    return {0} if joined else set()


def _begins(cue: Cue, words: Sequence[MessageWord]) -> bool:
    return len(cue) <= len(words) and all(words[n].folded == part for n, part in enumerate(cue))


def _is_small(word: str) -> bool:
    """What Arabic writes "and" onto, where it goes on: «والتاسع», «والقول»."""
    return word in _small_words()


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    forms = question_forms()
    ordinals = (cue for cues in forms.ordinals.values() for cue in cues)
    cues = (*forms.small["filler"], *forms.small["claim"], *forms.small["last"], *ordinals)
    return frozenset(cue[0] for cue in cues)


def _label(words: Sequence[MessageWord]) -> tuple[Label | None, range]:
    for label, cues in speech().labels.items():
        if (place := place_of(cues, words)) is not None:
            return label, range(*place)
    return None, range(0)


def _left(text: str, words: Sequence[MessageWord], explained: set[int]) -> str:
    left = [
        text[word.start : word.end]
        for place, word in enumerate(words)
        if place not in explained and (not _is_filler(word) or _is_acronym(text, word))
    ]
    return " ".join(left)


def _is_acronym(text: str, word: MessageWord) -> bool:
    """Capitals among small letters are a name, whatever they would say as a word: "the UN"."""
    value = text[word.start : word.end]
    return len(value) > 1 and value.isupper() and not text.isupper()


def _is_filler(word: MessageWord) -> bool:
    if len(word.folded) < 2 and not word.folded.isdigit():
        return True
    return any(form in _fillers() for form in word.forms)


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    small = question_forms().small
    single = (cue for name in ("filler", "claim", "all", "any") for cue in small[name] if len(cue) == 1)
    return frozenset(word for cue in single for word in cue)
