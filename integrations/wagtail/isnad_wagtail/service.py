"""Asking the service: posting, reading, correcting. What it refuses is a sentence for the editor."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

_SECONDS = 20


class Refused(Exception):
    """A sentence for people, of what the service refuses or why it cannot be asked."""


def post(article: Mapping[str, Any], same: str) -> dict[str, Any]:
    """The verification that was accepted; the same one for the same `same` within a day."""
    return _asked("POST", "/v1/verifications", json=article, headers={"Idempotency-Key": same})


def verification(verification_id: str) -> dict[str, Any]:
    return _asked("GET", f"/v1/verifications/{verification_id}")


def report(verification_id: str) -> dict[str, Any]:
    return _asked("GET", f"/v1/verifications/{verification_id}/report.json")


def correct(verification_id: str, claim_id: str, **word: str) -> dict[str, Any]:
    """`word` is a person's `label`, `reason` and name: `who`."""
    return _asked("POST", f"/v1/verifications/{verification_id}/claims/{claim_id}/corrections", json=word)


def _asked(method: str, path: str, headers: Mapping[str, str] | None = None, **asked: Any) -> dict[str, Any]:
    known = {"Authorization": f"Bearer {settings.ISNAD_KEY}"} if getattr(settings, "ISNAD_KEY", "") else {}
    try:
        answer = httpx.request(
            method,
            f"{settings.ISNAD_URL.rstrip('/')}{path}",
            headers={**known, **(headers or {})},
            timeout=_SECONDS,
            **asked,
        )
    except httpx.HTTPError as err:
        raise Refused(_("Isnad cannot be reached; nothing is lost. Try again later.")) from err
    try:
        told = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError) as err:
        raise Refused(_("Something else than Isnad answers at its address.")) from err
    if answer.is_success:
        return dict(told)
    raise Refused(str(told.get("detail") or told.get("title") or answer.status_code))
