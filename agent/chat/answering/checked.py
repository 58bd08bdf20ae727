"""Whether anybody has checked a claim before: published fact-checks, each with its rating as the words to rest on."""

from agent.chat.answering.citing import cited
from agent.chat.answering.sheet import Sheet
from agent.chat.records import Citation
from agent.models import Finding, MatchedReview, Passage, Report, ReviewOf, number_of
from agent.text.isolates import isolated_line


def tell_reviews(sheet: Sheet, finding: Finding) -> None:
    """What was published of one claim; nothing where nothing was."""
    for one in finding.reviews:
        sheet.state(_review_text(sheet, one), *_citations(sheet, finding, one), finding=finding)


def tell_checked(sheet: Sheet, findings: list[Finding]) -> None:
    """What was published of some claims, and that of others nothing is known."""
    for finding in findings:
        if finding.reviews:
            sheet.claim_ids.append(finding.id)
            tell_reviews(sheet, finding)
    if unchecked := [str(number_of(one)) for one in findings if not _is_checked(one)]:
        sheet.tell("nobody_checked", numbers=sheet.say.words("comma").join(unchecked))


def _is_checked(finding: Finding) -> bool:
    """What nobody has compared with a claim may be of another."""
    return any(one.of is not ReviewOf.UNCOMPARED for one in finding.reviews)


def all_claims(sheet: Sheet) -> list[Finding]:
    report: Report | None = sheet.report
    return list(report.claims) if report is not None else []


def who_checked(sheet: Sheet, one: MatchedReview) -> str:
    """The publisher, by its host too, and what it calls the claim."""
    words, review = sheet.say.words, one.review
    who = isolated_line(f"{review.publisher or review.site or words('review.nobody')}")
    site = f" ({isolated_line(review.site)})" if review.site and review.site != review.publisher else ""
    return f"{who}{site}{words.colon}{words.quoted(isolated_line(review.rating))}"


def _review_text(sheet: Sheet, one: MatchedReview) -> str:
    words, review = sheet.say.words, one.review
    day = f" ({sheet.say.day(review.published_at)})" if review.published_at else ""
    claimant = (
        f"{words('comma')}{words('review.claimant')} {isolated_line(review.claimant)}" if review.claimant else ""
    )
    return f"{words(f'review.{one.of.value}')} {who_checked(sheet, one)}{day}{claimant}"


def _citations(sheet: Sheet, finding: Finding, one: MatchedReview) -> list[Citation | None]:
    """The rating; and the claim that it is of, where that is another one than the reader has before them."""
    report = sheet.report
    run_id = report.run_id if report else None
    passage = _passage(one)
    rating = cited(one.review.rating, passage, run_id, finding)
    if one.of is ReviewOf.SAME:
        return [rating]
    return [rating, cited(one.review.claim, passage, run_id, finding)]


def _passage(one: MatchedReview) -> Passage:
    """What the publisher's markup or feed says, for a page may show its rating as a picture."""
    review = one.review
    text = f"{review.claim}\n\n{review.rating}"
    return Passage(
        document_id=one.document_id,
        url=review.url,
        outlet=review.publisher or review.site,
        title=review.title,
        published_at=review.published_at,
        language=review.language,
        text=text,
        start=0,
        end=len(text),
    )
