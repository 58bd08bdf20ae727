"""A page as newsrooms have them."""

from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


class Article(Page):
    lede = RichTextField(blank=True)
    body = StreamField(
        [("heading", CharBlock()), ("text", RichTextBlock()), ("list", ListBlock(CharBlock()))], blank=True
    )
    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]
