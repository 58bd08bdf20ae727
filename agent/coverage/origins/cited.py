"""Whether a report says that an outlet is where it has its news from: "told the Gazette", "بحسب رويترز"."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

from agent.coverage.index.address import host_of
from agent.coverage.origins.agencies import bare_name, houses
from agent.coverage.origins.credits import credited, credits_of
from agent.coverage.origins.meant import NameWords, is_called, is_meant
from agent.coverage.origins.phrases import phrasebook
from agent.coverage.origins.roots import own_host
from agent.coverage.origins.spelling import sound_alike
from agent.models import Article, Document, Frozen
from agent.text import fold, normalise

_MOST_CHARACTERS = 50_000
_SHORTEST_NAME = 2
_NEAR = 40
# A digest has a paragraph for each outlet; a verb or two, and what kind of outlet it is, may stand before a name.
_MOST_LINES, _OPENING = 60, 160
_QUOTED_FIRST = re.compile(r"\s*(?:[^\s«\"“„]+\s+){0,3}[«\"“„]\s*([^«»\"“”„]{2,60}?)\s*[»\"”“]")
_FEWEST_CAPITALS = 2
_AFTER_NAMES = " .,:;،؛'’"
_ARTICLE = re.compile(r"(?:the|le|la|les|el|los|las|il|lo|o|der|die|das) |l\"")
# A name in one word, as in an address or a handle, is anybody's where it is shorter.
_SHORTEST_HANDLE = 8


class _Phrases(Frozen):
    """`cited.toml`."""

    against: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    telling: tuple[tuple[str, str], ...]
    around: tuple[str, ...]
    going_on: tuple[str, ...]
    houses: str
    called: str
    goes_on: str
    printing: str
    feminine: str


def cites_outlet_of(article: Article, text: str) -> bool:
    """Whether a text names the article's own outlet, its house or its agency as the source of what it tells, or
    leads to its pages: "(via @harbourpost)"."""
    text = text[:_MOST_CHARACTERS]
    folded = _folded(text)
    if cites_names(_own_names(article), text, small=(article.outlet or "").islower()):
        return True
    return _leads_to(article, folded) or any(_cites_as(short, text, folded) for short in _short_names(article))


def cites_names(names: frozenset[str], text: str, *, small: bool = False) -> bool:
    """Whether a text names somebody of these names, as `names_of_outlet` and `names_of_agency` give them, as the
    source of what it tells. `small`: they are written without capitals."""
    folded = _folded(text)
    if not any(name in folded for name in _stems(names)) or _pattern(names).search(folded) is None:
        return False
    view, small = normalise(text), small or text.islower()
    told = _against(names).sub(_blanks, view.text)
    return any(is_meant(match, view, _name_words(), small=small) for match in _pattern(names).finditer(told))


def only_quoted(name: str, text: str) -> bool:
    """Whether nothing but quotation marks sets a name apart, which any name may have: «قالت "وحدات الميناء"»."""
    folded, words = _folded(text), _name_words()
    found = re.search(rf"\" ?{re.escape(' '.join(fold(name).split()))} ?\"", folded)
    if found is None or is_called(before := folded[max(found.start() - _NEAR, 0) : found.start()], words):
        return False
    return re.search(words.printing, before) is None


def goes_on(sentence: str) -> bool:
    """Whether a sentence tells what somebody says who was named before as a source: "The agency said"."""
    return _going_on().search(_folded(sentence)) is not None


def names_of_outlet(outlet: str | None) -> frozenset[str]:
    """How an outlet is named, folded."""
    names = {bare_name(outlet), " ".join(fold(outlet or "").split())}
    return frozenset(name for one in names for name in (one, _without_article(one)) if len(name) >= _SHORTEST_NAME)


def names_of_agency(agency_id: str) -> frozenset[str]:
    """How a known agency is named, folded."""
    agency = houses().agency(agency_id)
    names = {" ".join(fold(one).split()) for one in (*agency.names, *agency.marks)} if agency is not None else set()
    # `folded_name` makes one letter of the two.
    return frozenset(one for name in names for one in (name, name.replace("ı", "i")) if len(one) >= _SHORTEST_NAME)


def _leads_to(article: Article, folded: str) -> bool:
    """Whether a text has the address of the article's outlet, or its name as handles and addresses are written."""
    host = own_host(article)
    handles = {re.sub(r"[\W_]+", "", bare_name(outlet)) for outlet in _outlets(article)}
    # A pattern takes longer to read than a text that has not its letters.
    forms = []
    if host and host in folded:
        forms += [rf"(?<![\w.-]){re.escape(host)}(?![\w-])", rf"\.{re.escape(host)}(?![\w-])"]
    for handle in sorted(one for one in handles if len(one) >= _SHORTEST_HANDLE and one.isascii() and one in folded):
        # "Guardian" may be anybody's word, and "@guardian" is not.
        forms += [rf"[@#]{handle}(?![\w-])", rf"(?<![\w-]){handle}(?:\.[a-z]{{2,}})+(?![\w-])"]
    return any(re.search(form, folded) for form in forms)


def _short_names(article: Article) -> Iterator[str]:
    """ "The Post", for the Harbour Post."""
    for outlet in _outlets(article):
        *before, last = bare_name(outlet).split() or [""]
        if before and last.isascii() and last in phrasebook().houses.words:
            yield last


def _cites_as(short: str, text: str, folded: str) -> bool:
    """With its capital: "according to the post" may mean anybody's."""
    if f"the {short.capitalize()}" not in text:
        return False
    words = _phrases()
    cited = rf"(?<!\w){_any_of(words.before)}\s+the {short}(?!\w)|(?<!\w)the {short}{_any_of(words.after)}"
    return re.search(cited, folded) is not None


def tells_from_outlet_of(article: Article, text: str) -> bool:
    """Whether a text names the article's own outlet as its source, or retells it."""
    return cites_outlet_of(article, text) or retells_outlet_of(article, text)


def rests_on_outlet_of(article: Article, document: Document) -> bool:
    """Whether a text says in any way that it has its news from the article's own outlet."""
    return tells_from_outlet_of(article, document.text) or signs_as_outlet_of(article, document)


def signs_as_outlet_of(article: Article, document: Document) -> bool:
    """Whether a text signs, where outlets sign and people do, with the name of the article's own outlet, in either
    script: "(لا فيجي أوسترال)" under a translation."""
    names = credits_of(document).hints
    return any(_is_name_of(name, own) for name in names for own in _outlets(article))


def retells_outlet_of(article: Article, text: str) -> bool:
    """Whether a paragraph begins with the name of the article's own outlet, in either script, and so tells what that
    has: "Le Quai leads on the quays", «تنقل «لو كيه» عن الصيادين». A name of one word has to stand in quotes, for it
    may be any word."""
    outlets = _outlets(article)
    return any(
        _is_name_of(name, own)
        for line in text[:_MOST_CHARACTERS].splitlines()[:_MOST_LINES]
        for own in outlets
        for name in _opening_names(line[:_OPENING], len(own.split()))
    )


def _opening_names(line: str, length: int) -> Iterator[str]:
    """What may be a name of so many words, one more or less, where a line begins; in quotes after a verb too."""
    if (quoted := _QUOTED_FIRST.match(line)) is not None:
        yield quoted[1]
    words = line.split()
    for end in range(max(2, length - 1), length + 2) if length > 1 else ():
        # Without capitals nothing tells a name from any words.
        if sum(word[:1].isupper() for word in words[:end]) >= _FEWEST_CAPITALS:
            yield " ".join(words[:end]).rstrip(_AFTER_NAMES)


def _is_name_of(name: str, own: str) -> bool:
    return bare_name(name) == bare_name(own) or sound_alike(name, own)


def _outlets(article: Article) -> list[str]:
    family = houses().family_of(article.outlet, host_of(article.url))
    return [*([article.outlet] if article.outlet else []), *(family.outlets if family else ())]


# One article is held against many texts, one after another.
@lru_cache(maxsize=16)
def _own_names(article: Article) -> frozenset[str]:
    family = houses().family_of(article.outlet, host_of(article.url))
    of_outlets = map(names_of_outlet, [article.outlet, *(family.outlets if family else ())])
    return frozenset().union(*of_outlets, *map(names_of_agency, credited(article)))


def _stems(names: frozenset[str]) -> frozenset[str]:
    """What is left of a name when "ل" stands before its article: "للجزيرة" is told to "الجزيرة"."""
    return frozenset(name.removeprefix("ال") for name in names)


def _without_article(name: str) -> str:
    """ "Le Courrier du Port" is told "au Courrier du Port"; what is one word without it is left as it is."""
    rest = _ARTICLE.sub("", name, count=1)
    return rest if len(rest.split()) > 1 else name


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    text = files("agent.coverage.origins").joinpath("cited.toml").read_text(encoding="utf-8")
    return _Phrases.model_validate(tomllib.loads(text))


@lru_cache(maxsize=1)
def _going_on() -> re.Pattern[str]:
    return re.compile(_any_of(_phrases().going_on))


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    words = _phrases()
    one = f"({_any_of(re.escape(name) for name in sorted(names, key=len, reverse=True))})"
    behind_l = [f"({re.escape(name.removeprefix('ال'))})" for name in sorted(names) if name.startswith("ال")]
    named = rf"(?:{words.houses} |[ld]\"|{words.called})*[\"(\[]*\s*{one}(?!\w)"
    forms = [
        rf"(?<!\w){_any_of(words.before)}\s+ل?{named}",
        rf"(?<!\w){one}\"?{_any_of(words.after)}",
        *(rf"{verb}(?!\w)[^.!?\n]{{0,60}}?(?<!\w){to}\s*{named}" for verb, to in words.telling),
        *(around.replace("{name}", named) for around in words.around),
    ]
    forms += [rf"{verb}(?!\w)[^.!?\n]{{0,60}}?(?<!\w)لل{one}(?!\w)" for verb, _ in words.telling for one in behind_l]
    return re.compile(_any_of(forms))


@lru_cache(maxsize=64)
def _against(names: frozenset[str]) -> re.Pattern[str]:
    one = _any_of(re.escape(name) for name in sorted(names, key=len, reverse=True))
    named = rf"(?:{_phrases().houses} |[ld]\")*\"?{one}(?!\w)"
    return re.compile(_any_of(form.replace("{name}", named) for form in _phrases().against))


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


@lru_cache(maxsize=1)
def _name_words() -> NameWords:
    words = _phrases()
    return NameWords(goes_on=words.goes_on, houses=words.houses, printing=words.printing, feminine=words.feminine)


def _any_of(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(patterns) + ")"


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return " ".join(fold(text).split())
