"""Made-up news for the bench: an article of so many claims, and coverage that tells of them in its own words.

Every claim carries a code such as KB07, so that the simulated model knows which sentence speaks of which claim
without understanding it. Everything is drawn from one seed: the same story on every machine.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal

from agent.models import Article, Document

Shape = Literal["shared", "own"]

PUBLISHED = datetime(2026, 3, 16, 9, tzinfo=UTC)
DENIAL = "nothing of the kind"
SHARED_DOCUMENTS = 12
OWN_DOCUMENTS = 6
_TOLD_SHARE = 0.6
_DENIED_SHARE = 0.1
_FEWEST_SENTENCES = 5

_AGENCIES = (
    "The river authority", "The ports ministry", "Coast guards", "The relief service", "Railway engineers",
    "The water board", "Provincial medics", "The grain office", "Army sappers", "The power utility",
)  # fmt: skip
_DEEDS = (
    ("reopened", "bridges"), ("cleared", "landslides"), ("evacuated", "families"), ("delivered", "generators"),
    ("repaired", "pumping stations"), ("vaccinated", "cattle herds"), ("unloaded", "grain barges"),
    ("removed", "sunken ferries"), ("rebuilt", "flood walls"), ("inspected", "dams"),
)  # fmt: skip
_ARTICLE = (
    "{agency} {deed} {count} {things} at {place} {code}.",
    "At {place} {code}, {agency} {deed} {count} {things} before nightfall.",
    "{count} {things} were {deed} by {agency} in {place} {code}.",
    "In {place} {code}, said the ministry, {agency} {deed} {count} {things}.",
)
_TOLD = (
    "Residents of {place} {code} counted {count} {things} that had been {deed}.",
    "Our correspondent saw {agency} at work in {code}: {things} {deed}, {count} of them in {place} alone.",
    "The mayor of {place} confirmed that the {things} of {code} had been {deed} by Sunday evening.",
    "{count} {things}, all {deed} within a day, is the figure that hospital staff in {place} {code} give.",
    "Photographs taken above {place} {code} show {things} newly {deed}.",
    "For shopkeepers around {code} in {place} the news was simple: the {things} are {deed}.",
    "A drivers' union counts {place} {code} among the towns where {things} were {deed}.",
    "Satellite pictures of {code} leave no doubt, analysts of {place} wrote, about {count} {things} being {deed}.",
    "Teachers in {place} {code} told us how {agency} came and {deed} {things}.",
    "What remained open in {place} {code} is when, not whether, {count} {things} got {deed}.",
    "Insurers list {things} {deed} at {code}, a suburb of {place}, and put their number at {count}.",
    "By radio from {place} {code}, a fisherman described {things} {deed} under rain.",
)
_DENIED = (
    "The mayor of {place} {code} said {nothing} had happened and no {things} were {deed}.",
    "In {place} {code} farmers saw {nothing}: not one of the {things} was {deed}.",
)
_AROUND = (
    "Rain had fallen on the {name} valley for {count} days when the waters rose.",
    "Markets in {name} stayed shut while traders waited for news of {other}.",
    "A retired teacher from {name} remembered the flood of her childhood near {other}.",
    "Schools between {name} and {other} are to open again in {count} days.",
    "Prices for bread in {name} rose by {count} per cent within the week.",
    "The road from {name} to {other} was passable for lorries only.",
    "Volunteers from {name} cooked for {count} people in a gymnasium at {other}.",
    "Mobile networks around {name} failed for {count} hours.",
)
_SYLLABLES = "ba be bo da do fa ga ka ke la le ma mi mo na no ra ri ro sa se ta ti to va vi ya zo".split()


@dataclass(frozen=True)
class Fact:
    code: str
    agency: str
    deed: str
    things: str
    count: int
    place: str

    def filled(self, pattern: str) -> str:
        filled = pattern.format(
            code=self.code,
            agency=self.agency[0].lower() + self.agency[1:],
            deed=self.deed,
            things=self.things,
            count=self.count,
            place=self.place,
            nothing=DENIAL,
        )
        return filled[0].upper() + filled[1:]


@dataclass(frozen=True)
class Story:
    article: Article
    documents: tuple[Document, ...]


def build_story(claims: int, shape: Shape, seed: int = 1) -> Story:
    """`shared`: twelve documents about one event; `own`: six documents for every claim."""
    rng = Random(f"{seed} {claims} {shape}")
    facts = [_fact(rng, n) for n in range(claims)]
    text = " ".join(fact.filled(rng.choice(_ARTICLE)) for fact in facts)
    article = Article(
        text=text,
        title="A week of floods",
        url="https://courier.example/floods",
        outlet="Courier",
        published_at=PUBLISHED,
        language="en",
    )
    if shape == "shared":
        told = [[fact for fact in facts if rng.random() < _TOLD_SHARE] for _ in range(SHARED_DOCUMENTS)]
    else:
        told = [[fact] for fact in facts for _ in range(OWN_DOCUMENTS)]
    return Story(article, tuple(_document(rng, n, some) for n, some in enumerate(told)))


def _fact(rng: Random, number: int) -> Fact:
    code = f"{rng.choice('BCDFGHKLMN')}{rng.choice('PRSTVWXZ')}{number:02}"
    deed, things = rng.choice(_DEEDS)
    return Fact(code, rng.choice(_AGENCIES), deed, things, rng.randrange(3, 90), _name(rng))


def _document(rng: Random, number: int, facts: list[Fact]) -> Document:
    sentences = []
    for fact in facts:
        pattern = rng.choice(_DENIED) if rng.random() < _DENIED_SHARE else _TOLD[number % len(_TOLD)]
        sentences += [_around(rng), fact.filled(pattern)] if rng.random() < 0.5 else [fact.filled(pattern)]
    while len(sentences) < _FEWEST_SENTENCES:
        sentences.append(_around(rng))
    return Document.of(
        " ".join([_around(rng), *sentences, _around(rng)]),
        title=f"{_name(rng)} and {_name(rng)} after the waters",
        url=f"https://outlet-{number}.example/{number}",
        outlet=f"Outlet {number}",
        published_at=PUBLISHED - timedelta(hours=rng.randrange(1, 60)),
        language="en",
    )


def _around(rng: Random) -> str:
    return rng.choice(_AROUND).format(name=_name(rng), other=_name(rng), count=rng.randrange(2, 90))


def _name(rng: Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=3)).capitalize()
