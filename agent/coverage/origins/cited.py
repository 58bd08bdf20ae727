"""Whether a report says that an outlet is where it has its news from: "told the Gazette", "بحسب رويترز"."""

import re
from functools import lru_cache

from agent.coverage.index.address import host_of
from agent.coverage.origins.agencies import bare_name, houses
from agent.coverage.origins.credits import credited, credits_of
from agent.coverage.origins.spelling import sound_alike
from agent.models import Article, Document
from agent.text import fold

_MOST_CHARACTERS = 50_000
_SHORTEST_NAME = 2


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


def signs_as_outlet_of(article: Article, document: Document) -> bool:
    """Whether a text signs, where outlets sign and people do, with the name of the article's own outlet, in either
    script: "(لا فيجي أوسترال)" under a translation."""
    known, outlets = houses(), [article.outlet] if article.outlet else []
    if family := known.family_of(article.outlet, host_of(article.url)):
        outlets += family.outlets
    names = credits_of(document).hints
    return any(bare_name(name) == bare_name(own) or sound_alike(name, own) for name in names for own in outlets)


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
    told = "|".join(
        rf"ل\s*{_HOUSE}\"?\s*{re.escape(name)}"
        + (rf"|لل{re.escape(name.removeprefix('ال'))}" if name.startswith("ال") else "")
        for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(
        rf"(?:{_BEFORE})\s+ل?{_HOUSE}\"?(?:{whole})(?!\w)"
        rf"|(?<!\w)(?:{whole}){_AFTER}"
        rf"|(?<!\w){_TELLING}(?!\w)[^.!?\n]{{0,60}}?(?<!\w)(?:{told})(?!\w)"
    )


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return " ".join(fold(text).split())
