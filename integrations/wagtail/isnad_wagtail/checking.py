"""A page checked: posted, looked up when it is done, and compared with what the page says now."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from isnad_wagtail import service
from isnad_wagtail.blocks import blocks_of, digest_of
from isnad_wagtail.models import Check

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
            "sent": {block["id"]: digest_of(block) for block in blocks},
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
        check.spans = [
            {"block": block["id"], **span} for block in told.get("blocks") or () for span in block["spans"]
        ]
        claims = service.report(check.verification)["claims"]
        check.claims = [{name: claim.get(name) for name in _SHOWN} for claim in claims]
    # When it was asked for stays what it is.
    check.save(update_fields=["state", "failure", "spans", "claims"])
    return check


def stale_claims(check: Check, page: Page) -> set[str]:
    """The ids of the claims that stand in a block which says something else by now."""
    now = {block["id"]: digest_of(block) for block in blocks_of(page.get_latest_revision_as_object())}
    changed = {block for block, digest in check.sent.items() if now.get(block) != digest}
    return {span["claim_id"] for span in check.spans if span["block"] in changed}


def _callback() -> str | None:
    """Where the service can tell us, if it is known where we are and how its word is verified."""
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", None)
    if not base or not getattr(settings, "ISNAD_WEBHOOK_SECRET", ""):
        return None
    try:
        return f"{base.rstrip('/')}{reverse('isnad_wagtail:told')}"
    except NoReverseMatch:
        return None
