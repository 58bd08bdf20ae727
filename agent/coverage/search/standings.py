"""How each origin stands for each claim: by vectors, by words, and by what is the same in all languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.coverage.embedding.embed import is_crossing
from agent.coverage.embedding.sampling import sampled_keys
from agent.coverage.embedding.sentences import SentenceVectors
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.vectors import matrix_of
from agent.coverage.search.compared import Compared
from agent.coverage.search.heights import EmbeddedText, Floats, measure
from agent.coverage.search.nearest import Nearest, PassageQuery
from agent.coverage.search.pairs import OriginScores
from agent.coverage.search.scale import LEAST_SHARE
from agent.coverage.search.signs import Signs
from agent.models import Document
from agent.storage import Database
from agent.text.language import primary_language

# In spreads of the cosine: what the least share of a claim's words that is heard tells, a rare figure, and a name.
_OF_WORDS = _OF_FIGURES = _OF_NAMES = 0.5
_MOST = 2.0
# A name that is one in two scripts and that the article repeats makes a report of its event. Where nothing else does,
# it takes more: among many pages some hold a name's consonants by chance.
_NAMES_OF_EVENT, _NAMES_ALONE = 3.0, 2.0
# Higher than this hardly any page stands that is about something else; by names alone it takes more.
_REPORTS, _REPORTS_ALONE = 2.7, 3.0


def standings_of(
    witnesses: Mapping[str, Document],
    asked: Mapping[str, PassageQuery],
    compared: Compared,
    signs: Signs,
    nearest: Nearest,
    catalogue: Catalogue,
) -> dict[str, OriginScores]:
    """`witnesses` by the name of their origin."""
    if not witnesses:
        return {}
    sentences = SentenceVectors(catalogue.database, nearest.traits)
    spoken = next(iter(asked.values())).language
    known = sentences.read(compared.likeness.numbers)
    items = [_embedded(one, compared, known, nearest) for one in witnesses.values()]
    sampled = catalogue.edition.get("sampled", lambda: _sampled(nearest, sentences, catalogue.database))
    heights = measure(items, sampled, list(asked.values()), nearest.traits)
    standings = {}
    for number, (name, witness) in enumerate(witnesses.items()):
        language = items[number].language
        words = _words_in_common(witness, compared, signs, by_name=is_crossing(spoken, language))
        comparable = nearest.traits.crosses(spoken, language)
        event = event_weight(float(heights.event[number]), words.of_event, comparable=comparable)
        by_claim = dict(zip(asked, heights.claims[number].tolist(), strict=True))
        standings[name] = OriginScores(
            language,
            {claim_id: height + words.with_claim(claim_id, signs) for claim_id, height in by_claim.items()},
            event if heights.measured else None,
            makes_report(event, comparable=comparable),
        )
    return standings


def event_weight(height: float, named: float, *, comparable: bool) -> float:
    """What a text's height for the event tells, and the names that it shares with the article. `comparable`: the
    embedder knows both languages together, so that the height tells something."""
    return height + (_NAMES_OF_EVENT if comparable else _NAMES_ALONE) * named


def makes_report(event: float, *, comparable: bool) -> bool:
    """Whether a text is known to be about the event; `event` as `event_weight` has it."""
    return event >= (_REPORTS if comparable else _REPORTS_ALONE)


@dataclass(frozen=True, slots=True)
class _SharedWords:
    """What a report has in common with the article by its words. `shares` are the parts of the claims' words that it
    has, none across languages, where names are compared by their sound instead; `of_event` is what the names tell of
    the event."""

    terms: frozenset[str]
    shares: Mapping[str, float]
    of_event: float
    by_name: bool

    def with_claim(self, claim_id: str, signs: Signs) -> float:
        """What words, figures and names that it shares with a claim add to its height."""
        figures, names = signs.of_claim(claim_id, self.terms, by_name=self.by_name)
        return (
            _OF_WORDS * min(self.shares.get(claim_id, 0.0) / LEAST_SHARE, _MOST)
            + _OF_FIGURES * min(figures, _MOST)
            + _OF_NAMES * min(names, _MOST)
        )


def _words_in_common(witness: Document, compared: Compared, signs: Signs, *, by_name: bool) -> _SharedWords:
    keys = [place.key for place in compared.places_of(witness)]
    passages = [compared.likeness.terms.get(key, frozenset()) for key in keys]
    return _SharedWords(
        terms=frozenset[str]().union(*passages),
        shares={} if by_name else compared.likeness.share_of(keys),
        of_event=signs.of_report(passages) if by_name else 0.0,
        by_name=by_name,
    )


def _embedded(witness: Document, compared: Compared, known: Mapping[str, Floats], nearest: Nearest) -> EmbeddedText:
    keys = [place.key for place in compared.places_of(witness)]
    return EmbeddedText(
        primary_language(witness.language),
        compared.likeness.rows_of(keys),
        [known.get(key) for key in keys],
        nearest.traits.across,
    )


def _sampled(nearest: Nearest, sentences: SentenceVectors, database: Database) -> dict[str, EmbeddedText]:
    drawn = sampled_keys(database)
    every = [key for keys in drawn.values() for key in keys]
    vectors, known = nearest.vectors(every), sentences.read(every)
    return {
        language: EmbeddedText(
            language,
            matrix_of([vectors[key] for key in keys if key in vectors]),
            [known.get(key) for key in keys if key in vectors],
            nearest.traits.across,
        )
        for language, keys in drawn.items()
    }
