"""A claim held against a whole passage: the stretches that bear on it, the one that does most, and the signals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from agent.analyst.lexical.disputed import rejected_behind, taken_back_behind
from agent.analyst.lexical.extract import PlacedDraft, read_statements
from agent.analyst.lexical.features import features_of
from agent.analyst.lexical.likeness import has_like
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.reading import QUESTION_MARKS, LexicalReading, read
from agent.analyst.lexical.signals import ComparedStretch, Signals, signals_of, under
from agent.analyst.lexical.stance import decide
from agent.analyst.lexical.subjects import named_before
from agent.analyst.lexical.turns import load_turns
from agent.models import Span, Stance
from agent.text import fold

# Of the claim's weight; a quick look that spares most stretches the rest.
_BEARS = 0.12
# Between stretches that share as much, the plainer one is quoted.
_PER_NEGATION = 0.02
# What counts the same tells the claim rather than what shares more of its place and time.
_WITH_ITS_NUMBER = 0.2
# A claim may be told in another stretch than the one that shares most; so many that share about as much are seen.
_LOOKED_AT = 4
_ABOUT_AS_MUCH = 0.3
# Of a claim, the words that name what it is about.
_BEGINS = 3
# A claim told over a whole sentence is quoted with all of it.
_TELLS_MORE = 0.1


class _Subject(Enum):
    """What a statement is about: what its words name; what the words before it name; its speaker; another, where the
    claim is about its speaker."""

    OWN = auto()
    BEFORE = auto()
    SPEAKER = auto()
    ANOTHER = auto()


@dataclass(frozen=True)
class ComparedStatement:
    """One statement of a text beside the claim; `tells` is where it tells it, with whom it is about."""

    statement: PlacedDraft
    stretch: ComparedStretch
    subject: _Subject
    tells: Span

    @property
    def bearing(self) -> float:
        features = self.stretch.features
        return features.shared - _PER_NEGATION * features.negations + _WITH_ITS_NUMBER * (features.numbers_agree > 0)


@dataclass(frozen=True)
class Comparison:
    """What a passage has for a claim: `tells` is the span that says most of it, `turns` what turns it around.

    `taken_back` is where it is told and taken back in the next sentence; None where it is not.
    """

    best: ComparedStatement
    tells: Span
    turns: ComparedStatement
    signals: Signals
    taken_back: Span | None = None


def compare_texts(claim: str, text: str, language: str) -> Comparison | None:
    """None where nothing of the text bears on the claim."""
    known = profile(language, text)
    return compare(read(claim, known), text, known, read_statements(text, language))


def compare(claim: LexicalReading, text: str, known: str, statements: Sequence[PlacedDraft]) -> Comparison | None:
    """The same for a claim that is read already and a text taken apart; `known` is the text's language."""
    heard = list(heard_in(claim, text, known, statements))
    if not heard:
        return None
    passage = [_read(text, span, known) for span in dict.fromkeys(statement.sentence for statement in statements)]
    whole = _fullest_sentence(claim, text, known, statements)
    asked = _ClaimAndPassage(claim, text, known, statements, heard, passage, whole)
    first, *others = sorted(heard, key=lambda one: -one.bearing)[:_LOOKED_AT]
    best = asked.beside(first)
    stance = decide(best.signals)
    if stance in (Stance.SUPPORTS, Stance.CONTRADICTS):
        return best
    near = (asked.beside(one) for one in others if one.bearing >= first.bearing - _ABOUT_AS_MUCH)
    return next((one for one in near if decide(one.signals) is Stance.SUPPORTS), best)


@dataclass(frozen=True)
class _ClaimAndPassage:
    """A claim and a passage, with all that bears on it."""

    claim: LexicalReading
    text: str
    known: str
    statements: Sequence[PlacedDraft]
    heard: Sequence[ComparedStatement]
    passage: Sequence[LexicalReading]
    whole: "_Whole | None"

    def beside(self, one: ComparedStatement) -> Comparison:
        """What the passage has for the claim, seen from one stretch of it."""
        shared = one.stretch.features.shared
        shared_whole = max(shared, self.whole.shared if self.whole else 0.0)
        more = self.whole is not None and self.whole.shared >= shared + _TELLS_MORE
        tells = self.whole.span if self.whole and more else one.tells
        about = [heard.stretch for heard in self.heard]
        signals = signals_of(self.claim, one.stretch, about, self.passage) | {"shared_in_sentence": shared_whole}
        signals |= under(self.claim, _read(self.text, _led(one.statement, self.text), self.known))
        if not self.claim.hedges and _is_doubted(one.statement, self.known):
            signals["hedged"] = 1.0
        signals["of_another"] = float(one.subject is _Subject.ANOTHER)
        taken_back = self._taken_back(one)
        if taken_back:
            signals["taken_back"] = 1.0
        elif not self.claim.denies and (taken_back := rejected_behind(one.statement, self.text, self.known)):
            signals["rejected"] = 1.0
        return Comparison(one, tells, max(self.heard, key=_turning), signals, taken_back)

    def _taken_back(self, one: ComparedStatement) -> Span | None:
        if not one.stretch.features.numbers_agree or self.claim.takes_back_figure:
            return None
        return taken_back_behind(one.statement, self.text, self.known, self.statements)


def heard_in(
    claim: LexicalReading, text: str, known: str, statements: Sequence[PlacedDraft]
) -> Iterator[ComparedStatement]:
    """The statements that bear on the claim, each beside it."""
    sentences = list(dict.fromkeys(statement.sentence for statement in statements))
    for statement in statements:
        result = _read(text, statement.span, known)
        if _bears(claim, result):
            yield from _told_of_one_before(claim, statement, result, text, sentences, known)
            of_speaker = _speaker_of_subject(claim, statement, result, known)
            of_him = of_speaker is not None and has_like(result.terms[0], claim)
            if of_him:
                told = read(f"{of_speaker} {statement.draft.quote}", known)
                yield _beside(claim, statement, told, _Subject.SPEAKER, statement.sentence)
            subject = _Subject.OWN if of_him or of_speaker is None else _Subject.ANOTHER
            yield _beside(claim, statement, result, subject, statement.span)


def _beside(
    claim: LexicalReading, statement: PlacedDraft, told: LexicalReading, subject: _Subject, tells: Span
) -> ComparedStatement:
    return ComparedStatement(statement, ComparedStretch(told, features_of(claim, told)), subject, tells)


def _told_of_one_before(
    claim: LexicalReading,
    statement: PlacedDraft,
    said: LexicalReading,
    text: str,
    sentences: Sequence[Span],
    known: str,
) -> Iterator[ComparedStatement]:
    """The statement with whom it is about, where the words before it name him, and the claim does too."""
    if statement.subject:
        subject, tells = statement.subject, statement.sentence
    elif before := named_before(statement, text, sentences, known):
        subject, tells = before
    else:
        return
    named = read(subject, known)
    begins = (term for term in claim.terms[:_BEGINS] if not term.counts)
    if any(has_like(term, named) and not has_like(term, said) for term in begins):
        told = read(f"{subject} {statement.draft.quote}", known)
        yield _beside(claim, statement, told, _Subject.BEFORE, tells)


def _speaker_of_subject(
    claim: LexicalReading, statement: PlacedDraft, said: LexicalReading, known: str
) -> str | None:
    """The speaker, where he is what the claim is about, and the words said do not name it.

    They tell of him where they begin with what the claim tells as well: "The company said it had sent ninety buses".
    """
    speaker = statement.draft.attribution.speaker
    if speaker is None or not said.terms:
        return None
    subject = read(speaker, known)
    begins = (term for term in claim.terms[:_BEGINS] if not term.counts)
    return speaker if any(has_like(term, subject) and not has_like(term, said) for term in begins) else None


def _is_doubted(statement: PlacedDraft, known: str) -> bool:
    """Whether a verb of doubt stands behind what is said: "…, the company claimed"."""
    verb = statement.draft.attribution.verb
    return verb is not None and fold(verb) in load_turns(known).hedges


def _led(statement: PlacedDraft, text: str) -> Span:
    """The statement with what its sentence says before it: a doubt, a denial or a question that it stands under.

    The mark of a question stands behind it.
    """
    start = min(statement.sentence.start, statement.span.start)
    end = max(statement.sentence.end, statement.span.end)
    asked = text[start:end].rstrip().endswith(QUESTION_MARKS)
    return Span(start=start, end=end if asked else statement.span.end)


def _read(text: str, span: Span, known: str) -> LexicalReading:
    return read(text[span.start : span.end], known)


def _bears(claim: LexicalReading, text: LexicalReading) -> bool:
    return _common(claim, text) >= _BEARS * claim.weight > 0


def _common(claim: LexicalReading, text: LexicalReading) -> float:
    return sum(claim.root_weight[root] for root in claim.by_root.keys() & text.by_root.keys())


@dataclass(frozen=True)
class _Whole:
    span: Span
    shared: float


def _fullest_sentence(
    claim: LexicalReading, text: str, known: str, statements: Sequence[PlacedDraft]
) -> _Whole | None:
    """Of the sentences of several statements the one that shares most: a claim may be told over all of it."""
    counts = Counter(statement.sentence for statement in statements)
    several = [span for span, count in counts.items() if count > 1]
    wholes = [_Whole(span, _common(claim, _read(text, span, known)) / claim.weight) for span in several]
    return max(wholes, key=lambda whole: whole.shared, default=None)


def _turning(heard: ComparedStatement) -> float:
    features = heard.stretch.features
    turned = max(features.opposed_near, features.turned_near, float(features.denied), features.averted)
    return heard.bearing + turned
