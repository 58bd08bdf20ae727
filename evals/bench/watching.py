"""How long a look of the watch takes: `python -m evals.bench.watching [--reports N] [--documents N]`.

Reports of invented stories are kept, coverage of the same stories comes later, and the built-in analyst hears it.
Without options: 200 reports of 10 claims and 50 new documents, in about a minute with the filling of the store.
"""

import argparse
import asyncio
import cProfile
import pstats
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from pydantic import BaseModel

from agent.app import open_store, open_watch
from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.models import (
    Article,
    Document,
    Report,
)
from agent.storage.reports import open_reports
from evals.bench.unsourced import unsourced_report

CLAIMS = 10
_MONDAY = datetime(2016, 3, 14, 9, tzinfo=UTC)
_DAYS = 60
_BEFORE_EACH = 5
_SEED = 7
_SLOWEST = 25

_PLACES = "Arnby Belport Carsund Dovrin Elmstad Fenwick Garholm Hasvik Ilmar Jorund Kelmouth Lindra".split()
_NAMES = "Adler Brandt Castel Duran Eklund Farrow Galanis Haddad Ilves Jansen Karam Lorne".split()
_MATTERS = (
    ("second quay", "harbour office", "pilots' union", "cracks in four piles", "freighters"),
    ("children's ward", "hospital board", "nurses' council", "mould behind the tiles", "patients"),
    ("ring railway", "railway company", "drivers' union", "rust on the points", "trains"),
    ("upper dam", "water authority", "farmers' league", "a leak under the spillway", "fields"),
    ("grain market", "trade ministry", "bakers' guild", "weevils in two silos", "lorries"),
    ("old theatre", "city council", "actors' society", "dry rot in the roof", "visitors"),
    ("night ferry", "shipping line", "seamen's association", "a fault in the steering gear", "passengers"),
    ("river bridge", "roads department", "hauliers' federation", "a split in the northern bearing", "cars"),
)
# As the article tells it, and as others do.
_FACTS = (
    ("The {thing} of {place} will open again on Thursday.", "The {thing} in {place} is to reopen on Thursday."),
    (
        "Director {name} said the repairs had cost {n} million crowns.",
        "Repairs cost {n} million crowns, said {name}.",
    ),
    ("The {critics} voted to strike for {few} days.", "Members of the {critics} will walk out for {few} days."),
    ("Inspectors found no trace of {fault}.", "No {fault} were seen by the inspectors who visited {place}."),
    ("About {n} {users} had to be sent elsewhere.", "Some {n} {users} were turned away and went elsewhere."),
    ("The {office} had closed the {thing} in January.", "It was in January that the {office} shut the {thing}."),
    ("Mayor {name} asked the government for help.", "Help from the government was asked for by mayor {name}."),
    (
        "A court will hear the complaint of the {critics} in May.",
        "The {critics} take their complaint to court in May.",
    ),
    ("Prices around {place} rose by {few} percent.", "In {place} prices have gone up {few} percent."),
    ("The work was done by a firm from {other}.", "A company of {other} carried out the work."),
)
_DENIALS = (
    "The {critics} denied that the {thing} of {place} would open again on Thursday.",
    "The {office} rejected the figure of {n} million crowns as false.",
    "Inspectors did find {fault}, a spokesman of the {critics} said.",
)


@dataclass(frozen=True)
class Story:
    """Something that happened in one place."""

    words: dict[str, str]
    day: datetime

    def filled(self, template: str) -> str:
        return template.format(**self.words)


class Outcome(BaseModel):
    """What one look took, and what there was to look at."""

    reports: int
    documents: int
    touched: int
    changes: int
    filling_s: float
    opening_s: float
    look_s: float
    look_cpu_s: float
    idle_look_s: float


def stories(number: int) -> list[Story]:
    draw = Random(_SEED)
    made = []
    for place, (thing, office, critics, fault, users) in islice(_pairs(draw), number):
        words = {"thing": thing, "office": office, "critics": critics, "fault": fault, "users": users, "place": place}
        words |= {"name": draw.choice(_NAMES), "other": draw.choice([p for p in _PLACES if p != place])}
        words |= {"n": str(draw.randint(12, 480)), "few": str(draw.randint(2, 11))}
        made.append(Story(words, _MONDAY + timedelta(days=draw.randrange(_DAYS))))
    return made


def _pairs(draw: Random) -> Iterator[tuple[str, tuple[str, ...]]]:
    pairs = [(place, matter) for place in _PLACES for matter in _MATTERS]
    draw.shuffle(pairs)
    return iter(pairs)


def build_report(story: Story, number: int) -> Report:
    """A finished run on one outlet's article about a story, with nothing found."""
    sentences = [story.filled(own) for own, _ in _FACTS]
    text = " ".join([f"Report {number} of our desk.", *sentences])
    article = Article(
        text=text,
        title=story.filled("What is known of the {thing}"),
        url=f"https://ledger{number}.example/news",
        outlet=f"Ledger {number}",
        published_at=story.day,
        language="en",
    )
    return unsourced_report(f"run-{number:04}", article, sentences, "built-in")


def build_document(story: Story, number: int, draw: Random) -> Document:
    """A report of another outlet: some of the facts in its own words, and now and then a denial."""
    told = [story.filled(others) for _, others in draw.sample(_FACTS, 5)]
    if number % 3 == 0:
        told.append(story.filled(draw.choice(_DENIALS)))
    told.append(
        story.filled(f"Our correspondent {draw.choice(_NAMES)} spoke to {{users}} number {number} in {{place}}.")
    )
    return Document.of(
        " ".join(told),
        title=story.filled("{place}: news of the {thing}"),
        url=f"https://courier{number}.example/{number}",
        outlet=f"Courier {number}",
        published_at=story.day + timedelta(hours=number % 70),
        language="en",
    )


async def measure(reports: int, documents: int, folder: Path, profile: cProfile.Profile | None = None) -> Outcome:
    """One look at new documents, and one more at none."""
    settings = Settings(data_dir=folder, analyst="lexical")
    told = stories(max(1, reports // 5))
    async with open_store(settings) as store:
        began = time.perf_counter()
        newcomers = await _fill(settings, store, told, reports, documents)
        filled = time.perf_counter()
        async with open_watch(settings, store) as watch:
            await watch.look()
            await store.add(newcomers)
            opened = time.perf_counter()
            if profile:
                profile.enable()
            used = time.process_time()
            looked = await watch.look()
            ended, used = time.perf_counter(), time.process_time() - used
            if profile:
                profile.disable()
            await watch.look()
            idle = time.perf_counter()
    return Outcome(
        reports=reports,
        documents=documents,
        touched=looked.claims,
        changes=len(looked.changes),
        filling_s=round(filled - began, 2),
        opening_s=round(opened - filled, 2),
        look_s=round(ended - opened, 2),
        look_cpu_s=round(used, 2),
        idle_look_s=round(idle - ended, 3),
    )


async def _fill(
    settings: Settings, store: Coverage, told: Sequence[Story], reports: int, documents: int
) -> list[Document]:
    """Puts in what was there before the reports, and returns what comes after them."""
    draw = Random(_SEED)
    earlier = _BEFORE_EACH * len(told)
    written = [build_document(told[n % len(told)], n, draw) for n in range(earlier + documents)]
    await store.add(written[:earlier])
    newest = max(one.seq for one in await store.arrived_since(0, earlier))
    with open_reports(settings) as kept:
        for number in range(reports):
            report = build_report(told[number % len(told)], number)
            kept.begin(report.run_id, newest, store.name)
            kept.save(report)
    return written[earlier:]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.bench.watching", description=__doc__)
    parser.add_argument("--reports", type=int, default=200, help=f"earlier reports, each of {CLAIMS} claims")
    parser.add_argument("--documents", type=int, default=50, help="that come later")
    parser.add_argument("--profile", action="store_true", help="also print where the time goes")
    options = parser.parse_args(arguments)
    profile = cProfile.Profile() if options.profile else None
    with tempfile.TemporaryDirectory(prefix="isnad-watching-") as folder:
        print(asyncio.run(measure(options.reports, options.documents, Path(folder), profile)).model_dump_json())
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(_SLOWEST)


if __name__ == "__main__":
    main()
