"""Invented reports, as many as a test wants: common turns are shared between them, and little else."""

import random
from functools import lru_cache

_TURNS = (
    "the harbour office said on Monday that; according to the plan that was; at the end of the week; for the"
    " first time; a spokesman said that the; it was not yet known whether; in the course of"
    " the day; one of the oldest in"
)
_WORDS = (
    "quay crane pilot freighter grain insurer tug mole diver customs gate lorry office union market orange season"
    " trader winter plan night fog storm council mayor bridge road school river valley farm field harvest price"
    " ticket train station engine driver signal track tunnel mountain snow rescue helicopter hospital nurse"
    " patient ward night report"
)


@lru_cache(maxsize=4)
def stories(count: int) -> list[str]:
    """Reports of 150 to 450 words; the first ones are the same whatever the count."""
    return [_story(number) for number in range(count)]


def _story(number: int) -> str:
    chance = random.Random(number)
    turns = [turn.strip() for turn in _TURNS.split(";")]
    told: list[str] = []
    while len(told) < 150 + number * 37 % 300:
        told += chance.choice(turns).split() if chance.random() < 0.15 else chance.sample(_WORDS.split(), 4)
    return " ".join(told)
