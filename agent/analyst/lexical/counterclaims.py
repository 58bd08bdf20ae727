"""Another speaker of the same article who says otherwise: told by a word of answering or of contrast, never by words
in common alone.

"The lamps were lit. — By contrast, the company said that the dredger worked without lamps." Articles are full of
figures and of denials of something else, so whoever contests has to be told to answer, and to speak of the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agent.analyst.lexical.denied_before import only_denies
from agent.analyst.lexical.extract import PlacedDraft, read_statements
from agent.analyst.lexical.likeness import has_like, is_like
from agent.analyst.lexical.other_counts import counts_otherwise, figures_dispute
from agent.analyst.lexical.polarity import REACH
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.reading import LexicalReading, read
from agent.analyst.lexical.same_matter import (
    OF_NO_ANSWER,
    denies_more,
    goes_beyond,
    of_two_settings,
    of_two_times,
    opposed_about_the_same,
    speaks_of_another,
    turns_twice,
)
from agent.analyst.lexical.sameness import same_speaker
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import joined, words
from agent.models import Attribution, Claim, Passage, Span

# An answer follows what it answers within so many sentences.
_NEARBY = 5
# Whose own count another's is set against, where neither is told to answer.
_AT_ONCE = 2
# Words around a figure, or around a word that is turned, that tell what it is about.
_AROUND = 4
_MET_OF_A_TURN = 2
_SHARED = 0.3
_FEW = 8
_TELLING = 0.6
# No phrase stands over what is said between its words.
_CUT = " | "


@dataclass(frozen=True)
class _Side:
    """What one speaker says; `told` is what his sentence says of it, `at` which sentence of the text that is,
    `start` where he begins."""

    content: LexicalReading
    told: LexicalReading
    start: int
    at: int
    speaker: str | None


def counterclaims(claim: Claim, content: LexicalReading, passage: Passage) -> Iterator[PlacedDraft]:
    """The statements of an article that cannot be true where the claim is, by what its speakers are told to dispute.

    `passage` is of the article, `content` what the claim says.
    """
    known = profile(passage.language, passage.text)
    statements = read_statements(passage.text, passage.language, atomic=True)
    spans = [span for span in (_within(span, passage) for span in claim.spans) if span is not None]
    own = Attribution() if _only_denies(spans, passage, known) else claim.attribution
    found = (*_denials_beside(spans, passage, known, statements), *_answers(content, own, spans, passage, statements))
    for statement in found:
        if not any(_meet(statement.span, span) for span in spans) and not _same(own, statement.draft.attribution):
            yield statement


def _same(one: Attribution, other: Attribution) -> bool:
    return one.speaker is not None and same_speaker(one, other)


def _answers(
    content: LexicalReading,
    own: Attribution,
    spans: Sequence[Span],
    passage: Passage,
    statements: Sequence[PlacedDraft],
) -> Iterator[PlacedDraft]:
    known, by_sentence = profile(passage.language, passage.text), _by_sentence(statements)
    sentences = list(by_sentence)
    mine = next((n for n, span in enumerate(sentences) if any(_meet(span, own) for own in spans)), None)
    if mine is None:
        return
    framed = [_frame(passage.text, span, by_sentence[span]) for span in sentences[: mine + _NEARBY + 1]]
    claims = _Side(content, read(framed[mine], known), spans[0].start, mine, own.speaker)
    for at in range(max(0, mine - _NEARBY), len(framed)):
        told = read(framed[at], known)
        for statement in by_sentence[sentences[at]]:
            said = read(passage.text[statement.span.start : statement.span.end], known)
            speaker = statement.draft.attribution.speaker
            if _disputed(claims, _Side(said, told, statement.span.start, at, speaker)):
                yield statement


def _denials_beside(
    spans: Sequence[Span], passage: Passage, known: str, statements: Sequence[PlacedDraft]
) -> Iterator[PlacedDraft]:
    """What only denies the claim right before it; what the claim, if it only denies, is behind."""
    for before, after in pairwise(sorted(statements, key=lambda one: one.span.start)):
        told, denies = (any(_meet(one.span, span) for span in spans) for one in (before, after))
        if told != denies and _only_denies([after.span], passage, known):
            yield after if told else before


def _only_denies(spans: Sequence[Span], passage: Passage, known: str) -> bool:
    return any(only_denies(joined(words(passage.text[span.start : span.end])), known) for span in spans)


def _within(span: Span, passage: Passage) -> Span | None:
    start, end = max(0, span.start - passage.start), span.end - passage.start
    return Span(start=start, end=end) if start < end else None


def _by_sentence(statements: Sequence[PlacedDraft]) -> dict[Span, list[PlacedDraft]]:
    found: dict[Span, list[PlacedDraft]] = {}
    for statement in sorted(statements, key=lambda one: (one.sentence.start, one.span.start)):
        found.setdefault(statement.sentence, []).append(statement)
    return found


def _frame(text: str, sentence: Span, inside: Sequence[PlacedDraft]) -> str:
    """The words of a sentence around what is said in it: who says it and how."""
    parts, at = [], sentence.start
    for statement in inside:
        parts.append(text[at : max(at, statement.span.start)])
        at = max(at, statement.span.end)
    return _CUT.join([*parts, text[at : sentence.end]])


def _disputed(one: _Side, other: _Side) -> bool:
    first, second = sorted((one, other), key=lambda side: side.start)
    if _rival_claims(first, second):
        return True
    if first.speaker is None or second.speaker is None or of_two_times(first.content, second.content):
        return False
    soon = second.at - first.at <= _AT_ONCE
    if soon and second.content.counts_itself and counts_otherwise(first.content, second.content):
        return True
    if _heard_none(first.content, second.content) or _heard_none(second.content, first.content):
        return True
    if of_two_settings(first.content, second.content):
        return False
    if _none_of_what_is_counted(first.content, second.content) or _none_of_what_is_counted(
        second.content, first.content
    ):
        return True
    if _denies_the_same(first.content, second.content) or _denies_the_same(second.content, first.content):
        return True
    if _none_at_all(first.content, second.content) or _none_at_all(second.content, first.content):
        return True
    if not second.told.counters:
        return False
    # An answer in one and the same sentence is about that.
    opposed = first.at == second.at and _opposite(first.content, second.content)
    return opposed or figures_dispute(first.content, second.content) or _turns(first.content, second.content)


def _opposite(one: LexicalReading, other: LexicalReading) -> bool:
    return any((row, -side) in other.sides_stated for row, side in one.sides_stated)


def _rival_claims(first: _Side, second: _Side) -> bool:
    """Whether a rival claims what only one of two can have: "his opponent, too, claims victory"."""
    return second.content.rivals and second.content.only_one and first.content.only_one


def _none_of_what_is_counted(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether one has "no" before what the other counts, and both tell the same of it: "no child was admitted"."""
    units = {number.unit for number in other.numbers if number.value and not number.denied}
    if one.numbers or denies_more(one, other, most=OF_NO_ANSWER):
        return False
    return any(
        noun.denied == REACH and noun.root in units and said.denied == REACH - 1 and _tells_it(said, other)
        for noun, said in pairwise(one.terms)
    )


def _tells_it(term: Term, text: LexicalReading) -> bool:
    """Whether the text has a word like it, and does not deny it."""
    partners = [other for other in text.terms if is_like(term, other)]
    return bool(partners) and not any(other.denied or other.root in text.none_of for other in partners)


def _denies_the_same(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether one has "not" before two words that stand side by side in the other: "did not close the mine". Where
    the verb stands last, "not" is behind it, and the other may have more between them."""
    if denies_more(one, other, most=OF_NO_ANSWER):
        return False
    if load_turns(one.language).verb_last:
        return any(
            noun.denied == REACH - 1 and verb.denied == REACH and _end_with(noun, verb, other)
            for noun, verb in pairwise(one.terms)
        )
    return not speaks_of_another(one, other) and any(
        first.denied == REACH
        and second.denied == REACH - 1
        and any(
            is_like(first, a) and is_like(second, b) and not (a.denied or b.denied) for a, b in pairwise(other.terms)
        )
        for first, second in pairwise(one.terms)
    )


def _end_with(noun: Term, verb: Term, text: LexicalReading) -> bool:
    """Whether a text ends with the verb, does not deny it, and has the noun before it."""
    if not text.terms:
        return False
    *before, last = text.terms
    return is_like(verb, last) and not last.denied and any(is_like(noun, term) and not term.denied for term in before)


def _turns(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether one of them denies what the other tells of the same, or tells the opposite."""
    met = [term for term in one.terms if has_like(term, other)]
    shared = max(_share(one, other), _share(other, one))
    negated = any(_is_negated_there(term, other) for term in met)
    if negated and len(met) >= _MET_OF_A_TURN and shared >= _SHARED:
        denies = any(term.denied and _is_negated_there(term, other) for term in met)
        denial, told = (one, other) if denies else (other, one)
        return not (turns_twice(one, other) or denies_more(denial, told))
    return opposed_about_the_same(one, other)


def _share(one: LexicalReading, other: LexicalReading) -> float:
    return sum(term.weight for term in one.terms if has_like(term, other)) / one.weight if one.weight else 0.0


def _is_negated_there(term: Term, other: LexicalReading) -> bool:
    """Whether only one of two like words is negated, and is what the negation is about."""
    partners = other.by_root.get(term.root, ())
    turned = [one for one in partners if bool(one.denied) != bool(term.denied)]
    return len(turned) == len(partners) > 0 and all(max(one.denied, term.denied) == REACH for one in turned)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _heard_none(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether one tells, and little else, to have heard or seen none of what there was to the other: "we heard no
    siren", "the sirens sounded"."""
    if len(one.terms) > _FEW or one.numbers or not (one.perceives and other.sounds):
        return False
    missed = (term for term in one.terms if term.root in one.none_of or 0 < term.denied < REACH)
    return any(_tells_it(term, other) for term in missed if term.weight >= _TELLING)


def _none_at_all(one: LexicalReading, other: LexicalReading) -> bool:
    """Whether one tells, and little else, that there is none of a thing that the other has: "no guard was there"."""
    if len(one.terms) > _FEW or one.numbers or one.others:
        return False
    absent = [n for n, term in enumerate(one.terms) if term.root in one.none_of]
    what = [one.terms[n] for n in absent if one.terms[n].weight >= _TELLING and not one.terms[n].places]
    if not any(_tells_it(term, other) for term in what):
        return False
    # "No sailor was on board" tells nothing of sailors who were paid.
    behind, before = one.terms[absent[-1] + 1 :], one.terms[: absent[0]]
    unmet = denies_more(one, other, most=OF_NO_ANSWER) or not any(_tells_it(term, other) for term in behind)
    if behind and not before and unmet:
        return False
    return other.present or (not goes_beyond(other, one) and any(_tells_it(term, other) for term in before + behind))
