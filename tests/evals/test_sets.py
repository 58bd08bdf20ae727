"""Sets: what is read, which part of it, and what is said when it does not fit."""

import gzip
from pathlib import Path

import pytest

from agent.errors import BadInput
from evals.data.records import Attack, ClaimCase, CorpusDocument, Decomposition, NearPair, Query, Record, StancePair
from evals.data.sets import SMALL, Choice, choose, hashes, load, read, write_jsonl
from evals.data.sources import listing_of, sources
from evals.data.stories import load_story, stories

KINDS: dict[str, type[Record]] = {
    "stance": StancePair,
    "claims": ClaimCase,
    "neardup": NearPair,
    "decomposition": Decomposition,
    "injection": Attack,
}


def pairs(count: int, dataset: str = "made") -> list[StancePair]:
    return [
        StancePair(id=f"p{n}", dataset=dataset, lang="en", claim="c", passage="p", label="neither")
        for n in range(count)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_small_sets_are_whole_and_hold_both_languages(kind: str) -> None:
    paths = sorted((SMALL / kind).glob("*.jsonl"))
    records = [record for path in paths for record in read(path, KINDS[kind])]
    assert {record.lang for record in records} >= {"ar", "en"}
    assert len({(record.dataset, record.id) for record in records}) == len(records)


def test_the_small_retrieval_sets_name_only_what_they_hold() -> None:
    for folder in (SMALL / "retrieval").iterdir():
        documents = {one.id for one in read(folder / "corpus.jsonl", CorpusDocument)}
        queries = {one.id for one in read(folder / "queries.jsonl", Query)}
        judged = [line.split("\t") for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]]
        assert {query for query, _, _ in judged} == queries
        assert {document for _, document, _ in judged} <= documents


def test_outlets_of_the_small_sets_cannot_exist() -> None:
    cases = [case for path in (SMALL / "claims").glob("*.jsonl") for case in read(path, ClaimCase)]
    addresses = [document.url for case in cases for document in case.documents if document.url]
    assert addresses
    assert all(url.split("/")[2].endswith(".example") for url in addresses)


def test_gold_claims_of_every_story_stand_in_its_article() -> None:
    for story in stories(Choice()):
        urls = {document.url for document in story.coverage}
        named = {origin.id for origin in story.origins}
        assert all(story.article.text.count(claim.quote) == 1 for claim in story.claims)
        assert {url for origin in story.origins for url in origin.documents} == urls
        for claim in story.claims:
            assert {*claim.supported_by, *claim.contradicted_by, *claim.may_support, *claim.may_contradict} <= named


def test_a_set_is_its_file_and_the_part_that_was_asked_for(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "stance" / "mine.dev.jsonl", pairs(3))
    write_jsonl(tmp_path / "stance" / "mine.train.jsonl", pairs(9))
    loaded = load(choose(str(tmp_path), "mine", "dev", None), "stance", StancePair)
    assert len(loaded) == 3
    assert {pair.dataset for pair in loaded} == {"mine"}


def test_a_compressed_set_is_the_same_set(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "stance" / "mine.dev.jsonl", pairs(3))
    packed = tmp_path / "packed" / "stance" / "mine.dev.jsonl.gz"
    packed.parent.mkdir(parents=True)
    packed.write_bytes(gzip.compress((tmp_path / "stance" / "mine.dev.jsonl").read_bytes()))
    assert read(packed, StancePair) == read(tmp_path / "stance" / "mine.dev.jsonl", StancePair)
    assert [*hashes([packed]).values()] == [*hashes([tmp_path / "stance" / "mine.dev.jsonl"]).values()]


def test_a_limit_takes_the_same_items_in_whatever_order_they_stand(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a" / "stance" / "mine.dev.jsonl", pairs(50))
    write_jsonl(tmp_path / "b" / "stance" / "mine.dev.jsonl", pairs(50)[::-1])
    first, second = (load(choose(str(tmp_path / n), "mine", "dev", 7), "stance", StancePair) for n in "ab")
    assert len(first) == 7
    assert {pair.id for pair in first} == {pair.id for pair in second}


def test_a_line_that_does_not_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "stance" / "mine.dev.jsonl"
    write_jsonl(path, pairs(2))
    path.write_text(path.read_text("utf-8") + '{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"mine\.dev\.jsonl', line 3"):
        load(choose(str(tmp_path), "mine", "dev", None), "stance", StancePair)


def test_a_folder_or_a_set_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere"):
        choose(str(tmp_path / "nowhere"), None, "dev", None)
    with pytest.raises(BadInput, match="no set of 'stance' fits: named nothing"):
        load(choose(None, "nothing", "dev", None), "stance", StancePair)
    with pytest.raises(BadInput, match="'half'"):
        choose(None, None, "half", None)


def test_a_folder_without_gold_is_no_story(tmp_path: Path) -> None:
    (tmp_path / "article.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BadInput, match="is no story"):
        load_story(tmp_path)


def test_every_public_set_is_told_with_its_source_and_licence(tmp_path: Path) -> None:
    told = listing_of(None)
    assert all(one.source in told and one.licence in told for one in sources())
    write_jsonl(tmp_path / "stance" / "ans.dev.jsonl", pairs(1))
    assert "✓ ans" in listing_of(tmp_path)
    assert "· austr" in listing_of(tmp_path)
