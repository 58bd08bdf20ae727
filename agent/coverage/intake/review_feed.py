"""Lists of published fact-checks: ClaimReview in JSON-LD, one or many, feeds of them, and the answers of Google's
Fact Check Tools API. Each review becomes a record: it is matched with claims, and is no text to be heard.
"""

from collections.abc import Iterator, Mapping

from agent.coverage.index.address import host_of, page_key
from agent.coverage.intake.claim_review import Node, day_of, language_code, plain_text, rated, review_of
from agent.coverage.intake.json_ld import types_of
from agent.coverage.intake.metadata import Item, Rejection, document, is_web_address, moment_of
from agent.coverage.intake.page_reviews import reviews_within
from agent.errors import BadInput, InputFault
from agent.models import DateSource, PublishedReview, digest
from agent.text.language import language_of
from agent.text.quotes import letters

_LONGEST_CLAIM, _LONGEST_NAME = 2000, 500
_MOST_REVIEWS_OF_CLAIM = 100
_NOTHING = "there is no fact-check in this list"


def is_review_list(value: object) -> bool:
    """Whether some JSON is of reviews: a claim review, a feed or a graph of them, or an answer of the API."""
    if not isinstance(value, Mapping):
        return False
    if _is_answer(value) or _is_found_claim(value):
        return True
    types = types_of(dict(value))
    if "claimreview" in types or ("datafeed" in types and "dataFeedElement" in value):
        return True
    if "datafeeditem" in types or (not types and "@graph" in value):
        return bool(reviews_within([value]))
    return False


def review_items(value: object, path: str, line: int | None) -> Iterator[Item]:
    """A record for each review in what `is_review_list` knows, and why others were refused."""
    found = False
    for part in _parts(value):
        for item in items_of_part(part, path, line):
            found = True
            yield item
    if not found:
        yield Rejection(path=path, line=line, reason=_NOTHING, code=InputFault.NO_FACT_CHECK)


def items_of_part(part: object, path: str, line: int | None) -> Iterator[Item]:
    """The same of one element of such a list; nothing where there is no review in it."""
    for review in _reviews(part) if isinstance(part, Mapping) else ():
        if isinstance(review, PublishedReview):
            yield from record_of(review, path, line)
        else:
            yield Rejection(path=path, line=line, reason=review, code=InputFault.NO_RATING)


def record_of(review: PublishedReview, path: str, line: int | None = None) -> Iterator[Item]:
    """A review that comes without its page. What a later list says of the same review is a newer version of it."""
    place = page_key(review.url) or (review.publisher or "").casefold()
    name = digest("\x1f".join((place, letters(review.claim))))[:32]
    yield from document(
        path,
        line,
        f"{review.claim}\n\n{review.rating}",
        url=f"urn:isnad:review:{name}",
        title=review.title,
        outlet=review.publisher or review.site,
        published_at=review.published_at,
        date_from=DateSource.STRUCTURED_DATA,
        language=review.language,
        reviews=(review,),
        is_record=True,
    )


def _is_answer(node: Node) -> bool:
    claims = node.get("claims")
    return (
        isinstance(claims, list)
        and bool(claims)
        and all(isinstance(one, Mapping) for one in claims[:20])
        and any("claimReview" in one for one in claims[:20])
    )


def _is_found_claim(node: Node) -> bool:
    return isinstance(node.get("claimReview"), list) and isinstance(node.get("text"), str)


def _parts(value: object) -> Iterator[Node]:
    """The elements of a list, so that a giant one is read piece by piece."""
    if not isinstance(value, Mapping):
        return
    inner = value.get("claims") if _is_answer(value) else value.get("dataFeedElement")
    if isinstance(inner, Mapping):
        inner = [inner]
    if isinstance(inner, list):
        yield from (one for one in inner if isinstance(one, Mapping))
    else:
        yield value


def _reviews(part: Node) -> "Iterator[PublishedReview | str]":
    """The reviews of one element; of one that could not be taken, why."""
    if _is_found_claim(part) or isinstance(part.get("claimReview"), list):
        yield from _found(part)
        return
    for node in reviews_within([part]):
        try:
            yield review_of(node)
        except BadInput as err:
            yield f"{_called(node)}: {err}"


def _called(node: Node) -> str:
    names = (node.get("url"), node.get("claimReviewed"))
    result = plain_text(next((one for one in names if isinstance(one, str)), None))
    return f"the fact-check {result[:120]!r}" if result else "a fact-check"


def _found(claim: Node) -> "Iterator[PublishedReview | str]":
    """One claim of the API's answer, with what each publisher said of it."""
    words, several = claim.get("text"), claim.get("claimReview")
    text = plain_text(words) if isinstance(words, str) else None
    for value in several[:_MOST_REVIEWS_OF_CLAIM] if isinstance(several, list) else ():
        try:
            yield _of_answer(claim, text, value)
        except BadInput as err:
            yield f"a fact-check of {text[:120]!r}: {err}" if text else f"a fact-check: {err}"


def _of_answer(claim: Node, text: str | None, value: object) -> PublishedReview:
    if not isinstance(value, Mapping):
        raise BadInput("it is no JSON object")
    if text is None:
        raise BadInput("it names no claim that it reviews")
    if len(text) > _LONGEST_CLAIM:
        raise BadInput(f"the claim that it reviews has more than {_LONGEST_CLAIM:,} characters")
    rating = rated(_string(value, "textualRating"))
    publisher = value.get("publisher")
    who: Node = publisher if isinstance(publisher, Mapping) else {}
    url = _string(value, "url")
    address = url if url is not None and is_web_address(url) else None
    site = _string(who, "site")
    return PublishedReview(
        claim=text,
        rating=rating,
        claimant=_string(claim, "claimant"),
        claimed_on=day_of(_string(claim, "claimDate")),
        publisher=_string(who, "name") or site,
        site=(host_of(f"https://{site}") if site else None) or host_of(address),
        published_at=moment_of(_string(value, "reviewDate")),
        url=address,
        title=_string(value, "title"),
        language=language_of(text, language_code(_string(value, "languageCode"))),
    )


def _string(node: Node, name: str) -> str | None:
    value = node.get(name)
    text = plain_text(value) if isinstance(value, str) else None
    return text if text is not None and len(text) <= _LONGEST_NAME else None
