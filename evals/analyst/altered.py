"""Pairs made by code out of sentences: shortened, negated, turned to an opposite, denied, or put beside others.

They teach the fitted decision what turns a statement around where the sets that may be fitted on have few examples.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from agent.analyst.lexical.resources import Table
from agent.text import fold, sentences

Gold = Literal["supports", "refutes", "neither"]

_FEWEST, _MOST = 7, 35
_ARTICLE = "ال"
_AUXILIARIES = frozenset("is are was were has have had will would can could should must".split())
_ARABIC_NEGATORS = ("لا", "لن", "لم")
_DENIALS = {
    "en": (
        "The ministry denied that {}",
        "It is not true that {}",
        "Reports that {} are false",
        "A spokesman refuted claims that {}",
        "{} - a hoax, officials say",
        "Fact check: it is false that {}",
    ),
    "ar": (
        "نفت الوزارة أن {}",
        "لا صحة لما يتداول عن {}",
        "شائعة {} غير صحيحة",
        "متحدث ينفي {}",
        "نفى مصدر رسمي أنباء {}",
        "خبر {} عار عن الصحة",
    ),
}


@dataclass(frozen=True)
class Altered:
    claim: str
    passage: str
    lang: str
    label: Gold


@dataclass(frozen=True)
class _Source:
    sentence: str
    beside: tuple[str, ...]


def altered_pairs(texts: Sequence[str], language: Literal["ar", "en"], *, count: int, seed: int = 1) -> list[Altered]:
    """Pairs from up to `count` sentences of the texts; the same for the same texts and seed."""
    rng = Random(seed)
    sources = [source for text in texts for source in _sources(text, language)]
    rng.shuffle(sources)
    alter = _Alterations(language, rng, sources)
    return [pair for source in sources[:count] for pair in alter.pairs(source)]


def _sources(text: str, language: str) -> Iterator[_Source]:
    told = [text[span.start : span.end] for span in sentences(text, language)]
    for sentence in told:
        if _FEWEST <= len(sentence.split()) <= _MOST:
            yield _Source(sentence, tuple(other for other in told if other != sentence))


class _Alterations:
    def __init__(self, language: Literal["ar", "en"], rng: Random, sources: Sequence[_Source]) -> None:
        self._language = language
        self._rng = rng
        self._sources = sources
        self._opposites = _opposites(language)
        self._negate: Callable[[list[str]], list[str] | None] = (
            self._negated_english if language == "en" else self._negated_arabic
        )

    def pairs(self, source: _Source) -> Iterator[Altered]:
        rng = self._rng
        words = source.sentence.split()
        claim = " ".join(self._shortened(words))
        beside = source.beside or (rng.choice(self._sources).sentence,)
        yield self._pair(claim, self._within(source.sentence, beside), "supports")
        yield from self._refuted(source.sentence, words, beside)
        if rng.random() < 0.5:
            yield self._pair(claim, self._within(self._denied(claim), beside), "refutes")
        yield self._pair(claim, rng.choice(beside), "neither")
        if rng.random() < 0.5:
            yield self._pair(rng.choice(beside), self._within(source.sentence, beside), "neither")
        if rng.random() < 0.4:
            yield self._pair(claim, self._denied(rng.choice(beside)), "neither")

    def _refuted(self, sentence: str, words: list[str], beside: Sequence[str]) -> Iterator[Altered]:
        negated = self._negate(words)
        if negated:
            pair = [sentence, " ".join(negated)]
            if self._rng.random() < 0.3:
                pair.reverse()
            yield self._pair(pair[0], self._within(pair[1], beside), "refutes")
        turned = self._turned(words)
        if turned:
            yield self._pair(sentence, self._within(" ".join(turned), beside), "refutes")

    def _pair(self, claim: str, passage: str, label: Gold) -> Altered:
        return Altered(claim, passage, self._language, label)

    def _shortened(self, words: list[str]) -> list[str]:
        kept = max(4, int(len(words) * self._rng.uniform(0.4, 0.9)))
        start = self._rng.randrange(len(words) - kept + 1)
        part = words[start : start + kept]
        return [word for word in part if self._rng.random() > 0.12] if len(part) > 6 else part

    def _within(self, sentence: str, beside: Sequence[str]) -> str:
        """Alone, or between two others."""
        if self._rng.random() < 0.5:
            return sentence
        closed = sentence if sentence.endswith(".") else sentence + "."
        return " ".join((self._rng.choice(beside).strip(), closed, self._rng.choice(self._sources).sentence))

    def _denied(self, sentence: str) -> str:
        return self._rng.choice(_DENIALS[self._language]).format(sentence)

    def _negated_english(self, words: list[str]) -> list[str] | None:
        places = [at for at, word in enumerate(words) if word.casefold() in _AUXILIARIES]
        if not places:
            return None
        at = self._rng.choice(places) + 1
        if words[at : at + 1] == ["not"]:
            return words[:at] + words[at + 1 :]
        return [*words[:at], "not", *words[at:]]

    def _negated_arabic(self, words: list[str]) -> list[str] | None:
        """A negation before a word that looks like a verb of the present."""
        places = [at for at, word in enumerate(words[:-1]) if len(word) >= 4 and word[0] in "يت" and word[-1] != "ة"]
        if not places:
            return None
        at = self._rng.choice(places)
        return [*words[:at], self._rng.choice(_ARABIC_NEGATORS), *words[at:]]

    def _turned(self, words: list[str]) -> list[str] | None:
        known = [(at, key) for at, word in enumerate(words) if (key := self._key(fold(word)))]
        if not known:
            return None
        at, key = self._rng.choice(known)
        return [*words[:at], self._rng.choice(self._opposites[key]), *words[at + 1 :]]

    def _key(self, folded: str) -> str | None:
        return next((form for form in (folded, folded.removeprefix(_ARTICLE)) if form in self._opposites), None)


def _opposites(language: str) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for row in Table(f"stance.{language}.toml").rows("opposed"):
        bar = row.index("|")
        for side, other in ((row[:bar], row[bar + 1 :]), (row[bar + 1 :], row[:bar])):
            for word in side:
                found.setdefault(word, set()).update(other)
    return {word: sorted(others) for word, others in found.items() if others}
