"""The page of claims, its buttons, what the editor shows in the text, and the address where webhooks are taken."""

import json

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from wagtail.models import Page

from isnad_wagtail import checking, service
from isnad_wagtail.models import Check, TakenNotice

LABELS = ("corroborated", "contested", "unsourced")


def _editable(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, id=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _looked_up(page: Page) -> tuple[Check | None, str]:
    """The page's check as it stands now, and why the service could not be asked."""
    check = Check.objects.filter(page=page).first()
    if check is not None and (check.is_under_way or check.state == "succeeded"):
        try:
            checking.look(check)
        except service.Refused as err:
            return check, str(err)
    return check, ""


@require_GET
def claims(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _editable(request, page_id)
    check, trouble = _looked_up(page)
    if trouble:
        messages.warning(request, trouble)
    stale = checking.stale_claims(check, page) if check is not None else set()
    told = {"page": page, "check": check, "stale": stale, "labels": LABELS}
    return render(request, "isnad_wagtail/claims.html", told)


@require_POST
def check(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _editable(request, page_id)
    try:
        checking.begin(page, request.user)
    except service.Refused as err:
        messages.error(request, str(err))
    return redirect("isnad_claims", page_id)


@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, page_id: int) -> JsonResponse:
    """What is shown beside the page's text while it is edited, and where; posted to, it begins a check."""
    page = _editable(request, page_id)
    trouble = ""
    if request.method == "POST":
        try:
            checking.begin(page, request.user)
        except service.Refused as err:
            trouble = str(err)
    check, why = _looked_up(page)
    return JsonResponse(
        {
            "state": check.state if check else "never",
            "under_way": bool(check and check.is_under_way),
            "trouble": trouble or why or (check.failure if check else ""),
            "claims": check.claims if check else [],
            "changed": check.changed if check else [],
            "paragraphs": checking.marked_paragraphs(check) if check else {},
            "all": reverse("isnad_claims", args=[page.id]),
        }
    )


@require_POST
def correct(request: HttpRequest, page_id: int, claim_id: str) -> HttpResponse:
    page = _editable(request, page_id)
    check = get_object_or_404(Check, page=page)
    if claim_id not in {one["id"] for one in check.claims}:
        # It becomes a part of an address that our key opens.
        raise Http404
    word = {name: request.POST.get(name, "").strip() for name in ("label", "reason")}
    try:
        service.correct(check.verification, claim_id, who=request.user.get_username(), **word)
    except service.Refused as err:
        messages.error(request, str(err))
    else:
        messages.success(request, _("Your word stands beside the label."))
    return redirect("isnad_claims", page_id)


@csrf_exempt
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Takes what the service has signed, each once; the editor's page asks for the rest."""
    secret = getattr(settings, "ISNAD_WEBHOOK_SECRET", "")
    if not secret:
        return HttpResponse(status=401)
    try:
        event = Webhook(secret).verify(request.body, dict(request.headers.items()))
    except (WebhookVerificationError, json.JSONDecodeError):
        return HttpResponse(status=401)
    with transaction.atomic():
        _taken, is_new = TakenNotice.objects.get_or_create(notice=request.headers["webhook-id"])
        if is_new:
            _act_on(event)
    return HttpResponse(status=204)


def _act_on(event: dict) -> None:
    """Kinds that are not known are left."""
    data = event.get("data") or {}
    check = Check.objects.select_for_update().filter(verification=data.get("id")).first()
    if check is None:
        return
    if event["type"] == "claim.label_changed":
        named = (data.get("claim_id"), data.get("label_after"))
        check.claims = [{**one, "label": named[1]} if one["id"] == named[0] else one for one in check.claims]
        check.changed = [*(one for one in check.changed if one != named[0]), named[0]]
        check.save()
    elif event["type"] in ("verification.completed", "verification.failed", "claim.edited"):
        try:
            checking.look(check)
        except service.Refused:
            # It stays under way, and is looked up when the editor opens the page.
            return
