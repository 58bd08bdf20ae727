"""What answers are worded in: sentences of their own, and the words around a report."""

from datetime import datetime
from functools import cache

from agent.messages import Words, fallback_text, languages, load_words, spoken_for
from agent.models import Evidence, Finding, Label, Passage, When
from agent.text.isolates import isolated_line


class Wording:
    """One language of answers."""

    def __init__(self, words: Words) -> None:
        self.language = words.language
        self.words = words

    def __call__(self, key: str, **values: object) -> str:
        return self.words(key, **values)

    def label(self, label: Label | None) -> str:
        return self.words(f"label.{label.value if label else 'failed'}")

    def day(self, moment: datetime) -> str:
        return self.words.date(moment.date())

    def when(self, passage: Passage, when: When) -> str:
        """The day, and how it lies to the article's."""
        text = self.words(f"when.{when.value}")
        if passage.published_at is None:
            return text
        # Of an article without a date nobody knows what came before it.
        known = "" if when is When.UNKNOWN else f" ({text})"
        return f"{self.day(passage.published_at)}{known}"

    def outlet(self, passage: Passage) -> str:
        return isolated_line(passage.outlet or passage.title or self.words("unknown_outlet"))

    def stance(self, item: Evidence) -> str:
        return self.words(f"stance.{item.stance.value}").lower()

    def speaker(self, finding: Finding) -> str | None:
        attribution = finding.attribution
        if attribution.speaker and attribution.role and attribution.role not in attribution.speaker:
            return isolated_line(f"{attribution.speaker}{self.words('comma')}{attribution.role}")
        return isolated_line(attribution.speaker or attribution.role or "") or None

    def help_lines(self) -> list[str]:
        lines = f"{self.words('help_lines')}\n{self.words('edit_help')}"
        return [line for line in lines.splitlines() if line.strip()]


def shortened(text: str, most: int = 160) -> str:
    """The text on one line of at most so many characters; what is cut off ends in an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def why_english(tongue: str) -> str:
    """Why somebody whose language is not spoken here is answered in English; in their own words, where they are among
    those for a few."""
    spoken = " · ".join(load_words(one)("name") for one in languages())
    return isolated_line(fallback_text(tongue).format(languages=spoken))


def wording(language: str) -> Wording:
    """The answers of a language; English for one that is not spoken here."""
    return _wording(spoken_for(language))


@cache
def _wording(language: str) -> Wording:
    return Wording(load_words(language, "chat"))
