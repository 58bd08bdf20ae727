"""Who is meant by words of the article that a person names as a speaker."""

from agent.analyst.lexical.attribution import read_speaker
from agent.analyst.lexical.resources import load_manner
from agent.analyst.lexical.speaking import speaker_of
from agent.analyst.lexical.words import words
from agent.models import Attribution, SourceType
from agent.text.language import primary_language

_WITH_GRAMMAR = ("ar", "en")


def speaker_named(phrase: str, language: str) -> Attribution:
    """Told to be unnamed where nothing tells who it is: whoever repeats such a speaker is no second source."""
    who, spoken = words(phrase), primary_language(language)
    if spoken in _WITH_GRAMMAR:
        speaker = read_speaker(who, spoken)
    else:
        speaker = speaker_of(who, load_manner(spoken), unnamed=False) if who else None
    source = speaker.source if speaker is not None else SourceType.ANONYMOUS
    return Attribution(speaker=phrase, source=source)
