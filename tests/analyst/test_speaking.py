"""Who speaks, by the words that name a speaker in a language that is read by lists alone."""

import pytest

from agent.analyst.lexical.attribution import Speaker
from agent.analyst.lexical.resources import load_manner
from agent.analyst.lexical.speaking import holds, is_fuller, phrase_at, speaker_of
from agent.analyst.lexical.words import words
from agent.models import SourceType

NAMED, GROUP, INSTITUTION = SourceType.NAMED, SourceType.GROUP, SourceType.INSTITUTION


@pytest.mark.parametrize(
    ("who", "phrase", "name", "role", "source"),
    [
        (
            "le maire de Portville, Jean Quai",
            "le maire de Portville Jean Quai",
            "Jean Quai",
            "le maire de Portville",
            NAMED,
        ),
        ("Jean Quai, maire de Portville", "Jean Quai maire de Portville", "Jean Quai", "maire de Portville", NAMED),
        ("Marie Quai, Jean Môle", "Marie Quai Jean Môle", "Marie Quai", "Jean Môle", NAMED),
        ("Jean Quai, sous couvert d'anonymat", "Jean Quai sous couvert d'anonymat", "Jean Quai", None, NAMED),
        ("le maire Jean Quai", "le maire Jean Quai", "Jean Quai", "le maire", NAMED),
        ("le ministre J. Quai", "le ministre J. Quai", "J. Quai", "le ministre", NAMED),
        ("Jean-Luc Quai", "Jean-Luc Quai", "Jean-Luc Quai", None, NAMED),
        ("le maire Jean-Luc Quai", "le maire Jean-Luc Quai", "Jean-Luc Quai", "le maire", NAMED),
        ("le Ministre", "le Ministre", "le Ministre", None, NAMED),
        ("le Dr. Quai", "le Dr. Quai", "Quai", "le Dr.", NAMED),
        ("la capitainerie", "la capitainerie", "la capitainerie", None, NAMED),
        ("la police", "la police", "la police", None, INSTITUTION),
        ("plusieurs habitants", "plusieurs habitants", None, None, GROUP),
        ("les habitants", "les habitants", None, None, GROUP),
        ("les ministres du port, Jean Quai", "les ministres du port", None, None, GROUP),
        ("le maire, Jean Quai, de Portville", "le maire Jean Quai de Portville", "Jean Quai", "le maire", NAMED),
        ("Jean Quai, maire, de Portville", "Jean Quai maire de Portville", "Jean Quai", "maire", NAMED),
        (", Jean Quai, maire", "Jean Quai maire", "Jean Quai", "maire", NAMED),
        ("Port le maire Quai", "Port le maire Quai", "Quai", "Port le maire", NAMED),
        ("le maire de portville", "le maire de portville", "le maire de portville", None, NAMED),
        ("la police Jean Quai", "la police Jean Quai", "Jean Quai", "la police", NAMED),
        ("Police", "Police", "Police", None, INSTITUTION),
    ],
)
def test_name_and_office_are_told_apart(
    who: str, phrase: str, name: str | None, role: str | None, source: SourceType
) -> None:
    speaker = speaker_of(words(who), load_manner("fr"), unnamed=False)
    assert (speaker.phrase, speaker.name, speaker.role, speaker.source) == (phrase, name, role, source)
    assert (speaker.head, speaker.definite) == (None, False)


def test_who_does_not_want_a_name_has_none() -> None:
    speaker = speaker_of(words("un docker, Jean Quai"), load_manner("fr"), unnamed=True)
    assert speaker == Speaker("un docker", None, None, SourceType.ANONYMOUS, None, definite=False)
    assert speaker_of(words("une source"), load_manner("fr"), unnamed=True).phrase == "une source"


def _named(name: str | None) -> Speaker:
    return Speaker(name or "he", name, None, NAMED, None, definite=False)


@pytest.mark.parametrize(
    ("earlier", "now", "fuller"),
    [
        ("Ola Strand", "Strand", True),
        ("Ada Ola Strand", "ola strand", True),
        ("Ola Strand", "Ola Strand", False),
        ("Ola Strand", "Ola", False),
        ("Strand", "Ola Strand", False),
        ("Ola Strand", None, False),
        (None, "Strand", False),
    ],
)
def test_an_earlier_speaker_is_the_same_with_more_of_the_name(
    earlier: str | None, now: str | None, fuller: bool
) -> None:
    assert is_fuller(_named(earlier), _named(now)) is fuller


def test_a_phrase_is_found_where_it_begins() -> None:
    some, phrases = words("the old quay is shut"), (("quay", "is"), ("quay",), ("shut", "down"))
    assert [phrase_at(some, at, phrases) for at in range(5)] == [None, None, ("quay", "is"), None, None]
    assert holds(some, phrases)
    assert not holds(some[3:], phrases)
    assert not holds((), phrases)
    assert phrase_at(words("plusieurs"), 1, phrases) is None
