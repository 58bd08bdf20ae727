"""What was checked, and what came of it."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class Check(models.Model):
    """The latest check of a page. `sent` leads from a block's id to its paragraphs, each with its place."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="isnad_check")
    verification = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=20, default="queued")
    failure = models.TextField(blank=True, default="")
    sent = models.JSONField(default=dict)
    spans = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    changed = models.JSONField(default=list)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now=True)

    @property
    def is_under_way(self) -> bool:
        return self.state in ("queued", "running")


class TakenNotice(models.Model):
    """A webhook that was acted on: its id comes again when our answer was lost."""

    notice = models.CharField(max_length=255, unique=True)
    taken_at = models.DateTimeField(auto_now_add=True)
