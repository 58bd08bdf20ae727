"""What is looked for when a claim is: its words, without the day that its `event_date` tells already."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

from agent.coverage.index.lexical import term_query
from agent.coverage.index.vectors import Rows, cosines, matrix_of
from agent.coverage.search.nearest import PassageQuery
from agent.dates import UnreadDate, read_date
from agent.models import Article, Claim
from agent.text.language import primary_language
from agent.text.quotes import letters

_YEAR = re.compile(r"\d{4}")
# "on the morning of Tuesday, 15 March 2016": a day takes no more words than these.
_MOST_WORDS = 6
_MOST_YEARS = 4
# A headline is shorter; what is longer would drown the claim.
_LONGEST_TITLE = 120
_AROUND = " ,.;:()[]«»“”\"'،؛"


def wording(claim: Claim, language: str) -> str:
    """A claim's text without its event date.

    A reader who meets the claim alone needs the day; coverage of that day hardly ever writes it out, and a page that
    does is not nearer to the event for it.
    """
    words = claim.text.split()
    years = [number for number, word in enumerate(words) if _YEAR.search(word)] if claim.event_date else []
    for year in reversed(years[-_MOST_YEARS:]):
        dated = _dated(words, year, claim, language)
        words[dated.start : dated.stop] = []
    return " ".join(words) if years and words else claim.text


def titled(claim: Claim, article: Article) -> str:
    """A claim's wording after the title of its article: a clause alone hardly tells in another language what it is
    about."""
    words = wording(claim, article.language)
    return f"{article.title[:_LONGEST_TITLE]}: {words}" if article.title else words


def queries(article: Article, claims: Sequence[Claim]) -> list[str]:
    """The texts whose vectors a search for these claims wants, each once."""
    texts = [text for claim in claims for text in (wording(claim, article.language), titled(claim, article))]
    return list(dict.fromkeys([*texts, *_titles(article)]))


def principal_claim(article: Article, claims: Sequence[Claim], vectors: Mapping[str, Sequence[float]]) -> str | None:
    """The claim that an article is there for: the one nearest to its title, else the first that it makes."""
    rows = [vectors[wording(claim, article.language)] for claim in claims]
    title = [vectors[one] for one in _titles(article) if one in vectors]
    if not title:
        return min(claims, key=lambda claim: claim.spans[0].start).id if claims else None
    near = cosines(rows, title)
    return max(zip(claims, near, strict=True), key=lambda one: (one[1], -one[0].spans[0].start))[0].id


def _titles(article: Article) -> list[str]:
    return [article.title[:_LONGEST_TITLE]] if article.title else []


def sought_of(
    article: Article, claims: Sequence[Claim], vectors: Mapping[str, Sequence[float]]
) -> dict[str, PassageQuery]:
    """What is looked for, by the id of the claim; `vectors` are those of the claims' `queries`."""
    return {claim.id: _sought(article, claim, vectors) for claim in claims}


def worded(
    article: Article, claims: Sequence[Claim], vectors: Mapping[str, Sequence[float]]
) -> dict[str, PassageQuery]:
    """The same without the article's title: each claim by its own words alone."""
    texts = {claim.id: wording(claim, article.language) for claim in claims}
    spoken = primary_language(article.language)
    return {claim_id: PassageQuery(text, vectors[text], spoken) for claim_id, text in texts.items()}


def _sought(article: Article, claim: Claim, vectors: Mapping[str, Sequence[float]]) -> PassageQuery:
    """Across languages a claim is looked for by its own words and by them after the article's title, half by half:
    the one finds what tells of this claim, the other what tells of the event at all."""
    words = wording(claim, article.language)
    # As arrays: each of the steps of a search would make one of a list.
    rows = matrix_of([vectors[words], vectors[titled(claim, article)]])
    own, both = cast("Rows", (rows[0], rows.sum(axis=0)))
    return PassageQuery(words, own, primary_language(article.language), both)


def same_wordings(claims: Sequence[Claim]) -> dict[str, int]:
    """Numbers of claims, the same one for claims that rest on the same words or have all telling words in common."""
    numbers: dict[object, int] = {}
    found = {}
    for claim in claims:
        signs = letters(claim.quote), term_query(claim.text).stems
        number = next((numbers[sign] for sign in signs if sign and sign in numbers), len(numbers))
        numbers |= {sign: numbers.get(sign, number) for sign in signs if sign}
        found[claim.id] = number
    return found


def _dated(words: list[str], year: int, claim: Claim, language: str) -> range:
    """The words around a year that are the claim's event date, as many as can be; none where they are not."""
    stretches = [
        range(start, end)
        for start in range(max(0, year - _MOST_WORDS), year + 1)
        for end in range(year + 1, min(len(words), year + _MOST_WORDS) + 1)
        if end - start <= _MOST_WORDS
    ]
    for stretch in sorted(stretches, key=lambda one: -len(one)):
        try:
            read = read_date(" ".join(words[stretch.start : stretch.stop]).strip(_AROUND), language=language)
        except UnreadDate:
            continue
        if read.day == claim.event_date:
            return stretch
    return range(year, year)
