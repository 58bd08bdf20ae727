"""The measuring of what is heard, on a story of three documents in two languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.config import Settings, load_settings
from agent.errors import BadInput
from agent.models import Article
from evals.coverage import independence
from evals.coverage.background import background, load_background
from evals.coverage.hearing import Outcome, StoryHeard, main, measure
from evals.data.needs import Need, NewsStory, StoryClaim, StoryDocument, load_needs, load_news
from evals.servers.reader import GoldReader, PromptTokens, place
from tests.support.endpoint import run_endpoint

DAY = datetime(2016, 3, 15, 9, tzinfo=UTC)
TEXT = (
    "Harbour Post, Tuesday. The ferry Marigold sank off Stone Quay on Monday night. The harbour office said that "
    "twelve sailors were rescued, and the owner said that the ferry carried no passengers. "
    "A bakery in Stone Quay gave away bread to 300 people."
)
NEAR, FOREIGN, OTHER = (f"https://{name}.example/1" for name in ("gazette", "marsa", "oranges"))


@pytest.fixture
def story() -> NewsStory:
    documents = {
        NEAR: ("en", "Ferry sinks", "The ferry Marigold sank off Stone Quay; twelve sailors were rescued by a tug."),
        FOREIGN: ("ar", "غرق عبّارة", "قال مالك العبّارة إن العبّارة لم تكن تحمل ركاباً عندما غرقت ليل الاثنين."),
        OTHER: ("en", "Market", "Oranges and strawberries are cheap this week, traders on the market said."),
    }
    return NewsStory(
        name="ferry",
        article=Article(text=TEXT, outlet="Harbour Post", published_at=DAY, language="en"),
        coverage=tuple(
            StoryDocument(url=url, outlet=url[8:15], published_at=DAY, language=lang, title=title, text=text)
            for url, (lang, title, text) in documents.items()
        ),
        claims=(
            StoryClaim(id="sank", any=("ferry Marigold sank",)),
            StoryClaim(id="rescued", any=("twelve sailors",), by="harbour office|office"),
            StoryClaim(id="empty", any=("no passengers",), by="owner"),
            StoryClaim(id="bread", any=("30",)),
        ),
        needs=(
            Need(claim="sank", language="en", urls=(NEAR,)),
            Need(claim="rescued", language="en", urls=(OTHER, NEAR)),
            Need(claim="empty", language="ar", urls=(FOREIGN,)),
        ),
    )


@dataclass(frozen=True)
class _Reader:
    """A reader in this process."""

    url: str
    reader: GoldReader

    def tokens(self, story: str) -> PromptTokens:
        return self.reader.tokens[story]


@pytest.fixture
def reader(story: NewsStory) -> Iterator[_Reader]:
    reader = GoldReader([story])
    with run_endpoint() as endpoint:
        endpoint.behave(reader.chat)
        yield _Reader(endpoint.url, reader)


def _measure(story: NewsStory, reader: _Reader, settings: Settings) -> tuple[StoryHeard, dict[str, tuple[int, int]]]:
    heard = measure([story], reader, settings)
    outcome = Outcome(embedder="settings", background=0, stories=heard)
    return heard[0], {one.group: (one.heard, one.needs) for one in outcome.recalls}


def test_a_need_is_met_by_any_of_its_documents_and_told_by_language(
    story: NewsStory, reader: _Reader, tmp_path: Path
) -> None:
    # However it is ranked, what was published a year before is not heard.
    old = [
        one.model_copy(update={"published_at": DAY - timedelta(days=400)})
        for one in story.coverage
        if one.url == FOREIGN
    ]
    story = story.model_copy(update={"coverage": (*(one for one in story.coverage if one.url != FOREIGN), *old)})
    heard, recalls = _measure(story, reader, load_settings(data_dir=tmp_path, min_similarity=0.0))
    assert recalls == {
        "all": (2, 3),
        "same language": (2, 2),
        "across languages": (0, 1),
        "en→en": (2, 2),
        "en→ar": (0, 1),
    }
    assert (heard.claims, heard.pairs) == (3, 6)


def test_hearing_everything_meets_every_need_and_costs_pairs(
    story: NewsStory, reader: _Reader, tmp_path: Path
) -> None:
    heard, recalls = _measure(story, reader, load_settings(data_dir=tmp_path, min_similarity=0.0))
    assert (recalls["all"], recalls["across languages"]) == ((3, 3), (1, 1))
    assert (heard.claims, heard.pairs) == (3, 9)
    # The article's own hearing is a call and no pair.
    assert (heard.tokens.extract_calls, heard.tokens.judge_calls) == (1, 4)
    assert heard.tokens.tokens == heard.tokens.extract_tokens + heard.tokens.judge_tokens > 1000


def test_a_copy_that_counts_and_a_report_that_does_not_are_told(
    story: NewsStory, reader: _Reader, tmp_path: Path
) -> None:
    told = {
        "retelling": ("copy", "A ferry sank, the Harbour Post reports. Its owner says that nobody was on board."),
        "translation": ("copy", "Une sage-femme a vu couler le bac et en parle à tous ceux qui passent."),
        "own": ("independent", "From my window I saw the Marigold go down, and a tug took twelve men on board."),
        "shy": ("independent", "The owner told the Harbour Post that no passenger had been on the ferry."),
        "wire": (
            "agency_copy",
            "(Gull News Agency) The ferry Marigold sank on Monday off Stone Quay with sailors on it.",
        ),
        "page": ("offtopic", "Oranges and strawberries are cheap this week, traders on the market said."),
    }
    first = story.coverage[0]
    coverage = [
        first.model_copy(
            update={"url": f"https://{name}.example/", "outlet": name, "title": name, "text": text, "trap": trap}
        )
        for name, (trap, text) in told.items()
    ]
    story = story.model_copy(update={"coverage": tuple(coverage), "needs": ()})
    (counted,) = independence.measure([story], reader, load_settings(data_dir=tmp_path))
    assert (counted.copies, counted.copies_independent) == (2, ["https://translation.example/"])
    assert (counted.own, counted.own_dependent) == (2, ["https://shy.example/"])
    assert len(counted.agencies) == 1


def test_a_claim_is_its_sentence_or_its_clause_where_one_sentence_tells_several(story: NewsStory) -> None:
    assert {one.claim: (one.quote, one.speaker) for one in place(story)} == {
        "sank": ("The ferry Marigold sank off Stone Quay on Monday night.", None),
        "rescued": ("The harbour office said that twelve sailors were rescued,", "harbour office"),
        "empty": ("and the owner said that the ferry carried no passengers.", "owner"),
        # "bread" is left out: 30 does not stand in 300.
    }
    assert all(TEXT[one.span.start : one.span.end] == one.quote for one in place(story))


def test_every_need_of_the_annotation_names_a_claim_and_documents() -> None:
    needs = load_needs()
    assert len(needs) == 8
    assert all(
        need.claim and need.urls and len(set(need.urls)) == len(need.urls) for some in needs.values() for need in some
    )


def test_needs_that_could_never_be_met_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="none is known"):
        load_news(tmp_path)
    name, needs = next(iter(load_needs().items()))
    folder = tmp_path / "stories" / name
    folder.mkdir(parents=True)
    (folder / "article.txt").write_text(TEXT, "utf-8")
    about = '{"published": "2016-03-15T09:00:00Z", "url": "https://post.example/1", "outlet": "Harbour Post",'
    (folder / "meta.json").write_text(about + ' "title": "A ferry sinks", "language": "en"}', "utf-8")
    (folder / "gold.json").write_text('[{"id": "sank", "any": ["sank"], "by": null}]', "utf-8")
    (folder / "coverage.jsonl").write_text("", "utf-8")
    with pytest.raises(BadInput, match=needs[0].claim):
        load_news(tmp_path)


def test_background_is_the_same_for_one_seed_and_takes_languages_in_turn(tmp_path: Path) -> None:
    (tmp_path / "neardup").mkdir()
    for lang in ("ar", "en"):
        pairs = [f'{{"lang": "{lang}", "text_a": "{"word " * 60}{n}", "text_b": "left out"}}' for n in range(9)]
        (tmp_path / "neardup" / f"pairs_{lang}.dev.jsonl").write_text("\n".join(pairs), "utf-8")
    texts = load_background(tmp_path)
    days = [DAY, DAY + timedelta(days=1)]
    some = background(texts, 6, days)
    assert [one.language for one in some] == ["ar", "en"] * 3
    assert {one.published_at for one in some} <= set(days)
    assert some == background(texts, 6, days) != background(texts, 6, days, seed=2)
    with pytest.raises(BadInput, match="18 texts"):
        background(texts, 19, days)


def test_a_folder_without_stories_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path)])
    assert "none is known" in capsys.readouterr().err
