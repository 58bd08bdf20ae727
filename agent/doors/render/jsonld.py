"""The report as schema.org items: each claim, and for each labelled one a draft review that an editor completes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from agent.doors.render import look
from agent.doors.render.corrections import corrected
from agent.messages import Words, load_words
from agent.models import (
    Attribution,
    Claim,
    ClaimEdit,
    Evidence,
    Finding,
    LabelCorrection,
    Report,
    SetAside,
    SourceType,
)
from agent.text import visible
from agent.verify.editing.telling import edited

Json: TypeAlias = "str | int | Sequence[Json] | Mapping[str, Json] | None"

# What would end a script element, or open a comment, if the answer is pasted into a page.
_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def render_jsonld(report: Report, language: str | None = None) -> str:
    """JSON-LD, safe inside a script element. Reviews carry words, never a number, and no author: they are drafts."""
    words = load_words(language or report.article.language)
    graph: list[Json] = []
    for finding in report.claims:
        edits = [_edit(one, words) for one in report.edits_of(finding.id)]
        graph.append(claim_item(report, finding, comment=edits))
        if finding.label is not None:
            graph.append(_review(report, finding, words))
    graph += [_set_aside(report, one, words) for one in report.set_aside]
    return written({"@context": "https://schema.org", "@graph": graph})


def written(item: Json) -> str:
    """JSON as text that may stand in a page: nothing in it can end the script element."""
    text = json.dumps(item, ensure_ascii=False, indent=2)
    return "".join(_ESCAPED.get(c, c) for c in text)


def claim_item(report: Report, finding: Claim, **more: Json) -> Json:
    """A claim as a schema.org `Claim`: who says it, and where it appears. Anonymous sources stay anonymous."""
    return present(
        {
            "@type": "Claim",
            "@id": _name(report, finding, "claim"),
            "text": visible(finding.text),
            "inLanguage": _language(report.article.language),
            "author": _author(finding.attribution),
            "datePublished": _moment(report.article.published_at),
            "appearance": _article(report, finding),
            **more,
        }
    )


def _set_aside(report: Report, one: SetAside, words: Words) -> Json:
    """A claim that nobody is to take for one of the report: there is no review of it."""
    edits = [_edit(edit, words) for edit in report.edits if one.id in {before.id for before in edit.before}]
    return claim_item(report, one, creativeWorkStatus="Withdrawn", comment=edits)


def _edit(one: ClaimEdit, words: Words) -> Json:
    return {
        "@type": "Comment",
        "text": visible(edited(one, words)),
        "author": {"@type": "Person", "name": visible(one.who)},
        "dateCreated": one.edited_at.isoformat(),
    }


def _review(report: Report, finding: Finding, words: Words) -> Json:
    name = look.label_name(finding)
    return present(
        {
            "@type": "ClaimReview",
            "@id": _name(report, finding, "review"),
            "creativeWorkStatus": "Draft",
            "inLanguage": words.language,
            "claimReviewed": visible(finding.text),
            "itemReviewed": {"@id": _name(report, finding, "claim")},
            "reviewRating": {
                "@type": "Rating",
                "alternateName": f"{words(f'label.{name}')} ({words('draft')})",
                "ratingExplanation": visible(look.why(finding, words)),
            },
            "reviewBody": f"{words('policy')} {words('draft_note')}",
            "citation": [*citations(report, finding)],
            "correction": [_correction(one, words) for one in report.corrections_of(finding.id)],
        }
    )


def citations(report: Report, finding: Finding) -> Iterator[Json]:
    """The coverage that speaks of a claim, each with its own words, as schema.org citations."""
    names = {card.id: card.name for card in report.origins}
    for item in look.sorted_evidence(finding):
        if item.source == "coverage":
            yield _citation(item, names.get(item.origin))


def _citation(item: Evidence, origin: str | None) -> Json:
    passage = item.passage
    return present(
        {
            "@type": "CreativeWork",
            "url": look.web_address(passage.url),
            "headline": _shown(passage.title),
            "publisher": _organization(passage.outlet),
            "sourceOrganization": _organization(origin),
            "datePublished": _moment(passage.published_at),
            "inLanguage": _language(passage.language),
            "abstract": visible(item.quote),
            "keywords": item.stance.value,
        }
    )


def _correction(one: LabelCorrection, words: Words) -> Json:
    return {
        "@type": "CorrectionComment",
        "text": visible(corrected(one, words)),
        "author": {"@type": "Person", "name": visible(one.who)},
        "dateCreated": one.corrected_at.isoformat(),
    }


def _article(report: Report, finding: Claim) -> Json:
    article = report.article
    return present(
        {
            "@type": "Article",
            "url": look.web_address(article.url),
            "headline": _shown(article.title),
            "publisher": _organization(article.outlet),
            "datePublished": _moment(article.published_at),
            "inLanguage": _language(article.language),
            "abstract": visible(finding.quote),
        }
    )


def _author(attribution: Attribution) -> Json:
    """Who made the claim, as far as the article names them; anonymous sources and unnamed groups stay so."""
    if attribution.speaker is None or attribution.source in (SourceType.ANONYMOUS, SourceType.GROUP):
        return None
    kind = "Person" if attribution.source is SourceType.NAMED else "Organization"
    return present(
        {
            "@type": kind,
            "name": visible(attribution.speaker),
            "jobTitle": _shown(attribution.role) if kind == "Person" else None,
        }
    )


def _organization(name: str | None) -> Json:
    return {"@type": "Organization", "name": visible(name)} if name else None


def _name(report: Report, finding: Claim, kind: str) -> str:
    return f"urn:isnad:{report.article.sha256[:16]}:{kind}:{finding.id}"


def _shown(text: str | None) -> str | None:
    return visible(text) if text else None


def _language(language: str) -> str | None:
    return None if language == "und" else language


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def present(item: Mapping[str, Json]) -> Json:
    """The item without the keys of which nothing is known."""
    return {key: value for key, value in item.items() if value not in (None, [], "")}
