"""What is put in between commas: "…, who leads the inquiry, …", "…, the mayor of Brindle, …", "…, killing 12"."""

from collections.abc import Sequence

from agent.analyst.lexical.clauses.clause import Clause, enclosed
from agent.analyst.lexical.clauses.phrases import phrase_before
from agent.analyst.lexical.clauses.verbs import (
    denies,
    english_words,
    first_finite,
    is_finite,
    is_in,
    is_participle,
    is_past,
    main_verb,
    subject_of,
)
from agent.analyst.lexical.words import COMMA, Word, starts_with

_APPOSED = frozenset("a an the his her its their one".split())
_HEDGES = frozenset("will would may might could should can must shall".split())
# Behind these a participle may tell of another.
_RELATIVES = frozenset("where who which whose that being having".split())
_NAMED = frozenset("called known named nicknamed dubbed born".split())
_LONGEST_APPOSITION = 14
_FEWEST_OF_UNNAMED = 5
_FEWEST_WORDS = 2


def inserted(words: Sequence[Word], about: Sequence[Word]) -> list[Clause]:
    """What is put in by itself, about what it stands behind; and the rest without it."""
    inside = enclosed(words)
    main = main_verb(words, 0, len(words), inside)
    if main is None:
        return [Clause(tuple(range(len(words))))]
    left_out: set[int] = set()
    found: list[Clause] = []
    for comma in [n for n in range(1, len(words) - 2) if words[n].mark == COMMA and not inside[n]]:
        if comma in left_out:
            continue
        if (aside := _aside(words, comma)) is not None:
            left_out |= set(range(comma, aside + 1))
            continue
        for read in (_relative, _place, _participle, _named, _apposition):
            taken = read(words, comma, about, inside)
            if taken is not None:
                clause, end = taken
                found.append(clause)
                left_out |= set(range(comma, end + (end < len(words) and words[end].mark == COMMA)))
                break
    for bracket in (n for n in range(1, len(words) - 2) if words[n].text == "("):
        born = _bracketed(words, bracket)
        if born is not None and bracket not in left_out:
            found.append(born)
            left_out |= set(range(bracket, born.end + 1))
    rest = tuple(n for n in range(len(words)) if n not in left_out)
    return [Clause(rest), *found]


_Taken = tuple[Clause, int]


def _aside(words: Sequence[Word], comma: int) -> int | None:
    """The comma that closes ", on the other hand,"."""
    phrase = next((p for p in english_words().asides if starts_with(words, comma + 1, p)), None)
    end = comma + 1 + len(phrase) if phrase else len(words)
    return end if end < len(words) and words[end].mark == COMMA else None


def _relative(words: Sequence[Word], comma: int, about: Sequence[Word], inside: Sequence[bool]) -> _Taken | None:
    """ "…, which was built in 1908": told of the phrase before the comma."""
    opens = words[comma + 1]
    start = phrase_before(words, comma)
    end = _end(words, comma, inside)
    if not is_in(opens, "relatives") or start == comma or end is None or not _is_enough(words, start, comma, end):
        return None
    start = _antecedent(words, start, comma)
    verb = comma + 2 + is_in(words[comma + 2], "adverbs")
    content = tuple(range(comma + 2, end))
    if opens.folded == "whose":
        whose = Word("’s", "'s", words[comma - 1].end, words[comma - 1].end)
        held = first_finite(words, comma + 2, end, inside) is not None
        return (Clause((*range(start, comma), *content), link=whose, link_at=comma + 2), end) if held else None
    if not _is_verb(words, verb):
        return None
    named = _called(words, comma, inside)
    return (Clause(content, named) if named else Clause((*range(start, comma), *content))), end


def _is_enough(words: Sequence[Word], start: int, comma: int, end: int) -> bool:
    """Whether a relative clause can be looked for by itself: "the plant opened in spring" may be any plant."""
    named = any(word.text[:1].isupper() for n, word in enumerate(words[start:comma], start) if n > 0)
    counted = any(word.text[:1].isdigit() for word in words[comma:end])
    return named or counted or end - comma > _FEWEST_OF_UNNAMED


def _place(words: Sequence[Word], comma: int, about: Sequence[Word], inside: Sequence[bool]) -> _Taken | None:
    """ "… in Brindle, where the mill closed": told of the place."""
    start = phrase_before(words, comma)
    end = _end(words, comma, inside)
    verb = first_finite(words, comma + 3, end or comma, inside)
    located = start > 0 and words[start - 1].folded in ("in", "at", "on", "near", "to")
    if words[comma + 1].folded != "where" or not located or verb is None or end is None:
        return None
    into = words[start - 1].folded == "to"
    said = (*range(start - (not into), comma), *range(comma + 2, end))
    return Clause(said, (Word("in", "in", -1, -1),) if into else ()), end


def _antecedent(words: Sequence[Word], start: int, comma: int) -> int:
    """ "The result of different genes, which control …": they are many, so they are the genes."""
    verb = words[comma + 2]
    plural = verb.folded in ("are", "were", "have") or verb.folded in english_words().present_of
    last = next((n + 1 for n in range(comma - 1, start, -1) if words[n].folded == "of"), start)
    return last if plural and words[comma - 1].folded.endswith("s") else start


def _called(words: Sequence[Word], comma: int, inside: Sequence[bool]) -> tuple[Word, ...]:
    """The subject of "X is a film from 2014, which …": what X is called is told of X."""
    verb = first_finite(words, 0, comma, inside)
    is_called = (
        verb is not None and words[verb].folded in ("is", "was", "are", "were") and words[verb + 1].folded in _APPOSED
    )
    return tuple(words[n] for n in subject_of(words, verb)) if verb is not None and is_called else ()


def _is_verb(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and (is_finite(words, at) or words[at].folded in english_words().present_of)


def _end(words: Sequence[Word], comma: int, inside: Sequence[bool]) -> int | None:
    """Where a clause behind a comma ends: where the verb of the sentence follows, or with the sentence."""
    if main_verb(words, 0, comma, inside) is not None:
        return len(words)
    ends = (n for n in range(comma + 1, len(words) - 1) if words[n].mark == COMMA and not inside[n])
    return next((n for n in ends if _goes_on(words, n)), None)


def _goes_on(words: Sequence[Word], comma: int) -> bool:
    after = comma + 1 + is_in(words[comma + 1], "adverbs")
    return after < len(words) and is_finite(words, after)


def _participle(words: Sequence[Word], comma: int, about: Sequence[Word], inside: Sequence[bool]) -> _Taken | None:
    """ "…, killing 12": with all of the event; "…, earning two medals": what the subject did."""
    verb = main_verb(words, 0, comma, inside)
    opens = words[comma + 1]
    base = None if is_in(opens, "prepositions") else english_words().gerunds.get(opens.folded)
    related = any(word.folded in _RELATIVES for word in words[:comma])
    hedged = related or any(word.folded in _HEDGES for word in words[:comma]) or denies(words[:comma])
    if verb is None or hedged or (base is None and not is_in(opens, "outcomes")):
        return None
    if is_in(opens, "outcomes"):
        return Clause(tuple(range(len(words)))), len(words)
    subject = subject_of(words, verb)
    if base is None or not (subject or about):
        return None
    past = any(is_past(word) or word.folded in ("was", "were") for word in words[verb:comma])
    form = (english_words().past_of if past else english_words().present_of)[base]
    link = Word(form, form, opens.start, opens.end)
    return Clause((*subject, *range(comma + 1, len(words))), link=link, link_at=comma + 1), len(words)


def _named(words: Sequence[Word], comma: int, about: Sequence[Word], inside: Sequence[bool]) -> _Taken | None:
    """ "…, built in 1908, …": a participle behind a name."""
    start, opens = phrase_before(words, comma), words[comma + 1]
    after = words[comma + 2]
    led = after.folded in ("by", "in", "at", "from", "on", "as", "near") or opens.folded in _NAMED
    if start == comma or not is_participle(opens) or not led or is_in(opens, "adverbs"):
        return None
    end = next((n for n in range(comma + 1, len(words)) if words[n].mark == COMMA and not inside[n]), len(words))
    closed = end == len(words) or _goes_on(words, end)
    if not closed or first_finite(words, comma + 2, end, inside) is not None:
        return None
    return Clause((*range(start, comma), *range(comma + 1, end)), link=_be(words, start), link_at=comma + 1), end


def _bracketed(words: Sequence[Word], bracket: int) -> Clause | None:
    """ "(born in 1964)"."""
    start = phrase_before(words, bracket)
    end = next((n for n in range(bracket, len(words)) if words[n].text == ")"), None)
    if end is None or start == bracket or words[bracket + 1].folded not in _NAMED:
        return None
    was = Word("was", "was", -1, -1)
    return Clause((*range(start, bracket), *range(bracket + 1, end)), link=was, link_at=bracket + 1)


def _apposition(words: Sequence[Word], comma: int, about: Sequence[Word], inside: Sequence[bool]) -> _Taken | None:
    """ "Lena Marsh, the chief engineer, …": what somebody or something is."""
    start = phrase_before(words, comma)
    end = next((n for n in range(comma + 1, len(words)) if words[n].mark == COMMA and not inside[n]), len(words))
    apposed = words[comma + 1 : end]
    named = any(word.text[:1].isupper() for word in words[start + (start == 0) : comma]) or is_in(
        words[start], "determiners"
    )
    fits = (
        start < comma
        and named
        and apposed
        and apposed[0].folded in _APPOSED
        and _FEWEST_WORDS <= len(apposed) <= _LONGEST_APPOSITION
        and first_finite(words, comma + 1, end, inside) is None
        and (_goes_on(words, end) if end < len(words) else _closes(words, comma, inside))
    )
    if not fits:
        return None
    return Clause((*range(start, comma), *range(comma + 1, end)), link=_is(), link_at=comma + 1), end


def _closes(words: Sequence[Word], comma: int, inside: Sequence[bool]) -> bool:
    """Whether the one comma of the clause stands here: more would be a list."""
    commas = [n for n in range(len(words)) if words[n].mark == COMMA and not inside[n]]
    listed = any(word.folded in ("and", "or") for word in words[comma:])
    return commas[-1] == comma and not listed and first_finite(words, 0, comma, inside) is not None


def _is() -> Word:
    return Word("is", "is", -1, -1)


def _be(words: Sequence[Word], start: int) -> Word:
    form = "was" if any(is_past(word) or word.folded in ("was", "were") for word in words) else "is"
    return Word(form, form, -1, -1)
