"""Who is meant: a phrase of the article read as name and office, and led back to the fullest earlier mention."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.analyst.lexical.resources import Phrase, SourceWords, load_speech
from agent.analyst.lexical.words import Word, starts_with
from agent.models import Attribution, SourceType

_ARTICLES = frozenset(("the", "a", "an"))
_POSSESSIVES = frozenset(("his", "her", "its", "their"))
_RELATIVES = frozenset(("who", "which", "whose"))
_LONGEST_NAME = 4
# Behind these, with an article or without, stands the name of the house: "the head of Calder Water".
_OF = frozenset(("of", "for", "at", "de", "del", "du", "des"))
_ARTICLES_OF = frozenset(("the", "la", "las", "le", "los", "el"))


@dataclass(frozen=True)
class Speaker:
    """`phrase` as it stands in the article (white space apart); `head` is the noun that names the office."""

    phrase: str
    name: str | None
    role: str | None
    source: SourceType
    head: str | None
    definite: bool

    def attributed(self, verb: str | None) -> Attribution:
        named = self.name or _without_article(self.phrase)
        return Attribution(speaker=named, role=self.role if self.name else None, source=self.source, verb=verb)

    def heading(self, language: str) -> str:
        """How a claim's text names the speaker."""
        comma = "،" if language in ("ar", "fa") else ","
        whole = f"{self.name}{comma} {self.role}" if self.name and self.role else self.name or self.phrase
        return whole[:1].upper() + whole[1:]


def _without_article(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    return rest if rest and first.casefold() in _ARTICLES else phrase


@dataclass
class SpeakerMemory:
    """The speakers of an article so far, latest last."""

    language: str
    seen: list[Speaker] = field(default_factory=list)

    @property
    def last(self) -> Speaker | None:
        return self.seen[-1] if self.seen else None

    def resolve(self, who: Sequence[Word], *, unnamed: bool = False) -> Speaker | None:
        """The speaker meant, remembered as the latest; None when nobody spoke before."""
        speaker = self._meant(read_speaker(who, self.language, unnamed=unnamed)) if who else self.last
        if speaker is not None:
            self.seen.append(speaker)
        return speaker

    def _meant(self, speaker: Speaker | None) -> Speaker | None:
        if speaker is None:
            return self.last
        return next((earlier for earlier in reversed(self.seen) if _fuller(earlier, speaker)), speaker)


def _fuller(earlier: Speaker, now: Speaker) -> bool:
    """Whether an earlier mention is the same speaker, told at greater length."""
    if now.name and earlier.name:
        short, full = now.name.casefold().split(), earlier.name.casefold().split()
        return now.role is None and len(short) <= len(full) and full[-len(short) :] == short
    if now.name or not now.definite or now.head is None:
        return False
    return earlier.head == now.head and len(earlier.phrase) >= len(now.phrase)


def read_speaker(who: Sequence[Word], language: str, *, unnamed: bool = False) -> Speaker | None:
    """None for a pronoun."""
    speech = load_speech(language)
    spoken = [word for word in who if word.folded not in speech.lists["pronouns"] and not _is_title(word)]
    if not spoken:
        return None
    spoken = _named_of(spoken, speech.sources.unnamed)
    if language == "ar":
        return _arabic(spoken, speech.sources, unnamed=unnamed)
    return _english(spoken, speech.sources, unnamed=unnamed)


def _named_of(spoken: list[Word], unnamed: Sequence[Phrase]) -> list[Word]:
    """Without what tells that they would not be named: "a source who asked not to"."""
    ends = (at for at in range(1, len(spoken)) if any(starts_with(spoken, at, phrase) for phrase in unnamed))
    return spoken[: next(ends, None)]


def _is_title(word: Word) -> bool:
    """ "Dr.", "د.": no part of a name; initials are."""
    return word.text.endswith(".") and (len(word.text) > 2 or not word.text.isascii())


def names_nobody(words: Sequence[Word], language: str) -> bool:
    """Whether the sentence says that its source does not want to be named."""
    unnamed = load_speech(language).sources.unnamed
    first = {phrase[0] for phrase in unnamed}
    begin = [at for at, word in enumerate(words) if word.folded in first]
    return any(starts_with(words, at, phrase) for at in begin for phrase in unnamed)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _arabic(words: list[Word], sources: SourceWords, *, unnamed: bool) -> Speaker:
    plain = [word.folded.removeprefix("ال") for word in words]
    definite = words[0].folded.startswith("ال")
    at = _name_start(words, plain, sources) if plain[0] in sources.roles else None
    if at is not None:
        return Speaker(
            _text(words), _text(words[at:]), _text(words[:at]), SourceType.NAMED, plain[0], definite=definite
        )
    source = _kind(plain, words, sources, unnamed=unnamed)
    is_name = source is SourceType.NAMED and plain[0] not in sources.roles
    head = None if is_name else plain[0]
    return Speaker(_text(words), _text(words) if is_name else None, None, source, head, definite)


def _name_start(words: list[Word], plain: list[str], sources: SourceWords) -> int | None:
    """Where the office ends and the name begins: the first bare word once the office is made definite."""
    complete = False
    for at, word in enumerate(words):
        inside = plain[at] in sources.inside_role | sources.institutions | sources.roles
        if word.folded.startswith("ال") or word.folded in sources.places or word.folded.startswith("لل"):
            complete = True
        elif inside:
            complete = complete and plain[at] not in sources.inside_role
        elif complete:
            return at
    return None


def _kind(plain: list[str], words: Sequence[Word], sources: SourceWords, *, unnamed: bool) -> SourceType:
    head = plain[0]
    folded = {word.folded for word in words}
    if head in sources.anonymous_heads or (unnamed and head in sources.anonymous | sources.roles):
        return SourceType.ANONYMOUS
    if head in sources.institutions or words[0].folded in sources.places or head in sources.places:
        return SourceType.INSTITUTION
    if head in _SPOKESPEOPLE:
        return SourceType.INSTITUTION
    if head in sources.anonymous and not folded & sources.places:
        return SourceType.ANONYMOUS
    if len(plain) > 1 and plain[0] in sources.anonymous:
        return SourceType.ANONYMOUS
    return SourceType.NAMED


# An unnamed spokesperson speaks for the house.
_SPOKESPEOPLE = frozenset("متحدث متحدثه ناطق ناطقه spokesman spokeswoman spokesperson".split())


def _english(words: list[Word], sources: SourceWords, *, unnamed: bool) -> Speaker:
    definite = words[0].folded == "the" or words[0].folded in _POSSESSIVES
    relative = next((n for n, word in enumerate(words) if n and word.folded in _RELATIVES), len(words))
    full, words = words[:relative], words[:relative]
    if words[0].folded in _ARTICLES | _POSSESSIVES:
        words = words[1:] or words
    plain = [word.folded for word in words]
    name = _english_name(words, sources)
    if name:
        role = _text([word for word in words if word not in name])
        return Speaker(_text(words), _text(name), role or None, SourceType.NAMED, None, definite)
    head = next((p for p in reversed(plain[: _first_of(plain)]) if p in _known(sources)), plain[-1])
    source = _english_kind(plain, head, sources, unnamed=unnamed)
    return Speaker(_text(full), None, None, source, head, definite)


def _first_of(plain: list[str]) -> int:
    """The head noun stands before "of", "for", "at", "in"."""
    return next((n for n, p in enumerate(plain) if n and p in ("of", "for", "at", "in", "with")), len(plain))


def _known(sources: SourceWords) -> frozenset[str]:
    return sources.roles | sources.institutions | sources.anonymous | sources.places


def _english_name(words: list[Word], sources: SourceWords) -> list[Word]:
    """The longest run of capitalised words that name neither office nor place, nor whose office it is."""
    runs: list[list[Word]] = [[]]
    belongs = False
    for n, word in enumerate(words):
        belongs = bool(n) and (words[n - 1].folded in _OF or (belongs and words[n - 1].folded in _ARTICLES_OF))
        in_name = _is_capital(word) and word.folded not in _known(sources) and not word.text.isupper()
        if in_name and not (belongs and not runs[-1]):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    best = max(runs, key=lambda run: (not _tells_office(run, words, sources), len(run)) if run else (False, 0))
    alone = best and len(best) == len(words)
    office = any(word.folded in sources.roles for word in words)
    if len(best) > _LONGEST_NAME or not (alone or (office and len(best) > 1) or len(best) == len(words)):
        return []
    return best


def _tells_office(run: list[Word], words: list[Word], sources: SourceWords) -> bool:
    """Whether an office stands right behind, and a name behind that: "Foreign Secretary Paul Ardent"."""
    behind = words[words.index(run[-1]) + 1 :]
    return len(behind) > 1 and behind[0].folded in sources.roles and _is_capital(behind[1])


def _is_capital(word: Word) -> bool:
    """Also "al-Mihdar"."""
    return word.text[:1].isupper() or word.text.rpartition("-")[2][:1].isupper()


def _english_kind(plain: list[str], head: str, sources: SourceWords, *, unnamed: bool) -> SourceType:
    if head in sources.anonymous_heads:
        return SourceType.ANONYMOUS
    if head in sources.institutions | sources.places | _SPOKESPEOPLE:
        return SourceType.ANONYMOUS if unnamed and head in sources.roles else SourceType.INSTITUTION
    if unnamed or head in sources.anonymous:
        return SourceType.ANONYMOUS
    return SourceType.NAMED
