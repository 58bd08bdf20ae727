"""Whole stories: an article, the coverage around it, and what a careful reader finds."""

import json
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from agent.article import About
from agent.errors import BadInput
from agent.models import Article, Document, Gap, Kind, Label, RestsOn, SourceType
from evals.data.sets import Choice

EXAMPLES = Path(__file__).parents[2] / "examples"


class GoldOrigin(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    role: str
    documents: tuple[str, ...]


class GoldClaim(BaseModel):
    """Known by its quote. Origins are named by id; `also_accepted` are labels where careful readers differ."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    quote: str
    speaker: str | None
    source: SourceType
    kind: Kind = Kind.FACT
    label: Label
    also_accepted: tuple[Label, ...] = ()
    rests_on: RestsOn | None = None
    unsourced_because: tuple[Gap, ...] = ()
    supported_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()
    qualified_by: tuple[str, ...] = ()
    may_support: tuple[str, ...] = ()
    may_contradict: tuple[str, ...] = ()
    contradicted_in_article: bool = False


class Story(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    article: Article
    coverage: tuple[Document, ...]
    origins: tuple[GoldOrigin, ...]
    claims: tuple[GoldClaim, ...]


def stories(choice: Choice, *, required: bool = True) -> list[Story]:
    """The example, the small ones of this project, and those of the data folder; raises `BadInput` without any."""
    roots = [EXAMPLES, *(root / "stories" for root in choice.roots)]
    folders = [path.parent for root in roots for path in sorted(root.glob("*/article.json"))]
    found = [load_story(folder) for folder in folders if choice.wants(folder.name)]
    if not found and required:
        raise BadInput(f"there is no story in {', '.join(repr(str(root)) for root in roots)}")
    return found


def story_files(choice: Choice) -> list[Path]:
    roots = [EXAMPLES, *(root / "stories" for root in choice.roots)]
    return [path for root in roots for path in sorted(root.glob("*/*.json*")) if choice.wants(path.parent.name)]


def load_story(folder: Path) -> Story:
    """A folder with article.json, article*.txt, coverage.jsonl and gold.json; raises `BadInput`.

    An article in another language beside it, which has a file of its own for what is known of it, is no part of it.
    """
    try:
        about = About.model_validate_json((folder / "article.json").read_text("utf-8"))
        (text,) = (one for one in folder.glob("article*.txt") if not _stands_apart(one))
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        known = {name: value for name, value in about if value is not None}
        return Story(
            name=folder.name,
            article=Article.model_validate({**known, "text": text.read_text("utf-8")}),
            coverage=tuple(_document(line) for line in (folder / "coverage.jsonl").read_text("utf-8").splitlines()),
            origins=gold["origins"],
            claims=gold["claims"],
        )
    except (OSError, ValueError, KeyError) as err:
        raise BadInput(f"{str(folder)!r} is no story: {err}") from err


def _stands_apart(text: Path) -> bool:
    return text.stem != "article" and text.with_suffix(".json").exists()


def _document(line: str) -> Document:
    told = json.loads(line)
    if told.get("published_at"):
        told["published_at"] = datetime.fromisoformat(told["published_at"])
    return Document.of(told.pop("text"), **told)
