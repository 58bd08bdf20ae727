"""A page checked: posted, looked up when it is done, and compared with what the page says now."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from isnad_wagtail import service
from isnad_wagtail.blocks import blocks_of
from isnad_wagtail.models import Check
from isnad_wagtail.paragraphs import Paragraph, letters_of, marks_in, paragraphs_of

_SHOWN = ("id", "text", "quote", "label", "explanation", "failure", "source", "evidence", "origins")


def begin(page: Page, user: Any) -> Check:
    """Posts the latest draft. Raises `Refused`; the check that was there before is kept then."""
    draft = page.get_latest_revision_as_object()
    blocks = blocks_of(draft)
    body = {
        "title": draft.title,
        "outlet": getattr(settings, "ISNAD_OUTLET", "") or getattr(settings, "WAGTAIL_SITE_NAME", None),
        "url": draft.full_url if draft.live else None,
        "published_at": draft.first_published_at.isoformat() if draft.first_published_at else None,
        "blocks": blocks,
        "callback_url": _callback(),
    }
    article = {name: value for name, value in body.items() if value}
    same = hashlib.sha256(json.dumps(article, sort_keys=True).encode()).hexdigest()
    told = service.post(article, same)
    check, _ = Check.objects.update_or_create(
        page=page,
        defaults={
            "verification": told["id"],
            "state": told["state"],
            "failure": "",
            "sent": {block["id"]: list(paragraphs_of(block)) for block in blocks},
            "spans": [],
            "claims": [],
            "changed": [],
            "asked_by": user if getattr(user, "is_authenticated", False) else None,
        },
    )
    return check


def look(check: Check) -> Check:
    """Asks how it stands, and for the claims as they are now when it is done: people edit them in the report too.
    Raises `Refused`."""
    told = service.verification(check.verification)
    check.state = told["state"]
    check.failure = (told.get("failure") or {}).get("message", "")
    if check.state == "succeeded":
        report = service.report(check.verification)
        words = _words(report)
        check.spans = [
            {"block": block["id"], "words": words.get(span["claim_id"], []), **span}
            for block in told.get("blocks") or ()
            for span in block["spans"]
        ]
        check.claims = [{name: claim.get(name) for name in _SHOWN} for claim in report["claims"]]
    # When it was asked for stays what it is.
    check.save(update_fields=["state", "failure", "spans", "claims"])
    return check


def _words(report: Mapping[str, Any]) -> dict[str, list[str]]:
    """Letters of every stretch of the article that a claim rests on, by claim."""
    text = report["article"]["text"]
    return {
        claim["id"]: [letters_of(text[span["start"] : span["end"]]) for span in claim["spans"]]
        for claim in report["claims"]
    }


def stale_claims(check: Check, page: Page) -> set[str]:
    """The ids of the claims that stand in a paragraph which the page has no more."""
    draft = page.get_latest_revision_as_object()
    now = {block["id"]: {letters_of(one.text) for one in paragraphs_of(block)} for block in blocks_of(draft)}
    return {
        mark.claim
        for block, found in marked_paragraphs(check).items()
        for one in found
        if one["letters"] not in now.get(block, ())
        for mark in one["marks"]
    }


def marked_paragraphs(check: Check) -> dict[str, list[dict[str, Any]]]:
    """The paragraphs that were checked and that claims stand in, by block: their `letters` and their `marks`."""
    return {block: list(_marked(check, block)) for block in check.sent}


def _marked(check: Check, block: str) -> Iterator[dict[str, Any]]:
    spans = [span for span in check.spans if span["block"] == block]
    for start, text in check.sent[block]:
        marks = list(marks_in(Paragraph(start, text), spans))
        if marks:
            yield {"letters": letters_of(text), "marks": marks}


def _callback() -> str | None:
    """Where the service can tell us, if it is known where we are and how its word is verified."""
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", None)
    if not base or not getattr(settings, "ISNAD_WEBHOOK_SECRET", ""):
        return None
    try:
        return f"{base.rstrip('/')}{reverse('isnad_wagtail:told')}"
    except NoReverseMatch:
        return None
