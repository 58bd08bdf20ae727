"""Subordinate clauses that tell what happened: "After the dam broke, …", "… because the gauge was stuck"."""

from collections.abc import Sequence

from agent.analyst.lexical.clauses.clause import Clause, enclosed
from agent.analyst.lexical.clauses.verbs import denies, english_words, first_finite, is_in, is_past, subject_of
from agent.analyst.lexical.words import COMMA, Word

_FEWEST_WORDS = 3
_FURTHEST_VERB = 9
# Told with "having" or "being" it is no deed.
_NO_DEED = frozenset(("be", "have"))
_WHEN = Word("when", "when", 0, 0)
_NOT_BY_ITSELF = frozenset(
    "not only just even simply partly mainly largely shortly soon long years days hours".split()
)


def subordinate(words: Sequence[Word], about: Sequence[Word]) -> list[Clause]:
    """The clause and what it is said beside, each by itself."""
    inside = enclosed(words)
    return (
        _doing(words, about, inside)
        or _leading(words, inside)
        or _trailing(words, about, inside)
        or [Clause(tuple(range(len(words))))]
    )


def _doing(words: Sequence[Word], about: Sequence[Word], inside: Sequence[bool]) -> list[Clause]:
    """ "After meeting the king, the envoy left", "The envoy left after meeting the king": the envoy met the king."""
    at = next((n for n in range(len(words) - 3) if words[n].folded == "after" and not inside[n]), None)
    base = english_words().gerunds.get(words[at + 1].folded) if at is not None else None
    if at is None or base is None or base in _NO_DEED or denies(words):
        return []
    comma = next((n for n in range(at, len(words)) if words[n].mark == COMMA and not inside[n]), len(words))
    rest = range(comma + 1, len(words)) if at == 0 else range(at)
    verb = first_finite(words, rest.start, rest.stop, inside)
    closed = at == 0 or comma == len(words)
    if verb is None or not closed or not _tells(words, rest.start, rest.stop, _WHEN):
        return []
    before = words[rest.start : verb]
    subject = tuple(about) if at and verb == 0 else tuple(before[n] for n in subject_of(before, len(before)))
    did = Word(english_words().past_of[base], base, words[at + 1].start, words[at + 1].end)
    deed = Clause(tuple(range(at + 1, comma)), subject, link=did, link_at=at + 1)
    return [Clause(tuple(rest)), deed] if subject and comma > at + 2 else []


def _leading(words: Sequence[Word], inside: Sequence[bool]) -> list[Clause]:
    opens = is_in(words[0], "told_by") and len(words) > _FEWEST_WORDS
    if not opens or words[1].folded in english_words().gerunds or is_in(words[1], "prepositions"):
        return []
    for comma in (n for n in range(len(words)) if words[n].mark == COMMA and not inside[n]):
        verb, main = (
            first_finite(words, 2, min(comma, _FURTHEST_VERB), inside),
            first_finite(words, comma + 1, len(words), inside),
        )
        if verb is None or main is None or any(word.mark == COMMA for word in words[:verb]):
            continue
        if not _tells(words, 0, comma) or not _tells(words, comma, len(words), words[0]):
            return []
        whose = tuple(words[comma + 1 + n] for n in subject_of(words[comma + 1 :], main - comma - 1))
        about = (
            whose if is_in(words[1], "pronouns") and not is_in(whose[0] if whose else words[1], "pronouns") else ()
        )
        first = tuple(range(2 if about else 1, comma))
        return [Clause(first, about), Clause(tuple(range(comma + 1, len(words))))]
    return []


def _trailing(words: Sequence[Word], about: Sequence[Word], inside: Sequence[bool]) -> list[Clause]:
    for n in range(_FEWEST_WORDS, len(words) - _FEWEST_WORDS):
        if inside[n] or not is_in(words[n], "told_by") or words[n - 1].folded in _NOT_BY_ITSELF:
            continue
        main = first_finite(words, 0, n, inside)
        verb = first_finite(words, n + 2, min(len(words), n + _FURTHEST_VERB), inside)
        if main is None or verb is None or any(word.mark for word in words[n:verb]) or denies(words[:n]):
            continue
        if _tells(words, n, len(words)) and _tells(words, 0, n, words[n]) and not is_in(words[n + 1], "pronouns"):
            return [Clause(tuple(range(n))), Clause(tuple(range(n + 1, len(words))))]
    return []


def _tells(words: Sequence[Word], start: int, end: int, by: Word | None = None) -> bool:
    """Whether a clause tells what happened, not what would happen whenever something else does."""
    opened = by or words[start]
    if not is_in(opened, "told_when_past"):
        return True
    return any(is_past(word) or word.folded in ("was", "were", "had", "did") for word in words[start:end])
