"""Which word lists fit a text."""

from agent.text.language import likely_language


def profile(language: str, text: str) -> str:
    """The primary language code; guessed from the text where it is unknown."""
    primary = language.split("-")[0].lower()
    if primary in ("", "und"):
        return likely_language(text).split("-")[0]
    return primary
