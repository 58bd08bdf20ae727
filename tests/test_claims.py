from agent.analyst import Part
from agent.claims import Collected, collect
from agent.models import Article, Draft, Span
from tests.support.scripted import draft

TEXT = "The ministry said 40 planes left. The base stays open. Later it said again that 40 planes left the base."
ARTICLE = Article(text=TEXT, language="en")
PART = Part(index=0, span=Span(start=0, end=len(TEXT)), text=TEXT)


def _collect(*drafts: Draft, limit: int = 10) -> Collected:
    return collect(ARTICLE, [(PART, item) for item in drafts], limit)


def test_claims_are_numbered_in_the_order_of_the_article() -> None:
    collected = _collect(draft("The base stays open"), draft("40 planes left"))
    assert [(c.id, c.quote) for c in collected.claims] == [("c1", "40 planes left"), ("c2", "The base stays open")]


def test_a_claim_whose_quote_the_article_lacks_is_dropped_and_counted() -> None:
    collected = _collect(draft("The base stays open"), draft("the base closes"))
    assert len(collected.claims) == 1
    assert collected.without_quote == 1


def test_a_claim_told_twice_is_one_claim_with_two_spans() -> None:
    collected = _collect(
        draft("40 planes left", "40 planes left the base"),
        draft("40 planes left the base", "40 planes left the base."),
    )
    (claim,) = collected.claims
    assert [TEXT[s.start : s.end] for s in claim.spans] == ["40 planes left", "40 planes left the base"]
    assert claim.quote == "40 planes left"


def test_another_number_is_another_claim() -> None:
    collected = _collect(
        draft("40 planes left", "40 planes left the base"),
        draft("40 planes left the base", "14 planes left the base"),
    )
    assert len(collected.claims) == 2


def test_a_negation_makes_another_claim() -> None:
    collected = _collect(
        draft("40 planes left", "the planes have left the base"),
        draft("40 planes left the base", "the planes have not left the base"),
    )
    assert len(collected.claims) == 2


def test_two_claims_may_rest_on_one_quote() -> None:
    quote = "The ministry said 40 planes left"
    collected = _collect(
        draft(quote, "40 planes left"), draft(quote, "The ministry spoke of the departure in public")
    )
    assert len(collected.claims) == 2


def test_the_fullest_attribution_speaks_for_a_claim_told_twice() -> None:
    collected = _collect(
        draft("40 planes left", "40 planes left"), draft("40 planes left the base", "40 planes left", "the ministry")
    )
    assert collected.claims[0].attribution.speaker == "the ministry"


def test_claims_over_the_limit_are_counted_and_not_lost_silently() -> None:
    collected = _collect(draft("40 planes left"), draft("The base stays open"), limit=1)
    assert (len(collected.claims), collected.over_limit) == (1, 1)


def test_a_quote_told_twice_in_one_part_is_found_at_both_places() -> None:
    collected = _collect(draft("40 planes left"), draft("40 planes left"))
    (claim,) = collected.claims
    assert [TEXT[s.start : s.end] for s in claim.spans] == ["40 planes left", "40 planes left"]
    assert claim.spans[0].end < claim.spans[1].start
