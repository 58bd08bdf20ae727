"""What the service asks for."""

from django.urls import path

from isnad_wagtail import views

app_name = "isnad_wagtail"
urlpatterns = [path("told/", views.told, name="told")]
