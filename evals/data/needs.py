"""News stories with what has to be heard for each of their claims; the stories stand in a folder of the user's."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from agent.errors import BadInput
from agent.models import Article, Document, Frozen
from evals.data.sets import read
from evals.data.stories import GoldClaim, Story


class Need(Frozen):
    """One origin that decides the label of a claim: any of the documents at `urls` has to be heard."""

    claim: str
    language: str
    urls: tuple[str, ...]


class StoryClaim(BaseModel):
    """`any` are words of the article, one of which the claim says; `by` names who says it: "a|b" are two names."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    any: tuple[str, ...]
    by: str | None = None

    @property
    def speaker(self) -> str | None:
        return self.by.partition("|")[0] if self.by else None


class StoryDocument(BaseModel):
    """One line of a story's coverage. `trap` names what is hard about it, and is for scoring only."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    url: str
    outlet: str
    published_at: datetime
    language: str
    title: str | None
    text: str
    trap: str = ""

    @cached_property
    def document(self) -> Document:
        return Document.of(self.text, **self.model_dump(exclude={"text", "trap"}))


class _About(BaseModel):
    published: datetime
    url: str
    outlet: str
    title: str
    language: str


class NewsStory(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    article: Article
    coverage: tuple[StoryDocument, ...]
    claims: tuple[StoryClaim, ...]
    needs: tuple[Need, ...]

    @property
    def documents(self) -> list[Document]:
        return [one.document for one in self.coverage]


def news_of(story: Story) -> NewsStory:
    """A story whose origins are known, as one of needs: each origin that speaks to a claim has to be heard."""
    languages = {one.url: one.language for one in story.coverage}
    origins = {one.id: one.documents for one in story.origins}
    own = story.article.language

    def needs(claim: GoldClaim) -> Iterator[Need]:
        for name in (*claim.supported_by, *claim.contradicted_by, *claim.qualified_by):
            spoken = [languages[url] for url in origins[name]]
            yield Need(claim=claim.id, language=own if own in spoken else spoken[0], urls=origins[name])

    return NewsStory(
        name=story.name,
        article=story.article,
        coverage=tuple(StoryDocument.model_validate(one.model_dump(exclude={"id"})) for one in story.coverage),
        claims=tuple(StoryClaim(id=claim.id, any=(claim.quote,), by=claim.speaker) for claim in story.claims),
        needs=tuple(need for claim in story.claims for need in needs(claim)),
    )


def known_in(folder: Path) -> list[str]:
    """The names of stories that stand in `stories` of a folder, or in it, and whose needs are known."""
    return [name for name in load_needs() if (_root(folder) / name / "meta.json").exists()]


def load_news(folder: Path, only: Sequence[str] = ()) -> list[NewsStory]:
    """All of them, or some; raises `BadInput` when there is none, or not one of those named."""
    known, names = load_needs(), only or known_in(folder)
    if not names or not set(names) <= known.keys():
        raise BadInput(f"of the stories {', '.join(only or known)} none is known that stands in {str(folder)!r}")
    return [load_news_story(_root(folder) / name, known[name]) for name in names]


def _root(folder: Path) -> Path:
    return folder / "stories" if (folder / "stories").is_dir() else folder


def load_needs() -> dict[str, tuple[Need, ...]]:
    """What has to be heard, by the name of the story."""
    told = tomllib.loads(files("evals.data").joinpath("needs.toml").read_text("utf-8"))
    return {name: tuple(map(Need.model_validate, story["needs"])) for name, story in told.items()}


def load_news_story(folder: Path, needs: tuple[Need, ...]) -> NewsStory:
    """A folder with article.txt, meta.json, gold.json and coverage.jsonl; raises `BadInput`.

    Needs that name a claim or a document that is not there are refused: they could never be met.
    """
    try:
        about = _About.model_validate_json((folder / "meta.json").read_text("utf-8"))
        claims = [StoryClaim.model_validate(one) for one in json.loads((folder / "gold.json").read_text("utf-8"))]
        # Line ends are kept as they were published.
        text = (folder / "article.txt").read_bytes().decode("utf-8")
    except (OSError, ValueError, ValidationError) as err:
        raise BadInput(f"{str(folder)!r} is no story: {err}") from err
    known = about.model_dump(exclude={"published"})
    story = NewsStory(
        name=folder.name,
        article=Article(text=text, published_at=about.published, **known),
        coverage=tuple(read(folder / "coverage.jsonl", StoryDocument)),
        claims=tuple(claims),
        needs=needs,
    )
    _check(story)
    return story


def _check(story: NewsStory) -> None:
    claims, urls = {claim.id for claim in story.claims}, {one.url for one in story.coverage}
    unknown = {need.claim for need in story.needs} - claims | {url for n in story.needs for url in n.urls} - urls
    if unknown:
        raise BadInput(f"the story {story.name!r} does not hold what is needed: {', '.join(sorted(unknown))}")
