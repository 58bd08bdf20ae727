"""The claims of Wagtail pages, checked by Isnad."""
