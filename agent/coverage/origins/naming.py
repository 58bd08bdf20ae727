"""The name that stands after words such as "first published by": where it ends, and whether it is an outlet's."""

import re
from functools import lru_cache

from agent.coverage.origins.agencies import folded_name, houses, sign_of
from agent.coverage.origins.phrases import patterns, phrasebook
from agent.coverage.origins.signatures import signers
from agent.models import Frozen
from agent.text import fold

_SHORTEST, _LONGEST, _MOST_WORDS = 2, 60, 7
_QUOTED = re.compile(r'"\s*([^"\n]{2,60}?)\s*"')
_CAPITAL = r"(?:al-|el-|as-|ash-|an-|ad-|d'|l')?[A-Z0-9][\w&.+!-]*(?:'[A-Z][\w&.+!-]*)*"
_LINK = r"(?:of|the|de|du|des|del|della|di|da|do|la|le|les|el|al|fur|der|die|das|van|&)"
_NEXT = rf"(?:{_CAPITAL}|(?:{_LINK}\s){{1,2}}(?!\d){_CAPITAL})"
_LATIN_NAME = rf"(?:(?:le|la|les|el|al|il|l)[ '-])?{_CAPITAL}(?:\s{_NEXT}){{0,6}}"
_NOT_OF_NAMES = (
    "on|in|and|as|at|by|for|from|with|under|said|says|has|was|is|were|who|which|that|et|le|la|en|dans|und|am|im|vom"
    "|y|el|e|ve"
)
_LATIN = re.compile(
    # "La Vigie australe": what is small is of the name where nothing comes after it.
    rf"{_LATIN_NAME}(?:\s(?!(?:{_NOT_OF_NAMES})\b)[a-z][\w-]{{2,}}){{0,2}}(?=[\s.\"'*_)\]]*$)|{_LATIN_NAME}"
)
# "taz", "elpais.com"
_SMALL_NAME = re.compile(r"[a-z][\w.-]{2,30}")
_LONG_NUMBER = re.compile(r"\b\d{3,}\b")
_OTHER = re.compile(
    r"[^\W\d_a-zA-Z][^\s.,;:()\[\]\"|!?]*"
    r"(?:\s(?!(?:في|بتاريخ|يوم|ب?اللغه|من|علي|الي|ان|عن|التي|الذي|قبل|بعد|كما|در|به|كه|از|را|با|و|است|شده|منتشر)\b)"
    r"[^\W\d_a-zA-Z][^\s.,;:()\[\]\"|!?]*){0,4}"
)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|die|der|das|dem|den|la|el|il|le|lo)\s|l'")
_PARTS = re.compile(r"\s*[,;/|+•·()\[\]]\s*|\s+(?:-|–|—|&|and|et|und|y|ve|e)\s+|\s+و(?=[^\W\d_a-zA-Z])")
_END = re.compile(r"[\s.\"'*_\]\)]+$")


class CreditedName(Frozen):
    """Who is credited: an agency by its id, or an outlet by its name. `evident`: the words themselves say that it is
    one; otherwise it may as well be a person's name."""

    name: str
    agency: str | None = None
    evident: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is an agency or an outlet that the catalogue has."""
        return self.agency is not None or houses().family_of(self.name, None) is not None


class FoundNames(Frozen):
    """The names at the beginning of a text, and what stands after them."""

    names: tuple[CreditedName, ...]
    rest: str


def names_at(text: str) -> FoundNames | None:
    """Who is named at the beginning of a prepared text; None when nobody is."""
    known = signers().match(text) or signers().match(text, _after_article(text))
    if known is not None:
        names = [named(one) for one in _PARTS.split(known[0].strip())]
        return FoundNames(names=tuple(one for one in names if one is not None), rest=text[known.end() :])
    rest, called_house = _without_house(text)
    if (quoted := _QUOTED.match(rest)) is not None:
        found, end = named(quoted[1], evident=True), quoted.end()
        after = rest[end:].split(maxsplit=1)
        if after and _words(after[0]) in phrasebook().houses.nationalities:
            end = rest.index(after[0], end) + len(after[0])
    else:
        match = _HOST.match(rest) or _LATIN.match(rest) or _OTHER.match(rest)
        if match is None:
            return None
        called = text[: len(text) - len(rest)] + match[0]
        found, end = None if _is_of_affairs(called) else named(match[0], evident=called_house), match.end()
    return FoundNames(names=(found,), rest=rest[end:]) if found is not None else None


def names_in(text: str) -> list[CreditedName]:
    """Who is named in a text that is nothing but names, "Reuters, Le Quai (AFP)", up to what is none."""
    names: list[CreditedName] = []
    for part in filter(None, map(str.strip, _PARTS.split(_END.sub("", text)))):
        one, known = named(part), signers().match(part)
        if known is not None and (one is None or not one.is_known) and not _is_an_office(part):
            # "وكالات آخر الأخبار", "AFP Factuel": what follows is of the page, or of the agency.
            one = named(known[0])
        if one is not None and (one.evident or _is_shaped_like_a_name(part)):
            names.append(one)
        elif not _is_about_language(part):
            break
    return names


@lru_cache(maxsize=1 << 12)
def named(text: str, *, evident: bool = False) -> CreditedName | None:
    """Whom a name means; None for what is nobody's that publishes."""
    known = houses()
    bare = _END.sub("", text).strip(" \"'")
    rest, called_house = _without_house(bare)
    rest = _without_nationality(rest)
    host = rest.lower().removeprefix("www.") if _HOST.fullmatch(rest) else None
    for name in dict.fromkeys((bare, bare.removeprefix("the ").removeprefix("The "), rest)):
        if (sign := sign_of(name)) is not None:
            return CreditedName(name=name, agency=known.signs[sign], evident=True)
        if known.family_of(name, host) is not None:
            return CreditedName(name=name, evident=True)
    if (agency := known.agency_of(None, host)) is not None:
        return CreditedName(name=rest, agency=agency, evident=True)
    if not _may_publish(rest) or _is_of_affairs(bare):
        return None
    sure = evident or called_house or host is not None or is_wire(bare) or _sounds_like_an_outlet(rest)
    return CreditedName(name=rest, evident=sure)


@lru_cache(maxsize=1 << 12)
def is_wire(name: str) -> bool:
    """Whether a name that nobody knows says that it is a news agency's."""
    folded = _words(name)
    return patterns().wire.search(folded) is not None and _may_publish(name) and not _is_of_affairs(name)


def signs_news(name: str) -> bool:
    """Whether a name is that of a known agency or outlet, or says that it is an agency's."""
    one = named(" ".join(folded_name(name).split()))
    return one is not None and (one.is_known or is_wire(one.name))


def _without_house(text: str) -> tuple[str, bool]:
    """What stands after "the newspaper", "la agencia", "صحيفة"; and whether that said that an outlet comes."""
    said = False
    text = text.lstrip(" :\"'") if not text.startswith('"') else text
    for _ in range(4):
        match = patterns().service.match(text) or patterns().house.match(text)
        if match is None or _is_of_a_name(match[0], text[match.end() :]):
            break
        said = said or patterns().empty_house.fullmatch(match[0]) is None
        text = text[match.end() :].lstrip(" '")
    return text, said


def _without_nationality(name: str) -> str:
    """What is left of "لوموند الفرنسية" and "The Guardian gazetesi"; a name is not made of nothing else."""
    words, around = name.split(), phrasebook().houses.nationalities
    # Of "وكالة الأنباء الكويتية" nothing is left that tells it from others.
    while (
        len(words) > 1
        and words[:-1] != ["الانباء"]
        and _words(words[-1]) in around
        and (not name.isascii() or _is_known(" ".join(words[:-1])))
    ):
        words.pop()
    while len(words) > 1 and _words(words[0]) in around and _is_known(" ".join(words[1:])):
        words.pop(0)
    return " ".join(words)


def _is_known(name: str) -> bool:
    return sign_of(name) is not None or houses().family_of(name, None) is not None


def _after_article(text: str) -> int:
    match = _ARTICLE.match(text)
    return match.end() if match is not None else 0


def _is_shaped_like_a_name(part: str) -> bool:
    """With capitals, where letters have them: "familiar with the matter" is no name."""
    rest, _ = _without_house(part)
    if not rest.isascii():
        return _OTHER.match(rest) is not None
    return _SMALL_NAME.fullmatch(rest) is not None or _LATIN.fullmatch(rest) is not None


def _is_of_a_name(word: str, rest: str) -> bool:
    """Whether "Daily" is of a name and not "the daily": by its capital, which a German noun has anyway."""
    return not rest.strip() or (
        word[0].isupper() and word.strip().lower() in ("daily", "weekly", "magazine", "journal")
    )


def _is_about_language(part: str) -> bool:
    """Whether it is said from which language: "İngilizceden çeviri" beside a name."""
    return any(word in phrasebook().nobody.languages for word in _words(part).split())


def _is_an_office(name: str) -> bool:
    return any(word in phrasebook().nobody.institutions for word in _words(name).split())


def _is_of_affairs(name: str) -> bool:
    """Whether an agency is one for medicines or borders, and not for news."""
    words = _words(name)
    return patterns().agency.search(words) is not None and any(
        word in phrasebook().nobody.affairs for word in words.split()
    )


def _may_publish(name: str) -> bool:
    """Whether a name can be an outlet's: no office's, no day's, no language's, and not only "our own reporter"."""
    book, value = phrasebook().nobody, _words(name).split()
    if not value or not _SHORTEST <= len(name) <= _LONGEST or len(value) > _MOST_WORDS:
        return False
    if _is_an_office(name) or not any(c.isalpha() for c in name):
        return False
    if _LONG_NUMBER.search(name):
        return False
    nothing = book.generic | book.languages
    return not all(word in nothing or word.isdecimal() or len(word) < _SHORTEST for word in value)


def _sounds_like_an_outlet(name: str) -> bool:
    words = _words(name).split()
    return len(words) > 1 and any(word in phrasebook().houses.words for word in words)


def _words(name: str) -> str:
    return " ".join(re.sub(r"[^\w'-]+", " ", fold(name).replace("ı", "i")).split())
