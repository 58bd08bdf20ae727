"""Whether a text tells it of another thing of one kind, where no capital letters tell names: "the bridge of …"."""

from collections.abc import Iterator, Sequence

from agent.analyst.lexical.likeness import has_like
from agent.analyst.lexical.reading import LexicalReading
from agent.analyst.lexical.terms import Term
from agent.analyst.lexical.turns import load_turns

_ARTICLE = "ال"


def is_of_another_named(claim: LexicalReading, text: LexicalReading, passage: Sequence[LexicalReading]) -> bool:
    """Whether the text names one of a kind («جسر الزيتون») where the claim names another («جسر السنديان») that the
    passage does not name."""
    if not load_turns(claim.language).named_behind:
        return False
    own, told = list(_named(claim)), list(_named(text))
    return any(
        head.root == other.root
        and not has_like(name, text)
        and not has_like(other_name, claim)
        and not any(has_like(name, reading) for reading in passage)
        for head, name in own
        for other, other_name in told
    )


def _named(reading: LexicalReading) -> Iterator[tuple[Term, Term]]:
    """Each of a kind with the word right behind it that tells which one."""
    kinds = load_turns(reading.language).named_behind
    places = [at for at, tells in enumerate(reading.telling) if tells]
    for n, (head, name) in enumerate(zip(reading.terms, reading.terms[1:], strict=False)):
        aside = name.counts or name.calendar or name.places or name.tells_which or bool(name.sides)
        beside = name.owns and places[n + 1] == places[n] + 1
        if head.root in kinds and beside and not (aside or _has_article(reading, places[n])):
            yield head, name


def _has_article(reading: LexicalReading, at: int) -> bool:
    return reading.words[at].folded.startswith(_ARTICLE)
