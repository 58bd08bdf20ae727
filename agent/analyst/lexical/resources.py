"""The analyst's word lists: read once, spelled the way texts are compared."""

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from agent.text import fold

_DATA = files("agent.analyst.lexical") / "data"
# Endings and beginnings that make the finite forms of an Arabic verb from its past and present stems.
_PAST_ENDINGS = ("", "ت", "وا", "ا", "تا", "نا")
_PRESENT_BEGINNINGS = ("ي", "ت", "ن")
_PRESENT_ENDINGS = ("", "ون", "ان")
_PARTICIPLE_ENDINGS = ("ا", "ه", "ين")

Phrase = tuple[str, ...]
# The languages that have lists of words.
LISTED = frozenset(("ar", "en", "es", "fa", "fr", "tr"))


def _as_compared(listed: str) -> str:
    """The entry of a list as the words of a text are spelled: an apostrophe belongs to its word."""
    return fold(listed).replace('"', "'")


class Table:
    """One data file; every list in it is a string of words or an array of phrases."""

    def __init__(self, name: str, section: str | None = None) -> None:
        with (_DATA / name).open("rb") as file:
            content = tomllib.load(file)
        self._content = content[section] if section else content

    def words(self, key: str) -> frozenset[str]:
        return frozenset(_as_compared(word).replace("_", " ") for word in self._content.get(key, "").split())

    def prefixes(self, key: str) -> tuple[str, ...]:
        return tuple(sorted(self.words(key)))

    def plain(self, key: str) -> tuple[str, ...]:
        """Words with all their letters, accents too."""
        return tuple(self._content.get(key, "").split())

    def spelled(self, key: str) -> frozenset[str]:
        """The words as they are spelled, accents and all."""
        return frozenset(self._content.get(key, ()))

    def phrases(self, key: str) -> tuple[Phrase, ...]:
        """Longest first, so that the first that fits is the fullest."""
        found = {tuple(_as_compared(phrase).split()) for phrase in self._content.get(key, ())}
        return tuple(sorted(found, key=len, reverse=True))

    def equivalents(self, key: str) -> list[tuple[str, Phrase]]:
        """Lines of a word, "=", and the expressions that tell the same between commas."""
        lines = (line.partition("=") for line in self._content.get(key, "").splitlines() if line.strip())
        return [
            (_as_compared(word).strip(), tuple(_as_compared(phrase).split()))
            for word, _, rest in lines
            for phrase in rest.split(",")
        ]

    def rows(self, key: str) -> list[list[str]]:
        lines = self._content.get(key, "").splitlines()
        return [[_as_compared(word) for word in line.split()] for line in lines if line.strip()]

    def values(self, key: str) -> dict[str, float]:
        """ "word=value" pairs."""
        pairs = (entry.split("=") for entry in self.words(key))
        return {word: float(value) for word, value in pairs}

    def phrase_values(self, key: str) -> dict[Phrase, float]:
        """ "phrase=value" entries, longest phrase first."""
        pairs = (entry.rpartition("=") for entry in self._content.get(key, ()))
        found = {tuple(_as_compared(phrase).split()): float(value) for phrase, _, value in pairs}
        return dict(sorted(found.items(), key=lambda one: len(one[0]), reverse=True))

    def days(self, key: str) -> dict[Phrase, int]:
        """Longest phrase first."""
        found = {tuple(_as_compared(phrase).split()): number for phrase, number in self._content.get(key, {}).items()}
        return dict(sorted(found.items(), key=lambda one: len(one[0]), reverse=True))


@dataclass(frozen=True)
class SourceWords:
    """Words by which a speaker is told to be a person, an office, an institution or nobody in particular."""

    anonymous: frozenset[str]
    anonymous_heads: frozenset[str]
    unnamed: tuple[Phrase, ...]
    roles: frozenset[str]
    institutions: frozenset[str]
    places: frozenset[str]
    inside_role: frozenset[str]


@dataclass(frozen=True)
class SpeechPatterns:
    """How a language reports speech; `verbs` and `participles` lead from a form to its dictionary form."""

    verbs: dict[str, str]
    participles: dict[str, str]
    lists: dict[str, frozenset[str]]
    by: tuple[Phrase, ...]
    breaks: tuple[Phrase, ...]
    sources: SourceWords
    forecast: frozenset[str]
    not_future: tuple[str, ...]
    opinion: frozenset[str]
    counting_of: tuple[Phrase, ...]
    no_breaks: tuple[Phrase, ...]

    @cached_property
    def deeds(self) -> frozenset[str]:
        """The words that a deed is told by begins with."""
        named = (self.lists[name] for name in _DEEDS)
        return frozenset().union(*named, (phrase[0] for phrase in self.counting_of))

    def has(self, name: str, word: str) -> bool:
        return word in self.lists[name]


_LISTS = (
    "bare after_content acts denials opinions that to_that saying by_to retold figures particles "
    "not_event occasions connectors pronouns relatives subclauses addressees prepositions auxiliaries "
    "shared_subject nouns narrating people responsible"
).split()
_DEEDS = ("deeds_whom", "deeds_to", "putting", "counting", "accusing", "blaming", "willing")


@lru_cache(maxsize=2)
def load_speech(language: str) -> SpeechPatterns:
    """The reporting words of "ar" or "en"."""
    table = Table(f"speech.{language}.toml")
    verbs, participles = _arabic_verbs(table) if language == "ar" else _english_verbs(table)
    return SpeechPatterns(
        verbs=verbs,
        participles=participles,
        lists={name: table.words(name) for name in _LISTS} | _deeds(table, language),
        by=(*table.phrases("by_phrases"), *((word,) for word in table.words("by"))),
        breaks=(*table.phrases("break_phrases"), *((word,) for word in table.words("breaks"))),
        sources=_sources(Table(f"speech.{language}.toml", "sources")),
        forecast=Table(f"speech.{language}.toml", "forecast").words("words"),
        not_future=Table(f"speech.{language}.toml", "forecast").prefixes("not_future"),
        opinion=Table(f"speech.{language}.toml", "opinion").words("words"),
        counting_of=table.phrases("counting_of"),
        no_breaks=table.phrases("no_breaks"),
    )


def _deeds(table: Table, language: str) -> dict[str, frozenset[str]]:
    """The forms of the verbs by which somebody does something with words."""
    if language == "ar":
        return {name: arabic_forms(table.rows(name)) for name in _DEEDS}
    return {name: table.words(name) for name in _DEEDS}


@dataclass(frozen=True)
class Manner:
    """How a language reports speech, in lists alone; empty for a language without one.

    `bare`: what is said may follow the verb at once; `addressed_before`: who is told stands before the verb;
    `days` may stand between a verb and who speaks, and `within_names` within an office ("en chef");
    `noun_first`: "company" stands before its name; `ends_with_verb`: a sentence does, whoever reports it.
    """

    language: str = ""
    verbs: tuple[Phrase, ...] = ()
    by: tuple[Phrase, ...] = ()
    by_behind: tuple[Phrase, ...] = ()
    openers: tuple[Phrase, ...] = ()
    unnamed: tuple[Phrase, ...] = ()
    groups: tuple[Phrase, ...] = ()
    that: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    said_ends: tuple[str, ...] = ()
    addressee: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    deeds: tuple[Phrase, ...] = ()
    counting: tuple[Phrase, ...] = ()
    narrating: tuple[Phrase, ...] = ()
    relatives: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    incomplete: frozenset[str] = frozenset()
    ends_office: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    days: tuple[Phrase, ...] = ()
    within_names: tuple[Phrase, ...] = ()
    to_whom: frozenset[str] = frozenset()
    verb_last: bool = False
    ends_with_verb: bool = False
    bare: bool = False
    addressed_before: bool = False
    noun_first: bool = True


MANNERS = frozenset(("es", "fa", "fr", "tr"))


@lru_cache(maxsize=8)
def load_manner(language: str) -> Manner:
    if language not in MANNERS:
        return Manner()
    table = Table("speech.others.toml", language)
    return Manner(
        language=language,
        verbs=_apostrophed(table, "verbs"),
        by=_apostrophed(table, "by"),
        by_behind=_apostrophed(table, "by_behind"),
        openers=_apostrophed(table, "openers"),
        unnamed=_apostrophed(table, "unnamed"),
        groups=_apostrophed(table, "groups"),
        that=_expressions(table, "that"),
        joining=_expressions(table, "joining"),
        said_ends=tuple(sorted(_expressions(table, "said_ends"))),
        addressee=_expressions(table, "addressee"),
        pronouns=_expressions(table, "pronouns"),
        institutions=_expressions(table, "institutions"),
        roles=_expressions(table, "roles"),
        deeds=_apostrophed(table, "deeds"),
        counting=_apostrophed(table, "counting"),
        narrating=_apostrophed(table, "narrating"),
        relatives=_expressions(table, "relatives"),
        incomplete=_expressions(table, "incomplete"),
        ends_office=_expressions(table, "ends_office"),
        attributes=_expressions(table, "attributes"),
        naming=_expressions(table, "naming"),
        days=tuple(sorted(_apostrophed(table, "days"), key=len, reverse=True)),
        within_names=_apostrophed(table, "within_names"),
        to_whom=_expressions(table, "to_whom"),
        verb_last=bool(table.phrases("verb_last")),
        ends_with_verb=language in ("fa", "tr"),
        bare=language == "fa",
        addressed_before=language == "fa",
        noun_first=language != "tr",
    )


def _apostrophed(table: Table, key: str) -> tuple[Phrase, ...]:
    """Phrases with apostrophes as words have them."""
    return tuple(tuple(word.replace('"', "'") for word in phrase) for phrase in table.phrases(key))


def _expressions(table: Table, key: str) -> frozenset[str]:
    return frozenset(" ".join(phrase) for phrase in table.phrases(key))


def _sources(table: Table) -> SourceWords:
    return SourceWords(
        anonymous=table.words("anonymous"),
        anonymous_heads=table.words("anonymous_heads"),
        unnamed=table.phrases("unnamed"),
        roles=table.words("roles"),
        institutions=table.words("institutions"),
        places=table.words("places"),
        inside_role=table.words("inside_role"),
    )


def arabic_forms(rows: list[list[str]]) -> frozenset[str]:
    """The finite forms of verbs, from rows of past and present stem."""
    past = {stem + ending for stem, _ in rows for ending in _PAST_ENDINGS}
    present = (stem.removeprefix("ي") for _, stem in rows)
    return frozenset(past | {b + stem + e for stem in present for b in _PRESENT_BEGINNINGS for e in _PRESENT_ENDINGS})


def _arabic_verbs(table: Table) -> tuple[dict[str, str], dict[str, str]]:
    verbs: dict[str, str] = {}
    participles: dict[str, str] = {}
    for past, present, participle in table.rows("verbs"):
        bare = present.removeprefix("ي")
        verbs |= {past + ending: past for ending in _PAST_ENDINGS}
        verbs |= {b + bare + e: past for b in _PRESENT_BEGINNINGS for e in _PRESENT_ENDINGS}
        if participle != "-":
            participles |= {participle + ending: past for ending in _PARTICIPLE_ENDINGS}
    for form, past in table.rows("irregular"):
        verbs[form] = past
    return verbs, participles


def _english_verbs(table: Table) -> tuple[dict[str, str], dict[str, str]]:
    verbs: dict[str, str] = {}
    participles: dict[str, str] = {}
    for base, *finite, participle in table.rows("verbs"):
        verbs |= dict.fromkeys((base, *finite), base)
        participles[participle] = base
    return verbs, participles
