from hypothesis import given
from hypothesis import strategies as st

from agent.analyst.parts import article_witness, cut_parts, even_chunks, in_view, own_chunks, sentences_of
from agent.models import Article, Claim, Span

SHORT = Article(text="One thing happened. Another followed. A third came. A fourth. A fifth. A sixth.", language="en")
LONG = Article(text=" ".join(f"Event number {n} took place in city {n}." for n in range(1000)), language="en")


def _claim(number: int, text: str = "text") -> Claim:
    return Claim(id=f"c{number}", text=text, spans=(Span(start=0, end=1),), quote="q")


def test_parts_are_even_and_hold_every_sentence() -> None:
    parts = cut_parts(SHORT, 4)
    assert [len(part.text.split(". ")) for part in parts] == [3, 3]
    assert all(SHORT.text[p.span.start : p.span.end] == p.text for p in parts)


@given(st.integers(1, 12))
def test_every_sentence_is_in_exactly_one_part(per_part: int) -> None:
    parts = cut_parts(LONG, per_part)
    starts = [s.start for p in parts for s in sentences_of(LONG) if p.span.start <= s.start < p.span.end]
    assert starts == [s.start for s in sentences_of(LONG)]


def test_the_lede_sees_the_whole_article_and_of_a_long_one_what_is_below_it() -> None:
    assert in_view(SHORT, cut_parts(SHORT, 2)[0].span) == list(range(6))
    assert in_view(LONG, cut_parts(LONG, 5)[0].span) == list(range(45))


def test_a_later_part_sees_the_opening_and_what_is_near() -> None:
    part = cut_parts(LONG, 5)[100]
    first = next(n for n, one in enumerate(sentences_of(LONG)) if one.start == part.span.start)
    assert in_view(LONG, part.span) == [0, 1, 2, *range(first - 4, first + 5 + 2)]
    last = cut_parts(SHORT, 2)[-1]
    assert in_view(SHORT, last.span) == list(range(6))


def test_the_witness_of_a_long_article_is_what_bears_on_the_claims() -> None:
    witness = article_witness(LONG, [_claim(1, "The flood reached city 77 after event number 77")])
    assert len(witness.passages) <= 40
    assert all(LONG.text[p.start : p.end] == p.text for p in witness.passages)


@given(st.integers(1, 60), st.integers(1, 10))
def test_chunks_hold_every_claim_once_and_are_nearly_equal(count: int, most: int) -> None:
    chunks = even_chunks([_claim(n) for n in range(count)], most)
    assert [claim.id for chunk in chunks for claim in chunk] == [f"c{n}" for n in range(count)]
    assert max(map(len, chunks)) <= most
    assert max(map(len, chunks)) - min(map(len, chunks)) <= 1


def test_a_part_never_ends_on_an_unfinished_sentence() -> None:
    long = f"The mayor said that {'the bridge of Northbank and ' * 80}the road are shut."
    article = Article(text=f"One thing happened. {long} Another followed.\nA third came. A fourth.", language="en")
    for per_part in (1, 2, 3):
        parts = cut_parts(article, per_part)
        assert all(part.text.endswith(".") for part in parts)
        assert " ".join(" ".join(part.text for part in parts).split()) == " ".join(article.text.split())


def test_a_part_never_ends_on_a_broken_line_or_an_abbreviation() -> None:
    text = (
        "The mayor met Dr.\nSmith and Mme. Dupont of the\ncouncil at 9:40 p.m. on Friday.\n"
        "No. 5 is\nopen. Nobody came."
    )
    parts = cut_parts(Article(text=text, language="en"), 1)
    assert [" ".join(part.text.split()) for part in parts] == [
        "The mayor met Dr. Smith and Mme. Dupont of the council at 9:40 p.m. on Friday.",
        "No. 5 is open.",
        "Nobody came.",
    ]


def test_a_text_without_end_still_comes_in_parts_of_bounded_length() -> None:
    parts = cut_parts(Article(text="word " * 20_000, language="en"), 5)
    assert len(parts) > 10
    assert max(len(part.text) for part in parts) <= 5_000


def test_the_article_is_asked_about_more_claims_at_once_than_others_but_not_about_all() -> None:
    assert [len(chunk) for chunk in own_chunks([_claim(n) for n in range(20)], 8)] == [20]
    assert [len(chunk) for chunk in own_chunks([_claim(n) for n in range(24)], 2)] == [8, 8, 8]
