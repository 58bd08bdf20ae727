"""What Django loads."""

from django.apps import AppConfig


class IsnadConfig(AppConfig):
    name = "isnad_wagtail"
    verbose_name = "Isnad"
    default_auto_field = "django.db.models.BigAutoField"
