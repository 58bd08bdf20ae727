"""Where the editor finds it."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from isnad_wagtail import views


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("isnad/<int:page_id>/", views.claims, name="isnad_claims"),
        path("isnad/<int:page_id>/check/", views.check, name="isnad_check"),
        path("isnad/<int:page_id>/claims/<str:claim_id>/correct/", views.correct, name="isnad_correct"),
    ]


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: object, next_url: str | None = None, **_more: object) -> Iterator[Button]:
    if page.permissions_for_user(user).can_edit():
        yield Button(_("Claims"), reverse("isnad_claims", args=[page.id]), icon_name="tasks", priority=90)
