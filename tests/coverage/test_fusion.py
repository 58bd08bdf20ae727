"""Two rankings made one, in which copies take no places."""

from agent.coverage.embedding.embed import Floors
from agent.coverage.index.entries import Located
from agent.coverage.index.lexical import LexicalMatch
from agent.coverage.search.fusion import fuse, rank, spread
from agent.coverage.search.legs import Hit
from agent.coverage.search.scale import HEARD, Scale


def _hit(document: str, similarity: float | None, score: float | None, share: float = 0.5, number: int = 0) -> Hit:
    place = Located(document, number, 0, 1, f"k{document}{number}")
    return Hit(document, place, similarity, None if score is None else LexicalMatch(place.key, score, share))


def _groups(hits: list[Hit]) -> dict[str, str]:
    """Documents of one letter are copies of one report."""
    return {hit.document_id: hit.document_id[0] for hit in hits}


def test_what_both_legs_find_comes_before_what_one_finds() -> None:
    hits = [_hit("a", 0.9, None), _hit("b", 0.8, 7.0), _hit("c", None, 8.0)]
    assert next(iter(fuse(rank(hits, _groups(hits)), _groups(hits), 1.0))) == "b"


def test_three_hundred_copies_leave_the_next_report_the_second_place() -> None:
    hits = [_hit(f"a{n}", 0.9, 9.0) for n in range(300)] + [_hit("b", 0.5, 3.0)]
    last = rank(hits, _groups(hits))[-1]
    assert (last.by_vector, last.by_words) == (2, 2)


def test_copies_change_no_score_of_another_report() -> None:
    hits = [_hit("a", 0.9, 2.0), _hit("b", 0.5, 3.0), _hit("c", 0.4, None)]
    more = hits + [_hit(f"b{n}", 0.45, 2.5) for n in range(50)]
    alone = fuse(rank(hits, _groups(hits)), _groups(hits), 0.2)
    assert fuse(rank(more, _groups(more)), _groups(more), 0.2) == alone


def test_groups_take_turns() -> None:
    hits = [_hit("a", 0.9, 9.0, number=n) for n in range(3)] + [_hit("b", 0.5, 3.0), _hit("c", 0.4, 2.0)]
    shown = [one.hit.document_id for one in spread(rank(hits, _groups(hits)), _groups(hits), 0.2)]
    assert shown == ["a", "b", "c", "a", "a"]


def test_either_leg_alone_may_bring_a_passage_in_and_neither_does_by_halves() -> None:
    scale = Scale(Floors(within=0.1, across=0.2))
    assert _hit("a", 0.1, None).is_near_enough(scale)
    assert _hit("a", None, 5.0, share=0.31).is_near_enough(scale)
    assert not _hit("a", 0.09, 5.0, share=0.29).is_near_enough(scale)
    assert _hit("a", 0.0, None).is_near_enough(Scale(Floors(within=0.0, across=0.0)))


def test_between_two_languages_the_cosine_has_a_floor_of_its_own() -> None:
    scale = Scale(Floors(within=0.1, across=0.2))
    assert scale.nearness(0.15, None) >= HEARD > scale.nearness(0.15, None, crossing=True)
