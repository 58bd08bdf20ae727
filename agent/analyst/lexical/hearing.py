"""Hearing one witness on a claim: the sentence that bears on it most, and what it says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from agent.analyst import Witness
from agent.analyst.lexical.extract import Statement, read_statements
from agent.analyst.lexical.features import Features, features_of
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.reading import Reading, read
from agent.analyst.lexical.sameness import another_in_office, same_claim, same_speaker
from agent.analyst.lexical.stance import bears, contests_within, decide
from agent.models import Claim, Draft, Judgement, Passage, Span, Stance
from agent.text import fold

# Between sentences that share as much, the plainer one is quoted.
_PER_NEGATION = 0.02
# What extraction writes behind "today".
_DATE = re.compile(r" ?\(\d{4}-\d\d-\d\d\)")


@dataclass(frozen=True)
class Answer:
    """What a stretch of text says of a claim. `quote` is an exact slice of the text."""

    stance: Stance
    quote: str = ""
    features: Features | None = None
    statement: Statement | None = None


_SILENCE = Answer(Stance.UNRELATED)


def stance_of(claim: str, text: str, language: str) -> Answer:
    """What a text says of a claim; `language` is the text's, "und" where unknown."""
    known = profile(language, text)
    return _best(_answers(read(claim, known), text, known, read_statements(text, language)))


def _answers(claim: Reading, text: str, known: str, statements: Sequence[Statement]) -> Iterator[Answer]:
    """What each statement says, and each whole sentence of several: a claim may be told over all of it."""
    for statement in statements:
        yield _answer(claim, text, known, statement, statement.span)
    counts = Counter(statement.sentence for statement in statements)
    for statement in statements:
        if counts.pop(statement.sentence, 1) > 1:
            whole = _answer(claim, text, known, statement, statement.sentence)
            # One of its statements may be turned around and another not: only agreement can be read off the whole.
            yield _SILENCE if whole.stance is Stance.CONTRADICTS else whole


def _answer(claim: Reading, text: str, known: str, statement: Statement, span: Span) -> Answer:
    quote = text[span.start : span.end]
    told = read(quote, known)
    if not bears(claim, told):
        return _SILENCE
    features = features_of(claim, told)
    return Answer(decide(features), quote, features, statement)


def _best(answers: Iterable[Answer]) -> Answer:
    """The answer that bears most on the claim; a contradiction yields to a support that bears more."""
    best: dict[Stance, Answer] = {}
    for answer in answers:
        if answer.stance not in best or _bearing(answer) > _bearing(best[answer.stance]):
            best[answer.stance] = answer
    ranked = sorted(
        (answer for answer in best.values() if answer.stance is not Stance.UNRELATED),
        key=_bearing,
        reverse=True,
    )
    return ranked[0] if ranked else _SILENCE


def _bearing(answer: Answer) -> float:
    features = answer.features
    return features.shared - _PER_NEGATION * features.negations if features else 0.0


def hear(witness: Witness, claim: Claim) -> Judgement:
    """One witness's word on one claim. The article itself only ever contradicts, by another speaker's words."""
    content = read(_content(claim), _language(witness))
    answers = [answer for passage in witness.passages for answer in _of_passage(passage, witness, claim, content)]
    if witness.is_article:
        answers = [
            replace(a, stance=Stance.CONTRADICTS) for a in answers if a.features and contests_within(a.features)
        ]
    best = _best(answers)
    if best.statement is None:
        return Judgement(claim_id=claim.id, stance=Stance.UNRELATED)
    speaks = best.statement.draft.attribution
    stance = best.stance
    if stance is Stance.SUPPORTS and another_in_office(claim.attribution, speaks):
        # What was said agrees; who said it does not. That is a difference of scope, not a denial.
        stance = Stance.QUALIFIES
    repeated = claim.attribution.speaker is not None and same_speaker(claim.attribution, speaks)
    return Judgement(claim_id=claim.id, stance=stance, quote=best.quote, same_speaker=repeated)


def _language(witness: Witness) -> str:
    first = witness.passages[0] if witness.passages else None
    return profile(first.language, first.text) if first else "und"


def _of_passage(passage: Passage, witness: Witness, claim: Claim, content: Reading) -> Iterator[Answer]:
    known = profile(passage.language, passage.text)
    heard = read_statements(passage.text, passage.language)
    if not witness.is_article:
        return _answers(content, passage.text, known, heard)
    others = [statement for statement in heard if _is_another(statement, passage, claim)]
    return iter([_answer(content, passage.text, known, other, other.span) for other in others])


def _is_another(statement: Statement, passage: Passage, claim: Claim) -> bool:
    """Whether an article's statement is by another speaker, elsewhere, and not the claim told again."""
    start, end = passage.start + statement.span.start, passage.start + statement.span.end
    if any(start < span.end and span.start < end for span in claim.spans):
        return False
    if same_speaker(claim.attribution, statement.draft.attribution):
        return False
    told = Draft(text=claim.text, quote=claim.quote, attribution=claim.attribution)
    return not same_claim(told, statement.draft)


def _content(claim: Claim) -> str:
    """The claim without the speaker in front of it."""
    heading, colon, content = claim.text.partition(": ")
    speaker = claim.attribution.speaker
    return _DATE.sub("", content if colon and speaker and fold(speaker) in fold(heading) else claim.text)
