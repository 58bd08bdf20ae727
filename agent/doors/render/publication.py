"""A review that a person signed, as the `ClaimReview` that goes into their page."""

from agent.doors.render.jsonld import citations, claim_item, present, written
from agent.service.publication import Publication
from agent.text import visible


def render_publication(publication: Publication) -> str:
    """JSON-LD, safe inside a script element: the rating by name and never by number, the person as its author."""
    report, finding, signed = publication.report, publication.finding, publication.signed
    return written(
        present(
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "url": signed.url,
                "datePublished": publication.reviewed_at.date().isoformat(),
                "author": {"@type": "Person", "name": signed.reviewer},
                "publisher": present(
                    {"@type": "Organization", "name": publication.publisher, "url": publication.site}
                ),
                "claimReviewed": visible(finding.text),
                "itemReviewed": claim_item(report, finding),
                "reviewRating": present(
                    {
                        "@type": "Rating",
                        "alternateName": signed.rating,
                        "ratingExplanation": signed.explanation,
                    }
                ),
                "citation": [*citations(report, finding)],
            }
        )
    )
