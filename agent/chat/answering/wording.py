"""What answers are worded in: sentences of their own, and the words around a report."""

import tomllib
from datetime import datetime
from functools import lru_cache
from importlib.resources import files

from agent.chat.understanding.looks import Language
from agent.models import Evidence, Finding, Label, Passage, When
from agent.text import visible
from agent.words import Words, load_words

_APART, _END = "\u2068", "\u2069"


class Wording:
    """One language of answers."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.words: Words = load_words(language)
        self._sentences = _sentences()[language]

    def __call__(self, key: str, **values: object) -> str:
        return self._sentences[key].format(**values)

    def label(self, label: Label | None) -> str:
        return self.words(f"label.{label.value if label else 'failed'}")

    def day(self, moment: datetime) -> str:
        return self.words.date(moment.date())

    def when(self, passage: Passage, when: When) -> str:
        """The day, and how it lies to the article's."""
        told = self.words(f"when.{when.value}")
        if passage.published_at is None:
            return told
        # Of an article without a date nobody knows what came before it.
        known = "" if when is When.UNKNOWN else f" ({told})"
        return f"{self.day(passage.published_at)}{known}"

    def outlet(self, passage: Passage) -> str:
        return apart(passage.outlet or passage.title or self.words("unknown_outlet"))

    def stance(self, item: Evidence) -> str:
        return self.words(f"stance.{item.stance.value}").lower()

    def speaker(self, finding: Finding) -> str | None:
        told = finding.attribution
        if told.speaker and told.role and told.role not in told.speaker:
            return apart(f"{told.speaker}{self.words('comma')}{told.role}")
        return apart(told.speaker or told.role or "") or None

    def help_lines(self) -> list[str]:
        return [line for line in self._sentences["help_lines"].splitlines() if line.strip()]


def apart(text: str) -> str:
    """Foreign text on one line, that cannot pull what stands beside it into its own direction."""
    line = " ".join(visible(" ".join(text.split())).split())
    return f"{_APART}{line}{_END}" if line else ""


def shortened(text: str, most: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def why_english(tongue: str) -> str:
    """Why somebody who speaks a third language is answered in English; in their own language, where it is one of a
    few."""
    told = _sentences()["why_english"]
    return apart(told.get(tongue, told["en"]))


@lru_cache(maxsize=2)
def wording(language: Language) -> Wording:
    return Wording(language)


@lru_cache(maxsize=1)
def _sentences() -> dict[str, dict[str, str]]:
    told = tomllib.loads(files("agent.chat").joinpath("wording.toml").read_text("utf-8"))
    return {language: {key: str(text) for key, text in table.items()} for language, table in told.items()}
