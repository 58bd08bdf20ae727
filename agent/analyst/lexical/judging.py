"""Hearing one witness on a claim: what its passages say, and in which words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from agent.analyst.lexical.comparing import ComparedStatement, Comparison, compare, heard_in
from agent.analyst.lexical.counterclaims import counterclaims
from agent.analyst.lexical.denied_before import denial_behind
from agent.analyst.lexical.disputed import disputing
from agent.analyst.lexical.extract import PlacedDraft, read_statements
from agent.analyst.lexical.named_things import is_of_another_named
from agent.analyst.lexical.other_matters import is_left_by_another
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.reading import LexicalReading, read
from agent.analyst.lexical.same_matter import (
    OF_A_DENIAL,
    OF_NO_ANSWER,
    denies_more,
    of_two_settings,
    opposed_about_the_same,
    speaks_of_another,
    turns_twice,
    years,
)
from agent.analyst.lexical.sameness import another_in_office, same_claim, same_speaker
from agent.analyst.lexical.setting import Setting, is_elsewhere, is_of_another_year
from agent.analyst.lexical.stance import contests_within, decide, turns_plainly
from agent.analyst.lexical.words import joined, words
from agent.models import Claim, Draft, Judgement, Passage, Span, Stance, Witness
from agent.text import fold

# What extraction writes behind "today".
_DATE = re.compile(r" ?\(\d{4}-\d\d-\d\d\)")


@dataclass(frozen=True)
class LexicalJudgement:
    """What a text says of a claim. `quote` is an exact slice of the text; `bearing` tells how close it is.

    `plain`: it tells nearly all of the claim's words, and one of them is turned round; `sentence` is all that the
    quote stands in.
    """

    stance: Stance
    quote: str = ""
    bearing: float = 0.0
    plain: bool = False
    statement: PlacedDraft | None = None
    sentence: str = ""


_SILENCE = LexicalJudgement(Stance.UNRELATED)


def stance_of(claim: str, text: str, language: str) -> LexicalJudgement:
    """What a text says of a claim; `language` is the text's, "und" where unknown."""
    known = profile(language, text)
    return _answer(read(claim, known), text, known, read_statements(text, language))


def _answer(claim: LexicalReading, text: str, known: str, statements: Sequence[PlacedDraft]) -> LexicalJudgement:
    compared = compare(claim, text, known, statements)
    return _put(compared, text, known) if compared else _SILENCE


def _put(compared: Comparison, text: str, known: str) -> LexicalJudgement:
    """The decision with the words that show it: what tells the claim, or what turns it around."""
    stance = decide(compared.signals)
    if stance is Stance.UNRELATED or (stance is Stance.SUPPORTS and _is_told_by_a_hoax(compared.best, known)):
        return _SILENCE
    shown = compared.turns if stance is Stance.CONTRADICTS else compared.best
    span = shown.statement.span if stance is Stance.CONTRADICTS else compared.tells
    if stance is Stance.CONTRADICTS and compared.taken_back:
        shown, span = compared.best, compared.taken_back
    plain = turns_plainly(compared.signals)
    within = shown.statement.sentence
    sentence = text[within.start : within.end]
    return LexicalJudgement(
        stance, text[span.start : span.end], compared.best.bearing, plain, shown.statement, sentence
    )


def _is_told_by_a_hoax(told: ComparedStatement, known: str) -> bool:
    """ "…, according to a hoax": what is called that says nothing."""
    speaker = told.statement.draft.attribution.speaker
    return speaker is not None and read(speaker, known).denies


def _best(answers: Iterable[LexicalJudgement]) -> LexicalJudgement:
    """The answer that bears most on the claim; a contradiction yields to a support that bears more."""
    value = (answer for answer in answers if answer.stance is not Stance.UNRELATED)
    return max(value, key=lambda answer: answer.bearing, default=_SILENCE)


def hear(witness: Witness, claim: Claim, setting: Setting | None = None) -> Judgement:
    """One witness's word on one claim. The article itself only ever contradicts, by another speaker's words.

    `setting` places the article that claims: a witness of another event, or of another year, says nothing of it.
    """
    content = read(content_of(claim), _language(witness))
    answers: Iterator[LexicalJudgement] = (
        answer for passage in witness.passages for answer in _of_passage(passage, witness, claim, content)
    )
    if setting is not None and not witness.is_article:
        answers = _of_the_event(answers, setting, witness, content)
    best = _best(answers)
    if best.statement is None:
        return Judgement(claim_id=claim.id, stance=Stance.UNRELATED)
    speaks = best.statement.draft.attribution
    stance = best.stance
    if stance is Stance.SUPPORTS and another_in_office(claim.attribution, speaks):
        # What was said agrees; who said it does not. That is a difference of scope, not a denial.
        stance = Stance.QUALIFIES
    repeated = claim.attribution.speaker is not None and same_speaker(claim.attribution, speaks)
    if stance is Stance.CONTRADICTS and repeated and not best.plain:
        # That somebody denies his own words is too grave to be told from a few of them.
        return Judgement(claim_id=claim.id, stance=Stance.UNRELATED)
    return Judgement(claim_id=claim.id, stance=stance, quote=best.quote, same_speaker=repeated)


def _of_the_event(
    answers: Iterator[LexicalJudgement], setting: Setting, witness: Witness, claim: LexicalReading
) -> Iterator[LexicalJudgement]:
    if is_elsewhere(setting, witness, claim):
        return
    language = _language(witness)
    for one in answers:
        # What tells the year may stand before the words that are quoted.
        quoted = read(one.quote, language)
        told = quoted if years(quoted) or not one.sentence else read(one.sentence, language)
        if not is_of_another_year(setting, claim, told):
            yield one


def _language(witness: Witness) -> str:
    first = witness.passages[0] if witness.passages else None
    return profile(first.language, first.text) if first else "und"


def _of_passage(
    passage: Passage, witness: Witness, claim: Claim, content: LexicalReading
) -> Iterator[LexicalJudgement]:
    known = profile(passage.language, passage.text)
    statements = read_statements(passage.text, passage.language)
    if not witness.is_article:
        yield _answer(content, passage.text, known, statements)
        return
    others = [statement for statement in statements if _is_another(statement, passage, claim)]
    for heard in heard_in(content, passage.text, known, others):
        same_years = years(content) == years(heard.stretch.reading)
        contests = contests_within(heard.stretch.features, same_years=same_years)
        if contests and _of_one_matter(content, heard, claim, known):
            span = heard.statement.span
            quote = passage.text[span.start : span.end]
            yield LexicalJudgement(Stance.CONTRADICTS, quote, heard.bearing, statement=heard.statement)
    own = [
        Span(start=max(0, span.start - passage.start), end=span.end - passage.start)
        for span in claim.spans
        if span.end > passage.start
    ]
    for statement in disputing(content, own, passage.text, known, statements):
        if statement in others:
            quote = passage.text[statement.span.start : statement.span.end]
            yield LexicalJudgement(Stance.CONTRADICTS, quote, statement=statement)
    for statement in counterclaims(claim, content, passage):
        quote = passage.text[statement.span.start : statement.span.end]
        yield LexicalJudgement(Stance.CONTRADICTS, quote, statement=statement)


def _of_one_matter(content: LexicalReading, heard: ComparedStatement, claim: Claim, known: str) -> bool:
    """Whether what is denied, or opposed, is what the other tells, and not something else of the same thing."""
    features, said = heard.stretch.features, heard.stretch.reading
    if is_left_by_another(content, said) or is_of_another_named(content, said, [said]):
        return False
    if not (features.denied or features.turned_near):
        # "We do not leave the port", while the ships are drawn off.
        if content.negations or said.negations:
            return True
        return opposed_about_the_same(content, said) and not of_two_settings(content, said)
    speakers = claim.attribution.speaker, heard.statement.draft.attribution.speaker
    told = [content, said]
    denial = int(said.denies) if features.denied else int(said.negations > content.negations)
    spoken = speakers[denial] or ""
    roots = {term.root for term in read(spoken, known).terms}
    if turns_twice(content, said) or speaks_of_another(content, said):
        return False
    if denial_behind(joined(words(heard.statement.draft.quote)), known) is not None:
        return True
    most = OF_A_DENIAL if features.denied else OF_NO_ANSWER
    return not denies_more(told[denial], told[1 - denial], roots, most)


def _is_another(statement: PlacedDraft, passage: Passage, claim: Claim) -> bool:
    """Whether an article's statement is by another speaker, elsewhere, and not the claim told again."""
    start, end = passage.start + statement.span.start, passage.start + statement.span.end
    if any(start < span.end and span.start < end for span in claim.spans):
        return False
    if same_speaker(claim.attribution, statement.draft.attribution):
        return False
    draft = Draft(text=claim.text, quote=claim.quote, attribution=claim.attribution)
    return not same_claim(draft, statement.draft)


def content_of(claim: Claim) -> str:
    """The claim without the speaker in front of it."""
    heading, colon, content = claim.text.partition(": ")
    speaker = claim.attribution.speaker
    return _DATE.sub("", content if colon and speaker and fold(speaker) in fold(heading) else claim.text)
