"""English verbs told by their forms, from a list of them and their endings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.analyst.lexical.resources import Phrase, Table
from agent.analyst.lexical.words import COMMA, Word

_VOWELS = frozenset("aeiou")
_SHORTEST_PAST = 5
_LISTS = (
    "auxiliaries be holds negations collective determiners pronouns prepositions adverbs connectors told_by "
    "told_when_past relatives outcomes times numbers inside_phrase plain in_sum"
).split()


@dataclass(frozen=True)
class EnglishWords:
    """`past`, `participles` and `present` lead from a form to its base; `past_of` from a base to its past."""

    past: dict[str, str]
    participles: dict[str, str]
    present: dict[str, str]
    gerunds: dict[str, str]
    past_of: dict[str, str]
    present_of: dict[str, str]
    lists: dict[str, frozenset[str]]
    examples: tuple[Phrase, ...]
    asides: tuple[Phrase, ...]
    beside: tuple[Phrase, ...]
    names: tuple[Phrase, ...]


@lru_cache(maxsize=1)
def english_words() -> EnglishWords:
    table = Table("clauses.en.toml")
    irregular = table.rows("irregular")
    bases = [*sorted(table.words("regular")), *(row[0] for row in irregular)]
    rows = [(b, _past(b), _past(b)) for b in sorted(table.words("regular"))] + [(a, b, c) for a, b, c in irregular]
    return EnglishWords(
        past={past: base for base, past, _ in rows},
        participles={participle: base for base, _, participle in rows},
        present={_third(base): base for base in bases},
        gerunds={_gerund(base): base for base in bases},
        past_of={base: past for base, past, _ in rows},
        present_of={base: _third(base) for base in bases},
        lists={name: table.words(name) for name in _LISTS},
        examples=table.phrases("examples"),
        asides=table.phrases("asides"),
        beside=table.phrases("beside"),
        names=table.phrases("names"),
    )


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if _doubles(base) else f"{base}ed"


def _third(base: str) -> str:
    irregular = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if base in irregular:
        return irregular[base]
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z")) else f"{base}s"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith("ee"):
        return f"{base[:-1]}ing" if base != "be" else "being"
    return f"{base}{base[-1]}ing" if _doubles(base) else f"{base}ing"


def _doubles(base: str) -> bool:
    """ "stop", "plan": one short syllable of consonant, vowel, consonant."""
    short = sum(letter in _VOWELS for letter in base) == 1 and len(base) > 2
    return short and base[-1] not in _VOWELS | set("wxy") and base[-2] in _VOWELS


def is_in(word: Word, name: str) -> bool:
    return word.folded in english_words().lists[name]


def is_participle(word: Word) -> bool:
    known = word.folded in english_words().participles
    return not word.mark and (known or (len(word.folded) >= _SHORTEST_PAST and word.folded.endswith("ed")))


def is_past(word: Word) -> bool:
    known = word.folded in english_words().past
    return not word.mark and (known or (len(word.folded) >= _SHORTEST_PAST and word.folded.endswith("ed")))


def is_finite(words: Sequence[Word], at: int) -> bool:
    """Whether a word can be seen to be the verb of a clause."""
    word = words[at]
    if word.mark or (at and word.text[:1].isupper()):
        return False
    if is_in(word, "auxiliaries"):
        return True
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    if before is not None and (is_in(before, "determiners") or _is_verbal(before)):
        return False
    if is_past(word):
        only_past = word.folded in english_words().past and word.folded not in english_words().participles
        led = after is not None and after.folded in ("by", "as")
        attached = before is not None and is_in(before, "prepositions")
        return only_past or not (led or attached)
    if is_in(word, "plain") and before is not None and after is not None:
        return not (before.mark or before.folded in _AFTER_THESE or is_in(before, "auxiliaries"))
    subject = words[at - 2] if at > 1 and before is not None and is_in(before, "adverbs") else before
    plain = word.folded in english_words().present_of and subject is not None and is_plural(subject)
    return (plain or word.folded in english_words().present) and _is_present(before, after)


_AFTER_THESE = frozenset("and or to do let help make not".split())


def is_plural(word: Word) -> bool:
    return word.folded in ("they", "we") or (
        word.folded.endswith("s") and not word.folded.endswith(("ss", "'s", "us"))
    )


def _is_verbal(word: Word) -> bool:
    """What a participle follows: "was closed", "to be", "having"."""
    return is_in(word, "be") or word.folded in ("to", "has", "have", "had", "having")


def _is_present(before: Word | None, after: Word | None) -> bool:
    """ "The minister plans to", and not "its plans for"."""
    subject = before is None or not (is_in(before, "prepositions") or before.mark or is_in(before, "connectors"))
    opens = after is not None and (
        after.mark == ""
        and (
            is_in(after, "determiners")
            or is_in(after, "prepositions")
            or is_in(after, "adverbs")
            or after.text[:1].isupper()
            or after.text[:1].isdigit()
            or after.folded in english_words().present_of
            or after.folded in ("that", "how", "when", "not", "more")
        )
    )
    return subject and (opens or (after is not None and not after.mark and after.folded.endswith("s")))


def first_finite(words: Sequence[Word], start: int, end: int, inside: Sequence[bool] | None = None) -> int | None:
    """The first finite verb between two positions, outside relative clauses that no comma opens."""
    for n in range(start, end):
        if inside is not None and inside[n]:
            continue
        if is_finite(words, n) and not _in_relative(words, start, n):
            return n
    return None


def main_verb(words: Sequence[Word], start: int, end: int, inside: Sequence[bool]) -> int | None:
    """The first finite verb; where no word of the lists is one, what stands and ends like one: "it outsells the"."""
    known = first_finite(words, start, end, inside)
    if known is not None:
        return known
    return next(
        (n for n in range(start + 1, min(end, len(words) - 1)) if not inside[n] and _looks_present(words, n)), None
    )


def _looks_present(words: Sequence[Word], at: int) -> bool:
    word, before, after = words[at], words[at - 1], words[at + 1]
    form = (
        word.text.islower() and word.folded.endswith("s") and not word.folded.endswith(("ss", "us", "is", "'s", "’s"))
    )
    noun = not before.mark and before.text[:1].isalpha() and not before.folded.endswith("s")
    led = any(is_in(before, name) for name in ("determiners", "prepositions", "connectors", "be"))
    return form and noun and not led and (is_in(after, "determiners") or after.text[:1].isupper())


def _in_relative(words: Sequence[Word], start: int, at: int) -> bool:
    """ "the man who was", "the bridge that was"."""
    return at > start and words[at - 1].folded in ("who", "which", "that", "whose", "where")


def holds(words: Sequence[Word]) -> bool:
    """Whether something is asked, denied by its verb or made to depend: then the words stay together."""
    return any(is_in(word, "holds") or word.text == "?" for word in words)


def denies(words: Sequence[Word]) -> bool:
    return any(is_in(word, "negations") for word in words)


def subject_of(words: Sequence[Word], verb: int) -> tuple[int, ...]:
    """Positions of what stands before a verb, without what opens the sentence and what is put in between commas."""
    commas = [n for n in range(verb) if words[n].mark == COMMA]
    start, end = 0, verb
    if commas and _opens_adjunct(words[0]):
        start = commas[-1] + 1
    elif commas:
        end = commas[0]
    while start < end and (is_in(words[start], "connectors") or is_in(words[start], "adverbs")):
        start += 1
    while end > start and is_in(words[end - 1], "adverbs"):
        end -= 1
    return tuple(range(start, end))


def _opens_adjunct(word: Word) -> bool:
    return any(is_in(word, name) for name in ("prepositions", "connectors", "adverbs", "told_by"))


def is_passive(words: Sequence[Word], start: int, end: int) -> int | None:
    """Where the form of "be" stands that a participle follows; None where none does."""
    for n in range(start, end - 1):
        after = n + 1 + (n + 2 < end and is_in(words[n + 1], "adverbs"))
        if is_in(words[n], "be") and is_participle(words[after]):
            return n
    return None


def opens_noun(word: Word) -> bool:
    """Whether a noun phrase may begin here that a clause of its own may be about."""
    starts = word.text[:1].isupper() or word.text[:1].isdigit() or is_in(word, "numbers")
    return not word.mark and (starts or is_in(word, "determiners") or is_in(word, "pronouns"))
