"""Countries by their names in several languages: who asks for Syria means سوريا."""

from functools import lru_cache

from agent.chat.understanding.questions import asked_languages
from agent.text import fold


def country_of(word: str) -> str | None:
    """The code of the country that a folded word is the name of, by the Unicode CLDR; None for other words."""
    return _countries().get(word)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from babel import Locale

    return {
        fold(name): code
        for language in asked_languages()
        for code, name in Locale(language).territories.items()
        # Numbers are those of continents.
        if code.isalpha() and " " not in name
    }
