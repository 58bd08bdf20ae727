"""What is wished for, and how: words and what they mean here, read from a data file."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.chat.actions import ExportForm
from agent.chat.understanding.questions import question_forms
from agent.chat.understanding.words import Cue, cue_of
from agent.models import Label
from agent.text import fold


@dataclass(frozen=True, slots=True)
class RequestedAction:
    name: str
    commands: tuple[str, ...]
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class SpeechCues:
    """`wishes` are in the order in which they are looked for; questions about a report have commands and no cues.
    `said` are the cues of small words by their sense."""

    wishes: tuple[RequestedAction, ...]
    said: dict[str, tuple[Cue, ...]]
    labels: dict[Label, tuple[Cue, ...]]
    forms: dict[ExportForm, tuple[Cue, ...]]


@lru_cache(maxsize=1)
def speech() -> SpeechCues:
    table = tomllib.loads(files("agent.chat.understanding").joinpath("speech.toml").read_text("utf-8"))
    wishes = [
        RequestedAction(one["name"], tuple(map(fold, one["commands"])), tuple(map(cue_of, one["cues"])))
        for one in table["wish"]
    ]
    forms = question_forms()
    asked = [RequestedAction(name, commands, ()) for name, commands in forms.commands.items()]
    return SpeechCues(
        wishes=(*wishes, *asked),
        said={sense: tuple(map(cue_of, some)) for sense, some in table["said"].items()},
        labels={
            Label(name): (*map(cue_of, some), *forms.labels.get(name, ())) for name, some in table["labels"].items()
        },
        forms={ExportForm(name): tuple(map(cue_of, some)) for name, some in table["forms"].items()},
    )
