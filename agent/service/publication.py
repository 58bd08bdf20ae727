"""A claim's review as a person publishes it: what they call the claim, under their name, never by itself."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from pydantic import AwareDatetime

from agent.config import Settings
from agent.errors import BadInput
from agent.models import Finding, Frozen, Report
from agent.text import visible

_LONGEST_RATING, _LONGEST_NAME, _LONGEST_EXPLANATION, _LONGEST_ADDRESS = 200, 200, 2000, 2000
_OURS = "isnad"


class SignedRating(Frozen):
    """What a person says of a claim: the rating in words, their own name, and where known why, and the address of the
    page that the review is for."""

    rating: str
    reviewer: str
    explanation: str | None = None
    url: str | None = None


class Publication(Frozen):
    """A review that may be published. `publisher` is the newsroom, `site` its address on the web."""

    report: Report
    claim_id: str
    signed: SignedRating
    reviewed_at: AwareDatetime
    publisher: str
    site: str | None = None

    @property
    def finding(self) -> Finding:
        return next(one for one in self.report.claims if one.id == self.claim_id)


def sign(report: Report, claim_id: str, signed: SignedRating, settings: Settings) -> Publication:
    """Raises `BadInput` without a claim, a rating in words, or the name of a person."""
    if not any(one.id == claim_id for one in report.claims):
        raise BadInput(f"the report has no claim {claim_id!r}")
    return Publication(
        report=report,
        claim_id=claim_id,
        signed=SignedRating(
            rating=_rating(signed.rating),
            reviewer=_person(signed.reviewer, settings),
            explanation=_line(signed.explanation or "", _LONGEST_EXPLANATION, "the explanation") or None,
            url=_address(signed.url),
        ),
        reviewed_at=datetime.now(UTC),
        publisher=settings.newsroom,
        site=settings.public_address,
    )


def _rating(text: str) -> str:
    rating = _line(text, _LONGEST_RATING, "the rating")
    if not any(map(str.isalpha, rating)):
        raise BadInput('a review needs a rating in words, such as "False" or «مضلل»: a number says nothing by itself')
    return rating


def _person(text: str, settings: Settings) -> str:
    name = _line(text, _LONGEST_NAME, "the name of the reviewer")
    if sum(map(str.isalpha, name)) < 2:
        raise BadInput("a review is published under the name of the person who made it: say who, by name")
    if name.casefold() in (_OURS, settings.newsroom.casefold()):
        raise BadInput(f"{name!r} is no person: a review is published under the name of the person who made it")
    return name


def _line(text: str, longest: int, what: str) -> str:
    line = " ".join(visible(text).split())
    if len(line) > longest:
        raise BadInput(f"{what} has more than {longest:,} characters")
    return line


def _address(text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    address = text.strip()
    try:
        parts = urlsplit(address)
    except ValueError as err:
        raise BadInput(f"{address[:100]!r} is no address of a page") from err
    is_plain = address.isprintable() and not any(map(str.isspace, address)) and len(address) <= _LONGEST_ADDRESS
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise BadInput(f"{address[:100]!r} is no address of a page: http or https is needed")
    return address
