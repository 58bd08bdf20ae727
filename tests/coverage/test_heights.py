"""How far texts stand above what has nothing to do with an article."""

import numpy as np
import pytest

from agent.coverage.embedding.embed import Floors, Traits
from agent.coverage.index.vectors import matrix_of
from agent.coverage.search.heights import FEWEST_SAMPLED, EmbeddedText, measure
from agent.coverage.search.nearest import PassageQuery

TRAITS = Traits(rank_weight=1, floors=Floors(within=0.1, across=0.1), languages=frozenset({"ar", "en", "fr"}))
WORDS_ONLY = Traits(rank_weight=1, floors=Floors(within=0.1, across=0.1))
CLAIMS = [PassageQuery("one", [1.0, 0.0, 0.0, 0.0], "en"), PassageQuery("two", [0.0, 1.0, 0.0, 0.0], "en")]


def _row(first: float, second: float) -> list[float]:
    return [first, second, (1 - first**2 - second**2) ** 0.5, 0.0]


def _told(language: str, *rows: list[float]) -> EmbeddedText:
    return EmbeddedText(language, matrix_of(rows), [None] * len(rows))


def _noise(language: str, level: float) -> EmbeddedText:
    rows = [_row(level + n % 7 / 100, level + n % 5 / 100) for n in range(FEWEST_SAMPLED)]
    return _told(language, *rows)


def test_a_foreign_report_stands_higher_than_noise_that_is_nearer() -> None:
    sampled = {"en": _noise("en", 0.5), "ar": _noise("ar", 0.1)}
    found = measure([_told("ar", _row(0.4, 0.1)), _told("en", _row(0.53, 0.5))], sampled, CLAIMS, TRAITS)
    assert found.measured
    assert found.claims[0][0] > 5 > 1 > found.claims[1][0]
    assert found.event[0] > found.event[1]


def test_a_language_that_the_store_hardly_holds_is_held_against_the_other_foreign_ones() -> None:
    sampled = {"en": _noise("en", 0.5), "ar": _noise("ar", 0.1)}
    foreign = measure([_told("fr", _row(0.4, 0.1)), _told("ar", _row(0.4, 0.1))], sampled, CLAIMS, TRAITS)
    assert foreign.claims[0] == pytest.approx(foreign.claims[1])


def test_one_near_sentence_lifts_a_page_of_many_topics() -> None:
    sampled = {"en": _noise("en", 0.2)}
    sentence = np.array([[0.9, 0.1, 0.4, 0.0]], np.float32)
    page = EmbeddedText("en", matrix_of([_row(0.2, 0.2)]), [sentence])
    found = measure([page, _told("en", _row(0.2, 0.2))], sampled, CLAIMS, TRAITS)
    assert found.claims[0][0] > found.claims[1][0] + 5


def test_what_the_embedder_cannot_compare_stands_nowhere() -> None:
    sampled = {"en": _noise("en", 0.2), "ar": _noise("ar", 0.1)}
    found = measure([_told("ar", _row(0.9, 0.1))], sampled, CLAIMS, WORDS_ONLY)
    assert not found.claims.any()
    assert not found.event.any()


def test_of_a_few_texts_each_stands_against_the_others_and_none_is_known_to_be_of_the_event() -> None:
    found = measure([_told("en", _row(0.6, 0.1)), _told("ar", _row(0.1, 0.2))], {}, CLAIMS, TRAITS)
    assert not found.measured
    assert found.claims[0][0] > 0 > found.claims[1][0]
    assert not found.event.any()


def test_cosines_that_are_all_one_divide_nothing_by_zero() -> None:
    same = _told("en", *[_row(0.5, 0.5)] * FEWEST_SAMPLED)
    found = measure([_told("en", _row(0.5, 0.5))], {"en": same}, CLAIMS, TRAITS)
    assert np.isfinite(found.claims).all()
    assert np.isfinite(found.event).all()
