"""The 264 turns, held, and what each answer is worth: right, told as not understood, or wrong without a word.

`python -m tests.evals.talk.marking [tune|final|later|fresh|unseen]` prints the figures of one, and what went wrong
in "tune".
"""

import asyncio
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from agent.chat.actions import ActionName
from agent.chat.records import ChatAnswer
from agent.config import Settings
from agent.doors.render import Screen
from agent.doors.render.chat import answer_text
from agent.messages import load_words
from agent.models import Label, Report
from agent.storage.reports import open_reports
from tests.support.talk import Talk, open_talk

HERE = Path(__file__).parent
_SCREEN = Screen(width=10_000)
# What may answer each question; the names of the left are those of the data file.
ANSWERED_BY = {
    "words": {ActionName.SAYS},
    "outlet": {ActionName.SAYS},
    "claim": {ActionName.CLAIMS, ActionName.WHY, ActionName.ORIGINAL},
    "claims": {ActionName.CLAIMS},
    "anonymous": {ActionName.CLAIMS},
    "switch": {ActionName.ARTICLES},
    "courtesy": {ActionName.THANKS},
}


class Turn(BaseModel, extra="forbid"):
    say: str
    about: str = ""
    claims: list[int] = []
    only: bool = False
    holds: list[str] = []
    lacks: list[str] = []
    label: Label | None = None
    language: str | None = Field(None, alias="in")
    unclear: bool = False


class Conversation(BaseModel, extra="forbid"):
    half: Literal["tune", "final", "later", "fresh", "unseen"]
    story: Literal["withdrawal", "ferry", "both"]
    language: str = Field(alias="in")
    turns: list[Turn]


class Mark(StrEnum):
    RIGHT = "right"
    NOT_UNDERSTOOD = "not understood"
    WRONG = "silently wrong"


@dataclass
class Marked:
    turn: Turn
    mark: Mark
    faults: list[str] = field(default_factory=list)
    text: str = ""


def conversations() -> list[Conversation]:
    names = ("turns", "later", "fresh", "unseen")
    told = [tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["talk"] for name in names]
    return [Conversation.model_validate(one) for some in told for one in some]


def report_of(story: str) -> Report:
    return Report.model_validate_json((HERE / f"{story}.json").read_text("utf-8"))


async def held(settings: Settings, half: str) -> AsyncIterator[Marked]:
    """Every turn of a half, on stored reports: what is measured is the chat, not who read the article."""
    with open_reports(settings) as reports:
        for story in ("withdrawal", "ferry"):
            reports.save(report_of(story))
    async with open_talk(settings) as talk:
        for one in conversations():
            if one.half == half:
                await _begin(talk, one.story)
                for turn in one.turns:
                    yield _marked(turn, one, await talk.say(turn.say))


async def _begin(talk: Talk, story: str) -> None:
    first = "withdrawal" if story == "both" else story
    talk.thread = (await talk.chats.begin(run_id=report_of(first).run_id)).id
    if story == "both":
        await talk.say(f"/article {report_of('ferry').run_id}")


def _marked(turn: Turn, talk: Conversation, answer: ChatAnswer) -> Marked:
    text = answer_text(answer, _SCREEN)
    faults = list(_faults(turn, talk, answer, text))
    if not faults:
        return Marked(turn, Mark.RIGHT, faults, text)
    silent = (answer.answered or turn.unclear) and not _is_told_of_all(answer)
    return Marked(turn, Mark.WRONG if silent else Mark.NOT_UNDERSTOOD, faults, text)


def _is_told_of_all(answer: ChatAnswer) -> bool:
    """Whether it says that the words name no claim here, and that it is about all of them instead."""
    before, _, after = load_words(answer.language, "chat")("all_instead").partition("{words}")
    return any(one.text.startswith(before) and one.text.endswith(after) for one in answer.statements)


def _faults(turn: Turn, talk: Conversation, answer: ChatAnswer, text: str) -> list[str]:
    faults = []
    if turn.unclear == answer.answered:
        faults.append("it is answered" if turn.unclear else "it is not answered")
    if turn.about and answer.asked not in ANSWERED_BY.get(turn.about, {turn.about}):
        faults.append(f"taken for {answer.asked}")
    claims = [int(claim[1:]) for claim in answer.claim_ids]
    if missing := [number for number in turn.claims if number not in claims]:
        faults.append(f"not of claims {missing}, but of {claims}")
    if turn.only and set(claims) != set(turn.claims):
        faults.append(f"of claims {claims}")
    if len(turn.claims) == 1 and set(claims) - set(turn.claims):
        faults.append(f"also of claims {claims}")
    bare = _bare(text)
    faults += [f"without {one!r}" for one in turn.holds if _bare(one) not in bare]
    faults += [f"with {one!r}" for one in turn.lacks if _bare(one) in bare]
    if turn.label is not None and turn.label not in [one.label for one in answer.statements if one.claim_id]:
        faults.append(f"without the label {turn.label}")
    language = turn.language or talk.language
    if language != "any" and answer.language != language:
        faults.append(f"in {answer.language}")
    return faults


def _bare(text: str) -> str:
    return " ".join("".join(one for one in text if one not in "\u2066\u2067\u2068\u2069\u200e\u200f").split())


async def _main(half: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        marked = [one async for one in held(Settings(data_dir=Path(folder)), half)]
    counts = Counter(one.mark for one in marked)
    print(f"{half}: {len(marked)} turns, " + ", ".join(f"{counts[mark]} {mark}" for mark in Mark))
    if half == "tune" or "--show" in sys.argv:
        for one in marked:
            if one.mark is not Mark.RIGHT:
                print(f"\n› {one.turn.say}\n  {one.mark}: {'; '.join(one.faults)}\n{one.text[:1500]}")


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1] if len(sys.argv) > 1 else "tune"))
