"""Whom a clause tells of that does not name him: the subject of the sentence before."""

from collections.abc import Sequence
from itertools import pairwise

from agent.analyst.lexical.clauses.clause import enclosed
from agent.analyst.lexical.clauses.verbs import main_verb, subject_of
from agent.analyst.lexical.extract import PlacedDraft
from agent.analyst.lexical.stems import root, stem
from agent.analyst.lexical.turns import load_turns
from agent.analyst.lexical.words import Word, joined, words
from agent.models import Span

# "She" is somebody with a name, "it" may be anything.
_OF_PERSONS, _OF_ALL = frozenset(("he", "she")), frozenset(("he", "she", "it", "they"))
# So many sentences may go on with a pronoun for one who is named before them.
_FURTHEST = 3
_WITH_PRONOUNS = "en"
_HIS = frozenset(("his", "her"))
# A longer subject has clauses of its own.
_LONGEST = 6


def named_before(statement: PlacedDraft, text: str, sentences: Sequence[Span], known: str) -> tuple[str, Span] | None:
    """Whom the pronoun that a statement begins with stands for, and the text from where he is named to its end.

    None where it begins with none, or where nobody can be told.
    """
    if known != _WITH_PRONOUNS:
        return None
    pronoun = _pronoun(text[statement.span.start : statement.span.end])
    if pronoun is None or statement.span.start > statement.sentence.start + len(pronoun):
        return None
    before = [span for span in sentences if span.end <= statement.sentence.start][-_FURTHEST:]
    for span in reversed(before):
        sentence = text[span.start : span.end]
        if _pronoun(sentence) == pronoun:
            continue
        found = joined(words(sentence))
        subject = _subject(found)
        fits = subject and (
            pronoun not in _OF_PERSONS or (_is_named(subject) and not _may_be_another(found, subject))
        )
        told = " ".join(word.text for word in subject)
        return (told, Span(start=span.start, end=statement.span.end)) if fits else None
    return None


def _pronoun(text: str) -> str | None:
    first = text[: len("they") + 1].split(maxsplit=1)
    folded = first[0].casefold() if first else ""
    return folded if folded in _OF_ALL else None


def _subject(found: Sequence[Word]) -> tuple[Word, ...]:
    verb = main_verb(found, 0, len(found), enclosed(found)) if found else None
    subject = tuple(found[n] for n in subject_of(found, verb)) if verb else ()
    return subject if len(subject) <= _LONGEST and not any(word.mark for word in subject) else ()


def _may_be_another(found: Sequence[Word], subject: Sequence[Word]) -> bool:
    """Whether a sentence tells of more than one whom "she" may be: of two with names, or of somebody of hers."""
    turns = load_turns(_WITH_PRONOUNS)
    if any(word.folded in turns.joining for word in subject):
        return True
    behind = [word for word in found if word.start >= subject[-1].end]
    return any(
        (one.text[:1].isupper() and other.text[:1].isupper() and not (one.mark or other.mark))
        or (one.folded in _HIS and root(stem(other.folded, _WITH_PRONOUNS), _WITH_PRONOUNS) in turns.decisive)
        for one, other in pairwise(behind)
    )


def _is_named(subject: Sequence[Word]) -> bool:
    return subject[-1].text[:1].isupper()
