"""The telling words of a text, with weight, polarity and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from agent.analyst.lexical.full_names import ALONE, name_parts
from agent.analyst.lexical.numerals import load_numerals
from agent.analyst.lexical.places import places_of
from agent.analyst.lexical.polarity import REACH, averted, cut_off, intended, lifted, narrowed, negated
from agent.analyst.lexical.stems import rarity, root, stem
from agent.analyst.lexical.turn_tables import Sides
from agent.analyst.lexical.turns import PolarityWords, load_turns
from agent.analyst.lexical.words import COMMA, POSSESSIVE, Word
from agent.dates import is_calendar_word

_AROUND = 4
_AS_RARE_AS_NAMES = 1.4
_FEW_CAPITALS = 0.6
_A_FEW_WORDS, _SHORTEST_OF_A_HEADING = 6, 3
_ARTICLE = "ال"
_TURKISH_POSSESSIVE = frozenset(("in", "ın", "un", "ün", "nin", "nın", "nun", "nün"))


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word. `near`: the roots around it; `denied`, `averted`, `intended`: how strongly "not", "fails to",
    "plans to" reach it.

    `calendar`: it tells a day or a month; `owns`: the word before it is its own, or tells which it is
    ("the canteen of the mine", "the upper dam"); `possessive`: so is the word behind it ("the mine's canteen");
    `decisive`: without it another thing is told, whatever else is shared; `counts`: it is, or is part of, a number;
    `name`: it is written like a name, or as rare as one; `places`: the country that it names, or whose seat of
    government; `former`: a word beside it tells that it is one no longer; `tells_which`: its opposite is that of
    another thing ("north"); `narrowed`: it is told of one of several, or of what is none yet ("an attempted coup").
    """

    stem: str
    root: str
    weight: float
    denied: int
    averted: int
    counts: bool
    sides: Sides
    name: bool = False
    places: frozenset[int] = frozenset()
    decisive: bool = False
    calendar: bool = False
    owns: bool = False
    possessive: bool = False
    intended: int = 0
    near: frozenset[str] = frozenset()
    former: bool = False
    tells_which: bool = False
    narrowed: bool = False
    family: str = ""
    given: frozenset[str] = frozenset()
    capital: bool = False
    of_others: bool = False


def terms_of(found: Sequence[Word], telling: Sequence[bool], language: str) -> list[Term]:
    turns, numerals = load_turns(language), load_numerals(language)
    denied = negated(found, telling, turns)
    stems = [stem(word.folded, language) if tells else "" for word, tells in zip(found, telling, strict=True)]
    roots = [root(stemmed, language) if stemmed else "" for stemmed in stems]
    wanted = intended(found, telling, turns)
    narrow = narrowed(found, telling, turns)
    ended = lifted(found, roots, turns) | cut_off(found, telling, turns)
    shunned = averted(found, telling, roots, turns)
    items = [n for n, tells in enumerate(telling) if tells]
    named = _names(found)
    around = [roots[n] for n in items]
    stands = [bool(stemmed) and rooted in turns.decisive for stemmed, rooted in zip(stems, roots, strict=True)]
    parts = name_parts(found, telling, stands, turns, language)
    return [
        Term(
            stem=stems[n],
            root=roots[n],
            weight=rarity(found[n].folded, language),
            denied=0 if n in ended and denied[n] else REACH if n in ended else denied[n],
            averted=shunned[n],
            counts=numerals.has(found[n].folded),
            sides=turns.sides_of(found[n].folded, roots[n]),
            name=(n in named or _is_rare(found[n], language)) and not is_calendar_word(found[n].folded, language),
            places=places_of((found[n].folded,), language),
            decisive=roots[n] in turns.decisive,
            calendar=is_calendar_word(found[n].folded, language),
            owns=_owns(found, telling, n, language),
            possessive=_is_possessive(found[n], language),
            intended=wanted[n],
            former=_is_former(found, n, turns),
            tells_which=roots[n] in turns.telling_which
            or (roots[n] in turns.telling_when and _is_of_a_time(found, n, language)),
            narrowed=narrow[n],
            family=roots[family] if (family := parts.get(n, ALONE).family) is not None else "",
            given=frozenset(roots[own] for own in parts.get(n, ALONE).given),
            capital=found[n].text[:1].isupper(),
            of_others=parts.get(n, ALONE).of_others,
            near=frozenset(around[max(0, at - _AROUND) : at] + around[at + 1 : at + 1 + _AROUND]),
        )
        for at, n in enumerate(items)
    ]


def _is_possessive(word: Word, language: str) -> bool:
    """ "Lorne's", "Lorne'un"."""
    if language == "tr":
        return word.text.replace("’", "'").partition("'")[2] in _TURKISH_POSSESSIVE
    return word.text.endswith(POSSESSIVE)


def _is_of_a_time(found: Sequence[Word], at: int, language: str) -> bool:
    """Whether a word tells which part of a time is meant: "early in May"."""
    return any(is_calendar_word(word.folded, language) for word in found[at + 1 : at + 4] if not word.mark)


def is_telling(word: Word, language: str) -> bool:
    """Whether a word is compared: no mark, and none of those that tell nothing by themselves."""
    if word.mark:
        return False
    turns, folded = load_turns(language), word.folded
    if word.text.lower() in turns.as_spelled:
        return True
    plain = folded[1:] if language == "ar" and folded[:1] == "و" else folded
    return not (folded in turns.untold or plain in turns.untold or (len(folded) == 1 and not folded.isdigit()))


def _names(found: Sequence[Word]) -> frozenset[int]:
    """Where capital letters mark a name; in a heading, where most words have one, they mark none."""
    capital = [n for n, word in enumerate(found) if word.text[:1].isupper()]
    if _is_heading(found, len(capital)):
        return frozenset()
    return frozenset(n for n in capital if n and found[n - 1].mark in ("", COMMA))


def _is_heading(found: Sequence[Word], capitals: int) -> bool:
    """Whether most words have a capital; of a few ones, all but the shortest."""
    whole = [word for word in found if not word.mark]
    if len(whole) >= _A_FEW_WORDS:
        return capitals > _FEW_CAPITALS * len(whole)
    return all(word.text[:1].isupper() for word in whole if len(word.text) > _SHORTEST_OF_A_HEADING)


def _owns(found: Sequence[Word], telling: Sequence[bool], at: int, language: str) -> bool:
    """Whether only "of the" or, where nothing need be between them, nothing stands between a word and one before."""
    between = list(takewhile(lambda n: not (telling[n] or found[n].mark), range(at - 1, -1, -1)))
    before = at - len(between) - 1
    if before < 0 or found[before].mark:
        return False
    turns = load_turns(language)
    return any(found[n].folded in turns.belonging for n in between) or (turns.bound and not between)


def _is_former(found: Sequence[Word], at: int, turns: PolarityWords) -> bool:
    before = next((n for n in range(at - 1, max(-1, at - 3), -1) if not found[n].mark), at)
    beside = [*found[before:at], *found[at + 1 : at + 2]]
    if 0 < before < at and not found[before - 1].mark and found[before].folded not in turns.untold:
        # "The former city mayor".
        beside.append(found[before - 1])
    if at + 2 < len(found) and not _has_article(found[at]) and _has_article(found[at + 1]):
        # «رئيس البلدية السابق».
        beside.append(found[at + 2])
    return any(word.folded in turns.former for word in beside)


def _has_article(word: Word) -> bool:
    return word.folded.startswith(_ARTICLE)


def _is_rare(word: Word, language: str) -> bool:
    if word.folded in load_turns(language).canonical:
        # It stands for an expression, and is no word of the text.
        return False
    return word.folded.isalpha() and rarity(word.folded, language) >= _AS_RARE_AS_NAMES
