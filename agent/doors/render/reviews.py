"""Published fact-checks of a claim, as every form of a report tells them: whose rating, of what, and when."""

from collections.abc import Callable

from agent.doors.render.bidi import Base, isolated, one_line
from agent.doors.render.column import Column
from agent.doors.render.look import web_address
from agent.messages import Words
from agent.models import Finding, Frozen, MatchedReview, PublishedReview, ReviewOf

Foreign = Callable[[str], str]


class ReviewLine(Frozen):
    """`text` are our words around those of the publisher; `reviewed` is the claim that it checked, where it is not
    the same to the letter, in its `language`."""

    text: str
    reviewed: str
    language: str
    url: str | None


def review_lines(finding: Finding, words: Words, foreign: Foreign = isolated) -> list[ReviewLine]:
    """What was published of a claim, the nearest to it first; `foreign` makes words of others harmless."""
    return [_line(one, words, foreign) for one in finding.reviews]


def who_reviewed(review: PublishedReview, words: Words) -> str:
    """The publisher by name, and by its host, which nobody can take from it."""
    name = review.publisher or review.site or words("review.nobody")
    return f"{name} ({review.site})" if review.site and review.site != name else name


def _line(one: MatchedReview, words: Words, foreign: Foreign) -> ReviewLine:
    review = one.review
    who = foreign(who_reviewed(review, words))
    day = f" ({words.date(review.published_at.date())})" if review.published_at else ""
    rating = words.quoted(foreign(one_line(review.rating)))
    text = f"{words(f'review.{one.of.value}')} {who}{words.colon}{rating}{day}{_claimed(review, words, foreign)}"
    return ReviewLine(text=text, reviewed=review.claim, language=review.language, url=web_address(review.url))


def _claimed(review: PublishedReview, words: Words, foreign: Foreign) -> str:
    if review.claimant is None and review.claimed_on is None:
        return ""
    who = f"{words('review.claimant')}{_gap(words)}{foreign(review.claimant)}" if review.claimant else ""
    day = f"{words('review.claimed_on')} {words.date(review.claimed_on)}" if review.claimed_on else ""
    return f"{words('comma')}{' '.join(filter(None, (who, day)))}"


def _gap(words: Words) -> str:
    return words.colon if words.direction == "rtl" else " "


def add_reviews(column: Column, finding: Finding, words: Words) -> None:
    """On top of a claim on a terminal."""
    base: Base = "R" if words.direction == "rtl" else "L"
    for one, line in zip(finding.reviews, review_lines(finding, words), strict=True):
        style = "" if one.of is ReviewOf.UNCOMPARED else "bold"
        column.add(f"⚑ {line.text}", style, base=base, clean=False)
        column.add(f"{words('review.reviewed')}{words.colon}{isolated(words.quoted(line.reviewed))}", "", indent=2)
        if line.url:
            column.add(isolated(line.url), "dim", base=base, indent=2, clean=False)


def review_items(finding: Finding, words: Words, escaped: Foreign, link: Callable[[str], str | None]) -> list[str]:
    """The same as lines of Markdown."""
    items = []
    for line in review_lines(finding, words, escaped):
        reviewed = f"{words('review.reviewed')}{words.colon}{words.quoted(escaped(line.reviewed))}"
        there = link(line.url) if line.url else None
        items.append(f"- **⚑** {line.text} · {reviewed}{f' · {there}' if there else ''}")
    return items
