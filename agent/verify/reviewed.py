"""Published fact-checks of what an article claims: which are of the claim, which of its opposite, which of neither.

What was found by a cosine is held against the claim by its figures, days, places and names first; then each of the
two sentences is put to the analyst as the text that the other is compared with. What holds both ways is shown.
"""

import re
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agent.analyst import Analyst
from agent.analyst.lexical.judging import content_of
from agent.analyst.lexical.linking import linking
from agent.analyst.lexical.profile import profile
from agent.analyst.lexical.reading import LexicalReading, read
from agent.coverage.index.address import page_key
from agent.coverage.search.found import ReviewLead
from agent.coverage.search.names import spelled_names
from agent.errors import AnalystError, EndpointRejected
from agent.models import (
    Article,
    Budget,
    Claim,
    Failure,
    Finding,
    Frozen,
    MatchedReview,
    Passage,
    ReviewOf,
    Span,
    Stance,
    Step,
    Usage,
    Witness,
)
from agent.text.negations import count_negations
from agent.text.quotes import anchors, letters
from agent.verify.close import are_rare, without_article

_MOST_COMPARED, _MOST_SHOWN, _MOST_SIGNS = 3, 3, 5
_TELLING = (Stance.SUPPORTS, Stance.CONTRADICTS)
# "one" and "two" are said of anything.
_LEAST_NUMBER = 3
_ORDER = tuple(ReviewOf)
# Of the way from the floor of the cosine to the same words: where one sign agrees, and where none does.
_HIGH, _ALMOST_THE_SAME = 0.5, 0.8
# A hyphen between two numbers or words is no sign.
_MINUS = re.compile(r"(?<![\w.,٫)-])[-−﹣－](\d{1,20})")


class ReviewComparison(Frozen):
    """The published reviews of one claim; or the reason why they could not be compared with it."""

    claim_id: str
    reviews: tuple[MatchedReview, ...] = ()
    failure: Failure | None = None
    usage: Usage = Usage()
    started: float
    ended: float


@dataclass(frozen=True, slots=True)
class SharedSigns:
    """What a claim and a reviewed one have in common: words of the reviewed one that sound like names of the claim,
    numbers, and days. `differ`: something that is the same in every language is not the same in both."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    days: frozenset[str]
    differ: bool

    def tell(self, height: float) -> bool:
        """Whether they show that both are about one thing, without a look at what is said of it. The name of a town
        is in all that happens there: where one sign stands alone, and more so where none does, the cosine has to be
        the higher."""
        first = len(self.names) + len(self.numbers)
        if first + len(self.days) > 1 and first:
            return True
        return height >= (_HIGH if first else _ALMOST_THE_SAME)


def worth_comparing(article: Article, claim: Claim, leads: Iterable[ReviewLead]) -> tuple[ReviewLead, ...]:
    """The nearest reviews whose figures, days, places and names do not speak against it, each page once. The article
    itself may be a review; it is none of its own."""
    own = {page_key(article.url), page_key(None)} - {None}
    fitting: dict[tuple[str | None, str], ReviewLead] = {}
    for lead in leads:
        page = page_key(lead.review.url)
        if lead.claim_id == claim.id and page not in own and not shared_signs(article, claim, lead).differ:
            fitting.setdefault((page or lead.document_id, letters(lead.review.claim)), lead)
    return tuple(fitting.values())[:_MOST_COMPARED]


async def compare(
    analyst: Analyst, article: Article, claim: Claim, leads: Sequence[ReviewLead], budget: Budget
) -> ReviewComparison:
    """What some reviews are of, in the eyes of the analyst; raises `EndpointRejected`. Where a call fails that is
    told, and none of them is shown."""
    started = time.time()
    asking = _Comparing(analyst, article, claim, budget)
    reviews: tuple[MatchedReview, ...] = ()
    failure = None
    try:
        reviews = await asking.matched(leads)
    except EndpointRejected:
        raise
    except AnalystError as err:
        asking.usage += err.usage or Usage()
        failure = Failure(step=Step.JUDGE, reason=err.reason, message=str(err))
    return ReviewComparison(
        claim_id=claim.id,
        reviews=reviews,
        failure=failure,
        usage=asking.usage,
        started=started,
        ended=time.time(),
    )


def shown_first(reviews: Iterable[MatchedReview]) -> tuple[MatchedReview, ...]:
    """Those of the claim itself first, then those of its opposite; what was published last before what is older."""

    def place(one: MatchedReview) -> tuple[int, float, float]:
        at = one.review.published_at
        return _ORDER.index(one.of), -(at.timestamp() if at else 0.0), -one.similarity

    return tuple(sorted(reviews, key=place))[:_MOST_SHOWN]


def still_published(finding: Finding, gone: Collection[str]) -> tuple[MatchedReview, ...]:
    """What was published of a claim, without documents that are `gone`."""
    return tuple(one for one in finding.reviews if one.document_id not in gone)


class _Comparing:
    """One claim beside some reviewed ones; `usage` is what the analyst was asked so far."""

    def __init__(self, analyst: Analyst, article: Article, claim: Claim, budget: Budget) -> None:
        self._analyst = analyst
        self._article = article
        self._claim = claim
        self._budget = budget
        self._is_lexical = analyst.info.kind == "lexical"
        self.usage = Usage()

    async def matched(self, leads: Sequence[ReviewLead]) -> tuple[MatchedReview, ...]:
        fields = {number: self._without_asking(lead) for number, lead in enumerate(leads)}
        asked = {_name(n): lead for n, lead in enumerate(leads) if fields[n] is None and self._can_judge(lead)}
        stances = await self._stances_of_claim(asked) if asked else {}
        for number, lead in enumerate(leads):
            stance = stances.get(_name(number), Stance.UNRELATED)
            if stance in _TELLING and await self._stance_of_review(lead) is stance:
                fields[number] = self._of(stance, lead)
        return shown_first(self._shown(lead, of) for number, lead in enumerate(leads) if (of := fields[number]))

    def _without_asking(self, lead: ReviewLead) -> ReviewOf | None:
        """The same words are the same claim. The built-in analyst compares nothing with another language."""
        if letters(content_of(self._claim)) == letters(lead.review.claim):
            return ReviewOf.SAME
        if self._can_judge(lead) or not shared_signs(self._article, self._claim, lead).tell(lead.height):
            return None
        return ReviewOf.UNCOMPARED

    def _can_judge(self, lead: ReviewLead) -> bool:
        return not (self._is_lexical and lead.crossing)

    async def _stances_of_claim(self, asked: Mapping[str, ReviewLead]) -> dict[str, Stance]:
        """What the claim says of each reviewed one."""
        text = content_of(self._claim)
        witness = _said(text, self._claim.id, self._article.language)
        claims = tuple(_claimed(name, lead) for name, lead in asked.items())
        return await self._ask(witness, claims)

    async def _stance_of_review(self, lead: ReviewLead) -> Stance:
        """What the reviewed claim says of this one."""
        witness = _said(lead.review.claim, f"review:{lead.document_id}:{lead.number}", lead.review.language)
        result = await self._ask(witness, (self._claim,))
        return result.get(self._claim.id, Stance.UNRELATED)

    async def _ask(self, witness: Witness, claims: tuple[Claim, ...]) -> dict[str, Stance]:
        """No stance without words that stand in the sentence."""
        hearing = await self._analyst.judge(self._article, witness, claims, self._budget)
        self.usage += hearing.usage
        said = anchors(witness.passages[0].text)
        return {one.claim_id: one.stance for one in hearing.judgements if said.find(one.quote) is not None}

    def _of(self, stance: Stance, lead: ReviewLead) -> ReviewOf | None:
        """The built-in analyst takes two words in one place for a contradiction, which need not be a denial, and does
        not tell who did what to whom, nor what is planned from what was done: it is believed where both have the same
        telling words in one order, with the same words between them ("into", "out of"), and for an opposite where one
        of the two denies and the other does not."""
        own, other = content_of(self._claim), lead.review.claim
        denies = (count_negations(own) + count_negations(other)) % 2 == 1
        if self._is_lexical and (denies is (stance is Stance.SUPPORTS) or not self._in_the_same_words(own, lead)):
            return None
        return ReviewOf.SAME if stance is Stance.SUPPORTS else ReviewOf.OPPOSITE

    def _in_the_same_words(self, own: str, lead: ReviewLead) -> bool:
        asked, value = profile(self._article.language, own), profile(lead.review.language, lead.review.claim)
        reviewed = lead.review.claim
        return read(own, asked).roots == read(reviewed, value).roots and linking(own, asked) == linking(
            reviewed, value
        )

    def _shown(self, lead: ReviewLead, of: ReviewOf) -> MatchedReview:
        signs, info = shared_signs(self._article, self._claim, lead), self._analyst.info
        return MatchedReview(
            review=lead.review,
            document_id=lead.document_id,
            of=of,
            similarity=lead.similarity,
            names=signs.names,
            numbers=signs.numbers,
            analyst=None if of is ReviewOf.UNCOMPARED else info.model or info.kind,
        )


def _name(number: int) -> str:
    return f"r{number + 1}"


def _claimed(name: str, lead: ReviewLead) -> Claim:
    text = lead.review.claim
    return Claim(id=name, text=text, spans=(Span(start=0, end=len(text)),), quote=text)


def _said(text: str, name: str, language: str) -> Witness:
    """A sentence as a text to be heard; without a date, for a claim is reviewed once and made for years."""
    passage = Passage(document_id=name, language=language, text=text, start=0, end=len(text))
    return Witness(origin=name, passages=(passage,))


def shared_signs(article: Article, claim: Claim, lead: ReviewLead) -> SharedSigns:
    """What is the same in every language, of both sentences."""
    own = content_of(claim)
    asked = read(own, profile(article.language, own))
    review = lead.review
    reading = read(review.claim, profile(review.language, review.claim))
    spelled, sounds = spelled_names(review.claim), spelled_names(own)
    common = without_article(sounds.keys() & spelled.keys())
    numbers, others = _numbers(asked), _numbers(reading)
    return SharedSigns(
        names=tuple(dict.fromkeys(spelled[sound] for sound in common))[:_MOST_SIGNS] if are_rare(common) else (),
        numbers=tuple(f"{one:.12g}" for one in sorted(numbers & others))[:_MOST_SIGNS],
        days=asked.days & reading.days,
        differ=(
            numbers != others
            or _below_zero(own) != _below_zero(review.claim)
            or _places_differ(asked, reading)
            or (bool(asked.days) and bool(reading.days) and asked.days.isdisjoint(reading.days))
            or _years_differ(asked, reading, _days_of(article, claim), _days_of_review(lead))
        ),
    )


def _numbers(reading: LexicalReading) -> frozenset[float]:
    """Those that count something; the day of a month is no count."""
    days = {float(one.partition("-")[2]) for one in reading.days if "-" in one}
    counted = (one.value for one in reading.numbers if not one.is_year and one.value not in days)
    return frozenset(value for value in counted if value >= _LEAST_NUMBER)


def _below_zero(text: str) -> frozenset[int]:
    return frozenset(int(one) for one in _MINUS.findall(text))


def _places_differ(one: LexicalReading, other: LexicalReading) -> bool:
    """Countries, where both name any."""
    return bool(one.places) and bool(other.places) and one.places != other.places


def _years_differ(one: LexicalReading, other: LexicalReading, own: frozenset[int], others: frozenset[int]) -> bool:
    """Whether a year that one of them names is neither named by the other nor that of its days."""
    asked, value = _years(one), _years(other)
    if asked and value:
        return asked.isdisjoint(value)
    return bool(others and asked - others) or bool(own and value - own)


def _years(reading: LexicalReading) -> frozenset[int]:
    return frozenset(int(one.value) for one in reading.numbers if one.is_year)


def _days_of(article: Article, claim: Claim) -> frozenset[int]:
    published = article.published_at.date() if article.published_at else None
    return _years_of((published, claim.event_date, claim.event_end))


def _days_of_review(lead: ReviewLead) -> frozenset[int]:
    published = lead.review.published_at.date() if lead.review.published_at else None
    return _years_of((published, lead.review.claimed_on))


def _years_of(days: Iterable[date | None]) -> frozenset[int]:
    return frozenset(day.year for day in days if day is not None)
