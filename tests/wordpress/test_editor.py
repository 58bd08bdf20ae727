"""Checking a post in the block editor."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.wordpress.newsroom import EXAMPLE, Newsroom, paragraphs
from tests.wordpress.people import Editor

ARTICLE = (EXAMPLE / "article.ar.txt").read_text("utf-8").strip().split("\n\n")


def test_a_post_is_checked_and_its_claims_are_marked_where_they_stand(
    newsroom: Newsroom, sign_in: Callable[..., Editor]
) -> None:
    content = paragraphs(*ARTICLE)
    post = newsroom.post(content, post_date="2016-03-15 15:00:00")
    editor = sign_in()
    editor.open(post)
    expect(editor.state).to_have_text("Never checked")
    editor.check()
    record = editor.record()
    assert {claim["label"] for claim in record["claims"]} >= {"contested", "corroborated"}
    marked = editor.marked()
    contested = [claim["quote"] for claim in record["claims"] if claim["label"] == "contested"]
    assert set(marked["contested"]) >= set(contested)
    assert newsroom.content(post) == content
