"""How each origin stands for each claim: by vectors, by words, and by what is the same in all languages."""

from collections.abc import Mapping

from agent.coverage.embedding.embed import is_crossing
from agent.coverage.embedding.sampling import sampled_keys
from agent.coverage.embedding.sentences import SentenceVectors
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.search.compared import Compared
from agent.coverage.search.heights import EmbeddedText, Floats, measure
from agent.coverage.search.nearest import Nearest, Sought
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
    asked: Mapping[str, Sought],
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
    known = sentences.read(compared.likeness.vectors)
    items = [_embedded(one, compared, known, nearest) for one in witnesses.values()]
    sampled = catalogue.edition.get("sampled", lambda: _sampled(nearest, sentences, catalogue.database))
    heights = measure(items, sampled, list(asked.values()), nearest.traits)
    standings = {}
    for number, (name, witness) in enumerate(witnesses.items()):
        crossing = is_crossing(spoken, items[number].language)
        keys = [place.key for place in compared.places_of(witness)]
        passages = [compared.likeness.terms.get(key, frozenset()) for key in keys]
        terms = frozenset[str]().union(*passages)
        shares = {} if crossing else compared.likeness.share_of(keys)
        comparable = nearest.traits.crosses(spoken, items[number].language)
        named = signs.of_report(passages) if crossing else 0.0
        event = event_weight(float(heights.event[number]), named, comparable=comparable)
        reports = makes_report(event, comparable=comparable)
        standings[name] = OriginScores(
            items[number].language,
            {
                claim_id: height + _in_common(claim_id, shares.get(claim_id, 0.0), terms, signs, by_name=crossing)
                for claim_id, height in zip(asked, heights.claims[number].tolist(), strict=True)
            },
            event if heights.measured else None,
            reports,
        )
    return standings


def event_weight(height: float, named: float, *, comparable: bool) -> float:
    """What a text's height for the event tells, and the names that it shares with the article. `comparable`: the
    embedder knows both languages together, so that the height tells something."""
    return height + (_NAMES_OF_EVENT if comparable else _NAMES_ALONE) * named


def makes_report(event: float, *, comparable: bool) -> bool:
    """Whether a text is known to be about the event; `event` as `event_weight` has it."""
    return event >= (_REPORTS if comparable else _REPORTS_ALONE)


def _in_common(claim_id: str, share: float, terms: frozenset[str], signs: Signs, *, by_name: bool) -> float:
    """What words, figures and names that a text shares with a claim add to its height; `share` is that of words."""
    figures, names = signs.of_claim(claim_id, terms, by_name=by_name)
    return (
        _OF_WORDS * min(share / LEAST_SHARE, _MOST)
        + _OF_FIGURES * min(figures, _MOST)
        + _OF_NAMES * min(names, _MOST)
    )


def _embedded(witness: Document, compared: Compared, known: Mapping[str, Floats], nearest: Nearest) -> EmbeddedText:
    keys = [place.key for place in compared.places_of(witness)]
    return EmbeddedText(
        primary_language(witness.language),
        [compared.likeness.vectors[key] for key in keys],
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
            [vectors[key] for key in keys if key in vectors],
            [known.get(key) for key in keys if key in vectors],
            nearest.traits.across,
        )
        for language, keys in drawn.items()
    }
