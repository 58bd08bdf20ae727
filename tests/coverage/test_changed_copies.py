"""A copy that changed a figure, told at the claim that it touches."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from agent.coverage.origins.changed_copies import AlteredCopy, altered_copies, changed_at
from agent.coverage.origins.changes import ChangedWording
from agent.models import (
    ARTICLE,
    Article,
    ChangedCopy,
    Claim,
    Document,
    Evidence,
    Gap,
    Label,
    OriginCounts,
    Span,
    Stance,
    Verdict,
    When,
    Witness,
)
from agent.verify.evidence import weigh
from agent.verify.explain import explain
from agent.verify.summaries import origins_known
from tests.support.grouped import group_origins
from tests.support.scripted import says, whole

LINES = (
    "The ferry company said on Monday that 27 cabins of the Albatross had been flooded during the night crossing.",
    "Passengers slept in the restaurant, and the captain turned the ship about before dawn to reach calmer water.",
    "The repairs will cost 310,000 crowns and last until the end of the month, an engineer of the yard reckons.",
)
TEXT = "\n".join(LINES)
OWN = Article(text=TEXT, outlet="Harbour Post", language="en")


def _claim(text: str, number: int, quote: str) -> Claim:
    start = text.index(quote)
    return Claim(id=f"c{number}", text=quote, quote=quote, spans=(Span(start=start, end=start + len(quote)),))


CABINS = _claim(TEXT, 1, "27 cabins of the Albatross had been flooded")
COST = _claim(TEXT, 2, "The repairs will cost 310,000 crowns")


def _told(article: Article, documents: list[Document], claim: Claim, *heard: Document) -> tuple[ChangedCopy, ...]:
    known = origins_known(article, group_origins(article, documents))
    said = [
        (Witness(origin=f"o{document.id}", passages=(whole(document),)), says(claim, Stance.SUPPORTS, claim.quote))
        for document in heard
    ]
    return changed_at(claim, weigh(article, claim, said, frozenset()).evidence, known.altered)


def test_a_copy_of_the_article_is_told_at_the_claim_whose_figure_it_changed_and_at_no_other() -> None:
    copy = Document.of(TEXT.replace("310,000", "910,000"), outlet="Echo", url="https://echo.example/1", language="en")
    (told,) = _told(OWN, [copy], COST)
    assert (told.document_id, told.of, told.told, told.says) == (copy.id, ARTICLE, "310,000", "910,000")
    assert told.quote == LINES[2].replace("310,000", "910,000")
    assert (told.outlet, told.url) == ("Echo", "https://echo.example/1")
    assert _told(OWN, [copy], CABINS) == ()


def test_the_place_is_found_in_an_article_that_came_damaged() -> None:
    damaged = OWN.model_copy(update={"text": TEXT.replace("restaurant", "rest\u00adau\u00adrant")})
    copy = Document.of(TEXT.replace("310,000", "910,000"), outlet="Echo", language="en")
    claim = _claim(damaged.text, 2, COST.quote)
    assert [one.says for one in _told(damaged, [copy], claim)] == ["910,000"]
    narrow = _claim(damaged.text, 3, "The repairs")
    assert _told(damaged, [copy], narrow) == ()


def test_a_copy_of_what_was_heard_is_told_where_its_witness_is_quoted() -> None:
    article = Article(
        text="Cabins of a ferry were flooded, it is said. Nobody was hurt.", outlet="Post", language="en"
    )
    noon = datetime(2024, 3, 15, 12, tzinfo=UTC)
    first = Document.of(TEXT, outlet="Ledger", published_at=noon, language="en")
    later = noon + timedelta(hours=2)
    copy = Document.of(TEXT.replace("27 cabins", "72 cabins"), outlet="Echo", published_at=later, language="en")
    claim = _claim(article.text, 1, "Cabins of a ferry were flooded").model_copy(update={"quote": CABINS.quote})
    (told,) = _told(article, [first, copy], claim, first)
    assert (told.document_id, told.of, told.told, told.says) == (copy.id, first.id, "27", "72")
    assert _told(article, [first, copy], claim) == ()


def test_a_faithful_copy_is_not_told() -> None:
    assert _told(OWN, [Document.of(TEXT, outlet="Echo", language="en")], COST) == ()


def test_the_explanation_names_both_figures() -> None:
    copy = Document.of(TEXT.replace("310,000", "910,000"), outlet="Echo", language="en")
    verdict = Verdict(label=Label.UNSOURCED, unsourced_because=Gap.ONLY_COPIES)
    changed = _told(OWN, [copy], COST)
    for language in ("en", "ar"):
        plain, told = (explain(verdict, (), OriginCounts(), language, some) for some in ((), changed))
        assert told.startswith(plain)
        assert "310,000" in told.removeprefix(plain)
        assert "910,000" in told.removeprefix(plain)


SENTENCES = "27 ships came. They left at 9. Then 5 came back."
CHANGES = (("27", "72"), ("9", "8"), ("5", "6"))


def _altered(text: str, copy: str, told: str, says: str, of: str = ARTICLE) -> AlteredCopy:
    at, to = text.index(told), copy.index(says)
    change = ChangedWording(
        original=told,
        original_at=Span(start=at, end=at + len(told)),
        says=says,
        says_at=Span(start=to, end=to + len(says)),
    )
    return AlteredCopy(Document.of(copy, language="en"), of, (change,))


def _at(start: int, end: int) -> Claim:
    return Claim(id="c1", text="x", quote="x", spans=(Span(start=start, end=end),))


@pytest.mark.parametrize(("place", "told"), [((0, 2), 1), ((1, 9), 1), ((2, 9), 0), ((10, 25), 0), ((10, 48), 0)])
def test_a_change_is_told_where_it_lies_in_the_words_of_the_claim(place: tuple[int, int], told: int) -> None:
    copy = _altered(SENTENCES, SENTENCES.replace("27", "72"), "27", "72")
    assert len(changed_at(_at(*place), (), [copy])) == told
    behind = _altered(SENTENCES, SENTENCES.replace("9", "8"), "9", "8")
    start = SENTENCES.index("9")
    assert [len(changed_at(_at(*ends), (), [behind])) for ends in ((0, start), (0, start + 1))] == [0, 1]


def test_the_sentence_in_which_the_copy_has_it_is_quoted() -> None:
    quotes = []
    for told, says_ in CHANGES:
        copy = _altered(SENTENCES, SENTENCES.replace(told, says_), told, says_)
        quotes += [one.quote for one in changed_at(_at(0, len(SENTENCES)), (), [copy])]
    assert quotes == ["72 ships came.", "They left at 8.", "Then 6 came back."]
    headline = "Ships: 72"
    assert changed_at(_at(0, 9), (), [_altered(SENTENCES, headline, "27", "72")])[0].quote == headline
    copy = _altered(SENTENCES, SENTENCES, "27", "came. They")
    assert changed_at(_at(0, 9), (), [copy])[0].quote == "came. They"


def test_five_copies_are_told_of_and_each_once() -> None:
    copies = [_altered(SENTENCES, f"{SENTENCES.replace('27', '72')} {n}", "27", "72") for n in range(7)]
    assert len(changed_at(_at(0, 9), (), copies)) == 5
    assert len(changed_at(_at(0, 9), (), copies[:4] * 2)) == 4


@pytest.mark.parametrize(("source", "told"), [("coverage", 1), ("article", 0)])
def test_only_what_coverage_is_quoted_with_is_looked_for_in_coverage(
    source: Literal["coverage", "article"], told: int
) -> None:
    witness = Document.of(SENTENCES, language="en")
    said = Evidence(
        stance=Stance.SUPPORTS, quote="27 ships came", source=source, passage=whole(witness), origin="o1",
        independent=True, same_speaker=False, when=When.UNKNOWN,
    )  # fmt: skip
    copy = _altered(SENTENCES, SENTENCES.replace("27", "72"), "27", "72", of=witness.id)
    assert len(changed_at(_at(0, 9), (said,), [copy])) == told
    lost = said.model_copy(update={"quote": "no such words"})
    assert changed_at(_at(0, 9), (lost,), [copy]) == ()


def test_faithful_copies_are_not_among_the_altered_ones() -> None:
    faithful = Document.of(TEXT + " ", outlet="Echo", language="en")
    changed = Document.of(TEXT.replace("310,000", "910,000"), outlet="Bay", language="en")
    altered = altered_copies(OWN, group_origins(OWN, [faithful, changed]))
    assert [(one.document.id, one.of) for one in altered] == [(changed.id, ARTICLE)]
    noon = datetime(2024, 3, 15, 12, tzinfo=UTC)
    first = Document.of(TEXT, outlet="Ledger", published_at=noon, language="en")
    altered = altered_copies(Article(text=""), group_origins(Article(text=""), [first, faithful, changed]))
    assert [(one.document.id, one.of) for one in altered] == [(changed.id, first.id)]
