"""English statements taken apart: at "and", at subordinate and inserted clauses, and at lists."""

from collections.abc import Callable, Iterable, Sequence

from agent.analyst.lexical.clauses.clause import Clause, trimmed_positions
from agent.analyst.lexical.clauses.coordination import coordinated
from agent.analyst.lexical.clauses.examples import examples
from agent.analyst.lexical.clauses.inserted import inserted
from agent.analyst.lexical.clauses.lists import listed
from agent.analyst.lexical.clauses.nominal import nominal
from agent.analyst.lexical.clauses.purpose import purpose
from agent.analyst.lexical.clauses.subordinate import subordinate
from agent.analyst.lexical.clauses.verbs import holds
from agent.analyst.lexical.words import Word

Step = Callable[[Sequence[Word], Sequence[Word]], list[Clause]]
_FEWEST_WORDS = 3
_WITHIN: tuple[Step, ...] = (subordinate, inserted, nominal, purpose, examples, listed)


def english_clauses(words: Sequence[Word], about: tuple[Word, ...], *, atomic: bool) -> list[Clause]:
    """Every single thing the words say. What is asked, denied or made to depend stays with what it is said of."""
    if all(word.mark for word in words):
        return [Clause.whole(words, about)]
    clauses = _through(coordinated, words, [_trimmed(words, Clause.whole(words, about))])
    for step in _WITHIN if atomic else ():
        clauses = _through(step, words, clauses)
    return [clause for clause in clauses if _says(words, clause)] or [Clause.whole(words, about)]


def _through(step: Step, words: Sequence[Word], clauses: Iterable[Clause]) -> list[Clause]:
    found: list[Clause] = []
    for clause in clauses:
        said = [words[n] for n in clause.at]
        items = (
            [] if clause.link is not None or (step is not coordinated and holds(said)) else step(said, clause.about)
        )
        if len(items) > 1 or (items and len(items[0].at) < len(said)):
            inner = (one.inside(clause) for one in items)
            found += [_trimmed(words, one) for one in inner if any(not words[n].mark for n in one.at)]
        else:
            found.append(clause)
    return found


def _trimmed(words: Sequence[Word], clause: Clause) -> Clause:
    return Clause(trimmed_positions(words, clause.at), clause.about, clause.link, clause.link_at)


def _says(words: Sequence[Word], clause: Clause) -> bool:
    return sum(not word.mark for word in clause.wording(words)) >= _FEWEST_WORDS
