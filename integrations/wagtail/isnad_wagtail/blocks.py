"""A page as the blocks of an editor: its text fields, and every block of its streams by its own id."""

from collections.abc import Iterator

from django.db import models
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

Block = dict[str, str]


def blocks_of(page: Page) -> list[Block]:
    """What a reader reads, top to bottom. Fields of Wagtail itself are left out: its title is told as the title."""
    own = {field.name for field in Page._meta.get_fields()}
    blocks: list[Block] = []
    for field in page._meta.get_fields():
        if field.name not in own:
            blocks += _of_field(page, field)
    return [block for block in blocks if (block.get("text") or block.get("html") or "").strip()]


def _of_field(page: Page, field: object) -> Iterator[Block]:
    if isinstance(field, StreamField):
        yield from _of_stream(field.value_from_object(page))
    elif isinstance(field, RichTextField):
        yield {"id": field.name, "html": expand_db_html(field.value_from_object(page) or "")}
    elif isinstance(field, models.TextField):
        yield {"id": field.name, "text": field.value_from_object(page) or ""}


def _of_stream(stream: StreamValue) -> Iterator[Block]:
    for child in stream:
        yield {"id": child.id, "html": child.render_as_block()}
