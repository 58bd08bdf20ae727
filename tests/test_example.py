"""The example story is data that others build on: it has to hold together by itself."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from agent.models import Article, Document, Gap, Kind, Label, RestsOn, SourceType
from agent.text.quotes import anchors

EXAMPLE = Path(__file__).parent.parent / "examples" / "withdrawal"


class GoldOrigin(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    role: str
    documents: list[str] = Field(min_length=1)
    note: str


class GoldCount(BaseModel):
    supporting: int
    contradicting: int


class GoldClaim(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    quote: str
    speaker: str | None
    source: SourceType
    kind: Kind
    label: Label
    also_accepted: list[Label]
    rests_on: RestsOn | None
    unsourced_because: list[Gap]
    origins: GoldCount
    supported_by: list[str]
    contradicted_by: list[str]
    qualified_by: list[str]
    may_support: list[str]
    may_contradict: list[str]
    contradicted_in_article: bool
    note: str | None = None

    @property
    def named_origins(self) -> set[str]:
        heard = self.supported_by + self.contradicted_by + self.qualified_by
        return {*heard, *self.may_support, *self.may_contradict}


class Gold(BaseModel):
    about: str
    origins: list[GoldOrigin]
    claims: list[GoldClaim]


@pytest.fixture(scope="module")
def article() -> Article:
    known = json.loads((EXAMPLE / "article.json").read_text("utf-8"))
    return Article.model_validate({**known, "text": (EXAMPLE / "article.ar.txt").read_text("utf-8")})


@pytest.fixture(scope="module")
def coverage() -> list[Document]:
    lines = (EXAMPLE / "coverage.jsonl").read_text("utf-8").splitlines()
    known = [json.loads(line) for line in lines]
    for document in known:
        document["published_at"] = datetime.fromisoformat(document["published_at"])
    return [Document.of(document.pop("text"), **document) for document in known]


@pytest.fixture(scope="module")
def gold() -> Gold:
    return Gold.model_validate_json((EXAMPLE / "gold.json").read_bytes())


def test_every_gold_quote_stands_in_the_article_once_to_the_character(article: Article, gold: Gold) -> None:
    for claim in gold.claims:
        assert article.text.count(claim.quote) == 1, claim.id
        span = anchors(article.text).find(claim.quote)
        assert span is not None
        assert letters_of(article.text[span.start : span.end]) == letters_of(claim.quote)


def letters_of(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_every_gold_speaker_is_named_by_the_article_in_those_words(article: Article, gold: Gold) -> None:
    for claim in gold.claims:
        assert claim.speaker is None or claim.speaker in article.text, claim.id
        assert (claim.speaker is None) == (claim.source is SourceType.OUTLET), claim.id


def test_ids_and_addresses_are_unique(coverage: list[Document], gold: Gold) -> None:
    for names in (
        [claim.id for claim in gold.claims],
        [origin.id for origin in gold.origins],
        [document.id for document in coverage],
        [str(document.url) for document in coverage],
    ):
        assert len(names) == len(set(names))


def test_every_document_has_a_date_a_language_and_an_address_that_cannot_exist(
    article: Article, coverage: list[Document]
) -> None:
    story: list[Article | Document] = [article, *coverage]
    for told in story:
        assert told.url is not None
        assert told.url.split("/")[2].endswith(".example")
        assert told.published_at is not None
        assert told.published_at.tzinfo is not None
        assert told.language in ("ar", "en")
        assert told.title
        assert told.outlet


def test_every_document_belongs_to_exactly_one_gold_origin(coverage: list[Document], gold: Gold) -> None:
    grouped = [url for origin in gold.origins for url in origin.documents]
    assert sorted(grouped) == sorted(str(document.url) for document in coverage)


def test_claims_rest_only_on_origins_that_are_independent_reports(gold: Gold) -> None:
    independent = {origin.id for origin in gold.origins if origin.role == "independent"}
    for claim in gold.claims:
        assert claim.named_origins <= independent, claim.id


def test_gold_labels_follow_from_the_gold_evidence(gold: Gold) -> None:
    for claim in gold.claims:
        contested = bool(claim.contradicted_by) or claim.contradicted_in_article
        expected = Label.CONTESTED if contested else Label.CORROBORATED if claim.supported_by else Label.UNSOURCED
        assert claim.label is expected, claim.id
        assert claim.origins.supporting == len(claim.supported_by)
        assert claim.origins.contradicting == len(claim.contradicted_by)
        assert bool(claim.unsourced_because) == (claim.label is Label.UNSOURCED)


def test_every_label_occurs(gold: Gold) -> None:
    assert {claim.label for claim in gold.claims} == set(Label)


def test_copies_are_what_they_are_said_to_be(article: Article, coverage: list[Document], gold: Gold) -> None:
    texts = {str(document.url): document.text for document in coverage}
    groups = {origin.id: [texts[url] for url in origin.documents] for origin in gold.origins}
    first, verbatim = groups["mersat"]
    assert verbatim.endswith(first)
    original, altered = (text.split() for text in groups["harbour"])
    assert sum(a != b for a, b in zip(original, altered, strict=True)) == 10
    (reprint,) = groups["article"]
    body = reprint.split("\n\n", 1)[1]
    assert article.text.startswith(body.removesuffix("."))
    assert {claim.id for claim in gold.claims if claim.quote not in body} == {"convoys"}
