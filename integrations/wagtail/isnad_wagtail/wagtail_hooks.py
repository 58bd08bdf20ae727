"""Where the editor finds it."""

from collections.abc import Iterator

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from isnad_wagtail import views

_WORDS = {
    "title": _("Claims"),
    "check": _("Check"),
    "again": _("Check again"),
    "never": _("This page was never checked."),
    "checking": _("Checking …"),
    "draft": _("What is checked is the draft as it was saved last."),
    "contested": _("Contested"),
    "unsourced": _("Unsourced"),
    "corroborated": _("Corroborated"),
    "failed": _("Not checked"),
    "stale": _("the text was changed since"),
    "changed": _("changed since, by later coverage"),
    "supports": _("Supports it"),
    "contradicts": _("Contradicts it"),
    "qualifies": _("Qualifies it"),
    "all": _("All claims, and correcting a label"),
    "none": _("No claims were found."),
    "away": _("The site could not be asked. Nothing is lost; try again."),
}


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("isnad/<int:page_id>/", views.claims, name="isnad_claims"),
        path("isnad/<int:page_id>/marks/", views.marks, name="isnad_marks"),
        path("isnad/<int:page_id>/check/", views.check, name="isnad_check"),
        path("isnad/<int:page_id>/claims/<str:claim_id>/correct/", views.correct, name="isnad_correct"),
    ]


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: object, next_url: str | None = None, **_more: object) -> Iterator[Button]:
    if page.permissions_for_user(user).can_edit():
        address = reverse("isnad_claims", args=[page.id])
        told = {"data-isnad-marks": reverse("isnad_marks", args=[page.id])}
        yield Button(_("Claims"), address, icon_name="tasks", attrs=told, priority=90)


@hooks.register("insert_editor_js")
def editor_script() -> SafeString:
    """Claims are shown in the text that is edited; it does nothing where the button is not."""
    return format_html(
        '<link rel="stylesheet" href="{}">{}<script src="{}" defer></script>',
        static("isnad_wagtail/marks.css"),
        json_script({name: str(words) for name, words in _WORDS.items()}, "isnad-words"),
        static("isnad_wagtail/marks.js"),
    )
