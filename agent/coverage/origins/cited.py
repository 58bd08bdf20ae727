"""Whether a report says that an outlet is where it has its news from: "told the Gazette", "بحسب رويترز"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from agent.coverage.index.address import host_of
from agent.coverage.origins.agencies import bare_name, houses
from agent.coverage.origins.credits import credited, credits_of
from agent.coverage.origins.spelling import sound_alike
from agent.models import Article, Document
from agent.text import fold

_MOST_CHARACTERS = 50_000
_SHORTEST_NAME = 2
# A digest has a paragraph for each outlet; a verb or two, and what kind of outlet it is, may stand before a name.
_MOST_LINES, _OPENING = 60, 160
_QUOTED_FIRST = re.compile(r"\s*(?:[^\s«\"“„]+\s+){0,3}[«\"“„]\s*([^«»\"“”„]{2,60}?)\s*[»\"”“]")
_FEWEST_CAPITALS = 2
_AFTER_NAMES = " .,:;،؛'’"


def _any_of(words: str) -> str:
    """A pattern for phrases that are parted by commas."""
    return "(?:" + "|".join(phrase.strip() for phrase in words.split(",")) + ")"


_HOUSE_EN = _any_of("the, a, an, newspaper, daily, news agency, agency, website, broadcaster, channel, network")
_HOUSE_AR = _any_of("صحيفه, جريده, قناه, موقع, وكاله, شبكه, تلفزيون, اذاعه, مجله, تقرير, مراسل, روزنامه, خبرگزاري")
_HOUSE = rf"(?:{_HOUSE_EN} )*(?:{_HOUSE_AR} )*"
_SOURCE_EN = _any_of(
    "told, tells, telling, according to, citing, cites, cited by, quoting, quoted by, reported by, reported in,"
    "published by, published in, interview with, interview to, speaking to, spoke to, remarks to, report by,"
    "report in, report from, revealed by, obtained by, seen by"
)
_SOURCE_AR = _any_of(
    "بحسب, حسب, وفق, وفقا, نقلا عن, نقلت عن, نقلته عن, ذكرت, ذكرته, نقلت, نقلته, افادت, افاد, كشفت, كشف, اوردت, اورد,"
    "نشرت, نشرته, نشره, قالت, ابلغ, اخبر, حديث الي, مقابله مع, حوار مع, لقاء مع, استنادا الي"
)
_AS_TOLD_AR = _any_of("ذكرت, ذكرته, نقلت, نقلته, افادت, نشرت, نشرته, اوردت")
_SOURCE_FA = _any_of("به گزارش, به نقل از, گفتگو با, گفت و گو با, گفت وگو با, مصاحبه با")
_BEFORE = rf"\b{_SOURCE_EN}|(?<!\w)و?{_SOURCE_AR}(?: ما)?(?: {_AS_TOLD_AR})?(?: عن)?|{_SOURCE_FA}"
_REPORTS = _any_of(
    "reported, reports, has learned, has learnt, has reported, was told, has been told, revealed, first reported,"
    "report said, report says"
)
_HAS = r"(?:has|carries|runs|ran|publishes|published) an? (?:\w+ ){0,2}(?:piece|story|report|article|item|interview)"
_AFTER = rf"\"?(?:'s)? (?:{_REPORTS}|{_HAS})\b"
_TELLING = "[وف]?" + _any_of(
    "قال, قالت, صرح, صرحت, ذكر, اكد, اكدت, اوضح, اوضحت, تحدث, تحدثت, ابلغ, كشف, كشفت, تصريح, تصريحات, حديث, مقابله, "
    "اعلن, افاد, اضاف"
)


def cites_outlet_of(article: Article, text: str) -> bool:
    """Whether a text names the article's own outlet, its house or its agency as the source of what it tells."""
    names = _own_names(article)
    if not names:
        return False
    folded = _folded(text[:_MOST_CHARACTERS])
    return any(name in folded for name in _stems(names)) and _pattern(names).search(folded) is not None


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


def _own_names(article: Article) -> frozenset[str]:
    known, host = houses(), host_of(article.url)
    names = {bare_name(article.outlet), " ".join(fold(article.outlet or "").split())}
    if family := known.family_of(article.outlet, host):
        names |= {bare_name(outlet) for outlet in family.outlets}
    for agency_id in credited(article):
        if agency := known.agency(agency_id):
            names |= {" ".join(fold(name).split()) for name in (*agency.names, *agency.marks)}
    return frozenset(name for name in names if len(name) >= _SHORTEST_NAME)


def _stems(names: frozenset[str]) -> frozenset[str]:
    """What is left of a name when "ل" stands before its article: "للجزيرة" is told to "الجزيرة"."""
    return frozenset(name.removeprefix("ال") for name in names)


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    whole = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    text = "|".join(
        rf"ل\s*{_HOUSE}\"?\s*{re.escape(name)}"
        + (rf"|لل{re.escape(name.removeprefix('ال'))}" if name.startswith("ال") else "")
        for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(
        rf"(?:{_BEFORE})\s+ل?{_HOUSE}\"?(?:{whole})(?!\w)"
        rf"|(?<!\w)(?:{whole}){_AFTER}"
        rf"|(?<!\w){_TELLING}(?!\w)[^.!?\n]{{0,60}}?(?<!\w)(?:{text})(?!\w)"
    )


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return " ".join(fold(text).split())
