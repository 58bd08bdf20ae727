"""What counts as an independent origin by code alone, whatever a judge says: the other half of `make hearing`.

`python -m evals.coverage.independence --data DIR` verifies each story of DIR/stories with a judge that finds support
for every
claim in every text, in its first sentence, and with everything heard. What then counts as independent is what code
lets through: of copies, translations, digests and credited retellings of the article it has to be none, of reports
with knowledge of their own all, and the copies of one agency's report have to be one origin.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from agent.analyst import Analyst, Extraction, JudgementResult
from agent.app import open_analyst, open_store
from agent.config import Settings, load_settings
from agent.errors import BadInput
from agent.models import AnalystInfo, Article, Budget, Claim, Judgement, Part, Report, Stance, Witness
from agent.text import sentences
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from evals.coverage.hearing import settings_for
from evals.data.needs import NewsStory, load_news
from evals.servers.reader import Reader, run_reader

_COPY, _AGENCY = "copy", "agency_copy"
# Neither copies nor reports: nothing is asked of them here.
_APART = frozenset({"offtopic", "older", "injection"})
_EVERYTHING = {"min_similarity": 0.0, "origins_per_claim": 1000, "window_days": 36_500}


class Counted(BaseModel):
    """Documents of one story by their addresses. `agencies`: the origins that one agency's report counts as."""

    story: str
    copies: int
    copies_independent: list[str]
    own: int
    own_dependent: list[str]
    agencies: list[str]


class Agreeing:
    """An analyst that reads as another one does, and finds support for everything in whatever it hears."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst

    @property
    def info(self) -> AnalystInfo:
        return self._analyst.info

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        return await self._analyst.extract(article, part, budget)

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        told = witness.passages[0]
        first = sentences(told.text, told.language)[0]
        quote = "" if witness.is_article else told.text[first.start : first.end]
        stance = Stance.SUPPORTS if quote else Stance.UNRELATED
        return JudgementResult(
            judgements=tuple(Judgement(claim_id=one.id, stance=stance, quote=quote) for one in claims)
        )


def measure(stories: Sequence[NewsStory], reader: Reader, settings: Settings) -> list[Counted]:
    """Every story in a store of its own, in a folder of its own under the data folder of the settings."""
    return [asyncio.run(_measure(story, settings_for(story, reader, settings))) for story in stories]


async def _measure(story: NewsStory, settings: Settings) -> Counted:
    settings = settings.model_copy(update=_EVERYTHING)
    async with (
        open_store(settings) as store,
        open_runs(settings) as runs,
        open_analyst(settings, store.embedder) as analyst,
    ):
        await store.add(story.documents)
        report = await Verifier(Parts(Agreeing(analyst), store, runs), settings).verify(story.article)
    return _counted(story, report)


def _counted(story: NewsStory, report: Report) -> Counted:
    origins = {telling.url: card for card in report.origins for telling in card.tellings}
    independent = {url for url, card in origins.items() if card.independent}
    traps = {one.url: frozenset(one.trap.split("+")) for one in story.coverage}
    copies = [url for url, tags in traps.items() if _COPY in tags]
    own = [url for url, tags in traps.items() if not tags & {_COPY, _AGENCY, *_APART}]
    return Counted(
        story=story.name,
        copies=len(copies),
        copies_independent=[url for url in copies if url in independent],
        own=len(own),
        own_dependent=[url for url in own if url not in independent],
        agencies=sorted({origins[url].id for url, tags in traps.items() if _AGENCY in tags and url in independent}),
    )


def show(counted: Sequence[Counted], console: Console) -> None:
    table = Table(title="Counted as independent by code alone")
    for column in ("story", "copies of the article", "reports of their own", "origins of the agency's report"):
        table.add_column(column)
    for one in counted:
        own = one.own - len(one.own_dependent)
        table.add_row(
            one.story, f"{len(one.copies_independent)} of {one.copies}", f"{own} of {one.own}", str(len(one.agencies))
        )
    copies, taken = sum(one.copies for one in counted), sum(len(one.copies_independent) for one in counted)
    reports, lost = sum(one.own for one in counted), sum(len(one.own_dependent) for one in counted)
    split = sum(len(one.agencies) > 1 for one in counted)
    table.add_row("all", f"{taken} of {copies}", f"{reports - lost} of {reports}", f"{split} split")
    console.print(table)
    for one in counted:
        for url in one.copies_independent:
            console.print(f"a copy that counts: {url}", soft_wrap=True)
        for url in one.own_dependent:
            console.print(f"a report that does not count: {url}", soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.coverage.independence", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds stories/")
    parser.add_argument("--stories", default="", help="names of stories, commas between them; all when none is given")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args(arguments)
    try:
        stories = load_news(options.data, [name for name in options.stories.split(",") if name])
    except BadInput as err:
        parser.error(str(err))
    with tempfile.TemporaryDirectory(prefix="isnad-eval-") as folder, run_reader(stories) as reader:
        counted = measure(stories, reader, load_settings(data_dir=Path(folder)))
    if options.json:
        print("\n".join(one.model_dump_json() for one in counted))
    else:
        show(counted, Console())


if __name__ == "__main__":
    main()
